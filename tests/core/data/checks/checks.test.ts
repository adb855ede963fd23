/** Every check speaks for itself: its examples are tables, and the whole reader and engine run over them. */
import { expect, test } from 'vitest'
import type { TableExample } from '../../../../src/core/data/checks/contract/check.ts'
import { checkExamples } from '../../../../src/core/data/checks/every-example.ts'
import { checks, wordingOf } from '../../../../src/core/data/checks/index.ts'
import type { ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const signal = new AbortController().signal
const encoder = new TextEncoder()

function sourcesOf(example: TableExample): ValidateSource[] {
  const others = Object.entries(example.others ?? {}).map(([name, other]) =>
    sourceOf(name.includes('.') ? name : `${name}.csv`, other.csv, other.schema),
  )
  return [sourceOf(example.name ?? 'table.csv', example.csv, example.schema, example.reading), ...others]
}

function sourceOf(
  name: string,
  csv: string | Uint8Array,
  schema: TableExample['schema'],
  reading: TableExample['reading'] = {},
): ValidateSource {
  const bytes = typeof csv === 'string' ? encoder.encode(csv) : csv
  return {
    source: bytesSource(name, bytes),
    side: null,
    format: null,
    table: name.replace(/\.[^.]+$/, ''),
    reading,
    schema: schema ?? null,
  }
}

async function codesIn(example: TableExample): Promise<string[]> {
  const result = await finish(validate({ inputs: sourcesOf(example), asOf: example.asOf ?? null }, signal))
  return result.findings.map((finding) => finding.code)
}

for (const { code, flags, passes } of checkExamples) {
  for (const example of flags)
    test(`${code} flags ${example.name}`, async () => expect(await codesIn(example.subject)).toContain(code))
  for (const example of passes)
    test(`${code} lets pass ${example.name}`, async () => expect(await codesIn(example.subject)).not.toContain(code))
}

test('every check has its examples, and every example its check', () => {
  expect(checkExamples.map(({ code }) => code).toSorted()).toEqual(checks.map(({ code }) => code).toSorted())
})

test('every code is unique and has its words', () => {
  const codes = checks.map((check) => check.code)
  expect(new Set(codes).size).toBe(codes.length)
  for (const check of checks) expect(wordingOf(check.code)).toMatchObject({ title: check.title, severity: check.severity })
})
