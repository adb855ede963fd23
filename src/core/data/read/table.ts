/** A delimited file from its first byte to exact totals: encoding, dialect and layout first, then records and problems in order. */
import { type ByteSource, stopIfAborted } from '../../operation.ts'
import type { Row } from '../record.ts'
import type { ReadingChoices } from '../source.ts'
import { type CellTexts, cellTexts } from './cell-text.ts'
import { CsvScanner } from './csv.ts'
import { type DialectGuess, guessDialect } from './dialect.ts'
import { type EncodingGuess, encodingName, guessEncoding } from './encoding.ts'
import type { ReadProblem, Structure, TableEvent } from './events.ts'
import { dialectProblem, headerProblems, problemIn, type TablePlace } from './problems.ts'
import { countBreaks } from './quote-trial.ts'
import { sampleRecords, scanDialect } from './sample-records.ts'
import { headBytes, takeSamples } from './stretches.ts'
import { type Layout, layoutOf } from './structure.ts'
import { type BodyPlan, TableBody, type TableSink, type TableTotals } from './table-body.ts'
import { scannedInPlace, Transcoder } from './transcode.ts'

/** Bytes scanned at a time: what is made of them is gone before the garbage collector moves it. */
const scannedBytes = 64 << 10

/** What is known of a table before its records are read, and the way to read them. */
export interface OpenTable {
  readonly structure: Structure
  readonly problems: readonly ReadProblem[]
  readonly texts: CellTexts
  readonly encoding: string
  /** Reads the records; yields the number of bytes read after each chunk. Can be called again. */
  read(sink: TableSink, signal: AbortSignal): AsyncIterable<number>
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
