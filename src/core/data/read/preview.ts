/** A look at a file before all of it is read: how it would be read, what speaks for each choice, and its first rows with the doubtful cells marked. */
import { compareText } from '../../finding.ts'
import { type ByteSource, stopIfAborted, type Update } from '../../operation.ts'
import { isMadeTable, type Structure } from '../model/events.ts'
import { isTableFormat, type ReadingChoices, type SourceFormat } from '../model/source.ts'
import { type NullReason, usualReason } from '../nulls/dictionary.ts'
import { type Content, type Member, membersOf, openContent } from './containers/content.ts'
import { recognise } from './layout/sniff.ts'
import { openTable } from './table.ts'
import { take } from './text/stretches.ts'
import { textIn } from './text/transcode.ts'

export interface PreviewInput {
  readonly source: ByteSource
  readonly format: SourceFormat | null
  readonly reading: ReadingChoices
}

/** Why a cell of the preview is marked. */
export type CellMark = 'date-order' | 'null' | 'decimal' | 'damaged'

/** A row as it would be read; its cells are those of patients. */
export interface PreviewedRow {
  readonly record: number
  readonly line: number
  readonly cells: readonly string[]
  /** Mark of each cell, null for most. */
  readonly marks: readonly (CellMark | null)[]
}

/** Slash-like dates of the sample by how they can be read. */
export interface DateVotes {
  readonly field: string
  readonly dayFirst: number
  readonly monthFirst: number
  readonly either: number
}

/** Numbers of the sample by their decimal mark. */
export interface DecimalVotes {
  readonly field: string
  readonly comma: number
  readonly point: number
}

/** Spellings of "nothing recorded" in the sample, the empty cell left out. */
export interface NullVote {
  readonly token: string
  readonly reason: NullReason
  readonly count: number
  readonly fields: readonly string[]
}

export type SourcePreview =
  | { readonly kind: 'empty' }
  /** Recognised and not read; `words` complete the sentence "The file is …". */
  | { readonly kind: 'other'; readonly words: string; readonly advice: string }
  /** A container with several tables: each becomes a source of its own. */
  | { readonly kind: 'several'; readonly members: readonly Member[] }
  | { readonly kind: 'resources'; readonly format: SourceFormat }
  | {
      readonly kind: 'table'
      readonly structure: Structure
      readonly rows: readonly PreviewedRow[]
      /** The first lines as they stand in the file, to cut columns at fixed places; none of a workbook. */
      readonly lines: readonly string[]
      /** Records that the votes below were counted over. */
      readonly sampled: number
      readonly dates: readonly DateVotes[]
      readonly decimals: readonly DecimalVotes[]
      readonly nulls: readonly NullVote[]
    }

/** Rows shown, and records that evidence is counted over. */
const shownRows = 20
const sampledRecords = 2000

export async function* previewSource(input: PreviewInput, signal: AbortSignal): AsyncGenerator<Update<never, SourcePreview>> {
  const { source } = input
  yield { kind: 'progress', done: 0, total: source.size, unit: 'bytes', label: source.name }
  yield { kind: 'result', value: await preview(input, signal) }
}

async function preview({ source, format, reading }: PreviewInput, signal: AbortSignal): Promise<SourcePreview> {
  const members = reading.entry === undefined && reading.sheet === undefined ? await membersOf(source, signal) : []
  if (members.length > 1) return { kind: 'several', members }
  const opened = await openContent(source, { ...reading, ...members[0]?.reading }, signal)
  if (opened.kind === 'other') return opened
  const { content } = opened
  const head = await take(content.source, 0, 64 << 10, signal)
  const recognised = recognise(head, content.source.size, content.source.name)
  if (recognised.kind !== 'format') return recognised
  const isTable = recognised.format === 'csv' || recognised.format === 'fixed-width' || isMadeTable(content.within)
  if (!isTable || (format !== null && !isTableFormat(format))) return { kind: 'resources', format: recognised.format }
  return previewTable(content, signal)
}

async function previewTable(content: Content, signal: AbortSignal): Promise<SourcePreview> {
  const table = await openTable(content.source, content.reading, 0, signal)
  const { header } = table.structure
  const votes = new Votes(header)
  const rows: PreviewedRow[] = []
  let sampled = 0
  const sink = {
    record(view: Parameters<typeof table.texts.cells>[0]): void {
      if (sampled >= sampledRecords) return
      sampled++
      const cells = table.texts.cells(view)
      const marks = votes.see(cells)
      if (rows.length < shownRows) rows.push({ record: view.record, line: view.line, cells, marks })
    },
    problem(): void {},
    end(): void {},
  }
  for await (const _bytes of table.read(sink, signal)) {
    stopIfAborted(signal)
    if (sampled >= sampledRecords) break
  }
  const lines = await firstLines(content, table.structure, signal)
  return { kind: 'table', structure: table.structure, rows, lines, sampled, ...votes.counted() }
}

/** Longer lines are shown to here. */
const longestLine = 2000

async function firstLines(content: Content, structure: Structure, signal: AbortSignal): Promise<readonly string[]> {
  if (isMadeTable(content.within)) return []
  const from = structure.layout === null ? 0 : structure.bodyByte
  const bytes = await take(content.source, from, from + (64 << 10), signal)
  const length = structure.layout?.value.recordLength
  const text = textIn(bytes, structure.encoding.value).replace(/^\uFEFF/, '')
  const lines = length === undefined ? text.replace(/(\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/) : inRecords(text, length)
  return lines.slice(0, shownRows).map((line) => line.slice(0, longestLine))
}

/** Records that follow each other without line breaks. */
function inRecords(text: string, length: number): string[] {
  const letters = Array.from(text)
  return Array.from({ length: Math.min(shownRows, Math.ceil(letters.length / length)) }, (_, i) =>
    letters.slice(i * length, (i + 1) * length).join(''),
  )
}

const slashDate = /^(\d{1,2})([/.-])(\d{1,2})\2\d{2,4}\b/
const decimalComma = /^[-+]?\d{1,3}([. ]\d{3})*,\d{1,2}$|^[-+]?\d+,\d+$/
const decimalPoint = /^[-+]?\d{1,3}(,\d{3})*\.\d+$|^[-+]?\d+\.\d+$/

/** What the cells of the sample say about choices that no byte decides. */
class Votes {
  private readonly dates: { dayFirst: number; monthFirst: number; either: number }[]
  private readonly decimals: { comma: number; point: number }[]
  private readonly nulls = new Map<string, { reason: NullReason; count: number; fields: Set<string> }>()
  private readonly header: readonly string[]

  constructor(header: readonly string[]) {
    this.header = header
    this.dates = header.map(() => ({ dayFirst: 0, monthFirst: 0, either: 0 }))
    this.decimals = header.map(() => ({ comma: 0, point: 0 }))
  }

  /** The marks of a row's cells. */
  see(cells: readonly string[]): readonly (CellMark | null)[] {
    return cells.map((cell, column) => this.mark(cell.trim(), column))
  }

  private mark(cell: string, column: number): CellMark | null {
    const field = this.header[column] ?? ''
    if (cell === '') return null
    const reason = usualReason(cell, field)
    if (reason !== null) {
      const entry = this.nulls.get(cell) ?? { reason, count: 0, fields: new Set<string>() }
      entry.count++
      entry.fields.add(field)
      this.nulls.set(cell, entry)
      return 'null'
    }
    const found = slashDate.exec(cell)
    const dates = this.dates[column]
    if (found && dates) {
      const [first, second] = [Number(found[1]), Number(found[3])]
      const order = orderOf(first, second)
      if (order !== null) dates[order]++
      return order === 'either' && first !== second ? 'date-order' : null
    }
    const decimals = this.decimals[column]
    if (decimals && decimalComma.test(cell)) {
      decimals.comma++
      return 'decimal'
    }
    if (decimals && decimalPoint.test(cell)) decimals.point++
    return cell.includes('\uFFFD') ? 'damaged' : null
  }

  counted(): { dates: readonly DateVotes[]; decimals: readonly DecimalVotes[]; nulls: readonly NullVote[] } {
    const named = <Vote extends object>(votes: readonly Vote[]) =>
      votes.map((vote, column) => ({ field: this.header[column] ?? '', ...vote }))
    return {
      dates: named(this.dates).filter(({ dayFirst, monthFirst, either }) => dayFirst + monthFirst + either > 0),
      decimals: named(this.decimals).filter(({ comma, point }) => comma + point > 0),
      nulls: [...this.nulls]
        .map(([token, { reason, count, fields }]) => ({ token, reason, count, fields: [...fields].sort(compareText) }))
        .sort((a, b) => b.count - a.count || compareText(a.token, b.token)),
    }
  }
}

/** How two numbers that stand for day and month can be read; null where they are neither. */
function orderOf(first: number, second: number): 'dayFirst' | 'monthFirst' | 'either' | null {
  if (first < 1 || second < 1 || first > 31 || second > 31 || (first > 12 && second > 12)) return null
  return first > 12 ? 'dayFirst' : second > 12 ? 'monthFirst' : 'either'
}
