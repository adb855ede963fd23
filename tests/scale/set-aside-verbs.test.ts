/** What a profile, a search for duplicates and a reconciliation say when tasks were set aside: the rest is told, and nothing missing is counted. */
import { expect, test } from 'vitest'
import type { LinkInput } from '../../src/core/data/linkage/linkage-types.ts'
import { link } from '../../src/core/data/linkage/probable-pairs.ts'
import { linkText } from '../../src/core/data/linkage/report.ts'
import { profileDocument } from '../../src/core/data/profile/document.ts'
import { type ProfileInput, type ProfileResult, profile } from '../../src/core/data/profile/profile.ts'
import { profileFormats } from '../../src/core/data/profile/report.ts'
import { reconcileText } from '../../src/core/data/reconcile/account/report.ts'
import type { ReconcileInput, ReconcileResult } from '../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../src/core/data/reconcile/reconcile.ts'
import type { NotEvaluated } from '../../src/core/finding.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { csvOf, population } from '../core/data/linkage/population.ts'
import { readSample } from '../samples/riverside.ts'
import { linkInTasks, profileInTasks, reconcileInTasks } from './in-tasks.ts'
import { smallClinic } from './small-clinics.ts'

const { signal } = new AbortController()
const blockBytes = 1_000
const encoder = new TextEncoder()

/** Bytes of a file that the report says nobody read. */
function gapOf(notEvaluated: readonly NotEvaluated[], name: string): readonly [number, number] {
  const found = notEvaluated
    .map(({ what }) => new RegExp(`^Bytes ([\\d,]+) to ([\\d,]+) of ${name}$`).exec(what))
    .find((match) => match !== null)
  return [Number(found?.[1]?.replaceAll(',', '')), Number(found?.[2]?.replaceAll(',', ''))]
}

function whyOf(notEvaluated: readonly NotEvaluated[], start: string): string {
  return notEvaluated.find(({ what }) => what.startsWith(start))?.why ?? ''
}

/** A text without the bytes from one offset to another. */
function without(text: string, [from, to]: readonly [number, number]): string {
  return text.slice(0, from) + text.slice(to)
}

const rows = ['id,amount', ...Array.from({ length: 300 }, (_, i) => `P${i},${(i * 37) % 911}`), ''].join('\n')

function profileInput(text: string, name = 'amounts.csv'): ProfileInput {
  const source = bytesSource(name, encoder.encode(text))
  return { inputs: [{ source, side: null, format: null, table: 'amounts', reading: {}, schema: null }] }
}

function fieldsOf(result: ProfileResult): string {
  return JSON.stringify(profileDocument(result, { version: '1', paths: ['amounts.csv'], reveal: true }).fields)
}

test.each([
  ['in the middle', 'map-000001'],
  ['at the beginning', 'map-000000'],
  ['at the end', 'map-000002'],
])('a profile without a block %s counts the other records exactly, and names the bytes', async (_, task) => {
  const { result, reportRead } = await profileInTasks(profileInput(rows), { blockBytes, partitions: 1, poison: [task] })
  const gap = gapOf(result.notEvaluated, 'amounts.csv')
  expect(gap[1] - gap[0]).toBeGreaterThan(400)
  const rest = await finish(profile(profileInput(without(rows, gap)), signal))
  expect(fieldsOf(result)).toBe(fieldsOf(rest))
  expect(result.inputs.map(({ records, status }) => [records, status])).toEqual([[rest.inputs[0]?.records, 'partial']])
  expect(whyOf(result.notEvaluated, 'Bytes')).toBe(
    'The task was set aside after three attempts: poison. The counts of its columns leave these records out, and no schema is suggested for it.',
  )
  expect(result.suggested).toEqual(await suggestedForNothing())
  expect(reportRead).toBe(0)
  const document = profileDocument(result, { version: '1', paths: ['amounts.csv'], reveal: false })
  for (const format of ['text', 'json', 'markdown']) expect(profileFormats.get(format)?.(document)).toContain('set aside')
  expect(profileFormats.get('csv')?.(document)).toContain('Not all of the file was read')
})

async function suggestedForNothing(): Promise<ProfileResult['suggested']> {
  return (await finish(profile(profileInput('{"resourceType":"Patient","id":"a"}\n', 'a.ndjson'), signal))).suggested
}

test('a profile keeps what lies before a block that could not be scanned, and leaves a file out whose one task failed', async () => {
  const scanned = await profileInTasks(profileInput(rows), { blockBytes, partitions: 1, poison: ['census-000001'] })
  expect(gapOf(scanned.result.notEvaluated, 'amounts.csv')[1]).toBe(rows.length)
  expect(scanned.result.inputs[0]?.records).toBeGreaterThan(80)
  const latin = { ...profileInput(rows).inputs[0], reading: { encoding: 'utf-16le' } }
  const wide = { ...latin, source: bytesSource('wide.csv', new Uint8Array(Buffer.from(rows, 'utf16le'))) }
  const { result } = await profileInTasks(
    { inputs: [wide as ProfileInput['inputs'][number]] },
    { blockBytes, partitions: 1, poison: ['whole-000000'] },
  )
  expect(result.inputs.map(({ records, status }) => [records, status])).toEqual([[0, 'partial']])
  expect(result.notEvaluated.map(({ what }) => what)).toEqual([expect.stringContaining('of wide.csv')])
})

const people = csvOf(population(400, 'aside').records)

function linkInput(text: string): LinkInput {
  return { inputs: [{ source: bytesSource('people.csv', encoder.encode(text)), format: null, table: 'people', reading: {} }] }
}

test('people of a missing block are not linked; all others are, as if the block were not in the file', async () => {
  const how = { blockBytes: Math.ceil(people.length / 6), partitions: 3 }
  const { result, reportRead } = await linkInTasks(linkInput(people), { ...how, poison: ['map-000002'] })
  const gap = gapOf(result.notEvaluated, 'people.csv')
  const rest = await finish(link(linkInput(without(people, gap)), signal))
  expect([result.records, result.pairsCompared, result.pairs.length]).toEqual([
    rest.records,
    rest.pairsCompared,
    rest.pairs.length,
  ])
  expect(result.pairs.map(({ weight, proposal }) => [weight, proposal])).toEqual(
    rest.pairs.map(({ weight, proposal }) => [weight, proposal]),
  )
  expect(result.model).toEqual(rest.model)
  // Records keep the numbers that they have in the file.
  const behind = result.pairs.flatMap(({ a, b }) => [a, b]).filter(({ byte }) => byte >= gap[1])
  expect(behind.length).toBeGreaterThan(0)
  for (const { byte, record } of behind) expect(people.slice(0, byte).split('\n').length - 1).toBe(record)
  expect(result.inputs[0]).toMatchObject({ status: 'partial', records: rest.records })
  expect(whyOf(result.notEvaluated, 'Bytes')).toContain('poison. The people of these records are not linked.')
  expect(reportRead).toBe(0)
})

test('people in lines of resources keep their numbers behind a missing block', async () => {
  const lines = Array.from({ length: 80 }, (_, i) =>
    JSON.stringify({
      ...{ resourceType: 'Patient', id: `p${i}`, birthDate: `19${10 + (i % 40)}-03-04` },
      name: [{ family: `Family${i % 40}`, given: ['Ada'] }],
    }),
  )
  const text = `${lines.join('\n')}\n`
  const input: LinkInput = {
    inputs: [{ source: bytesSource('Patient.ndjson', encoder.encode(text)), format: null, table: 'Patient', reading: {} }],
  }
  const { result } = await linkInTasks(input, { blockBytes, partitions: 1, poison: ['map-000001'] })
  const gap = gapOf(result.notEvaluated, 'Patient.ndjson')
  expect([text.slice(gap[0] - 1, gap[0]), text.slice(gap[1] - 1, gap[1])]).toEqual(['\n', '\n'])
  const left = without(text, gap).split('\n').length - 1
  expect(result.inputs[0]).toMatchObject({ status: 'partial', records: left })
  expect(result.records).toBe(left)
  for (const { id, record } of result.pairs.flatMap(({ a, b }) => [a, b])) expect(id).toBe(`p${record - 1}`)
  expect(result.notEvaluated.map(({ why }) => why)).not.toContain('The file holds no FHIR Patient.')
})

test('a share of the pairs that was not weighed proposes nothing; one that taught nothing is named', async () => {
  const input = linkInput(people)
  const how = { blockBytes: people.length, partitions: 3 }
  const alone = await finish(link(input, signal))
  const { result } = await linkInTasks(input, { ...how, poison: ['weigh-000000'] })
  const name = ({ a, b }: (typeof alone.pairs)[number]): string => `${a.number} ${b.number}`
  const all = new Set(alone.pairs.map(name))
  expect(result.pairs.length).toBeLessThan(alone.pairs.length)
  for (const pair of result.pairs) expect(all).toContain(name(pair))
  expect(result.pairsCompared).toBeLessThan(alone.pairsCompared)
  expect(whyOf(result.notEvaluated, 'Share 1 of 3 of the pairs')).toContain('Its pairs are not proposed')
  const taught = await linkInTasks(input, { ...how, poison: ['learn-000000'] })
  expect(taught.result.pairs.length).toBeGreaterThan(0)
  expect(taught.result.pairsCompared).toBeLessThan(alone.pairsCompared)
  expect(whyOf(taught.result.notEvaluated, 'Share 1 of 3')).toContain('The weights were estimated without it')
  const run = { started: '2026-01-01', seconds: 1 }
  expect(linkText(result, { version: '1', run, paths: ['people.csv'], reveal: false })).toContain('Share 1 of 3 of the pairs: ')
})

const clinic = smallClinic(1, 60)
const [firstOfInput, sizeOfBlock] = [(input: number) => blocksBefore(input), 500] as const

function blocksBefore(input: number): number {
  return clinic.inputs.slice(0, input).reduce((sum, { source }) => sum + Math.max(1, Math.ceil(source.size / 500)), 0)
}

function inputOf(side: string, table: string): number {
  return clinic.inputs.findIndex((one) => one.side === side && one.table === table)
}

function textOf(result: ReconcileResult): string {
  return reconcileText(result, { wording: () => null, paths: clinic.inputs.map(({ source }) => source.name), reveal: false })
}

/** Each row has one state, those that were not compared included; gives the rows that were not compared by table. */
function openRows({ tables }: ReconcileResult): Map<string, number> {
  for (const { legacy, arrived, merged, excluded, unaccounted, notCompared = 0 } of tables)
    expect(legacy).toBe(arrived + merged + excluded + unaccounted + notCompared)
  return new Map(tables.map(({ table, notCompared = 0 }) => [table, notCompared]))
}

/** Places of the findings of some codes. */
function placesOf({ findings }: ReconcileResult): Set<string> {
  return new Set(
    findings.flatMap(({ code, sample }) =>
      sample.map(({ at }) => `${code} ${'input' in at ? at.input : ''} ${'byte' in at ? at.byte : ''}`),
    ),
  )
}

const everyRow: ReconcileInput = { ...clinic, maxRows: 10_000 }

test('patients of a share that was not judged are neither matched nor lost', async () => {
  const alone = await finish(reconcile(everyRow, signal))
  const how = { blockBytes: 1 << 20, partitions: 4 }
  const { result, reportRead } = await reconcileInTasks(everyRow, { ...how, poison: ['reduce-000002'] })
  const open = openRows(result)
  expect(open.get('patients')).toBeGreaterThan(3)
  for (const [i, one] of result.tables.entries()) {
    const whole = alone.tables[i]
    expect([one.table, one.legacy]).toEqual([whole?.table, whole?.legacy])
    expect(one.unaccounted).toBeLessThanOrEqual(whole?.unaccounted ?? 0)
    expect(one.arrived).toBeLessThanOrEqual(whole?.arrived ?? 0)
  }
  expect(result.patients + (open.get('patients') ?? 0)).toBeLessThanOrEqual(alone.patients + (open.get('patients') ?? 0))
  expect(result.patients).toBeLessThan(alone.patients)
  expect(whyOf(result.notJudged ?? [], 'Share 3 of 4 of the patients')).toContain('they are neither matched nor lost')
  expect(textOf(result)).toMatch(/Not whole: .* of patients, .*: such legacy records are neither matched nor lost/)
  expect(textOf(result)).toContain('Not compared: Share 3 of 4 of the patients')
  expect(reportRead).toBe(0)
})

test.each([
  ['legacy', 'visits'],
  ['target', 'visit'],
  ['legacy', 'patients'],
  ['target', 'person'],
  ['legacy', 'notes'],
  ['target', 'note'],
])('a missing block of %s %s makes no record of it lost or new, and changes nothing of other tables', async (side, table) => {
  const input = inputOf(side, table)
  const task = `map-${String(firstOfInput(input) + 1).padStart(6, '0')}`
  const alone = await finish(reconcile(everyRow, signal))
  const { result } = await reconcileInTasks(everyRow, { blockBytes: sizeOfBlock, partitions: 3, poison: [task] })
  const gap = gapOf(result.notEvaluated, `${table}.csv`)
  expect(gap[1] - gap[0]).toBeGreaterThan(200)
  expect(result.inputs[input]).toMatchObject({ status: 'partial' })
  openRows(result)
  const source = { visits: 'visits', visit: 'visits', patients: 'patients', person: 'patients', notes: 'notes', note: 'notes' }[
    table
  ]
  const known = placesOf(alone)
  // Whatever is told is told by the whole run, too. There the loss of a patient stands for that of his records, which are counted.
  const isOfPatient = (place: string): boolean => source === 'patients' && /^data\/item-(lost|appeared)/.test(place)
  for (const place of placesOf(result)) if (!isOfPatient(place)) expect(known).toContain(place)
  for (const [i, one] of result.tables.entries())
    if (one.table === source) {
      expect(one.unaccounted).toBeLessThanOrEqual(alone.tables[i]?.unaccounted ?? 0)
      expect(one.unexplained).toBeLessThanOrEqual(alone.tables[i]?.unexplained ?? 0)
      expect(one.arrived).toBeLessThanOrEqual(alone.tables[i]?.arrived ?? 0)
    } else expect({ ...one, patientsOff: 0 }).toEqual({ ...alone.tables[i], patientsOff: 0 })
  expect(result.totals.filter(({ name }) => name.startsWith(`${source} →`))).toEqual([])
  expect(result.totals.length).toBeGreaterThan(5)
  expect(textOf(result)).toMatch(new RegExp(`Not compared: ${source} → `))
})

/** A task of each kind that may be missing from a report. */
const mended = { blockBytes: 1_000, partitions: 3, mended: true }

test.each(['census-000001', 'map-000001', 'whole-000000'])('a profile is whole once %s was tried again', async (task) => {
  const { result } = await profileInTasks(profileInput(rows), { ...mended, poison: [task] })
  expect(JSON.stringify(result)).toBe(JSON.stringify(await finish(profile(profileInput(rows), signal))))
})

test.each(['census-000001', 'map-000003', 'learn-000001', 'weigh-000000'])(
  'links are whole once %s was tried again',
  async (task) => {
    const { result } = await linkInTasks(linkInput(people), { ...mended, poison: [task] })
    expect(JSON.stringify(result)).toBe(JSON.stringify(await finish(link(linkInput(people), signal))))
  },
)

test.each(['census-000001', 'map-000002', 'whole-000001', 'reduce-000002'])(
  'an account is whole once %s was tried again',
  async (task) => {
    const { result } = await reconcileInTasks(everyRow, { ...mended, poison: [task, 'reduce-000001'] })
    expect(JSON.stringify(result)).toBe(JSON.stringify(await finish(reconcile(everyRow, signal))))
  },
)

test('where nobody knows which patients a file holds there is no account, and the reason names the file', async () => {
  const { pairInput } = readSample({ patients: 40, seed: 'aside' })
  const before = pairInput.inputs.findIndex(({ source }) => source.name === 'Patient.ndjson')
  const block = pairInput.inputs.slice(0, before).reduce((sum, { source }) => sum + Math.max(1, Math.ceil(source.size / 4000)), 1)
  const poison = [`census-${String(block).padStart(6, '0')}`]
  await expect(reconcileInTasks(pairInput, { blockBytes: 4000, partitions: 2, poison })).rejects.toThrow(
    'A part of Patient.ndjson was not scanned, so that nobody knows which patients it holds.',
  )
})

test('with a missing block of legacy a record that the target lacks is lost; with one of the target nobody knows', async () => {
  const lines = Array.from({ length: 120 }, (_, i) => `P${i},Name${i}`)
  const own = (side: 'legacy' | 'target', kept: readonly string[]): ReconcileInput['inputs'][number] => {
    const [source] = clinic.inputs.flatMap((one) => (one.side === side && /patients|person/.test(one.table) ? [one] : []))
    if (!source) throw new Error('no patients')
    const head = side === 'legacy' ? 'MRN,NAME' : 'mrn,name'
    return { ...source, source: bytesSource(`${side}.csv`, encoder.encode([head, ...kept, ''].join('\n'))) }
  }
  const inputs = [
    own('legacy', lines),
    own(
      'target',
      lines.filter((_, i) => i !== 3),
    ),
  ]
  const input: ReconcileInput = { ...clinic, inputs, explained: [] }
  const blocks = Math.ceil((inputs[0]?.source.size ?? 0) / 300)
  const task = (block: number): string => `map-${String(block).padStart(6, '0')}`
  const legacy = await reconcileInTasks(input, { blockBytes: 300, partitions: 2, poison: [task(2)] })
  expect(legacy.result.tables[0]).toMatchObject({ unaccounted: 1, unexplained: 0 })
  expect(legacy.result.findings.map(({ code, count }) => [code, count])).toEqual([['data/patient-lost', 1]])
  expect(legacy.result.tables[0]).not.toHaveProperty('notCompared')
  const target = await reconcileInTasks(input, { blockBytes: 300, partitions: 2, poison: [task(blocks + 2)] })
  expect(target.result.tables[0]).toMatchObject({ unaccounted: 0, unexplained: 0, legacy: 120 })
  expect(target.result.tables[0]?.notCompared).toBeGreaterThan(10)
  expect(target.result.patients).toBe(120)
  expect(target.result.findings).toEqual([])
})
