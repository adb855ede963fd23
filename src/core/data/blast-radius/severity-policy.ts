/** `rules/severity.json` of a project: the only place that may lower a severity, always with a reason that the report repeats. */
import * as v from 'valibot'
import { severities } from '../../finding.ts'
import { fits, type Kept, misfit, object } from '../../values/document.ts'
import { parseJson } from '../../values/json.ts'
import { wordingOf } from '../checks/index.ts'

const severityRule = object({
  code: v.string(),
  /** Column, `table.column`, or FHIR element path; left out: every place. */
  path: v.exactOptional(v.string()),
  severity: v.picklist(severities),
  because: v.string(),
})
/** The first rule whose code and path match decides. */
export type SeverityRule = Kept<typeof severityRule>

export const severityDocument = object({ rules: v.array(severityRule) })

/** Path of the document inside a project. */
export const severityPolicyPath = 'rules/severity.json'

/** The rules of the document, or a sentence that says which entry can not be honoured and why. Nothing of it then counts. */
export function readSeverityPolicy(
  text: string,
  isKnown: (code: string) => boolean = (code) => wordingOf(code) !== null,
): readonly SeverityRule[] | string {
  const read = parseJson(text.replace(/^\uFEFF/, ''))
  if (!read.ok) return `The severity policy can not be read as JSON: ${read.why}.`
  if (!fits(read.value, severityDocument)) return `The severity policy: ${misfit(read.value, severityDocument)}.`
  const { rules } = read.value
  for (const [index, { code, because }] of rules.entries()) {
    const rule = `Rule ${index + 1} of the severity policy`
    if (!isKnown(code)) return `${rule}: there is no code "${code}".`
    if (because.trim() === '') return `${rule}: it gives no reason ("because").`
  }
  return rules
}

/** The rule that decides for a finding, or null. `table` is empty where the place is no column of one. */
export function severityRuleFor(rules: readonly SeverityRule[], code: string, table: string, place: string): SeverityRule | null {
  return (
    rules.find(
      (rule) => rule.code === code && (rule.path === undefined || rule.path === place || rule.path === `${table}.${place}`),
    ) ?? null
  )
}
