/** Reads an event log, counts what happens in it and makes a map of it. */
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { type StudyInput, studyLog } from '../src/io/workflow/study-log.ts'
import { serve } from './bridge.ts'

serve(({ file, ...rest }: Sent<StudyInput>, signal) => studyLog({ ...rest, source: blobSource(file, file.name) }, signal))
