/** The engine as a peer of the benchmark: one file in, counts out. */
import { readFileSync } from 'node:fs'
import type { JsonObject } from '../../../src/core/data/model/record.ts'
import type { ValidateResult, ValidateSource } from '../../../src/core/data/model/validation.ts'
import { validate } from '../../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../../src/core/data/validate/validate-input.ts'
import { finish } from '../../../src/core/operation.ts'
import { pathSource } from '../../../src/io/files/files-node.ts'

export async function sourceOf(path: string, table: string, schema: JsonObject): Promise<ValidateSource> {
  return { source: await pathSource(path), side: null, format: 'csv', table, reading: {}, schema }
}

export function schemaAt(path: string): JsonObject {
  return JSON.parse(readFileSync(path, 'utf8')) as JsonObject
}

export function validated(input: ValidateInput): Promise<ValidateResult> {
  return finish(validate(input, new AbortController().signal))
}

/** The nine rules and nothing that the peers do not do, except the digest of the file. */
export async function run(path: string, schemaPath: string): Promise<{ records: number; badRecords: number; badCells: number }> {
  const result = await validated({ inputs: [await sourceOf(path, 'extract', schemaAt(schemaPath))], watch: false })
  return {
    records: result.inputs[0]?.records ?? 0,
    badRecords: result.summary.recordsWithErrors,
    badCells: result.summary.error + result.summary.critical,
  }
}
