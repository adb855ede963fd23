/** The records of a table as the scanner meets them: what counts as a record, and what is told about those that are damaged. */
import type { Location } from '../../finding.ts'
import type { ReadProblem, ReadStatus, Structure } from '../model/events.ts'
import { problemAt, problemIn, type TablePlace, type Where } from '../model/read-problem.ts'
import { CellDamage } from './cell-damage.ts'
import { longestHeld, TableEnd } from './layout/next-table.ts'
import { cellsInPlace, raggedFacts } from './layout/ragged.ts'
import type { Layout } from './layout/structure.ts'
import { footerOf } from './problems.ts'
import type { Ahead } from './records/ahead-blocks.ts'
import type { AheadAsk, AheadForm } from './records/ahead-slots.ts'
import { countBreaks } from './records/quote-trial.ts'
import type { RecordBlock } from './records/record-block.ts'
import { isEmpty, isTotal, leadsOf, mayBeTotal, mayRepeatHeader } from './records/record-looks.ts'
import type { ScanProblem } from './records/scan.ts'
import { type CellTexts, textOf } from './text/cell-text.ts'
import { copyOf, ESCAPED, HIGH, MULTILINE, NUL, RecordView } from './text/record-view.ts'
import { scannedInPlace, type Transcoder } from './text/transcode.ts'

export interface TableSink {
  /**
   * The view is valid during the call only; `whole` is false for ragged rows. `byteOf` gives an offset in the original file, `placed` the
   * number of cells at the head of the record that stand in their columns.
   */
  record(view: RecordView, whole: boolean, byteOf: (index: number) => number, placed: number): void
  /** Takes whole records of which nothing else is to be told many at a time; where it is left out, `record` is called for each. */
  readonly block?: ((block: RecordBlock, byteOf: (index: number) => number) => void) | undefined
  /** Threads that index the table ahead, and what they will ask of each block. */
  readonly ahead?: { open(form: AheadForm): Ahead | null; readonly asks: readonly AheadAsk[] } | null
  problem(problem: ReadProblem): void
  /** Bytes as they come, before decoding. */
  bytes?(chunk: Uint8Array): void
  end(totals: TableTotals): void
}

export interface TableTotals {
  readonly status: ReadStatus
  readonly records: number
  readonly bytes: number
  readonly lines: number
}

/** What must be known before the body is read. */
export interface BodyPlan {
  readonly structure: Structure
  readonly layout: Layout
  readonly texts: CellTexts
  readonly place: TablePlace
  readonly encoding: string
  /** False where the rest of the file is this table, whatever it looks like. */
  readonly splits: boolean
  /** Rows of a sheet for lines of its text. */
  readonly rowOf: ((line: number) => number) | null
}

/** Where the next table of the file begins, in the scanned stream. */
export interface TableStart {
  readonly at: number
  readonly line: number
}

const mostBlanks = 1000

/** Sorts what the scanner meets: records, blank lines, repeated headers, footers, and damage inside cells. */
export class TableBody {
  passed = 0
  /** Set once another table begins; what follows is not of this one. */
  next: TableStart | null = null
  private records: number
  private lost = 0
  private raggedBefore: number | null = null
  private lastIsTotal: Where | null = null
  private footer: { readonly declared: number | null; readonly problem: ReadProblem } | null = null
  private readonly blanks: Where[] = []
  private readonly heldViews: RecordView[] = []
  private readonly tableEnd: TableEnd | null
  private readonly damage: CellDamage
  private readonly plan: BodyPlan
  private readonly sink: TableSink
  private readonly original: (at: number) => number
  /** What the scanner hands many records at once; nothing where each has to be looked at. */
  readonly block: ((block: RecordBlock) => void) | undefined
  /** Offset of the bytes that are looked at just now. */
  private base = 0
  private readonly byteOf = (index: number): number => this.original(this.base + index)
  /** One record of a block. */
  private readonly single = new RecordView()
  private readonly leads: Uint8Array
  /** Whether cells beyond ASCII in the block at hand may be damaged. */
  private watchesHigh = true

  /** @param before records of the table that stand before the first one that is met */
  constructor(plan: BodyPlan, sink: TableSink, original: (at: number) => number, transcoder: Transcoder | null, before = 0) {
    this.records = before
    this.plan = plan
    this.sink = sink
    this.original = original
    this.damage = new CellDamage(plan, transcoder)
    this.tableEnd = plan.splits ? new TableEnd(plan.layout.labels, plan.layout.kinds) : null
    this.leads = leadsOf(plan.structure.labels[0] ?? '')
    const take = sink.block
    this.block = take && plan.rowOf === null ? (block) => this.sort(block, take) : undefined
  }

  /** Hands on the records of a block in runs; those that may be something else are looked at one by one in between. */
  private sort(block: RecordBlock, take: NonNullable<TableSink['block']>): void {
    const { single } = this
    this.watchesHigh = this.damage.mayBeIn(block)
    for (let record = 0; record < block.count; ) {
      block.first = record
      block.record = this.records + 1
      if (!this.isCalm || this.standsOut(block, record)) {
        block.show(record++, single)
        this.record(single)
        continue
      }
      record++
      while (record < block.count && !this.standsOut(block, record)) record++
      block.last = record
      this.records += record - block.first
      this.passed = block.base + (block.from[record - 1] as number)
      this.lastIsTotal = null
      this.raggedBefore = null
      this.base = block.base
      take(block, this.byteOf)
    }
  }

  /** True where a whole record is a record of the table, and nothing waits for it. */
  private get isCalm(): boolean {
    return this.next === null && this.blanks.length === 0 && (this.tableEnd === null || this.tableEnd.held.length === 0)
  }

  /** True where there is more to say about a whole record than that it is one. */
  private standsOut(block: RecordBlock, record: number): boolean {
    const { bytes, starts, ends, flags } = block
    const first = record * block.width
    const start = starts[first] as number
    const isQuiet =
      start !== ends[first] &&
      this.leads[bytes[start] as number] === 0 &&
      ((flags[first] as number) & ESCAPED) === 0 &&
      (!this.watchesHigh || ((block.seen[record] as number) & HIGH) === 0)
    if (isQuiet) return false
    const { single } = this
    block.show(record, single)
    if (bytes[single.start] === 0xef || isEmpty(single) || this.repeatsHeader(single)) return true
    if (mayBeTotal(single) && isTotal(textOf(this.plan.texts, single, 0))) return true
    return this.watchesHigh && (single.seen & HIGH) !== 0 && !this.damage.in(single).next().done
  }

  record(view: RecordView): void {
    if (this.next !== null) return
    const { rowOf, structure } = this.plan
    if (rowOf) {
      view.line = rowOf(view.line)
      view.seen &= ~MULTILINE
    }
    if (view.bytes[view.start] === 0xef) this.passMark(view)
    const width = structure.header.length
    const start = view.starts[0] ?? 0
    const isBlankLine = view.count === 1 && view.ends[0] === start && (view.flags[0] ?? 0) === 0
    if (isBlankLine && width !== 1) {
      if (this.tableEnd && this.tableEnd.held.length > 0) this.release()
      this.blank(view)
      return
    }
    if (structure.within?.kind === 'xlsx') while (view.count < width) view.add(view.end, view.end, 0)
    if (this.tableEnd && this.waits(this.tableEnd, view, width)) return
    this.flushBlanks()
    this.own(view)
  }

  /** Asks whether another table may begin here; true where the record waits for an answer. */
  private waits(end: TableEnd, view: RecordView, width: number): boolean {
    if (end.held.length === 0 && view.count === width && this.blanks.length === 0) return false
    if (view.end - view.start > longestHeld) {
      this.release()
      return false
    }
    const row = { cells: this.plan.texts.cells(view), at: view.base + view.start, line: view.line }
    let verdict = end.ask(row, this.blanks.length > 0)
    if (verdict === 'release') {
      this.release()
      verdict = end.ask(row, false)
    }
    if (verdict === 'held') this.heldViews.push(copyOf(view))
    if (verdict === 'next') this.endAt(end)
    return verdict !== 'own'
  }

  private endAt(end: TableEnd): void {
    const [first] = end.held
    if (first) this.next = { at: first.at, line: first.line }
    this.blanks.length = 0
  }

  /** What was held is of this table after all. */
  private release(): void {
    this.flushBlanks()
    const views = this.heldViews.splice(0)
    if (this.tableEnd) this.tableEnd.held.length = 0
    for (const view of views) this.own(view)
  }

  private blank(view: RecordView): void {
    this.blanks.push({ ...this.where(view, view.start), record: this.records + 1 })
    if (this.blanks.length > mostBlanks) this.flushBlanks()
  }

  private flushBlanks(): void {
    if (this.blanks.length === 0) return
    for (const where of this.blanks.splice(0)) this.sink.problem(problemAt('data/blank-line', this.plan.place, null, where, []))
  }

  private own(view: RecordView): void {
    const { structure } = this.plan
    const width = structure.header.length
    this.passed = view.base + view.start
    if (view.count === width && this.repeatsHeader(view)) {
      this.sink.problem(
        problemAt(
          'data/repeated-header',
          this.plan.place,
          null,
          { ...this.where(view, view.start), record: this.records + 1 },
          [],
        ),
      )
      return
    }
    const whole = view.count === width
    if (!whole && this.passOver(view)) return
    this.records++
    view.record = this.records
    this.lastIsTotal = mayBeTotal(view) && isTotal(textOf(this.plan.texts, view, 0)) ? this.where(view, view.start) : null
    if (view.ends[0] === view.starts[0] && isEmpty(view))
      this.sink.problem(problemAt('data/empty-record', this.plan.place, null, this.where(view, view.start), []))
    let placed = view.count
    if (whole) this.raggedBefore = null
    else placed = this.ragged(view)
    if ((view.seen & (NUL | HIGH)) !== 0)
      for (const { code, field, index, facts, excerpt } of this.damage.in(view))
        this.sink.problem(problemAt(code, this.plan.place, field, this.where(view, index), facts, excerpt))
    this.base = view.base
    this.sink.record(view, whole, this.byteOf, placed)
  }

  /** Lines that are no records: footers, and comments where the head of the file has some. */
  private passOver(view: RecordView): boolean {
    const text = this.plan.texts.text(view.bytes, view.start, Math.min(view.end, view.start + 400), HIGH)
    const where = this.where(view, view.start)
    const mark = /^\s*(#|--|\/\/)/.exec(text)?.[1]
    const isComment =
      mark !== undefined && this.plan.structure.skipped.some(({ why, text }) => why === 'comment' && text.startsWith(mark))
    const footer = footerOf(text)
    if (footer !== null) {
      this.footer = { declared: footer.declared, problem: problemAt('data/footer', this.plan.place, null, where, [], text) }
      this.sink.problem(this.footer.problem)
      return true
    }
    if (isComment) this.sink.problem(problemAt('data/comment-line', this.plan.place, null, where, [], text))
    return isComment
  }

  /** A byte order mark where files were joined is no part of the first value. */
  private passMark(view: RecordView): void {
    const { bytes, start } = view
    if (bytes[start + 1] !== 0xbb || bytes[start + 2] !== 0xbf || view.base + start === 0 || !readsUtf8(this.plan.encoding))
      return
    if (view.starts[0] !== start || (view.ends[0] ?? 0) < start + 3) return
    view.starts[0] = start + 3
    if ((view.ends[0] ?? 0) - start > 4 && bytes[start + 3] === 0x22 && bytes[(view.ends[0] ?? 1) - 1] === 0x22) {
      // The mark hid the quote from the scanner.
      view.starts[0] = start + 4
      view.ends[0] = (view.ends[0] ?? 1) - 1
    }
    const where = { ...this.where(view, start), record: this.records + 1 }
    this.sink.problem(problemAt('data/byte-order-mark', this.plan.place, this.plan.place.header[0] ?? null, where, []))
  }

  problem(kind: ScanProblem, at: number, line: number, cell: number): void {
    if (this.next !== null) return
    const { place, rowOf } = this.plan
    const where = { record: this.records + 1, line: rowOf ? rowOf(line) : line, byte: this.original(at) }
    const field = cell < 0 ? null : (place.header[cell] ?? null)
    if (kind === 'stray-quote') this.sink.problem(problemAt('data/stray-quote', place, field, where, []))
    else if (kind === 'quote-resync') {
      const facts = [{ name: 'read as', value: 'a character of the text, because the records that follow fit better' }]
      this.sink.problem(problemAt('data/stray-quote', place, field, where, facts, undefined, 'error'))
    } else if (kind === 'swallowed') this.sink.problem(problemAt('data/swallowed-records', place, field, where, []))
    else {
      this.lost++
      this.sink.problem(problemAt(lostCodes[kind], place, null, where, []))
    }
  }

  finish(bytes: number, nextLine: number, cut: boolean): void {
    const { place, structure } = this.plan
    if (this.tableEnd && this.next === null && this.tableEnd.held.length > 0) {
      if (this.tableEnd.endsHere()) this.endAt(this.tableEnd)
      else this.release()
    }
    this.flushBlanks()
    if (this.lastIsTotal !== null) {
      const facts = [{ name: 'read as', value: 'a record, because it has all columns; it looks like a total' }]
      this.sink.problem(problemAt('data/footer', place, null, this.lastIsTotal, facts, undefined, 'warning'))
    }
    if (this.footer && this.footer.declared !== null && this.footer.declared !== this.records) {
      const facts = [
        { name: 'records declared in the last line', value: this.footer.declared },
        { name: 'records read', value: this.records },
      ]
      this.sink.problem({
        ...this.footer.problem,
        sighting: { ...this.footer.problem.sighting, code: 'data/control-total', evidence: { facts } },
      })
    }
    if (this.records === 0) {
      const what = bytes === 0 ? 'data/empty-file' : structure.labels.length > 0 ? 'data/header-only' : 'data/empty-file'
      this.sink.problem(problemIn(what, place, null, [{ name: 'bytes', value: bytes }]))
    }
    const status = bytes === 0 ? 'unreadable' : cut || this.lost > 0 ? 'partial' : 'read'
    this.sink.end({ status, records: this.records, bytes, lines: nextLine - 1 })
  }

  private where(view: RecordView, index: number): Where {
    const inside = (view.seen & MULTILINE) === 0 ? 0 : countBreaks(view.bytes, view.start, index)
    return { record: this.records, line: view.line + inside, byte: this.original(view.base + index) }
  }

  private repeatsHeader(view: RecordView): boolean {
    const { labels } = this.plan.structure
    if (!mayRepeatHeader(view, labels[0] ?? '')) return false
    for (let cell = 0; cell < view.count; cell++) {
      const label = labels[cell]
      if (label === undefined || (view.ends[cell] ?? 0) - (view.starts[cell] ?? 0) < Math.min(1, label.length)) return false
      if (textOf(this.plan.texts, view, cell).trim() !== label) return false
    }
    return labels.some((label) => label !== '')
  }

  /** Tells of the row; gives how many of its first cells stand in their columns. */
  private ragged(view: RecordView): number {
    const { structure, layout, texts, place } = this.plan
    const cells = view.end - view.start > longestHeld ? [] : texts.cells(view)
    const placed = cellsInPlace(cells, layout.kinds, this.raggedBefore)
    const facts =
      cells.length === 0
        ? [
            { name: 'cells', value: view.count },
            { name: 'columns', value: structure.header.length },
          ]
        : raggedFacts(cells, structure.header, layout.kinds, structure.dialect.value.delimiter, this.raggedBefore)
    // Two halves make one record; a third piece belongs to neither.
    this.raggedBefore = facts.some(({ name, value }) => name === 'proposal' && String(value).startsWith('joined'))
      ? null
      : view.count
    const excerpt = texts.text(view.bytes, view.start, Math.min(view.end, view.start + 200), HIGH)
    this.sink.problem(problemAt('data/ragged-row', place, null, this.where(view, view.start), facts, excerpt))
    return placed
  }
}

function readsUtf8(encoding: string): boolean {
  return encoding === 'utf-8' || !scannedInPlace(encoding)
}

/** Where a cell starts, for sightings of checks. */
export function cellPlace(
  view: RecordView,
  cell: number,
  input: number,
  field: string,
  byteOf: (index: number) => number,
): Location {
  const start = view.starts[cell] ?? view.start
  const line = view.line + ((view.seen & MULTILINE) === 0 ? 0 : countBreaks(view.bytes, view.start, start))
  const byte = byteOf(start)
  const length = byteOf(view.ends[cell] ?? start) - byte
  return { kind: 'cell', input, field, path: null, record: view.record, line, byte, length, id: null }
}

/** What is told of records of which something is missing. */
const lostCodes = {
  'too-long': 'data/record-too-long',
  endless: 'data/endless-record',
  torn: 'data/torn-record',
} as const
