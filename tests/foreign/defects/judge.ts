/** Whether a run found a planted defect: a new finding of a fitting kind, in the right place, over nine of ten of its records. */
import type { Family, Place } from './plant.ts'
import type { PlantedDefect } from './plants.ts'
import { TableEdit } from './table-edit.ts'

/** What a report in JSON says of one finding, as far as it is needed here. */
export type ReportedFinding = {
  readonly code: string
  readonly severity: string
  readonly input: number | null
  readonly field: string | null
  /** The column by number, the first is 1; all that is known of it where no schema names the columns. */
  readonly column: number | null
  readonly facts: readonly { readonly name: string; readonly value: string | number }[]
  readonly rows: readonly { readonly record: number | null }[]
}
export type Report = { readonly inputs: readonly { readonly path: string }[]; readonly findings: readonly ReportedFinding[] }

/** A cell that is not what its column holds may be told by any rule about single cells. */
const cell = 'type|pattern|value-list|picklist|length|text-format|foreign-key|date-format'
const limits = 'range|unlike|outlier|factor|sentinel|condition|custom-rule|dependent'

/** Words in the code of a finding that speak of the family; chosen from names of codes alone, before any run. */
const fitting: Readonly<Record<Family, RegExp>> = {
  'BOM in the middle': kinds(cell, 'byte-order-mark|control-character|invisible'),
  'bytes of another encoding': kinds('invalid-bytes|encoding'),
  'cells exchanged': kinds(cell, 'exchanged|swapped|unlike|condition|custom-rule|dependent'),
  'check digit': kinds('check-digit|value-list'),
  'code of another system': kinds(cell, 'code-system|foreign-code|unlike'),
  'control characters': kinds(cell, 'control-character|control-code|invisible'),
  'dates of mixed order': kinds(cell, 'date|order'),
  'death before events': kinds('death|order|condition|custom-rule'),
  'decimal comma': kinds(cell, 'decimal|comma|number'),
  'duplicate keys': kinds('unique-key|repeated|duplicate'),
  'duplicate rows': kinds('unique-key|repeated|duplicate'),
  footer: kinds(cell, 'footer|total|required|unlike'),
  'future dates': kinds(limits, 'after-extract|future|date'),
  'header exchanged': kinds('header|exchanged|swapped|foreign-key|unique-key|wrong-patient'),
  'header repeated': kinds(cell, 'header'),
  'leading zeros lost': kinds(cell, 'zero|unlike'),
  mojibake: kinds('encoding'),
  'negative amounts': kinds(limits, 'negative|sign'),
  'NUL bytes': kinds(cell, 'nul-byte|control-character'),
  'null words': kinds(cell, 'null|required|unlike'),
  'orphan keys': kinds('foreign-key'),
  'ragged rows': kinds('ragged-row|torn|required'),
  'replaced characters': kinds('encoding|replaced'),
  'sentinel numbers': kinds(limits),
  'serial dates': kinds(cell, 'spreadsheet|serial|date'),
  'sex implausible': kinds('sex|gender|condition|custom-rule|dependent'),
  'spreadsheet exponents': kinds(cell, 'spreadsheet|exponent|check-digit|unlike'),
  'stop before start': kinds('order|interval|condition|custom-rule|before'),
  'stray quote': kinds('quote|swallowed|endless|ragged|torn'),
  'tenfold values': kinds(limits),
  'thousandfold values': kinds(limits),
  'time zone dropped': kinds(cell, 'zone|date|order|encounter'),
  'trailing blanks': kinds(cell, 'blank|space|padded'),
  truncation: kinds('truncation|length'),
  'two-digit years': kinds(cell, 'short-year|date'),
  'unit changed': kinds(limits, 'unit|value-list|picklist'),
  'visit of another patient': kinds('wrong-patient|condition|custom-rule|dependent'),
  'wrong unit by value': kinds(limits, 'unit|derived-value'),
}

const loud = ['critical', 'error', 'warning']

export type Verdict = { readonly found: boolean; readonly by: string }

/** Holds one run with the defect against the run on the clean extract with the same schema. */
export function verdict(defect: PlantedDefect, clean: Report, damaged: Report): Verdict {
  const before = new Map<string, Set<number>>()
  for (const finding of clean.findings) {
    const key = nameOf(clean, finding)
    before.set(key, new Set([...(before.get(key) ?? []), ...records(finding)]))
  }
  for (const finding of damaged.findings) {
    if (!loud.includes(finding.severity) || !fitting[defect.family].test(finding.code)) continue
    const known = before.get(nameOf(damaged, finding))
    const rows = new Set(records(finding).filter((row) => known?.has(row) !== true))
    const place = defect.places.find((one) =>
      shows(named(finding, defect.files.get(one.table)), tableOf(damaged, finding), one, rows, known !== undefined),
    )
    if (place !== undefined) return { found: true, by: `${finding.code}@${place.table}.${finding.field ?? ''}` }
  }
  return { found: false, by: '' }
}

function shows(finding: ReportedFinding, table: string, place: Place, rows: ReadonlySet<number>, known: boolean): boolean {
  if (table !== place.table) return false
  const covered = place.rows.filter((row) => rows.has(row)).length >= 0.9 * place.rows.length
  const whole = finding.rows.length === 0 && !known && place.columns.some((column) => namesColumn(finding, column))
  // A statement about a whole column has no records to list; it stands for the records only where all are planted.
  return covered
    ? finding.field === null || place.columns.some((column) => namesColumn(finding, column))
    : whole && everyRecord(place)
}

/** The finding with the name of its column from the header. */
function named(finding: ReportedFinding, bytes: Uint8Array | undefined): ReportedFinding {
  const field = finding.column === null || bytes === undefined ? undefined : new TableEdit(bytes).header[finding.column - 1]
  return field === undefined ? finding : { ...finding, facts: [...finding.facts, { name: 'column', value: field }] }
}

const everyRecord = (place: Place) => place.rows.every((row, index) => row === index + 1)

function namesColumn(finding: ReportedFinding, column: string): boolean {
  const said = [finding.field, ...finding.facts.map(({ value }) => String(value))]
  return said.some((text) => text?.split(/[^\w]+/).includes(column) === true)
}

const records = (finding: ReportedFinding) => finding.rows.flatMap(({ record }) => (record === null ? [] : [record]))
const tableOf = (report: Report, finding: ReportedFinding) =>
  (finding.input === null ? '' : (report.inputs[finding.input]?.path ?? '')).replace(/^.*\//, '').replace(/\.csv$/, '')
const nameOf = (report: Report, finding: ReportedFinding) => `${finding.code}|${tableOf(report, finding)}|${finding.field ?? ''}`

function kinds(...words: readonly string[]): RegExp {
  return new RegExp(words.join('|'))
}
