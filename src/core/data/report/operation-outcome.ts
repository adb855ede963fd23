/** FHIR R4 OperationOutcome, for programs that speak FHIR: one issue per place, with what was expected and what stands there. */
import type { Fact, Severity } from '../../finding.ts'
import type { Kahn } from '../../rule.ts'
import { countOf, placeOf, type ReportDocument, thousands } from './document.ts'
import { fhirPathOf } from './fhirpath-names.ts'
import type { ReportFinding, ReportRow } from './report-finding.ts'

/** `fatal` is kept for what could not be read at all (http://hl7.org/fhir/issue-severity). */
const levels: Readonly<Record<Severity, string>> = { critical: 'error', error: 'error', warning: 'warning', info: 'information' }

/** Codes of http://hl7.org/fhir/issue-type by the last part of ours, where the kind of defect does not tell them. */
const issueTypes: Readonly<Record<string, string>> = {
  'value-list': 'code-invalid',
  'dependent-list': 'code-invalid',
  picklist: 'code-invalid',
  'foreign-key': 'not-found',
  'unique-key': 'duplicate',
  'json-duplicate-name': 'duplicate',
  'repeated-header': 'duplicate',
  'record-too-long': 'too-long',
  'endless-record': 'too-long',
  'document-too-large': 'too-long',
  'invalid-json': 'structure',
  'torn-json': 'incomplete',
  'torn-record': 'incomplete',
  'invalid-bytes': 'structure',
  'resource-type-missing': 'required',
  'not-a-resource': 'structure',
  manifest: 'incomplete',
  'fhir-extension-unknown': 'extension',
  'fhir-extension-context': 'extension',
  'fhir-modifier-unknown': 'extension',
  'fhir-code-required': 'code-invalid',
  'fhir-code-extensible': 'code-invalid',
  'fhir-code-preferred': 'code-invalid',
  'fhir-code-unknown': 'code-invalid',
  'fhir-coding-system': 'code-invalid',
  'fhir-display': 'code-invalid',
  'fhir-unit': 'code-invalid',
  'fhir-invariant': 'invariant',
  'fhir-questionnaire': 'business-rule',
  'fhir-bundle': 'business-rule',
  'fhir-definition': 'business-rule',
  'fhir-full-url': 'value',
  'fhir-example-address': 'business-rule',
  'fhir-reference-missing': 'not-found',
  'fhir-contained-reference': 'not-found',
  'fhir-reference-deleted': 'deleted',
  'fhir-deleted-record': 'deleted',
  'fhir-reference-type': 'structure',
  'fhir-duplicate-id': 'duplicate',
  'fhir-json-type': 'structure',
  'fhir-narrative': 'structure',
  'fhir-depth': 'structure',
  'fhir-empty': 'structure',
}

const lineUrl = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line'
const columnUrl = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col'

interface Issue {
  readonly extension?: readonly { readonly url: string; readonly valueInteger: number }[]
  readonly severity: string
  readonly code: string
  readonly details: {
    readonly coding?: readonly { readonly system: string; readonly code: string }[]
    readonly text: string
  }
  readonly diagnostics?: string
  readonly location?: readonly string[]
  readonly expression?: readonly string[]
}

export function operationOutcomeReport(report: ReportDocument): string {
  const issue = [...report.findings.flatMap((finding) => issuesOf(finding, report)), ...report.notEvaluated.map(notJudged)]
  const none: Issue = { severity: 'information', code: 'informational', details: { text: 'Nothing was found.' } }
  if (report.partial)
    issue.push({
      severity: 'warning',
      code: 'incomplete',
      details: { text: 'The run was interrupted; these are its findings until then.' },
    })
  return `${JSON.stringify({ resourceType: 'OperationOutcome', issue: issue.length > 0 ? issue : [none] }, null, 2)}\n`
}

function notJudged({ what, why }: { readonly what: string; readonly why: string }): Issue {
  return { severity: 'information', code: 'not-supported', details: { text: `Not evaluated: ${what}` }, diagnostics: why }
}

/** One issue per place that is kept; what is counted beyond them is said in one more. */
function issuesOf(finding: ReportFinding, report: ReportDocument): Issue[] {
  const issues = finding.rows.map((row) => issueAt(finding, row, report))
  const more = finding.count - issues.length
  if (issues.length === 0) return [issueAt(finding, null, report)]
  if (more <= 0) return issues
  const counted = `${finding.title}: ${countOf(finding)} in all; ${thousands(more)} more than have an issue of their own here`
  return [
    ...issues,
    { ...headOf(finding, null, report), details: { ...codingOf(finding), text: counted }, ...elementOf(finding) },
  ]
}

function issueAt(finding: ReportFinding, row: ReportRow | null, report: ReportDocument): Issue {
  const facts = row === null || row.facts.length === 0 ? finding.facts : row.facts
  const text = [`${finding.title}: ${countOf(finding)}.`, ...expectation(facts), ...foundWords(facts, row)].join(' ')
  return {
    ...lineOf(row),
    ...headOf(finding, row, report),
    details: { ...codingOf(finding), text },
    diagnostics: `${whereOf(finding, row, report)}. ${finding.remedy}`,
    ...locationOf(row),
    ...(row?.path != null && finding.element !== null ? { expression: [fhirPathOf(row.path, finding.element)] } : {}),
  }
}

function headOf(finding: ReportFinding, row: ReportRow | null, report: ReportDocument): Pick<Issue, 'severity' | 'code'> {
  const input = finding.input === null ? undefined : report.inputs[finding.input]
  const isFatal = input?.status === 'unreadable' && levels[finding.severity] === 'error'
  return { severity: isFatal ? 'fatal' : levels[finding.severity], code: issueType(finding, row?.facts ?? finding.facts) }
}

/** Severity and code in our own words, which are finer. */
function codingOf({ code, severity }: ReportFinding): Pick<Issue['details'], 'coding'> {
  return {
    coding: [
      { system: 'urn:carryover:code', code },
      { system: 'urn:carryover:severity', code: severity },
    ],
  }
}

function elementOf({ element }: ReportFinding): Pick<Issue, 'expression'> {
  return element === null ? {} : { expression: [fhirPathOf(element, element)] }
}

function issueType(finding: ReportFinding, facts: readonly Fact[]): string {
  const name = finding.code.slice(finding.code.indexOf('/') + 1)
  // A slice, an element or an answer may lack or be too many.
  if (facts.some((fact) => fact.name === 'missing')) return 'required'
  if (name === 'fhir-cardinality' || name === 'fhir-slice') return 'structure'
  return issueTypes[name] ?? byKind(finding.kahn)
}

/** The kind of defect in terms of Kahn et al. 2016. */
function byKind(kahn: Kahn | null): string {
  if (kahn === null) return 'invalid'
  if (kahn.category === 'completeness') return 'required'
  if (kahn.category === 'conformance') return kahn.sub === 'value' ? 'value' : 'structure'
  return kahn.sub === 'uniqueness' ? 'duplicate' : 'business-rule'
}

const expectedFacts = ['expected', 'missing', 'at least', 'at most', 'allowed codes', 'advised codes', 'text']
const context = ['rule', 'profile', 'value set', 'code system', 'did you mean']

function expectation(facts: readonly Fact[]): string[] {
  const told = (names: readonly string[]): string[] =>
    names.flatMap((name) => {
      const fact = facts.find((each) => each.name === name)
      return fact === undefined ? [] : [`${name} ${words(fact)}`]
    })
  const expected = told(expectedFacts).map((text) => text.replace(/^(expected|text) /, ''))
  return [
    ...(expected.length === 0 ? [] : [`Expected: ${expected.join('; ')}.`]),
    ...(told(context).length === 0 ? [] : [`By ${told(context).join(', ')}.`]),
  ]
}

function foundWords(facts: readonly Fact[], row: ReportRow | null): string[] {
  const fact = facts.find(({ name }) => name === 'found')
  const value = row?.value ?? row?.shape ?? null
  const found = [...(fact === undefined ? [] : [words(fact)]), ...(value === null ? [] : [`"${value}"`])]
  const masked = row?.value == null && value !== null ? ' (masked)' : ''
  return found.length === 0 ? [] : [`Found: ${found.join(', ')}${masked}.`]
}

function words({ value, unit }: Fact): string {
  return `${String(value)}${unit === undefined ? '' : ` ${unit}`}`
}

function lineOf(row: ReportRow | null): Pick<Issue, 'extension'> {
  if (row?.line == null || row.line < 1) return {}
  const column = row.column === undefined ? [] : [{ url: columnUrl, valueInteger: row.column }]
  return { extension: [{ url: lineUrl, valueInteger: row.line }, ...column] }
}

function locationOf(row: ReportRow | null): Pick<Issue, 'location'> {
  if (row?.line == null || row.line < 1) return {}
  return { location: [`Line[${row.line}]${row.column === undefined ? '' : ` Column[${row.column}]`}`] }
}

function whereOf(finding: ReportFinding, row: ReportRow | null, report: ReportDocument): string {
  const place = [
    finding.input === null ? null : (report.inputs[finding.input]?.path ?? null),
    placeOf(finding),
    row?.record ? `record ${row.record}` : null,
    row?.line ? `line ${row.line}` : null,
    row?.byte == null ? null : `byte ${row.byte}`,
    row?.id ?? null,
  ]
  return place.filter((part) => part !== null).join(', ')
}
