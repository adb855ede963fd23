/** Looks at the beginning of a file before it is read: how it would be read, and its first rows. */
import { type PreviewInput, previewSource } from '../src/core/data/read/preview.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

serve(({ file, ...rest }: Sent<PreviewInput>, signal) => previewSource({ ...rest, source: blobSource(file, file.name) }, signal))
