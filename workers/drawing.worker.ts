/** Reads a drawing of another program. */
import { type DrawingInput, readDrawingFile } from '../src/io/drawing-file.ts'
import { blobSource, type Sent } from '../src/io/files.ts'
import { serve } from './bridge.ts'

serve(({ file, ...rest }: Sent<DrawingInput>, signal) =>
  readDrawingFile({ ...rest, source: blobSource(file, file.name) }, signal),
)
