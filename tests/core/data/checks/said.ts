/** What one check says of a small run: how many of how many, where, and with which facts; for tests that work the answer out by hand. */

import { ruledSchema } from '../../../../src/core/data/checks/contract/ruled-schema.ts'
import { judgeGiven } from '../../../../src/core/data/fhir/given.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { TableExample } from '../../../../src/core/data/model/table-example.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { Finding } from '../../../../src/core/finding.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { filesOf, runOf } from '../../../../src/core/project/rule-pages/table-example.ts'

const signal = new AbortController().signal

type Told = string | number | boolean | null

export interface Said {
  readonly findings: readonly Finding[]
  /** `[record, ...values of the facts]` of every place; record 0 is the column or the file as a whole. */
  readonly at: readonly (readonly Told[])[]
  /** Values that were tested, of the first finding. */
  readonly of: number | null | undefined
  /** Why something that was asked for was not done. */
  readonly refused: readonly string[]
}

/** Runs the whole reader and engine, and keeps what carries the code. */
export async function saidOf(code: string, example: TableExample): Promise<Said> {
  const { definitions, ...run } = runOf(example)
  const inputs = filesOf(example).map(({ name, bytes, ...file }) => ({ ...file, source: bytesSource(name, bytes) }))
  const result = await finish(validate({ inputs, ...run }, signal, judgeGiven({ definitions })))
  const findings = result.findings.filter((finding) => finding.code === code)
  const at = findings.flatMap(({ sample }) =>
    sample.map(({ at, evidence }): readonly Told[] => [
      at.kind === 'cell' ? at.record : 0,
      ...evidence.facts.map(({ value }) => value),
    ]),
  )
  const refused = result.notEvaluated.map(({ why }) => why)
  return { findings, at: at.toSorted((a, b) => Number(a[0]) - Number(b[0])), of: findings[0]?.denominator, refused }
}

/** A column named `x` beside a number of the record, as a file; texts are quoted where they need it. */
export function columnOf(values: readonly (string | number)[], field: JsonObject | string = 'x'): TableExample {
  const named = typeof field === 'string' ? { name: field } : { name: 'x', ...field }
  const csv = `no,${named.name}\n${values.map((value, i) => `${i + 1},${cell(value)}\n`).join('')}`
  return typeof field === 'string' ? { csv } : { csv, schema: { fields: [{ name: 'no' }, named] } }
}

export type Row = readonly (string | number | null)[]

/** A table with one rule of a check over it. */
export function ruledTable(
  check: string,
  columns: readonly (string | JsonObject)[],
  rows: readonly Row[],
  rule: { readonly fields?: readonly string[]; readonly params?: JsonObject } = {},
): TableExample {
  const names = columns.map((column) => (typeof column === 'string' ? column : String(column.name)))
  const csv = [names, ...rows].map((row) => `${row.map((value) => cell(value ?? '')).join(',')}\n`).join('')
  return { csv, schema: ruledSchema(check, columns, { fields: names, ...rule }) }
}

function cell(value: string | number): string {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** `make(0)` … `make(count - 1)`. */
export const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
