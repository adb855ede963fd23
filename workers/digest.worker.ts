/** SHA-256 of chosen files, to recognise the sources of a project. */
import { digestSources } from '../src/core/data/digest.ts'
import { blobSource } from '../src/io/files.ts'
import { serve } from './bridge.ts'

serve((files: readonly File[], signal) => digestSources({ sources: files.map((file) => blobSource(file, file.name)) }, signal))
