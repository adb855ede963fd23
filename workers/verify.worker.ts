/** Verifies a project: ledger, signatures, draw and numbers. */
import type { ProjectFiles } from '../src/core/project/format/project.ts'
import { verifyWork } from '../src/io/keys/verify-work.ts'
import { serve } from './bridge.ts'

serve((files: ProjectFiles) => verifyWork(files))
