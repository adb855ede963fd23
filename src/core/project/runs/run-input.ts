/** What a run of a project rests on, built in one place for the app and the command line: the same project gives the same findings in both. */

import { readSeverityPolicy, type SeverityRule, severityPolicyPath } from '../../data/blast-radius/severity-policy.ts'
import { type Mapping, readMapping } from '../../data/crosswalk/mapping/mapping.ts'
import { keptPackages } from '../../data/fhir/packages/kept-package.ts'
import type { JsonObject } from '../../data/model/record.ts'
import type { SourceEntry } from '../../data/model/source.ts'
import type { ValidateSource } from '../../data/model/validation.ts'
import type { RuleFile } from '../../data/rules/rule-file.ts'
import { compareText } from '../../finding.ts'
import { isObject } from '../../values/json.ts'
import { policyPath } from '../../workflow/map/policy.ts'
import type { AcceptedFinding, Project } from '../format/project.ts'

/** A source as it is read, without its bytes: those are a file of this visit, or lie on a disk. */
export interface RunSource extends Omit<ValidateSource, 'source'> {
  readonly entry: SourceEntry
}

/** What is compared: both sides and the lines between them. */
export interface PairingInput {
  /** In the order of `data/sources.json`; a source that is not there is left out by the caller. */
  readonly sources: readonly RunSource[]
  readonly mapping: Mapping
  /** The day of the extract: that of the manifest, else today. */
  readonly asOf: string
}

/** What is checked, and by what. */
export interface RunInput extends PairingInput {
  /** `rules/*.json` in order of their paths, without the two policies. */
  readonly rules: readonly RuleFile[]
  /** `rules/severity.json`. */
  readonly severityRules: readonly SeverityRule[]
  /** Resources of the FHIR packages that the project keeps. */
  readonly definitions: readonly JsonObject[]
  readonly accepted: readonly AcceptedFinding[]
}

/** What can not be read ends a run: a rule that was silently left out would look like one that passed. */
export type RunInputReading =
  | { readonly ok: true; readonly input: RunInput }
  | { readonly ok: false; readonly path: string; readonly problem: string }

/** @param today YYYY-MM-DD where the run is made; counts only where the manifest names no day */
export function runInput(project: Project, today: string): RunInputReading {
  const { schemas, other, baseline } = project
  const policy = other.get(severityPolicyPath)
  const severityRules = policy ? readSeverityPolicy(new TextDecoder().decode(policy)) : []
  if (typeof severityRules === 'string') return { ok: false, path: severityPolicyPath, problem: severityRules }
  const definitions = keptPackages(schemas).flatMap((one) => one.definitions)
  const checked = { rules: ruleFiles(other), severityRules, definitions, accepted: baseline }
  return { ok: true, input: { ...pairingInput(project, today), ...checked } }
}

/** Lines of the field map that can not be followed are left out; the page of the field map names them. */
export function pairingInput(
  project: Pick<Project, 'manifest' | 'sources' | 'schemas' | 'mapping'>,
  today: string,
): PairingInput {
  return {
    sources: runSources(project),
    mapping: readMapping(bytesOf(project.mapping)).mapping,
    asOf: dayOfExtract(project, today),
  }
}

/** In the order of `data/sources.json`. */
export function runSources({ sources, schemas }: Pick<Project, 'sources' | 'schemas'>): readonly RunSource[] {
  return sources.map((entry) => runSource(entry, schemas))
}

/** What rules call today. */
export function dayOfExtract({ manifest }: Pick<Project, 'manifest'>, today: string): string {
  return manifest.asOf ?? today
}

function runSource(entry: SourceEntry, schemas: Project['schemas']): RunSource {
  const { side, format, table, reading, profiles } = entry
  const schema = entry.schema === null ? undefined : schemas.get(entry.schema)
  return { entry, side, format, table, reading, schema: isObject(schema) ? schema : null, profiles: profiles ?? [] }
}

function ruleFiles(other: Project['other']): readonly RuleFile[] {
  return [...other]
    .filter(([path]) => path.startsWith('rules/') && path.endsWith('.json') && path !== policyPath && path !== severityPolicyPath)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([name, bytes]) => ({ name, text: new TextDecoder().decode(bytes) }))
}

function bytesOf(mapping: Project['mapping']): ReadonlyMap<string, Uint8Array> {
  return new Map([...mapping].map(([path, text]) => [path, new TextEncoder().encode(text)]))
}
