/** `rules/severity.json` of a project: the only place that may lower a severity, always with a reason that the report repeats. */
import { type Severity, severities } from '../../finding.ts'
import { wordingOf } from '../checks/index.ts'

/** The first rule whose code and path match decides. */
export interface SeverityRule {
  readonly code: string
  /** Column, `table.column`, or FHIR element path; left out: every place. */
  readonly path?: string
  readonly severity: Severity
  readonly because: string
}

/** Path of the document inside a project. */
export const severityPolicyPath = 'rules/severity.json'

/** The rules of the document, or a sentence that says which entry can not be honoured and why. Nothing of it then counts. */
export function readSeverityPolicy(
  text: string,
  isKnown: (code: string) => boolean = (code) => wordingOf(code) !== null,
): readonly SeverityRule[] | string {
  let document: unknown
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return 'The severity policy is not JSON.'
  }
  const list = isMembers(document) ? document.rules : undefined
  if (!Array.isArray(list)) return 'The severity policy needs "rules", a list of {code, path, severity, because}.'
  const rules: SeverityRule[] = []
  for (const [index, entry] of list.entries()) {
    const rule = readRule(entry, isKnown)
    if (typeof rule === 'string') return `Rule ${index + 1} of the severity policy: ${rule}`
    rules.push(rule)
  }
  return rules
}

function readRule(entry: unknown, isKnown: (code: string) => boolean): SeverityRule | string {
  if (!isMembers(entry)) return 'it is not an object.'
  const { code, path, severity, because } = entry
  if (typeof code !== 'string' || !isKnown(code)) return `there is no code ${JSON.stringify(code ?? null)}.`
  const level = severities.find((each) => each === severity)
  if (!level) return `"severity" takes ${severities.join(', ')}, not ${JSON.stringify(severity ?? null)}.`
  if (typeof because !== 'string' || because.trim() === '') return 'it gives no reason ("because").'
  if (path !== undefined && typeof path !== 'string') return '"path" is not a text.'
  return { code, ...(path === undefined ? {} : { path }), severity: level, because }
}

/** The rule that decides for a finding, or null. `table` is empty where the place is no column of one. */
export function severityRuleFor(rules: readonly SeverityRule[], code: string, table: string, place: string): SeverityRule | null {
  return (
    rules.find(
      (rule) => rule.code === code && (rule.path === undefined || rule.path === place || rule.path === `${table}.${place}`),
    ) ?? null
  )
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
