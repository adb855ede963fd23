/** The validation report of the Frictionless Framework, version 5: one task per table, errors with row and field numbers. */
import type { Json } from '../../canonical.ts'
import { countOf, factsOf, placeOf, type ReportDocument, type ReportInput } from './document.ts'
import type { ReportFinding, ReportRow } from './report-finding.ts'

/** Error types of the framework by our codes; what is not listed is a `row-error` at a record and a `table-error` elsewhere. */
const types: Readonly<Record<string, string>> = {
  'data/type': 'type-error',
  'data/date-format': 'type-error',
  'data/text-format': 'type-error',
  'data/required': 'constraint-error',
  'data/range': 'constraint-error',
  'data/length': 'constraint-error',
  'data/pattern': 'constraint-error',
  'data/value-list': 'constraint-error',
  'data/json-schema': 'constraint-error',
  'data/condition': 'row-constraint',
  'data/foreign-key': 'foreign-key',
  'data/unique-key': 'unique-error',
  'data/invalid-bytes': 'encoding-error',
  'data/header': 'incorrect-label',
  'data/no-header': 'blank-header',
  'data/blank-line': 'blank-row',
  'data/ragged-row': 'extra-cell',
  'data/unreadable': 'format-error',
  'data/empty-file': 'source-error',
  'data/control-total': 'row-count',
}

/** Tags of the framework by error type. */
const tags: Readonly<Record<string, readonly string[]>> = {
  'type-error': ['#table', '#row', '#cell'],
  'constraint-error': ['#table', '#row', '#cell'],
  'unique-error': ['#table', '#row', '#cell'],
  'primary-key': ['#table', '#row'],
  'foreign-key': ['#table', '#row'],
  'extra-cell': ['#table', '#row', '#cell'],
  'missing-cell': ['#table', '#row', '#cell'],
  'row-error': ['#table', '#row'],
  'row-constraint': ['#table', '#row'],
  'blank-row': ['#table', '#row'],
  'incorrect-label': ['#table', '#header', '#label'],
  'blank-label': ['#table', '#header', '#label'],
  'duplicate-label': ['#table', '#header', '#label'],
  'extra-label': ['#table', '#header', '#label'],
  'missing-label': ['#table', '#header', '#label'],
  'blank-header': ['#table', '#header'],
  'table-error': ['#table'],
  'row-count': ['#table'],
}

export function frictionlessReport(report: ReportDocument): string {
  const tasks = report.inputs.map((input, index) => taskOf(report, input, index))
  const errors = tasks.reduce((sum, { total }) => sum + total, 0)
  const document: Json = {
    valid: tasks.every(({ total }) => total === 0),
    stats: { tasks: tasks.length, errors, warnings: report.partial ? 1 : 0, seconds: report.run.seconds },
    warnings: report.partial ? ['The run was interrupted; the report covers what was read.'] : [],
    errors: [],
    tasks: tasks.map(({ task }) => task),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Warnings and notes do not make a table invalid: the framework knows errors only, so they become warnings in words. */
function taskOf(report: ReportDocument, input: ReportInput, index: number): { readonly task: Json; readonly total: number } {
  const own = report.findings.filter((finding) => finding.input === index)
  const grave = own.filter(isError)
  const errors = grave.flatMap((finding) => finding.rows.map((row) => errorOf(finding, row, input)))
  const total = grave.reduce((sum, { count }) => sum + count, 0)
  const cut = grave.some(({ truncated }) => truncated)
  const warnings = own
    .filter((finding) => !isError(finding))
    .map((finding) => `${finding.title}: ${countOf(finding)} in ${placeOf(finding)} (${finding.code})`)
  if (cut) warnings.push(`The report lists ${errors.length} of ${total} errors.`)
  const labels = report.quality.filter((entry) => entry.input === index).map(({ field }) => field)
  const task: Json = {
    name: nameOf(input.path),
    type: input.dialect === null ? 'json' : 'table',
    valid: total === 0,
    place: input.path,
    labels,
    stats: {
      errors: total,
      warnings: warnings.length,
      seconds: 0,
      ...(input.sha256 === null ? {} : { sha256: input.sha256.replace('sha256:', '') }),
      bytes: input.bytes,
      fields: labels.length,
      rows: input.records,
    },
    warnings,
    errors,
  }
  return { task, total }
}

function errorOf(finding: ReportFinding, row: ReportRow, input: ReportInput): Json {
  const type = typeOf(finding, row)
  const rowNumber = row.record === null || row.record < 1 ? null : row.record + headRows(input)
  const note = [countOf(finding), factsOf(row.facts), `line ${row.line ?? '-'}, byte ${row.byte ?? '-'}`]
    .filter((part) => part !== '')
    .join('; ')
  const where = rowNumber === null ? '' : ` in row ${rowNumber}`
  return {
    type,
    title: finding.title,
    description: finding.why,
    message: `${finding.title}${where}${finding.field === null ? '' : ` at field "${finding.field}"`}. ${finding.remedy}`,
    tags: [...(tags[type] ?? ['#table'])],
    note,
    ...(rowNumber === null ? {} : { rowNumber, cells: [] }),
    ...(finding.field === null || finding.column === null
      ? {}
      : { fieldName: finding.field, fieldNumber: finding.column, ...(row.value === null ? {} : { cell: row.value }) }),
  }
}

function typeOf(finding: ReportFinding, row: ReportRow): string {
  const facts = new Map(row.facts.map(({ name, value }) => [name, value]))
  if (finding.code === 'data/ragged-row')
    return Number(facts.get('cells')) < Number(facts.get('columns')) ? 'missing-cell' : 'extra-cell'
  if (finding.code === 'data/header') {
    if (facts.has('blank column name, read as')) return 'blank-label'
    if (facts.has('columns of this name so far')) return 'duplicate-label'
    if (facts.has('column that is missing')) return 'missing-label'
    return facts.has('column') ? 'extra-label' : 'incorrect-label'
  }
  if (finding.code === 'data/unique-key' && finding.origin.some(({ pointer }) => pointer === '/primaryKey')) return 'primary-key'
  return types[finding.code] ?? (row.record === null ? 'table-error' : 'row-error')
}

/** Rows are counted from the first line of the file, header and lines above it included. */
function headRows(input: ReportInput): number {
  return (input.dialect?.headerRows ?? 0) + (input.dialect?.skipRows ?? 0)
}

/** What an earlier run had or a person accepted does not make a table invalid; it is told as a warning. */
function isError({ severity, counts }: ReportFinding): boolean {
  if (!counts) return false
  return severity === 'critical' || severity === 'error'
}

/** Names of resources are lower case without spaces. */
function nameOf(path: string): string {
  const base = path.split(/[/\\]/).at(-1) ?? path
  return (
    base
      .replace(/\.[^.]+$/, '')
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-') || 'input'
  )
}
