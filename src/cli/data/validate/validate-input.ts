/** What decides the findings of `validate`, opened: inputs with their schemas, rules and the day; not how the report is shown. */
import type { AcceptanceEntry } from '../../../core/data/baseline/acceptance.ts'
import type { JsonObject } from '../../../core/data/model/record.ts'
import type { ValidateInput } from '../../../core/data/validate/validate-input.ts'
import type { NotEvaluated } from '../../../core/finding.ts'
import { openInputs, type ReadingOptions, readingOf, type SourcesOption } from '../../inputs/data-inputs.ts'
import { type OpenedProject, runInputOf } from '../../inputs/project-inputs.ts'
import { ruleFiles } from '../../inputs/rule-files.ts'
import { assignSchemas } from '../../inputs/schema-assignment.ts'
import { UsageError } from '../../shell/usage-error.ts'
import { severityRules } from '../held-against.ts'

export interface ValidateChoices extends ReadingOptions, SourcesOption {
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
  /** Resources of FHIR packages that the projects among the inputs keep. */
  readonly definitions: readonly JsonObject[]
  /** Findings that those projects have accepted. */
  readonly accepted: readonly AcceptanceEntry[]
}

/** `today` stands in where no day was chosen, neither by a flag nor by a project. */
export async function openValidation(
  names: readonly string[],
  choices: ValidateChoices,
  today: string,
): Promise<OpenedValidation> {
  const opened = await openInputs(names, readingOf(choices), choices.sources)
  const runs = opened.projects.map((project) => runInputOf(project, today))
  const { inputs, notEvaluated, said } = await assignSchemas(opened.inputs, choices.schema)
  const input = {
    inputs,
    severityRules: await severityRules(
      runs.map((run) => run.severityRules),
      choices.severity,
    ),
    rules: await ruleFiles(
      choices.checks,
      runs.flatMap(({ rules }) => rules),
    ),
    asOf: choices.asOf ?? oneDay(opened.projects) ?? today,
  }
  const definitions = runs.flatMap((run) => run.definitions)
  const accepted = runs.flatMap((run) => run.accepted)
  return { input, paths: opened.paths, notEvaluated, said, definitions, accepted }
}

/** The day that the projects of a run name; null where none does. A project without a day is none of the day of another. */
function oneDay(projects: readonly OpenedProject[]): string | null {
  const days = [...new Set(projects.map(({ project }) => project.manifest.asOf ?? null))]
  const [day = null] = days
  if (days.length < 2) return day
  const named = days.filter((one) => one !== null)
  const silent = projects.filter(({ project }) => (project.manifest.asOf ?? null) === null).map(({ path }) => path)
  if (silent.length === 0)
    throw new UsageError(`The projects name several days of their extract (${named.join(', ')}); choose one with --as-of.`)
  throw new UsageError(
    `Some projects name a day of their extract (${named.join(', ')}) and ${silent.join(', ')} ${silent.length === 1 ? 'names' : 'name'} none; choose one with --as-of.`,
  )
}
