/** What a spreadsheet does to identifiers and codes when it opens a file and saves it again. */
import type { Evidence, Fact } from '../../../finding.ts'
import { isIdentifierName } from '../../knowledge/column-words.ts'
import { type Cell, cellEvidence } from '../contract/check.ts'
import { type ColumnCheck, type ColumnVerdict, type ColumnWatch, shapes } from '../contract/column-check.ts'
import type { WatchedCells } from '../contract/watched-cells.ts'

export const spreadsheetDamage: ColumnCheck = {
  code: 'data/spreadsheet-damage',
  title: 'Values changed by a spreadsheet',
  why: 'Identifiers became 1.23E+11, codes became dates, formulas became #N/A: the original value is not in the file any more.',
  remedy: 'Export again, straight from the legacy system, without opening the file in a spreadsheet on the way.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.digits | shapes.numeric | shapes.hash | shapes.dayMonth | shapes.date,
  sampled: false,
  always: true,
  watch({ field, type, params }) {
    return new Damage(type, params !== null, isIdentifierName(field))
  },
}

const errors = new Set(['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '#NUM!', '#NULL!', '#SPILL!', '#CALC!'])
const months = new Set(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'])
const zero = 48
const fewestCut = 5
/** Above this share of the column, cells of one form are its format. */
const formatShare = 0.2
/** Identifiers of fewer digits are not written with an exponent. */
const fewestDigits = 11
const mostSuspects = 10_000

/** Cells that are damage or a format, which only the column can tell. */
interface Suspects {
  count: number
  readonly cells: { readonly kept: number; readonly excerpt: string }[]
}

class Damage implements ColumnWatch {
  private dates = 0
  private serials = 0
  private long = 0
  private cut = 0
  private longNumbers = 0
  private otherNumbers = 0
  private roundMantissas = 0
  private places = 0
  wanted = false
  private readonly dayMonths: Suspects = { count: 0, cells: [] }
  private readonly scientific: Suspects = { count: 0, cells: [] }
  private readonly isAsked: boolean
  /** The column is named like one of codes: nothing in it is measured. */
  private readonly isCode: boolean
  private readonly isNumber: boolean
  private readonly isDate: boolean

  /** Where a rule asks, a cell of such a form is no format of the column. */
  constructor(type: string | null, isAsked: boolean, isCode: boolean) {
    this.isAsked = isAsked
    this.isCode = isCode
    this.isNumber = type === 'number'
    this.isDate = type === 'date' || type === 'datetime'
  }

  see(cell: Cell, shape: number): Evidence | null {
    const { bytes, start, end } = cell
    switch (shape) {
      case shapes.digits:
        this.digits(bytes, start, end)
        return null
      case shapes.date:
        this.dates++
        return null
      case shapes.hash:
        return errors.has(cell.text) || /^#{4,}$/.test(cell.text) ? damaged(cell, 'error of a formula') : null
      case shapes.dayMonth: {
        const [a = '', b = ''] = cell.text.split('-')
        if (this.isDate || months.has(a) === months.has(b) || !/^\d{1,2}$/.test(months.has(a) ? b : a)) return null
        return this.suspect(this.dayMonths, cell, asDate)
      }
      default:
        if (this.isNumber) return null
        if (!isScientific(bytes, end, end - start)) {
          this.otherNumbers++
          return null
        }
        if (end - start <= 7) this.roundMantissas++
        return this.suspect(this.scientific, cell, asPower)
    }
  }

  seeAll(cells: WatchedCells): void {
    const { bytes, starts, ends, picked, many } = cells
    for (let i = 0; i < many; i++) {
      const at = picked[i] as number
      const start = starts[at] as number
      const end = ends[at] as number
      const shape = cells.shapes[at]
      if (shape === shapes.digits) this.digits(bytes, start, end)
      else if (shape === shapes.date) this.dates++
      else if (shape !== shapes.numeric || isScientific(bytes, end, end - start)) cells.show(at)
      else if (!this.isNumber) this.otherNumbers++
    }
  }

  private suspect(suspects: Suspects, cell: Cell, kind: string): Evidence | null {
    suspects.count++
    if (this.isAsked) return damaged(cell, kind)
    if (suspects.cells.length >= mostSuspects) return null
    this.wanted = true
    suspects.cells.push({ kept: this.places++, excerpt: cell.text })
    return null
  }

  private digits(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start
    if (length >= fewestDigits) this.longNumbers++
    else this.otherNumbers++
    if (length === 5) {
      const lead = ((bytes[start] as number) - zero) * 10 + (bytes[start + 1] as number) - zero
      if (lead >= 20 && lead < 60) this.serials++
    } else if (length > 15) {
      this.long++
      let tail = start + 15
      while (tail < end && bytes[tail] === zero) tail++
      if (tail === end) this.cut++
    }
  }

  finish(filled: number, whole: number) {
    const found: ColumnVerdict[] = []
    if (this.dayMonths.count <= Math.max(1, whole * formatShare)) found.push(...verdicts(this.dayMonths, asDate))
    if (!this.isMeasured(filled)) found.push(...verdicts(this.scientific, asPower))
    if (this.cut >= fewestCut && this.cut >= this.long * 0.9)
      found.push({
        facts: [
          { name: 'kind', value: 'digits after the fifteenth are zeros' },
          { name: 'cells', value: this.cut },
          { name: 'cells of more than fifteen digits', value: this.long },
        ],
        kept: null,
      })
    if (this.serials > 0 && (this.isDate || this.dates >= filled / 2))
      found.push({
        facts: [
          { name: 'kind', value: 'serial numbers of days among dates' },
          { name: 'cells', value: this.serials },
          { name: 'days between the two ways of counting (1900 and 1904)', value: 1462, unit: 'd' },
        ],
        kept: null,
      })
    return found
  }

  /** Results beside shorter numbers, or of one digit after the point, are measured; a spreadsheet cuts identifiers to two digits or five. */
  private isMeasured(filled: number): boolean {
    if (this.isCode || this.longNumbers > this.otherNumbers) return false
    return (
      this.otherNumbers >= filled * formatShare || (this.longNumbers === 0 && this.roundMantissas > this.scientific.count / 2)
    )
  }
}

const asDate = 'code turned into a date'
const asPower = 'scientific notation'

function verdicts({ count, cells }: Suspects, kind: string): readonly ColumnVerdict[] {
  const rest = count > cells.length ? [{ name: 'cells of this kind', value: count }] : []
  const facts: readonly Fact[] = [{ name: 'kind', value: kind }, ...rest]
  return cells.map(({ kept, excerpt }) => ({ facts, kept, excerpt }))
}

function damaged(cell: Cell, kind: string): Evidence {
  return cellEvidence(cell, [{ name: 'kind', value: kind }])
}

/** `d.ddE+11`: the exponent that a number of twelve or more digits gets. */
function isScientific(bytes: Uint8Array, end: number, length: number): boolean {
  if (length < 5 || length > 12) return false
  const letter = bytes[end - 4] as number
  if ((letter !== 69 && letter !== 101) || bytes[end - 3] !== 43) return false
  const exponent = ((bytes[end - 2] as number) - zero) * 10 + (bytes[end - 1] as number) - zero
  return exponent >= 11 && exponent <= 30
}
