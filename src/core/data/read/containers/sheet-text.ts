/**
 * A worksheet as text: one line per row of the sheet, so that line 17 is row 17, cells separated by commas and quoted where
 * needed. Numbers are told exactly as stored, dates by their number format, formulas by the value stored with them.
 */
import type { ByteSource } from '../../../operation.ts'
import { serialText } from './number-format.ts'
import type { SharedTexts } from './shared-texts.ts'
import { Damaged } from './unpacked/damaged.ts'
import { decoded, local, newParser, unescapedText, type Workbook, writeXml, type XmlParser } from './workbook.ts'
import type { ZipEntry } from './zip.ts'
import { zipEntrySource } from './zip.ts'

/** What a sheet has that a table has not. */
export interface SheetFacts {
  rows: number
  hiddenRows: number
  /** Formulas that were never calculated: nothing is stored for them. */
  emptyFormulas: number
  /** Rows with a line break inside a cell, as pairs of line (of the text, the last one of the row) and row. */
  readonly shifts: [number, number][]
}

const mostRows = 1_048_576
export const mostColumns = 16_384
/** Empty cells that are written out before filled ones; a sparse sheet of real data stays far below. */
const mostGaps = 500_000
const gapsPerCell = 200
const encoder = new TextEncoder()

export async function* sheetText(
  archive: ByteSource,
  entry: ZipEntry,
  workbook: Workbook,
  texts: SharedTexts,
  facts: SheetFacts,
): AsyncGenerator<Uint8Array> {
  const writer = new RowWriter(workbook, texts, facts)
  const parser = newParser()
  writer.listen(parser)
  const source = zipEntrySource(archive, entry)
  let fault: Damaged | null = null
  for await (const text of decoded(source.stream())) {
    try {
      writeXml(parser, text, entry.name)
    } catch (error) {
      if (!(error instanceof Damaged)) throw error
      fault = error
    }
    const made = writer.take()
    if (made !== '') yield encoder.encode(made)
    if (fault) throw fault
  }
  const damage = source.damage()
  if (damage !== null) throw new Damaged(damage)
}

class RowWriter {
  private out = ''
  private line = 0
  private row = 0
  private cells: string[] = []
  private column = 0
  private filled = 0
  private gaps = 0
  private kind = ''
  private style = 0
  private value = ''
  private text = ''
  private hasFormula = false
  private hasValue = false
  private reading: 'v' | 't' | null = null
  private phonetic = 0
  private readonly workbook: Workbook
  private readonly texts: SharedTexts
  private readonly facts: SheetFacts

  constructor(workbook: Workbook, texts: SharedTexts, facts: SheetFacts) {
    this.workbook = workbook
    this.texts = texts
    this.facts = facts
  }

  listen(parser: XmlParser): void {
    parser.on('opentag', ({ name, attributes }) => this.open(local(name), attributes))
    parser.on('text', (part) => {
      if (this.reading === 'v') this.value += part
      else if (this.reading === 't') this.text += part
    })
    parser.on('closetag', ({ name }) => this.close(local(name)))
  }

  take(): string {
    const made = this.out
    this.out = ''
    return made
  }

  private open(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (tag === 'row') {
      this.row = attributes.r === undefined ? this.row + 1 : Number(attributes.r)
      if (!(this.row > this.facts.rows && this.row <= mostRows)) throw new Damaged('its rows are not in order')
      if (/^(1|true)$/.test(attributes.hidden ?? '')) this.facts.hiddenRows++
      this.cells = []
      this.column = 0
    } else if (tag === 'c') {
      this.column = attributes.r === undefined ? this.column + 1 : columnOf(attributes.r)
      if (!(this.column >= 1 && this.column <= mostColumns)) throw new Damaged('a cell has no column')
      this.kind = attributes.t ?? 'n'
      this.style = Number(attributes.s ?? 0)
      this.value = ''
      this.text = ''
      this.hasFormula = false
      this.hasValue = false
    } else if (tag === 'f') this.hasFormula = true
    else if (tag === 'v') {
      this.reading = 'v'
      this.hasValue = true
    } else if (tag === 'rPh') this.phonetic++
    else if (tag === 't' && this.phonetic === 0) this.reading = 't'
  }

  private close(tag: string): void {
    if (tag === 'v' || tag === 't') this.reading = null
    else if (tag === 'rPh') this.phonetic--
    else if (tag === 'c') this.endCell()
    else if (tag === 'row') this.endRow()
  }

  private endCell(): void {
    if (this.hasFormula && !this.hasValue) this.facts.emptyFormulas++
    const text = this.cellText()
    if (text === '') return
    this.filled++
    this.gaps += this.column - 1 - this.cells.length
    if (this.gaps > mostGaps + gapsPerCell * this.filled)
      throw new Damaged('its cells stand so far apart that it would unpack to millions of empty ones, which no table does')
    while (this.cells.length < this.column - 1) this.cells.push('')
    this.cells[this.column - 1] = text
  }

  private cellText(): string {
    const { kind, value } = this
    if (kind === 's') return value === '' ? '' : this.texts.at(Number(value))
    if (kind === 'inlineStr') return unescapedText(this.text)
    if (kind === 'str') return unescapedText(value)
    if (kind === 'b') return value === '1' || value === 'true' ? 'TRUE' : value === '' ? '' : 'FALSE'
    if (kind !== 'n') return value
    const shown = this.workbook.styles[this.style] ?? 'number'
    return shown === 'number' || value === '' ? value : (serialText(Number(value), shown, this.workbook.is1904) ?? value)
  }

  private endRow(): void {
    const { facts, cells } = this
    if (cells.length === 0) return
    // Rows the sheet leaves out are empty lines.
    const missing = this.row - 1 - facts.rows
    this.out += '\n'.repeat(missing)
    this.line += missing
    let breaks = 0
    this.out += `${cells
      .map((cell) => {
        breaks += breaksIn(cell)
        return quoted(cell)
      })
      .join(',')}\n`
    this.line += 1 + breaks
    facts.rows = this.row
    if (breaks > 0) facts.shifts.push([this.line, this.row])
  }
}

function breaksIn(cell: string): number {
  return cell.includes('\n') || cell.includes('\r') ? (cell.match(/\r\n|\n|\r/g)?.length ?? 0) : 0
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || cell.trim() !== cell ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** 1 for `A17`, 28 for `AB3`. */
function columnOf(address: string): number {
  let column = 0
  for (const char of address) {
    const digit = char.charCodeAt(0) - 64
    if (digit < 1 || digit > 26) break
    column = column * 26 + digit
  }
  return column
}

/** `AB` for 28. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}
