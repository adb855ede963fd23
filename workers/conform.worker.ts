/** Holds an event log against a drawn map. */

import { blobSource, type Sent } from '../src/io/files/files.ts'
import { type ConformLogInput, conformLog } from '../src/io/workflow/conform-log.ts'
import { serve } from './bridge.ts'

serve(({ file, ...rest }: Sent<ConformLogInput>, signal) => conformLog({ ...rest, source: blobSource(file, file.name) }, signal))
