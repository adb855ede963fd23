/** Records that were noted by number, read again in the order of the file: as many per pass as memory holds. */

import type { PlaceLog } from './place-log.ts'
import type { KeyedTable, KeyStep, SeeRecord } from './source-table.ts'

export interface Visitor {
  /** A pass begins; what was kept of the last one can go. */
  begin(): void
  /** A record that a later one refers to. */
  first(...record: Parameters<SeeRecord>): void
  /** A noted record with the number of the other one. */
  record(view: Parameters<SeeRecord>[0], other: number, byteOf: Parameters<SeeRecord>[1]): void
}

/** Pairs whose records are looked up in one pass over the file. */
const pairsPerPass = 1 << 17

export async function* visitInBatches(
  table: KeyedTable,
  places: PlaceLog,
  signal: AbortSignal,
  visitor: Visitor,
): AsyncGenerator<KeyStep> {
  for (const pairs of batches(places)) {
    visitor.begin()
    yield* visitPairs(table, pairs, signal, visitor)
  }
}

async function* visitPairs(
  table: KeyedTable,
  pairs: Uint32Array,
  signal: AbortSignal,
  visitor: Visitor,
): AsyncGenerator<KeyStep> {
  const firsts = new Uint32Array(pairs.length / 2)
  for (let i = 0; i < firsts.length; i++) firsts[i] = pairs[i * 2 + 1] as number
  firsts.sort()
  const last = pairs[pairs.length - 2] as number
  let nextFirst = 0
  let nextPair = 0
  /** The next record that anybody asked for: all others, which are nearly all, cost one comparison. */
  let wanted = Math.min(firsts[0] ?? Number.POSITIVE_INFINITY, pairs[0] ?? Number.POSITIVE_INFINITY)
  const see: SeeRecord = (view, byteOf) => {
    const { record } = view
    if (record < wanted) return
    while (nextFirst < firsts.length && (firsts[nextFirst] as number) < record) nextFirst++
    if (firsts[nextFirst] === record) visitor.first(view, byteOf)
    for (; nextPair < pairs.length && pairs[nextPair] === record; nextPair += 2)
      visitor.record(view, pairs[nextPair + 1] as number, byteOf)
    while (nextFirst < firsts.length && (firsts[nextFirst] as number) <= record) nextFirst++
    wanted = Math.min(firsts[nextFirst] ?? Number.POSITIVE_INFINITY, pairs[nextPair] ?? Number.POSITIVE_INFINITY)
  }
  yield { kind: 'pass', bytes: table.size }
  for await (const bytes of table.visit(see, signal, () => wanted)) {
    yield { kind: 'read', bytes }
    if (wanted > last) break
  }
}

function* batches(places: PlaceLog): Generator<Uint32Array> {
  let batch = new Uint32Array(pairsPerPass * 2)
  let filled = 0
  for (const pairs of places.inOrder())
    for (let at = 0; at < pairs.length; ) {
      const part = pairs.subarray(at, at + batch.length - filled)
      batch.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < batch.length) continue
      yield batch
      batch = new Uint32Array(pairsPerPass * 2)
      filled = 0
    }
  if (filled > 0) yield batch.subarray(0, filled)
}
