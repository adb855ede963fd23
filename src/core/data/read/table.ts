/** A delimited file from its first byte to exact totals: encoding, dialect and layout first, then records and problems in order. */
import type { Location } from '../../finding.ts'
import { type ByteSource, stopIfAborted } from '../../operation.ts'
import type { Row } from '../record.ts'
import type { ReadingChoices } from '../source.ts'
import { byteTable, type CellTexts, cellTexts, textOf } from './cell-text.ts'
import { CsvScanner, type ScanProblem } from './csv.ts'
import { type DialectGuess, guessDialect } from './dialect.ts'
import { type EncodingGuess, encodingName, guessEncoding, type Sample } from './encoding.ts'
import type { ReadProblem, ReadStatus, Structure, TableEvent } from './events.ts'
import { dialectProblem, footerOf, headerProblems, problemAt, problemIn, type TablePlace } from './problems.ts'
import { countBreaks } from './quote-trial.ts'
import { HIGH, MULTILINE, NUL, type RecordView } from './record-view.ts'
import { sampleRecords, scanDialect } from './sample-records.ts'
import { type Layout, layoutOf } from './structure.ts'
import { scannedInPlace, Transcoder } from './transcode.ts'
import { firstInvalidUtf8, hexOf } from './utf8.ts'

const headBytes = 256 << 10
const stretchBytes = 64 << 10
/** Bytes scanned at a time: what is made of them is gone before the garbage collector moves it. */
const scannedBytes = 64 << 10
/** Files up to this size are looked at whole before their encoding is settled. */
const wholeBytes = 4 << 20

/** What is known of a table before its records are read, and the way to read them. */
export interface OpenTable {
  readonly structure: Structure
  readonly problems: readonly ReadProblem[]
  readonly texts: CellTexts
  readonly encoding: string
  /** Reads the records; yields the number of bytes read after each chunk. Can be called again. */
  read(sink: TableSink, signal: AbortSignal): AsyncIterable<number>
}

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

/** Settles encoding, dialect and layout. `input` is the index of the file in the run, for the places of problems. */
export async function openTable(
  source: ByteSource,
  choices: ReadingChoices,
  input: number,
  signal: AbortSignal,
): Promise<OpenTable> {
  const samples = await takeSamples(source, signal)
  const encoding = guessEncoding(samples, choices.encoding)
  const name = encodingName(encoding.value) ?? 'utf-8'
  const head = (samples[0]?.bytes ?? new Uint8Array(0)).subarray(encoding.bom)
  const inPlace = scannedInPlace(name)
  const bytes = inPlace ? head.subarray(0, headBytes) : new Transcoder(name, encoding.bom).push(head.subarray(0, headBytes))
  const whole = head.length <= headBytes && (samples[0]?.bytes.length ?? 0) >= source.size
  const scanned = inPlace ? name : 'utf-8'
  const dialect = guessDialect(bytes, whole, (quote, escapeWith) => cellTexts(scanned, quote, escapeWith), choices)
  const texts = cellTexts(scanned, dialect.value.quote, dialect.value.escape)
  const records = sampleRecords(bytes, texts, dialect.value, { whole, limit: 500, expected: 0 })
  const layout = layoutOf(records, choices, { at: bytes.length, line: countBreaks(bytes, 0, bytes.length) + 1 })
  const structure = structureOf(encoding, dialect, layout, inPlace)
  const place: TablePlace = { input, header: structure.header }
  return {
    structure,
    problems: [
      ...(encodingName(encoding.value) === null ? [unknownEncoding(input, encoding.value)] : []),
      ...dialectProblem(dialect, place),
      ...headerProblems(structure, place),
    ],
    texts,
    encoding: name,
    read: (sink, again) => readBody(source, { structure, layout, texts, place, encoding: name }, sink, again),
  }
}

function unknownEncoding(input: number, label: string): ReadProblem {
  return problemIn(
    'data/unreadable',
    { input, header: [] },
    null,
    [{ name: 'encoding', value: label }],
    `"${label}" is no encoding this program knows; the file is read as UTF-8.`,
  )
}

function structureOf(encoding: EncodingGuess, dialect: DialectGuess, layout: Layout, inPlace: boolean): Structure {
  const { bom, ...guess } = encoding
  const { margin: _margin, regular: _regular, hiddenDelimiter: _hidden, ...dialectGuess } = dialect
  const byteOf = (at: number): number => (inPlace ? bom + at : at)
  return {
    encoding: guess,
    bom,
    dialect: dialectGuess,
    header: layout.header,
    labels: layout.labels,
    headerRows: layout.headerRows,
    headerEvidence: layout.headerEvidence,
    skipRows: layout.skipRows,
    skipped: layout.skipped.map((line) => ({ ...line, byte: byteOf(line.byte) })),
    bodyByte: byteOf(layout.bodyAt),
    bodyLine: layout.bodyLine,
  }
}

/** The head, and four stretches elsewhere in a large file: what is absent from the head is a known failure of guessing. */
async function takeSamples(source: ByteSource, signal: AbortSignal): Promise<Sample[]> {
  if (source.size <= wholeBytes) return [{ at: 0, bytes: await take(source, 0, source.size, signal) }]
  const samples = [{ at: 0, bytes: await take(source, 0, headBytes, signal) }]
  for (let part = 1; part <= 4; part++) {
    const at = Math.min(source.size - stretchBytes, Math.floor((source.size / 5) * part) & ~3)
    samples.push({ at, bytes: await take(source, at, at + stretchBytes, signal) })
  }
  return samples
}

/** Reads a stretch of a file into memory. */
export async function take(source: ByteSource, from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.min(to, source.size) - from)
  let at = 0
  for await (const chunk of source.stream(from, from + bytes.length)) {
    stopIfAborted(signal)
    const part = chunk.subarray(0, bytes.length - at)
    bytes.set(part, at)
    at += part.length
    if (at >= bytes.length) break
  }
  return bytes.subarray(0, at)
}

interface BodyPlan {
  readonly structure: Structure
  readonly layout: Layout
  readonly texts: CellTexts
  readonly place: TablePlace
  readonly encoding: string
}

async function* readBody(source: ByteSource, plan: BodyPlan, sink: TableSink, signal: AbortSignal): AsyncGenerator<number> {
  const { structure, layout } = plan
  const transcoder = scannedInPlace(plan.encoding) ? null : new Transcoder(plan.encoding, structure.bom)
  const body = new TableBody(plan, sink, (at) => (transcoder ? transcoder.toOriginal(at) : structure.bom + at))
  const scanner = new CsvScanner(
    scanDialect(structure.dialect.value),
    structure.header.length,
    { byte: layout.bodyAt, line: layout.bodyLine },
    body,
  )
  let skip = layout.bodyAt
  let mark = structure.bom
  let done = 0
  const feed = (bytes: Uint8Array): void => {
    const from = Math.min(skip, bytes.length)
    skip -= from
    scanner.push(bytes.subarray(from))
  }
  for await (const chunk of source.stream()) {
    stopIfAborted(signal)
    sink.bytes?.(chunk)
    done += chunk.length
    const from = Math.min(mark, chunk.length)
    mark -= from
    const bytes = chunk.subarray(from)
    const before = done - bytes.length
    for (let at = 0; at < bytes.length && !scanner.ended; at += scannedBytes) {
      const stretch = bytes.subarray(at, at + scannedBytes)
      feed(transcoder ? transcoder.push(stretch) : stretch)
      transcoder?.release(body.passed)
      yield before + at + stretch.length
    }
    if (scanner.ended) break
  }
  if (transcoder) feed(transcoder.end())
  scanner.end()
  body.finish(done, scanner.nextLine, scanner.ended)
}

/** Sorts what the scanner meets: records, blank lines, repeated headers, footers, and damage inside cells. */
class TableBody {
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

/** Rows of a table in batches, with everything that reading it told. */
export async function* readTable(
  source: ByteSource,
  choices: ReadingChoices,
  signal: AbortSignal,
  input = 0,
): AsyncGenerator<TableEvent> {
  const table = await openTable(source, choices, input, signal)
  yield { kind: 'structure', structure: table.structure }
  for (const problem of table.problems) yield { kind: 'problem', problem }
  let rows: Row[] = []
  const events: TableEvent[] = []
  let end: TableTotals | null = null
  const sink: TableSink = {
    record(view, _whole, byteOf) {
      const cells = table.texts.cells(view)
      const byte = byteOf(view.start)
      rows.push({ kind: 'row', record: view.record, line: view.line, byte, length: byteOf(view.end) - byte, cells })
    },
    problem: (problem) => events.push({ kind: 'problem', problem }),
    end: (totals) => {
      end = totals
    },
  }
  let done = 0
  const flush = function* (): Generator<TableEvent> {
    yield* events.splice(0)
    if (rows.length > 0) yield { kind: 'rows', rows, done }
    rows = []
  }
  for await (const bytes of table.read(sink, signal)) {
    done = bytes
    yield* flush()
  }
  yield* flush()
  yield { kind: 'end', ...(end ?? { status: 'partial', records: 0, bytes: done, lines: 0 }) }
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
