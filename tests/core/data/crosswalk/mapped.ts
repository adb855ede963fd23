/** Runs the crosswalk in memory: the counts and every file that was written. */
import type { MapInput, MapResult } from '../../../../src/core/data/crosswalk/plan/crosswalk.ts'
import { mapRecords } from '../../../../src/core/data/crosswalk/records/map-records.ts'

export interface Mapped {
  readonly result: MapResult
  readonly bytes: ReadonlyMap<string, Uint8Array>
  readonly files: ReadonlyMap<string, string>
}

export async function runMapping(input: MapInput): Promise<Mapped> {
  const parts = new Map<string, Uint8Array[]>()
  let result: MapResult | null = null
  for await (const update of mapRecords(input, new AbortController().signal)) {
    if (update.kind === 'result') result = update.value
    if (update.kind !== 'partial') continue
    const held = parts.get(update.value.path)
    if (held) held.push(update.value.bytes)
    else parts.set(update.value.path, [update.value.bytes])
  }
  if (!result) throw new Error('Mapping ended without a result')
  const bytes = new Map([...parts].map(([path, chunks]) => [path, new Uint8Array(Buffer.concat(chunks))] as const))
  return { result, bytes, files: new Map([...bytes].map(([path, one]) => [path, Buffer.from(one).toString('utf8')] as const)) }
}
