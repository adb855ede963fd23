/** The crosswalk as files: `mapping/fields.csv` and `mapping/values/*.csv` of the project format, read with every problem named. */
import { compareText } from '../../../finding.ts'
import { csvText, parseCsvText } from '../../../values/csv-text.ts'
import type { Params, ValueLine, ValueMap, ValueMaps } from '../../model/carried.ts'
import { lineFault } from './line-fault.ts'

const statuses = ['unmapped', 'suggested', 'confirmed', 'not-carried'] as const

/** One line of the field map: legacy field(s) → rule → target element. */
export interface FieldLine {
  readonly source: string
  /** Columns in the order the rule takes them; written `ADDR + CITY`. */
  readonly fields: readonly string[]
  readonly rule: string
  readonly params: Params
  /** Element path, or empty while unmapped. */
  readonly target: string
  readonly required: boolean
  readonly status: (typeof statuses)[number]
  readonly reason: string
  readonly by: string
}

export interface Mapping {
  readonly fields: readonly FieldLine[]
  readonly values: ValueMaps
}

/** Something in the mapping's files that can not be followed; the line it stands on is left out. */
export interface MappingProblem {
  readonly file: string
  readonly line: number | null
  readonly words: string
}

const fieldColumns = ['legacy_source', 'legacy_field', 'rule', 'params', 'target', 'required', 'status', 'reason', 'by'] as const
const valueColumns = ['source_code', 'source_display', 'target_system', 'target_code', 'relationship'] as const
const relationships: readonly ValueLine['relationship'][] = ['equivalent', 'wider', 'narrower', 'inexact', 'unmatched']

export const fieldsPath = 'mapping/fields.csv'
export const valuesFolder = 'mapping/values/'

/** Reads the mapping out of a project's files. */
export function readMapping(files: ReadonlyMap<string, Uint8Array>): {
  readonly mapping: Mapping
  readonly problems: readonly MappingProblem[]
} {
  const problems: MappingProblem[] = []
  const values = new Map<string, ValueMap>()
  for (const path of [...files.keys()].sort(compareText)) {
    if (!path.startsWith(valuesFolder) || !path.endsWith('.csv')) continue
    const name = path.slice(valuesFolder.length, -'.csv'.length)
    values.set(name, readValueMap(name, path, textOf(files, path), problems))
  }
  const fields = files.has(fieldsPath) ? readFields(textOf(files, fieldsPath), problems) : []
  if (!files.has(fieldsPath))
    problems.push({ file: fieldsPath, line: null, words: 'There is no field map. Add a legacy and a target source first.' })
  return { mapping: { fields, values }, problems }
}

function textOf(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  return new TextDecoder('utf-8').decode(files.get(path))
}

/** Cells by column name; a column the file lacks is empty, a missing first column is a problem. */
function* table(
  file: string,
  text: string,
  columns: readonly string[],
  problems: MappingProblem[],
): Iterable<{ readonly line: number; readonly cell: (column: string) => string }> {
  const [header, ...records] = parseCsvText(text)
  const missing = columns.filter((column) => !header?.cells.includes(column))
  if (missing.length > 0)
    problems.push({ file, line: 1, words: `The header lacks ${missing.join(', ')}; it takes ${columns.join(',')}.` })
  if (!header) return
  const at = new Map(header.cells.map((column, i) => [column, i]))
  for (const { line, cells } of records) yield { line, cell: (column) => cells[at.get(column) ?? -1] ?? '' }
}

function readFields(text: string, problems: MappingProblem[]): FieldLine[] {
  const lines: FieldLine[] = []
  for (const { line, cell } of table(fieldsPath, text, fieldColumns, problems)) {
    const complain = (words: string): number => problems.push({ file: fieldsPath, line, words })
    const status = statuses.find((one) => one === cell('status'))
    const params = parseParams(cell('params'))
    const fault = typeof params === 'string' ? params : lineFault(cell('rule'), params, cell('target'))
    if (!status) complain(`The status “${cell('status')}” is none of ${statuses.join(', ')}.`)
    else if (typeof params === 'string' || fault !== null) complain(fault ?? '')
    else if (!['yes', 'no', ''].includes(cell('required')))
      complain(`The column required has “${cell('required')}”; it takes yes, no or nothing.`)
    else if (status === 'not-carried' && cell('reason') === '')
      complain(`${cell('legacy_field')} is not carried, without a reason.`)
    else
      lines.push({
        source: cell('legacy_source'),
        fields: cell('legacy_field').split(' + '),
        rule: cell('rule'),
        params,
        target: cell('target'),
        required: cell('required') === 'yes',
        status,
        reason: cell('reason'),
        by: cell('by'),
      })
  }
  return lines
}

function readValueMap(name: string, file: string, text: string, problems: MappingProblem[]): ValueMap {
  const lines = new Map<string, ValueLine>()
  for (const { line, cell } of table(file, text, valueColumns, problems)) {
    const code = cell('source_code')
    const relationship = relationships.find((one) => one === cell('relationship'))
    if (!relationship) problems.push({ file, line, words: `“${cell('relationship')}” is none of ${relationships.join(', ')}.` })
    else if (lines.has(code))
      problems.push({ file, line, words: 'This source code already has a line above; only the first counts.' })
    else
      lines.set(code, {
        code,
        display: cell('source_display'),
        system: cell('target_system'),
        target: cell('target_code'),
        relationship,
      })
  }
  return { name, lines }
}

/** `order=day-first; separator=", "` as a map; a text is the complaint. */
export function parseParams(text: string): Map<string, string> | string {
  const params = new Map<string, string>()
  const token = /\s*([a-z][a-z-]*)=(?:"([^"]*)"|([^;"]*))\s*(?:;|$)/y
  while (token.lastIndex < text.length) {
    const found = token.exec(text)
    if (!found) return `The parameters “${text}” are not written like order=day-first; separator=", ".`
    params.set(found[1] ?? '', found[2] ?? (found[3] ?? '').trim())
  }
  return params
}

/** The parameters as the field map writes them; `parseParams` reads them back. */
export function paramsText(params: Params): string {
  return [...params].map(([name, value]) => `${name}=${/[;"\s]|^$/.test(value) ? `"${value}"` : value}`).join('; ')
}

/** Text of `mapping/fields.csv`; reading it again gives the same lines. */
export function writeFields(fields: readonly FieldLine[]): string {
  const lines = fields.map((one) => [
    one.source,
    one.fields.join(' + '),
    one.rule,
    paramsText(one.params),
    one.target,
    one.required ? 'yes' : '',
    one.status,
    one.reason,
    one.by,
  ])
  return csvText([fieldColumns, ...lines])
}

/** Text of `mapping/values/<name>.csv`. */
export function writeValueMap(map: ValueMap): string {
  const lines = [...map.lines.values()].map((one) => [one.code, one.display, one.system, one.target, one.relationship])
  return csvText([valueColumns, ...lines])
}
