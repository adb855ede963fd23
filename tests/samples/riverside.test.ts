import { afterAll, expect, test } from 'vitest'
import { generateRiverside, legacyPath } from '../../samples/riverside/generate.ts'
import { tables } from '../../samples/riverside/legacy.ts'
import { sha256Hex } from '../../src/core/canonical.ts'
import { createFhirJudge } from '../../src/core/data/fhir/judge.ts'
import type { JsonObject } from '../../src/core/data/model/record.ts'
import { validate } from '../../src/core/data/validate/validate.ts'
import { finish } from '../../src/core/operation.ts'
import { readSample, type Sample } from './riverside.ts'

const sample = readSample()

test('the sample holds at least twelve legacy tables and a bulk export with its manifest', () => {
  expect(sample.entries.filter(({ side }) => side === 'legacy').length).toBeGreaterThanOrEqual(12)
  const manifest = JSON.parse(Buffer.from(sample.files.get('private/target/manifest.json') ?? []).toString())
  expect(manifest.output.length).toBe(sample.entries.filter(({ side }) => side === 'target').length)
  expect(new Set(tables.map(({ delimiter }) => delimiter))).toEqual(new Set([';', '|', ',']))
  expect(new Set(tables.map(({ encoding }) => encoding))).toEqual(new Set(['windows-1252', 'utf-8']))
})

test('each of at least fourteen kinds of defect is planted at least five times, and look-alikes are no fewer', () => {
  const planted = sample.truth.filter(({ benign }) => !benign)
  const counts = new Map<string, number>()
  for (const { kind } of planted) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  expect(counts.size).toBeGreaterThanOrEqual(14)
  expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(5)
  expect(sample.truth.length - planted.length).toBeGreaterThanOrEqual(planted.length)
})

test('the same seed gives the same bytes, another seed others', () => {
  const digest = (seed: string): string =>
    sha256Hex([...readSample({ patients: 120, seed }).files].map(([path, bytes]) => `${path} ${sha256Hex(bytes)}`).join('\n'))
  expect(digest('x')).toBe(digest('x'))
  expect(digest('x')).not.toBe(digest('y'))
})

test('a patient is the same whatever the size of the sample', () => {
  const line = (patients: number): string | undefined =>
    Buffer.from(readSample({ patients }).files.get('private/legacy/patients.csv') ?? [])
      .toString('latin1')
      .split('\r\n')[1]
  expect(line(500)).toBe(line(450))
})

test('bytes, digest and record count of every file are as data/sources.json says', () => {
  for (const [i, entry] of sample.entries.entries()) {
    const bytes = sample.files.get(sample.paths[i] ?? '') ?? new Uint8Array(0)
    expect([entry.bytes, entry.sha256]).toEqual([bytes.length, `sha256:${sha256Hex(bytes)}`])
  }
})

test('files are handed over in batches, so that memory does not follow the number of patients', () => {
  let largest = 0
  for (const { path, bytes } of generateRiverside({ patients: 1000 }))
    if (path.startsWith('private/')) largest = Math.max(largest, bytes.length)
  expect(largest).toBeLessThan(1 << 20)
})

test('medical record numbers keep leading zeros and pass the Luhn check', () => {
  const text = Buffer.from(sample.files.get('private/legacy/patients.csv') ?? []).toString('latin1')
  const numbers = text
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.slice(0, 9))
  expect(new Set(numbers).size).toBe(2000)
  expect(numbers.some((mrn) => mrn.startsWith('00'))).toBe(true)
  const luhn = (mrn: string): number =>
    [...mrn].reduce(
      (sum, digit, i) => sum + (i % 2 === 1 ? ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0) : Number(digit)),
      0,
    )
  expect(numbers.filter((mrn) => luhn(mrn) % 10 !== 0)).toEqual([])
})

async function validated(one: Sample) {
  const schema = (path: string | null): JsonObject | null =>
    path === null ? null : JSON.parse(Buffer.from(one.files.get(path) ?? []).toString())
  const inputs = one.pairInput.inputs.map((input, i) => ({ ...input, schema: schema(one.entries[i]?.schema ?? null) }))
  return finish(validate({ inputs, maxRows: 5000 }, new AbortController().signal, createFhirJudge))
}

const report = validated(sample)

const foundBy = new Map<string, Set<string>>()
for (const { kind, finds } of sample.truth)
  for (const { engine, code } of finds) foundBy.set(kind, (foundBy.get(kind) ?? new Set()).add(`${engine} ${code}`))
afterAll(() => {
  console.log([...foundBy].map(([kind, by]) => `${kind}: ${[...by].join(', ')}`).join('\n'))
})

/** The export program of the old system ends one table with a line of its own, told at the last record and counted as none. */
const footer = sample.entries
  .filter(({ name }) => name === 'encounters.csv')
  .map(({ records }) => `data/footer ${legacyPath('encounters')}:${records}`)

test('every file is read whole in its declared encoding, with the exact number of records', async () => {
  const { inputs } = await report
  expect(inputs.map(({ name, status, records }) => [name, status, records])).toEqual(
    sample.entries.map(({ name, records }) => [name, 'read', records]),
  )
})

test('the validator finds every planted defect of its kind at its record, and says nothing at all of a look-alike', async () => {
  const { findings } = await report
  // Of every severity, and whole: a warning or a note at a look-alike is a false alarm, too.
  expect(findings.filter(({ truncated }) => truncated)).toEqual([])
  const found = findings
    .flatMap((finding) =>
      finding.sample.map(({ code, at }) => (at.kind === 'cell' ? `${code} ${sample.paths[at.input]}:${at.record}` : code)),
    )
    .sort()
  const expected = sample.truth
    .flatMap(({ finds }) => finds)
    .filter(({ engine }) => engine === 'validate')
    .map(({ code, file, record }) => `${code} ${file}:${record}`)
    .concat(footer)
    .sort()
  expect(found).toEqual(expected)
})
