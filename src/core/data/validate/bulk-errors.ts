/** Files of `error[]`: what the server says that it could not export, issue by issue (FHIR R4 §2.37 OperationOutcome). */

import type { Severity, Sighting } from '../../finding.ts'
import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue, ResourceRecord } from '../model/record.ts'

type Placed = Sighting & { readonly place: string }

const severityOf: ReadonlyMap<unknown, Severity> = new Map<unknown, Severity>([
  ['fatal', 'error'],
  ['error', 'error'],
  ['warning', 'warning'],
  ['information', 'info'],
])

export function issuesIn(record: ResourceRecord, input: number): Placed[] {
  const { value, type } = record
  const issues = type === 'OperationOutcome' && Array.isArray(value.issue) ? value.issue.filter(isMembers) : []
  // A record of another kind still stands where the server tells its errors.
  if (issues.length === 0) return [told(record, input, null, null)]
  return issues.map((issue, index) => told(record, input, issue, index))
}

function told(record: ResourceRecord, input: number, issue: JsonObject | null, index: number | null): Placed {
  const code = typeof issue?.code === 'string' && /^[a-z-]{1,40}$/.test(issue.code) ? issue.code : 'unknown'
  const said = issue === null ? null : (textOf(issue.details) ?? issue.diagnostics)
  const at = {
    kind: 'cell',
    input,
    field: null,
    path: index === null ? 'OperationOutcome' : `OperationOutcome.issue[${index}]`,
    record: record.record,
    line: record.line,
    byte: record.byte,
    id: null,
  } as const
  return {
    code: 'data/export-error',
    place: `OperationOutcome.issue:${code}`,
    at,
    severity: severityOf.get(issue?.severity) ?? 'error',
    evidence: {
      facts: [{ name: 'code of the server', value: code }],
      ...(typeof said === 'string' ? { excerpt: said.slice(0, 200) } : {}),
    },
  }
}

/** The text of a CodeableConcept, or how its first code is shown. */
function textOf(concept: JsonValue | undefined): JsonValue | undefined {
  if (!isMembers(concept)) return undefined
  const [coding] = Array.isArray(concept.coding) ? concept.coding : []
  return concept.text ?? (isMembers(coding) ? coding.display : undefined)
}
