/** Some records of a table that was read before, looked up in its order: stretches that nobody asks for are not read again. */
import type { Landmarks } from './landmarks.ts'
import type { OpenTable } from './settle.ts'
import type { TableSink } from './table-body.ts'

/** Longest stretch that is read at once, in landmarks: where nearly every record is wanted, opening the file costs nothing. */
const longestStretch = 64

/**
 * Yields the bytes done. @param wanted number of the next record that has to be shown, larger once it was; records before it may be
 * shown or not
 */
export async function* visitRecords(
  open: OpenTable,
  landmarks: Landmarks,
  sink: TableSink,
  wanted: () => number,
  signal: AbortSignal,
): AsyncGenerator<number> {
  let at = landmarks.before(wanted())
  if (at < 0)
    for await (const bytes of open.read(sink, signal)) {
      yield bytes
      at = landmarks.before(wanted())
      if (at >= 0) break
    }
  for (let length = 1; at >= 0 && wanted() < Number.POSITIVE_INFINITY; ) {
    const from = landmarks.at(at)
    const until = landmarks.at(at + length)
    if (!from || !open.readFrom) return
    yield* open.readFrom(from.byte, sink, signal, from, until?.byte)
    if (!until) return
    const behind = at + length
    const next = landmarks.before(wanted())
    // What a damaged record means may depend on bytes behind the stretch; it was not shown then.
    if (next < behind) length *= 4
    else {
      length = next === behind ? Math.min(length * 2, longestStretch) : 1
      at = next
    }
  }
}
