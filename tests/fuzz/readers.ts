/** Every reader of files that others write. */
import type { FuzzReader } from './reader.ts'
import { documentReaders } from './readers/documents.ts'
import { drawingReaders } from './readers/drawings.ts'
import { logReaders } from './readers/logs.ts'
import { projectReaders } from './readers/projects.ts'
import { ruleReaders } from './readers/rules.ts'
import { tableReaders } from './readers/tables.ts'

export const fuzzReaders: readonly FuzzReader[] = [
  ...tableReaders,
  ...documentReaders,
  ...drawingReaders,
  ...logReaders,
  ...projectReaders,
  ...ruleReaders,
]
