/** Ids and open references beyond the memory budget: the same sightings in the same order as with all the memory in the world. */
import { expect, test } from 'vitest'
import { createFhirJudge, type FhirContext } from '../../../../../src/core/data/fhir/judge.ts'
import { BeyondMemory } from '../../../../../src/core/data/fhir/references/beyond-memory.ts'
import { WaitingLog } from '../../../../../src/core/data/fhir/references/waiting-log.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import type { Spill } from '../../../../../src/core/data/model/spill.ts'
import { seededRandom } from '../../../../../src/core/random.ts'
import { recordOf } from '../judged.ts'

const patients = process.env.LONG ? 60_000 : 1500

/** A file in memory, found by offset as one on disk is. */
function spill(limit = Number.POSITIVE_INFINITY): Spill {
  let bytes = new Uint8Array(1 << 16)
  let size = 0
  return {
    append(piece) {
      if (size + piece.length > limit) return null
      if (size + piece.length > bytes.length) {
        const larger = new Uint8Array((size + piece.length) * 2)
        larger.set(bytes)
        bytes = larger
      }
      bytes.set(piece, size)
      size += piece.length
      return size - piece.length
    },
    read: (at, into) => into.set(bytes.subarray(at, at + into.length)),
    close: async () => undefined,
  }
}

/** Patients and what is about them, with ids that come twice and patients that are missing, in a drawn order. */
function exportOf(seed: string): JsonObject[][] {
  const random = seededRandom(seed)
  const people: JsonObject[] = []
  const rest: JsonObject[] = []
  for (let i = 0; i < patients; i++) {
    if (i % 97 !== 5) people.push({ resourceType: 'Patient', id: `p${i}` })
    if (i % 211 === 7) people.push({ resourceType: 'Patient', id: `p${i}`, active: true })
    for (const reference of [`Patient/p${i}`, `Patient/p${random.below(patients)}`])
      rest.push({ resourceType: 'Basic', id: `b${rest.length}`, code: { text: 'x' }, subject: { reference } })
  }
  return random.below(2) === 0 ? [people, rest] : [rest, people]
}

async function told(
  files: readonly (readonly JsonObject[])[],
  context: FhirContext,
): Promise<{ sightings: string[]; atEnd: number; left: string }> {
  const judge = await createFhirJudge({ ...context, formats: files.map(() => 'ndjson' as const) })
  const sightings: string[] = []
  for (const [input, resources] of files.entries())
    for (const [index, resource] of resources.entries())
      for (const sighting of judge.see(recordOf(resource, index + 1, JSON.stringify(resource).length), input))
        sightings.push(JSON.stringify(sighting))
  const before = sightings.length
  for (const sighting of judge.finish()) sightings.push(JSON.stringify(sighting))
  return { sightings, atEnd: sightings.length - before, left: JSON.stringify(judge.notEvaluated()) }
}

test.each(['a', 'b'])('a budget of 20 kB with a file says what an ample one says (%s)', async (seed) => {
  const files = exportOf(seed)
  const ample = await told(files, {})
  const tight = await told(files, { referenceBudget: 20_000, spill: spill() })
  expect(ample.sightings.length).toBeGreaterThan(patients / 100)
  expect(groups(tight.sightings)).toEqual(groups(ample.sightings))
  expect(tight.left).toBe(ample.left)
})

/** What is told of one place comes in the order of the records; between places the order is that of the report. */
function groups(sightings: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const text of sightings) {
    const { code, place } = JSON.parse(text) as { code: string; place: string }
    const key = `${code} ${place}`
    found.set(key, [...(found.get(key) ?? []), text])
  }
  return new Map([...found].sort())
}

test('a file that is full is told as memory is: nothing is called missing that was not looked up', async () => {
  const files = exportOf('a')
  const { sightings, left } = await told(files, { referenceBudget: 20_000, spill: spill(9000) })
  expect(left).toContain('beyond the memory budget')
  const ample = new Set(
    (await told(files, {})).sightings
      .filter((text) => text.includes('reference-missing'))
      .map((text) => JSON.parse(text).at.byte),
  )
  for (const text of sightings) if (text.includes('reference-missing')) expect(ample).toContain(JSON.parse(text).at.byte)
})

const unheard = { isKnown: () => false, isGone: () => false, came: () => undefined }
const seen = { input: 0, line: 1, length: 1, type: 1 }
const row = {
  kind: 'id',
  seen,
  place: 0,
  record: 1,
  byte: 0,
  id: 'x',
  text: 'x',
  path: 'x',
  patient: null,
  isToldApart: false,
  isEntry: false,
} as const
const hashOf = (i: number) => ({ high: Math.imul(i, 0x9e3779b1) >>> 0, low: i })

test('memory holds one partition at a time', async () => {
  const beyond = new BeyondMemory(spill())
  for (let i = 0; i < 5000; i++) beyond.addId(hashOf(i), row)
  beyond.addId({ high: 0, low: 0 }, { ...row, record: 2 })
  const { repeated, missing } = beyond.resolve(unheard)
  expect(repeated.map(({ row: { record } }) => record)).toEqual([2])
  expect(missing).toEqual([])
})

test('beyond the rows that are kept, repeated ids and missing targets are counted, deleted ones on their own', () => {
  const beyond = new BeyondMemory(spill(), undefined, 10)
  for (let i = 0; i < 100; i++) {
    beyond.addId(hashOf(i), row)
    beyond.addId(hashOf(i), { ...row, seen: { ...seen, line: 2, length: i % 4 === 0 ? 2 : 1 } })
    const open = { hash: hashOf(1000 + i), place: 3, record: 1, line: 1, byte: 0, path: 'x', patient: null, words: null }
    beyond.addReference(1, open)
  }
  const isGone = ({ low }: { readonly low: number }): boolean => low % 5 === 0
  const { repeated, repeatedMore, missing, uncounted } = beyond.resolve({ ...unheard, isGone })
  expect([repeated.length, missing.length]).toEqual([10, 10])
  const differing = repeated.filter(({ first, row: second }) => first.length !== second.seen.length).length
  const counts = [...repeatedMore.values()].map(({ first, row: second, count }) => [first.length !== second.seen.length, count])
  expect(counts.sort()).toEqual([
    [false, 75 - (10 - differing)],
    [true, 25 - differing],
  ])
  const gone = missing.filter(({ row: { hash } }) => isGone(hash)).length
  expect([...uncounted.values()].map(({ hash, count }) => [isGone(hash), count]).sort()).toEqual([
    [false, 80 - (10 - gone)],
    [true, 20 - gone],
  ])
})

test('every reference that stays open is told by id and value, however many were resolved meanwhile', async () => {
  const basic = (id: string, reference: string): JsonObject => ({
    resourceType: 'Basic',
    id,
    code: { text: 'x' },
    subject: { reference },
  })
  const open = Array.from({ length: 2000 }, (_, n) => basic(`b${n}`, n < 1000 ? `Patient/p${n}` : `Patient/gone-${n}`))
  const people = Array.from({ length: 1000 }, (_, n) => ({ resourceType: 'Patient', id: `p${n}` }))
  const { sightings } = await told([open, people], {})
  const words = sightings.map((text) => {
    const { at, evidence } = JSON.parse(text) as { at: { id: string }; evidence: { excerpt: string } }
    return `${at.id} ${evidence.excerpt}`
  })
  expect(words).toEqual(Array.from({ length: 1000 }, (_, n) => `Basic/b${n + 1000} Patient/gone-${n + 1000}`))
})

test('a log that has just become full makes room by what was resolved, with the texts of what was not', () => {
  const known = new Set<number>()
  const log = new WaitingLog(1, ({ low }) => known.has(low))
  const rowOf = (i: number) => ({
    hash: hashOf(i),
    place: 0,
    record: i,
    line: i,
    byte: i,
    path: 'Basic.subject',
    patient: null,
    words: { id: i % 3 === 0 ? null : `Basic/b${i}`, reference: `ü/${i}` },
  })
  const most = 2000
  for (let i = 0; i < most; i++) log.add(rowOf(i))
  for (let i = 0; i < most; i++) if (i % 10 !== 0) known.add(i)
  let added = most
  while (added < 100_000 && log.hasRoom(rowOf(added))) log.add(rowOf(added++))
  // What was resolved made room once; nothing that stays open lost its row or its texts.
  expect(added).toBeGreaterThan(most)
  expect(added).toBeLessThan(100_000)
  const expected = Array.from({ length: added }, (_, i) => rowOf(i)).filter(({ record }) => !known.has(record))
  expect([...log.unresolved()]).toEqual(expected)
  // Of short texts the rows themselves are the bound.
  const short = new WaitingLog(1 << 20, () => true)
  const bare = (i: number) => ({ ...rowOf(i), words: { id: null, reference: 'x' } })
  for (let i = 0; i < 100_000; i++) {
    expect(short.hasRoom(bare(i))).toBe(true)
    short.add(bare(i))
  }
})
