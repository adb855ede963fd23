/** Reads a file that may hold a drawing, of any format; progress by bytes, cancellable. */
import { type ByteSource, stopIfAborted, type Update } from '../../core/operation.ts'
import type { Drawing } from '../../core/workflow/interop/formats.ts'
import type { WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { longestDrawing } from '../../core/workflow/xml/xml-tree.ts'
import { readDrawingFrom } from './drawing.ts'

export interface DrawingInput {
  readonly source: ByteSource
  readonly side: WorkflowSide
}

/** The drawing, or a sentence that says why there is none. */
export type DrawingRead =
  | { readonly kind: 'drawing'; readonly drawing: Drawing }
  | { readonly kind: 'refused'; readonly sentence: string }

export const isTooLarge = (size: number): boolean => size > longestDrawing
export const tooLarge = (name: string): string => `${name} is larger than ${longestDrawing >> 20} MB, which no drawing needs.`

export async function* readDrawingFile(
  { source, side }: DrawingInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, DrawingRead>> {
  const { size, name } = source
  if (isTooLarge(size)) {
    yield {
      kind: 'result',
      value: { kind: 'refused', sentence: tooLarge(name) },
    }
    return
  }
  const chunks: Uint8Array[] = []
  let done = 0
  for await (const chunk of source.stream()) {
    stopIfAborted(signal)
    chunks.push(chunk)
    done += chunk.length
    yield { kind: 'progress', done, total: size, unit: 'bytes', label: 'Reading the drawing' }
  }
  const bytes = new Uint8Array(done)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  const drawing = await readDrawingFrom(name, bytes, side, signal)
  yield {
    kind: 'result',
    value: typeof drawing === 'string' ? { kind: 'refused', sentence: drawing } : { kind: 'drawing', drawing },
  }
}
