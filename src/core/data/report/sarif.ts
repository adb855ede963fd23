/** SARIF 2.1.0: findings for code scanning tools; columns are logical locations, counts are occurrenceCount. */
import type { Json } from '../../canonical.ts'
import type { Severity } from '../../finding.ts'
import type { RunState } from '../baseline/compare-runs.ts'
import { countOf, placeOf, type ReportDocument } from './document.ts'
import type { ReportFinding, ReportRow } from './report-finding.ts'

const levels: Readonly<Record<Severity, string>> = { critical: 'error', error: 'error', warning: 'warning', info: 'note' }
const baselineStates: Readonly<Record<RunState, string>> = { new: 'new', known: 'unchanged', changed: 'updated', fixed: 'absent' }
const shownPlaces = 10

export function sarifReport(report: ReportDocument): string {
  const codes = [...new Set(report.findings.map((finding) => finding.code))].sort()
  const rules = codes.map((code) => {
    const finding = report.findings.find((candidate) => candidate.code === code)
    return {
      id: code,
      shortDescription: { text: finding?.title ?? code },
      fullDescription: { text: finding?.why ?? '' },
      help: { text: finding?.remedy ?? '' },
    }
  })
  const document: Json = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'carryover',
            version: report.tool.version,
            informationUri: 'https://github.com/carryover/carryover',
            rules,
          },
        },
        columnKind: 'unicodeCodePoints',
        artifacts: report.inputs.map((input) => ({
          location: { uri: uriOf(input.path) },
          length: input.bytes,
          ...(input.sha256 === null ? {} : { hashes: { 'sha-256': input.sha256 } }),
        })),
        results: report.findings.map((finding) => resultOf(finding, report, codes)),
      },
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function resultOf(finding: ReportFinding, report: ReportDocument, codes: readonly string[]): Json {
  const input = finding.input === null ? undefined : report.inputs[finding.input]
  return {
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    level: levels[finding.severity],
    message: { text: `${finding.title}: ${countOf(finding)} in ${placeOf(finding)}. ${finding.remedy}` },
    kind: 'fail',
    occurrenceCount: finding.count,
    partialFingerprints: { 'carryover/1': finding.fingerprint },
    ...(finding.state === null ? {} : { baselineState: baselineStates[finding.state] }),
    ...(finding.acceptance === null
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: finding.acceptance.lapsed === null ? 'accepted' : 'rejected',
              justification: `${finding.acceptance.reason} (${finding.acceptance.by})`,
            },
          ],
        }),
    properties: {
      severity: finding.severity,
      denominator: finding.denominator,
      patients: finding.patients,
      safety: finding.safety,
      ...(finding.kahn === null ? {} : { kahn: { ...finding.kahn } }),
      ...(finding.severityBecause === null ? {} : { severityBecause: finding.severityBecause }),
    },
    locations: input === undefined ? [] : finding.rows.slice(0, shownPlaces).map((row) => locationOf(row, input.path, finding)),
  }
}

function locationOf(row: ReportRow, path: string, finding: ReportFinding): Json {
  const region = {
    ...(row.line === null || row.line < 1 ? {} : { startLine: row.line }),
    ...(row.column === undefined ? {} : { startColumn: row.column }),
    ...(row.byte === null ? {} : { byteOffset: row.byte, byteLength: row.length ?? 0 }),
  }
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(path) }, ...(Object.keys(region).length > 0 ? { region } : {}) },
    logicalLocations: [{ name: placeOf(finding), fullyQualifiedName: row.path ?? placeOf(finding), kind: 'member' }],
  }
}

function uriOf(path: string): string {
  return path.split(/[/\\]/).map(encodeURIComponent).join('/')
}
