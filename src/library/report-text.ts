/** A report in the formats that other programs read. */
import type { ReportDocument } from '../core/data/report/document.ts'
import { reportFormats } from '../core/data/report/index.ts'
import { InvalidInput } from './invalid-input.ts'
import type { ValidationReport } from './validation-report.ts'

/**
 * Formats a report can be written in; those of `carryover validate --format`.
 *
 * @public
 */
export type ReportFormat =
  | 'text'
  | 'json'
  | 'ndjson'
  | 'csv'
  | 'csv-machine'
  | 'sarif'
  | 'junit'
  | 'operationoutcome'
  | 'frictionless'
  | 'markdown'
  | 'html'

/**
 * Writes a report as text.
 *
 * @param report - what `validateTable` or `validateResources` gave, unchanged
 * @param format - `operationoutcome` is an OperationOutcome of FHIR as JSON
 * @returns the text, ending with a line end
 * @throws {@link InvalidInput} where there is no such format
 * @public
 */
export function reportText(report: ValidationReport, format: ReportFormat): string {
  const write = reportFormats.get(format)
  if (!write)
    throw new InvalidInput('format', `format is "${String(format)}", which is none. It takes one such as json or sarif.`)
  return write(report as ReportDocument)
}
