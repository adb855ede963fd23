/** Holds an event log against a drawn map. */
import { type ConformLogInput, conformLog } from '../src/io/conform-log.ts'
import { blobSource, type Sent } from '../src/io/files.ts'
import { serve } from './bridge.ts'

serve(({ file, ...rest }: Sent<ConformLogInput>, signal) => conformLog({ ...rest, source: blobSource(file, file.name) }, signal))
