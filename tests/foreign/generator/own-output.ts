/** What the product's own `map` makes of a migration, held against the same legacy tables. */

import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import { mapRecords } from '../../../src/core/data/crosswalk/records/map-records.ts'
import { isClean, run, sources, type Verdict } from './harness.ts'
import type { Migration } from './migration.ts'
import type { MadeFile } from './packaging.ts'

export interface OwnOutput {
  readonly rejected: number
  readonly verdict: Verdict
  readonly clean: boolean
}

export async function ownOutput(made: Migration): Promise<OwnOutput> {
  const { mapping } = readMapping(made.map)
  const chunks = new Map<string, Uint8Array[]>()
  let rejected = 0
  const input = { inputs: sources('legacy', made.legacy), mapping }
  for await (const update of mapRecords(input, new AbortController().signal)) {
    if (update.kind === 'partial') {
      const { path, bytes } = update.value
      chunks.set(path, [...(chunks.get(path) ?? []), bytes])
    }
    if (update.kind === 'result') rejected = update.value.tables.reduce((sum, table) => sum + table.rejected, 0)
  }
  // Beside the files stand folders with rejects and origins.
  const files = [...chunks].flatMap(([path, parts]): MadeFile[] => {
    const name = path.split('/').at(-1) ?? path
    return path.includes('/') ? [] : [{ name, table: name.replace(/\..*$/, ''), bytes: Buffer.concat(parts) }]
  })
  const verdict = await run({ ...made, explained: [] }, files)
  return { rejected, verdict, clean: rejected === 0 && isClean(verdict) }
}
