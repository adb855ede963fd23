/** FHIR R4 OperationOutcome: one issue per finding, for programs that speak FHIR. */
import type { Severity } from '../../finding.ts'
import { countOf, placeOf, type ReportDocument, type ReportFinding } from './document.ts'

const levels: Readonly<Record<Severity, string>> = { critical: 'fatal', error: 'error', warning: 'warning', info: 'information' }

/** Codes of http://hl7.org/fhir/issue-type by the last part of ours; the rest is `invalid`. */
const issueTypes: Readonly<Record<string, string>> = {
  required: 'required',
  'value-list': 'code-invalid',
  'foreign-key': 'not-found',
  'unique-key': 'duplicate',
  'record-too-long': 'too-long',
  'document-too-large': 'too-long',
  unreadable: 'not-supported',
  'invalid-bytes': 'structure',
  'invalid-json': 'structure',
  'torn-json': 'incomplete',
  'ragged-row': 'structure',
  length: 'value',
  range: 'value',
  type: 'value',
  'date-format': 'value',
  pattern: 'value',
}

export function operationOutcomeReport(report: ReportDocument): string {
  const issues = report.findings.map((finding) => ({
    severity: levels[finding.severity],
    code: issueTypes[finding.code.slice(finding.code.indexOf('/') + 1)] ?? 'invalid',
    details: { coding: [{ system: 'urn:carryover:code', code: finding.code }], text: `${finding.title}: ${countOf(finding)}` },
    diagnostics: `${where(finding, report)}. ${finding.remedy}`,
    ...(finding.path === null
      ? {}
      : { expression: [...new Set(finding.rows.flatMap((row) => (row.path === null ? [] : [row.path])))].slice(0, 20) }),
  }))
  const none = { severity: 'information', code: 'informational', details: { text: 'Nothing was found.' } }
  return `${JSON.stringify({ resourceType: 'OperationOutcome', issue: issues.length > 0 ? issues : [none] }, null, 2)}\n`
}

function where(finding: ReportFinding, report: ReportDocument): string {
  const file = finding.input === null ? '' : `${report.inputs[finding.input]?.path ?? ''}, `
  const first = finding.rows[0]
  return `${file}${placeOf(finding)}${first?.record ? `, first in record ${first.record}` : ''}${first?.line ? ` on line ${first.line}` : ''}`
}
