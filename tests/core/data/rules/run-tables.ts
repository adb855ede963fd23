/** Tables and rules in a few words, run through the whole engine. */

import type { ValidateResult } from '../../../../src/core/data/model/validation.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../../../src/core/data/validate/validate-input.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

type Schema = ValidateInput['inputs'][number]['schema']

/** `tables`: CSV by name of the table; `rules`: as in a rules file. */
export function runTables(
  tables: Readonly<Record<string, string>>,
  rules: readonly object[] = [],
  rest: Omit<ValidateInput, 'inputs' | 'rules'> & { readonly schemas?: Readonly<Record<string, Schema>> } = {},
): Promise<ValidateResult> {
  const { schemas = {}, ...options } = rest
  const inputs = Object.entries(tables).map(([table, csv]) => ({
    source: bytesSource(`${table}.csv`, new TextEncoder().encode(csv)),
    side: null,
    format: null,
    table,
    reading: {},
    schema: schemas[table] ?? null,
  }))
  const file = { name: 'team.json', text: JSON.stringify({ rules }) }
  return finish(validate({ inputs, rules: [file], ...options }, new AbortController().signal))
}

/** Records in which findings of a code stand. */
export function recordsOf({ findings }: ValidateResult, code: string): number[] {
  return findings
    .filter((finding) => finding.code === code)
    .flatMap(({ sample }) => sample.map(({ at }) => (at.kind === 'cell' ? at.record : 0)))
}

/** Why rules were not evaluated, by the first words of what. */
export function whyNot({ notEvaluated }: ValidateResult, what: string): string {
  return notEvaluated
    .filter((entry) => entry.what.startsWith(what))
    .map(({ why }) => why)
    .join(' ')
}
