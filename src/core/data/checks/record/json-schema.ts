/** What a JSON Schema asks beyond named checks: its words; what judges is loaded where a schema asks for it. */
import type { Evidence } from '../../../finding.ts'
import type { JsonObject } from '../../model/record.ts'
import type { Check } from '../contract/check.ts'

export const jsonSchema: Check = {
  code: 'data/json-schema',
  title: 'Records that break a rule of the JSON Schema',
  why: 'The receiving system checks the same rules and refuses the record.',
  remedy: 'Read which rule it is beside the finding, and correct the values it names.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  scope: 'record',
}

/** Judges a record as an object of its filled cells. */
export type RecordJudge = (cells: ReadonlyMap<string, string>) => Evidence | null

/** The judge of one constraint, or the reason why it can not be evaluated. */
export type BindRecord = (params: JsonObject) => RecordJudge | string
