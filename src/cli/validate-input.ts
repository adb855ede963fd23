/** What decides the findings of `validate`, opened: inputs with their schemas, rules and the day; not how the report is shown. */
import type { NotEvaluated, ValidateInput } from '../core/data/validation.ts'
import { openInputs, type ReadingOptions, readingOf } from './data-inputs.ts'
import { severityRules } from './held-against.ts'
import { ruleFiles } from './rule-files.ts'
import { assignSchemas } from './schema-assignment.ts'

export interface ValidateChoices extends ReadingOptions {
  readonly schema: readonly string[]
  readonly checks: readonly string[]
  readonly severity?: string
  readonly ig: readonly string[]
  readonly profile: readonly string[]
  readonly asOf?: string
}

export interface OpenedValidation {
  readonly input: ValidateInput
  /** Path of each input as it was given. */
  readonly paths: readonly string[]
  /** Schemas that are held against nothing, and why. */
  readonly notEvaluated: readonly NotEvaluated[]
  /** Sentences for standard error about how schemas were held against inputs. */
  readonly said: readonly string[]
}

/** `today` stands in where no day was chosen. */
export async function openValidation(
  names: readonly string[],
  choices: ValidateChoices,
  today: string,
): Promise<OpenedValidation> {
  const opened = await openInputs(names, readingOf(choices))
  const { inputs, notEvaluated, said } = await assignSchemas(opened.inputs, choices.schema)
  const input = {
    inputs,
    severityRules: await severityRules(names, choices.severity),
    rules: await ruleFiles(names, choices.checks),
    asOf: choices.asOf ?? today,
  }
  return { input, paths: opened.paths, notEvaluated, said }
}
