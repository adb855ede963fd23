import { expect, test } from 'vitest'
import type { MapResult } from '../../../../../src/core/data/crosswalk/plan/crosswalk.ts'
import { mapRecords } from '../../../../../src/core/data/crosswalk/records/map-records.ts'
import { previewMapping } from '../../../../../src/core/data/crosswalk/records/preview.ts'
import { reconcile } from '../../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'
import { readSample } from '../../../../samples/riverside.ts'
import { runMapping } from '../mapped.ts'

const signal = new AbortController().signal
const sample = readSample({ patients: 300, seed: 'mapped' })
const { mapping } = sample.pairInput
const legacy = sample.pairInput.inputs.filter(({ side }) => side === 'legacy')
const mapped = runMapping({ inputs: legacy, mapping })

const added = ({ tables }: MapResult): void => {
  for (const one of tables) expect(one.read).toBe(one.written - one.splits + one.merged + one.filtered + one.rejected)
}

test('every row is written, filtered or rejected, and the files hold what the counts say', async () => {
  const { result, files } = await mapped
  added(result)
  for (const { table, read } of result.tables)
    expect([table, read]).toEqual([
      table,
      sample.entries.find((entry) => entry.side === 'legacy' && entry.table === table)?.records,
    ])
  const lines = [...files].filter(([path]) => path.endsWith('.ndjson')).flatMap(([, text]) => text.split('\n').slice(0, -1))
  expect(lines.length).toBe(result.tables.reduce((sum, { written }) => sum + written, 0))
  const ids = lines.map((line) => {
    const { resourceType, id } = JSON.parse(line)
    return `${resourceType}/${id}`
  })
  expect(new Set(ids).size).toBe(ids.length)
})

test('what the rules wrote is what reconciliation expects: nothing lost, nothing changed', async () => {
  const { result, files } = await mapped
  const target = [...files]
    .filter(([path]) => path.endsWith('.ndjson'))
    .map(([path, text]) => ({
      source: bytesSource(path, new TextEncoder().encode(text)),
      side: 'target' as const,
      format: 'ndjson' as const,
      table: path.replace('.ndjson', ''),
      reading: {},
    }))
  const checked = await finish(reconcile({ inputs: [...legacy, ...target], mapping }, signal))
  for (const one of checked.tables) {
    const rejected = result.tables.find(({ table }) => table === one.table)?.rejected ?? 0
    expect([one.table, one.unaccounted, one.unexplained]).toEqual([one.table, rejected, 0])
  }
  const aboutRejects = ['data/item-lost', 'data/patient-lost', 'data/allergy-lost', 'data/key-repeated']
  expect(checked.findings.filter(({ code }) => !aboutRejects.includes(code))).toEqual([])
})

test('a rejected row keeps its original bytes, under the head of its file, with place and reason', async () => {
  const { result, files, bytes } = await mapped
  const withRejects = result.tables.filter(({ rejected }) => rejected > 0)
  expect(withRejects.length).toBeGreaterThan(0)
  for (const { table, rejected } of withRejects) {
    const index = sample.entries.findIndex((entry) => entry.side === 'legacy' && entry.table === table)
    const original = sample.files.get(sample.paths[index] ?? '') ?? new Uint8Array(0)
    const reasons = (files.get(`rejects/${table}.reasons.csv`) ?? '').trim().split('\n').slice(1)
    const places = new Set(reasons.map((line) => line.split(',')[2]))
    expect(places.size).toBe(rejected)
    const kept = Buffer.from(bytes.get(`rejects/${table}.csv`) ?? [])
    for (const place of places) {
      const at = Number(place)
      const end = original.indexOf(10, at)
      expect(kept.includes(Buffer.from(original.subarray(at, end)))).toBe(true)
    }
  }
})

test('a target record names the row it came from', async () => {
  const { files } = await mapped
  const [first] = (files.get('Patient.ndjson') ?? '').split('\n')
  const origins = (files.get('origins/Patient.csv') ?? '').split('\n')
  expect(origins[0]).toBe('target_record,target_id,legacy_table,record,line,byte,rules')
  expect(origins[1]).toMatch(new RegExp(`^1,${JSON.parse(first ?? '{}').id},patients,1,2,\\d+,Patient$`))
})

test('coverage counts filled cells and names what is left behind', async () => {
  const { coverage, columns } = (await mapped).result
  expect(coverage.filled).toBe(coverage.carried + coverage.notCarried + coverage.suggested + coverage.open)
  const cell = (table: string, column: string) => columns.find((one) => one.table === table && one.column === column)
  expect(cell('referrals', 'PROV')?.state).toBe('open')
  expect(cell('allergies', 'ALG_ID')?.state).toBe('not-carried')
  expect(cell('patients', 'MRN')).toEqual({ table: 'patients', column: 'MRN', filled: 300, state: 'carried' })
})

test('required elements without a source are named before anything is loaded', async () => {
  const missing = (await mapped).result.findings.filter(({ code }) => code === 'data/mapping-required').map(({ what }) => what)
  expect(missing).toContain('Observation.status')
  expect(missing).not.toContain('Condition.subject')
})

test('a preview shows at most 20 rows, each for a way of its own, and every row that is rejected for another reason', async () => {
  const input = legacy.find(({ table }) => table === 'allergies')
  if (!input) throw new Error('The sample has no allergies')
  const { rows, unseen } = await finish(previewMapping({ input, mapping }, signal))
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.length).toBeLessThanOrEqual(20)
  for (const row of rows) expect(row.shows.length).toBeGreaterThan(0)
  const states = rows.flatMap(({ target }) => target).map(({ value }) => JSON.stringify(value.clinicalStatus))
  expect(new Set(states).size).toBe(2)
  expect(unseen.every((way) => way.includes(' = '))).toBe(true)
})

test('mapping again gives the same bytes', async () => {
  const again = await runMapping({ inputs: legacy, mapping })
  expect([...again.files]).toEqual([...(await mapped).files])
  const stop = new AbortController()
  stop.abort()
  await expect(finish(mapRecords({ inputs: legacy, mapping }, stop.signal))).rejects.toThrow('Cancelled')
})
