/** Reads a drawing of another program. */

import { blobSource, type Sent } from '../src/io/files/files.ts'
import { type DrawingInput, readDrawingFile } from '../src/io/workflow/drawing-file.ts'
import { serve } from './bridge.ts'

serve(({ file, ...rest }: Sent<DrawingInput>, signal) =>
  readDrawingFile({ ...rest, source: blobSource(file, file.name) }, signal),
)
