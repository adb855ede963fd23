/** Lines settled by their shape and the same lines judged by tree: what is told is the same, byte for byte, with places and counts. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createFhirJudge, type FhirContext } from '../../../../../src/core/data/fhir/judge.ts'
import { LineShapes } from '../../../../../src/core/data/fhir/shapes/line-shapes.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import { readNdjson } from '../../../../../src/core/data/read/json/ndjson.ts'
import { bytesSource } from '../../../../../src/core/operation.ts'
import { type Random, seededRandom } from '../../../../../src/core/random.ts'
import { isMembers } from '../../../../../src/core/values/json.ts'
import { dataPath, hasData } from '../../../../beside.ts'
import { filesIn, readJson, readLines } from '../judged.ts'
import { mutantOf } from './line-mutants.ts'

const many = Number(process.env.MUTANTS ?? 1200)
const { signal } = new AbortController()

function fileOf(lines: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const parts = lines.map((line) => (typeof line === 'string' ? encoder.encode(line) : line))
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length + 1, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length + 1
    bytes[at - 1] = 10
  }
  return bytes
}

interface Said {
  readonly problems: readonly string[]
  readonly sightings: readonly string[]
  readonly end: unknown
}

async function said(bytes: Uint8Array<ArrayBuffer>, context: FhirContext, isByShape: boolean): Promise<Said> {
  const judge = await createFhirJudge({ formats: ['ndjson'], asOf: '2024-06-30', ...context })
  const source = bytesSource('lines.ndjson', bytes)
  const problems: string[] = []
  const sightings: string[] = []
  const read = isByShape ? judge.readLines?.(source, 0, signal, () => undefined) : readNdjson(source, signal, 0)
  for await (const event of read ?? []) {
    if (event.kind === 'problem') problems.push(JSON.stringify(event.problem))
    else if (event.kind === 'judged') for (const one of event.sightings) sightings.push(JSON.stringify(one))
    else if (event.kind === 'resources')
      for (const record of event.resources) for (const one of judge.see(record, 0)) sightings.push(JSON.stringify(one))
  }
  const end = {
    atEnd: [...judge.finish()],
    denominators: [...judge.denominators()].toSorted((a, b) => (`${a.code} ${a.place}` < `${b.code} ${b.place}` ? -1 : 1)),
    notEvaluated: judge.notEvaluated(),
    rulesRun: judge.rulesRun,
  }
  return { problems, sightings, end }
}

/** Counts what shapes settle while `work` runs. */
async function settledIn(work: () => Promise<void>): Promise<{ readonly lines: number; readonly settled: number }> {
  const counts = { lines: 0, settled: 0 }
  const { settle } = LineShapes.prototype
  LineShapes.prototype.settle = function (...given) {
    const visit = settle.apply(this, given)
    counts.lines++
    if (visit !== null) counts.settled++
    return visit
  }
  try {
    await work()
  } finally {
    LineShapes.prototype.settle = settle
  }
  return counts
}

async function agree(lines: readonly (string | Uint8Array)[], context: FhirContext = {}): Promise<void> {
  const bytes = fileOf(lines)
  const [byShape, byTree] = [await said(bytes, context, true), await said(bytes, context, false)]
  expect(byShape.problems).toEqual(byTree.problems)
  expect(byShape.sightings).toEqual(byTree.sightings)
  expect(byShape.end).toEqual(byTree.end)
}

const own: readonly JsonObject[] = [
  { resourceType: 'Patient', id: 'p1', name: [{ family: 'Ng', given: ['A', 'B'] }], gender: 'female', birthDate: '1970-01-31' },
  {
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '8302-2' }] },
    subject: { reference: 'Patient/p1' },
    effectiveDateTime: '2021-01-01T10:00:00Z',
    valueQuantity: { value: 172.5, unit: 'cm', system: 'http://unitsofmeasure.org', code: 'cm' },
  },
  {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: 'Patient/p1', display: 'A. Ng' },
    period: { start: '2021-01-01T10:00:00+01:00', end: '2021-01-01T10:20:00+01:00' },
  },
  {
    resourceType: 'Condition',
    id: 'c1',
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
    code: { text: 'pain' },
    subject: { reference: 'Patient/p1' },
  },
  {
    resourceType: 'MedicationRequest',
    id: 'm1',
    contained: [{ resourceType: 'Medication', id: 'med', code: { text: 'ibuprofen' } }],
    status: 'active',
    intent: 'order',
    medicationReference: { reference: '#med' },
    subject: { reference: 'Patient/p1' },
  },
]

/** Clean records teach the shapes, then each mutant stands among clean ones. */
function linesOf(bases: readonly JsonObject[], random: Random): (string | Uint8Array)[] {
  const fresh = (resource: JsonObject, number: number): string => JSON.stringify({ ...resource, id: `n${number}` })
  const lines: (string | Uint8Array)[] = bases.flatMap((one, i) => [fresh(one, 2 * i), fresh(one, 2 * i + 1)])
  for (let i = 0; i < many; i++) {
    lines.push(mutantOf(random.pick(bases), random, bases))
    if (i % 4 === 0) lines.push(fresh(random.pick(bases), 2 * bases.length + i))
  }
  return lines
}

test('mutated records', { timeout: 600_000 }, async () => {
  const lines = linesOf(own, seededRandom('own'))
  const { settled } = await settledIn(() => agree(lines))
  // Mutants that stay in order are settled, too.
  expect(settled).toBeGreaterThan(many / 4)
})

test('one shape, and a rule that looks at values in two elements: each line is judged by itself', async () => {
  const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
  const lineOf = (id: string, part: string): string =>
    JSON.stringify({
      ...{ resourceType: 'Observation', id, status: 'final', code: loinc('1-8'), valueQuantity: { value: 1 } },
      component: [{ code: loinc(part), valueQuantity: { value: 2 } }],
    })
  // obs-7: a component may not repeat the code of an observation that has a value of its own.
  const lines = ['2-6', '3-4', '2-6', '1-8', '3-4', '1-8'].map((part, i) => lineOf(`o${i}`, part))
  const { sightings } = await said(fileOf(lines), {}, true)
  expect(sightings.filter((one) => one.includes('obs-7'))).toHaveLength(2)
  await agree(lines)
})

describe.skipIf(!hasData('fhir/bulk-ndjson/', 'fhir/us-core/', 'fhir/synthea-r4/'))('records of ../shared/data/fhir', () => {
  const bulk = hasData('fhir/bulk-ndjson/') ? filesIn(dataPath('fhir/bulk-ndjson/'), '.ndjson').flatMap(readLines) : []

  test('an export: nearly all lines of it are settled', { timeout: 120_000 }, async () => {
    const lines = [...bulk, ...bulk.map((one) => ({ ...one, id: `again-${String(one.id)}` }))].map((one) => JSON.stringify(one))
    const { settled } = await settledIn(() => agree(lines))
    expect(settled).toBeGreaterThan(bulk.length * 1.4)
  })

  test('mutated records of an export', { timeout: 1_800_000 }, async () => {
    const lines = linesOf(bulk, seededRandom('bulk'))
    let done = 0
    for (let at = 0; at < lines.length; at += 4000) {
      const part = lines.slice(Math.max(0, at - 400), at + 4000)
      done += part.length
      await agree([...bulk.slice(0, 200).map((one) => JSON.stringify(one)), ...part])
    }
    console.log(`${many} mutated records in ${done} lines: the same by shape and by tree`)
  })

  test('every file of the suites, each resource twice, with settings and loaded profiles', { timeout: 600_000 }, async () => {
    const folders = [
      `${dataPath('fhir/us-core/')}examples`,
      dataPath('fhir/synthea-r4/'),
      `${dataPath('fhir/fhir-test-cases/')}validator`,
    ]
    const resources = folders.flatMap((folder) =>
      filesIn(folder, '.json').flatMap((file): JsonObject[] => {
        try {
          const value = JSON.parse(readFileSync(file, 'utf8')) as unknown
          if (!isMembers(value)) return []
          const entries = Array.isArray(value.entry) ? value.entry : []
          return [value, ...entries.flatMap((entry) => (isMembers(entry) && isMembers(entry.resource) ? [entry.resource] : []))]
        } catch {
          return []
        }
      }),
    )
    expect(resources.length).toBeGreaterThan(300)
    const lines = resources.flatMap((one) => [JSON.stringify(one), JSON.stringify(one)])
    await agree(lines)
    const profiles = filesIn(`${dataPath('fhir/us-core/')}profiles`, '.json').map(readJson)
    await agree(lines, { loaded: profiles })
    const patient = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'
    await agree(lines.slice(0, 200), { loaded: profiles, chosenProfiles: [patient] })
  })
})
