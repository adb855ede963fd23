import { expect, test } from 'vitest'
import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import { reconcile } from '../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { pairAll, pairRecords } from '../../../src/core/review/pair/pair.ts'
import { condition, conditionLines, patient } from '../data/reconcile/small-pair.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const days = Array.from({ length: 20 }, (_, i) => `2020-03-${String(i + 1).padStart(2, '0')}`)

/** Days of a place eight hours behind, beside the instants of those days: half of them are of the next day in UTC. */
function inputsOf(keys: readonly string[]) {
  const next = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  const moment = (day: string, i: number): string => (i % 2 === 0 ? `${day}T18:20:00Z` : `${next(day)}T03:20:00Z`)
  const target = keys.flatMap((key) => [patient(key), ...days.map((day, i) => condition(key, `1000${i}`, moment(day, i)))])
  const rows = keys.flatMap((key) => days.map((day, i) => `${key},1000${i},${day}`))
  const files = [
    ['patients', 'legacy', `MRN\n${keys.join('\n')}\n`],
    ['conditions', 'legacy', `PAT,CODE,DAY\n${rows.join('\n')}\n`],
    ['all', 'target', target.map((one) => `${JSON.stringify(one)}\n`).join('')],
  ] as const
  return files.map(([table, side, text]) => ({
    source: bytesSource(side === 'legacy' ? `${table}.csv` : `${table}.ndjson`, bytes(text)),
    side,
    table,
    format: null,
    reading: {},
  }))
}

test('a reader is shown a record as reconciliation judges it, in the zone that both assume', async () => {
  const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
  const map = [header, ...conditionLines.map((line) => `${line},,confirmed,,`)].join('\n')
  const { mapping } = readMapping(new Map([['mapping/fields.csv', bytes(`${map}\n`)]]))
  const input = { inputs: inputsOf(['A', 'B', 'C']), mapping, asOf: '2026-01-01' }
  const { signal } = new AbortController()
  const reconciled = await finish(reconcile(input, signal))
  expect(reconciled.assumptions.map(({ side }) => side)).toEqual(['legacy'])
  expect(reconciled.findings).toEqual([])
  expect((await finish(pairAll(input, signal))).findings).toEqual([])
  // One record alone holds too few pairs to conclude a zone from: those of others stand behind it.
  const [record] = await finish(pairRecords({ ...input, keys: ['B'] }, signal))
  expect(record?.differences).toBe(0)
})
