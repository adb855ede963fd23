/** The records of a table as the scanner meets them: what counts as a record, and what is told about those that are damaged. */
import type { Location } from '../../finding.ts'
import { byteTable, type CellTexts, textOf } from './cell-text.ts'
import type { ScanProblem } from './csv.ts'
import type { ReadProblem, ReadStatus, Structure } from './events.ts'
import { footerOf, problemAt, problemIn, type TablePlace } from './problems.ts'
import { countBreaks } from './quote-trial.ts'
import { HIGH, MULTILINE, NUL, type RecordView } from './record-view.ts'
import type { Layout } from './structure.ts'
import { scannedInPlace } from './transcode.ts'
import { firstInvalidUtf8, hexOf } from './utf8.ts'

export interface TableSink {
  /** The view is valid during the call only; `whole` is false for ragged rows. `byteOf` gives an offset in the original file. */
  record(view: RecordView, whole: boolean, byteOf: (index: number) => number): void
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
}

/** Sorts what the scanner meets: records, blank lines, repeated headers, footers, and damage inside cells. */
export class TableBody {
  passed = 0
  private records = 0
  private lost = 0
  private footer: { readonly declared: number | null; readonly problem: ReadProblem } | null = null
  private readonly undefinedBytes: ReadonlySet<number>
  private readonly plan: BodyPlan
  private readonly sink: TableSink
  private readonly original: (at: number) => number

  constructor(plan: BodyPlan, sink: TableSink, original: (at: number) => number) {
    this.plan = plan
    this.sink = sink
    this.original = original
    this.undefinedBytes = undefinedBytesOf(plan.encoding)
  }

  record(view: RecordView): void {
    this.passed = view.base + view.start
    const { header } = this.plan.structure
    const start = view.starts[0] ?? 0
    if (view.count === 1 && view.ends[0] === start && (view.flags[0] ?? 0) === 0 && header.length !== 1) {
      this.note('data/blank-line', view)
      return
    }
    if (view.count === header.length && this.repeatsHeader(view)) {
      this.note('data/repeated-header', view)
      return
    }
    const whole = view.count === header.length
    if (!whole) {
      const text = this.plan.texts.text(view.bytes, view.start, Math.min(view.end, view.start + 400), HIGH)
      const footer = footerOf(text)
      if (footer !== null) {
        this.footer = {
          declared: footer.declared,
          problem: problemAt('data/footer', this.plan.place, null, this.where(view, view.start), [], text),
        }
        this.sink.problem(this.footer.problem)
        return
      }
    }
    this.records++
    view.record = this.records
    if (!whole) this.ragged(view)
    if ((view.seen & NUL) !== 0) this.nulBytes(view)
    if ((view.seen & HIGH) !== 0) this.badBytes(view)
    this.sink.record(view, whole, (index) => this.original(view.base + index))
  }

  problem(kind: ScanProblem, at: number, line: number, cell: number): void {
    const { place } = this.plan
    const where = { record: this.records + 1, line, byte: this.original(at) }
    const field = cell < 0 ? null : (place.header[cell] ?? null)
    if (kind === 'stray-quote') this.sink.problem(problemAt('data/stray-quote', place, field, where, []))
    else if (kind === 'quote-resync') {
      const facts = [{ name: 'read as', value: 'a character of the text, because the records that follow fit better' }]
      this.sink.problem(problemAt('data/stray-quote', place, field, where, facts, undefined, 'error'))
    } else if (kind === 'swallowed') this.sink.problem(problemAt('data/swallowed-records', place, field, where, []))
    else {
      this.lost++
      this.sink.problem(problemAt(kind === 'too-long' ? 'data/record-too-long' : 'data/endless-record', place, null, where, []))
    }
  }

  finish(bytes: number, nextLine: number, cut: boolean): void {
    const { place, structure } = this.plan
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

  private note(code: string, view: RecordView): void {
    this.sink.problem(problemAt(code, this.plan.place, null, { ...this.where(view, view.start), record: this.records + 1 }, []))
  }

  private where(view: RecordView, index: number): { record: number; line: number; byte: number } {
    return {
      record: this.records,
      line: view.line + countBreaks(view.bytes, view.start, index),
      byte: this.original(view.base + index),
    }
  }

  private repeatsHeader(view: RecordView): boolean {
    const { labels } = this.plan.structure
    for (let cell = 0; cell < view.count; cell++) {
      const label = labels[cell]
      if (label === undefined || (view.ends[cell] ?? 0) - (view.starts[cell] ?? 0) < Math.min(1, label.length)) return false
      if (textOf(this.plan.texts, view, cell).trim() !== label) return false
    }
    return labels.some((label) => label !== '')
  }

  private ragged(view: RecordView): void {
    const facts = [
      { name: 'cells', value: view.count },
      { name: 'columns', value: this.plan.structure.header.length },
    ]
    const excerpt = this.plan.texts.text(view.bytes, view.start, Math.min(view.end, view.start + 200), HIGH)
    this.sink.problem(problemAt('data/ragged-row', this.plan.place, null, this.where(view, view.start), facts, excerpt))
  }

  private nulBytes(view: RecordView): void {
    for (let cell = 0; cell < view.count; cell++) {
      if (((view.flags[cell] ?? 0) & NUL) === 0) continue
      const at = view.bytes.indexOf(0, view.starts[cell] ?? 0)
      this.sink.problem(
        problemAt('data/nul-byte', this.plan.place, this.plan.place.header[cell] ?? null, this.where(view, at), []),
      )
    }
  }

  private badBytes(view: RecordView): void {
    for (let cell = 0; cell < view.count; cell++) {
      if (((view.flags[cell] ?? 0) & HIGH) === 0) continue
      const end = view.ends[cell] ?? 0
      const at = this.firstBad(view.bytes, view.starts[cell] ?? 0, end)
      if (at < 0) continue
      const facts = [
        { name: 'bytes', value: hexOf(view.bytes.subarray(at, Math.min(end, at + 4))) },
        { name: 'encoding', value: this.plan.encoding },
      ]
      const excerpt = textOf(this.plan.texts, view, cell)
      this.sink.problem(
        problemAt(
          'data/invalid-bytes',
          this.plan.place,
          this.plan.place.header[cell] ?? null,
          this.where(view, at),
          facts,
          excerpt,
        ),
      )
    }
  }

  private firstBad(bytes: Uint8Array, start: number, end: number): number {
    if (this.plan.encoding === 'utf-8') return firstInvalidUtf8(bytes, start, end)
    if (this.undefinedBytes.size === 0) return -1
    for (let i = start; i < end; i++) if (this.undefinedBytes.has(bytes[i] as number)) return i
    return -1
  }
}

/** Bytes that a single-byte encoding does not define: TextDecoder turns them into controls or U+FFFD without a word. */
function undefinedBytesOf(encoding: string): ReadonlySet<number> {
  if (encoding === 'utf-8' || !scannedInPlace(encoding)) return new Set()
  const found = new Set<number>()
  byteTable(encoding).forEach((char, byte) => {
    if (byte >= 0x80 && /[\u0080-\u009F\uFFFD]/.test(char)) found.add(byte)
  })
  return encoding.startsWith('windows-') ? found : new Set([...found].filter((byte) => byteTable(encoding)[byte] === '\uFFFD'))
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
  return { kind: 'cell', input, field, path: null, record: view.record, line, byte: byteOf(start), id: null }
}
