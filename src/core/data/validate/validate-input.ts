/** What a validation is given (`validate` of the command line). */

import type { SightingWatch } from '../blast-radius/report-sink.ts'
import type { SeverityRule } from '../blast-radius/severity-policy.ts'
import type { FhirSettings } from '../fhir/definitions/settings.ts'
import type { KeySizes } from '../keys/key-set.ts'
import type { JsonObject } from '../model/record.ts'
import type { SpillStore } from '../model/spill.ts'
import type { ValidateSource } from '../model/validation.ts'
import type { OpenAhead } from '../read/records/ahead-blocks.ts'
import type { HearRule } from '../rules/context.ts'
import type { RuleFile } from '../rules/rule-file.ts'
import type { ToldRun } from './told.ts'

export interface ValidateInput {
  readonly inputs: readonly ValidateSource[]
  /** A data package whose resources are found by table name; used for inputs without a schema of their own. */
  readonly package?: JsonObject | null
  /** Every column is looked at for damage that nobody asked about (sentinel dates, lost digits, cut texts); left out, it is. */
  readonly watch?: boolean
  /** Seed of the sample of rows kept per finding. */
  readonly seed?: string
  /** How many sightings are kept per finding: half the first ones, half a seeded sample of the rest. Counts stay exact. */
  readonly maxRows?: number
  /** Rules of the project about severities (`rules/severity.json`); the first that matches decides. */
  readonly severityRules?: readonly SeverityRule[]
  /** Sees every occurrence as it is counted; for lists without a limit. Stays on this side of a worker. */
  readonly observer?: SightingWatch
  /** Bytes that key indexes may take in memory; above it keys are spilled, and without a place for that the files are read more often. */
  readonly keyBudget?: number
  /** Temporary storage of the host for keys. */
  readonly spill?: SpillStore
  /** Secret of the project, under which keys become fingerprints; the result is the same under each. */
  readonly keySeed?: string
  /** Smaller limits than those of a real run, to try out what happens beyond them. */
  readonly keySizes?: KeySizes
  /** Rules of the team as data: `rules/*.json`. */
  readonly rules?: readonly RuleFile[]
  /** The day of the extract, ISO 8601; rules that ask for it are not evaluated where it is left out. */
  readonly asOf?: string | null
  /** What is said of FHIR resources and what is let pass; by default that of fhir/settings.ts. */
  readonly fhir?: FhirSettings
  /** Told of every rule how many records it tested, and how many of them break it. Stays on this side of a worker. */
  readonly heard?: HearRule
  /** Profiles every column in the same pass. */
  readonly profile?: boolean
  /** Threads of the host that index tables ahead of the one that judges. Stays on this side of a worker. */
  readonly ahead?: OpenAhead
  /** What tasks of a spread run found out; then their inputs are not read. Stays on this side of a worker. */
  readonly told?: ToldRun
}
