/** The records of a settled table, from its first byte to exact totals, whatever the chunks are. */
import { stopIfAborted } from '../../operation.ts'
import type { FixedLayout } from '../model/source.ts'
import type { Content } from './containers/content.ts'
import { damageProblem, nextTableProblem } from './problems.ts'
import { CsvScanner } from './records/csv.ts'
import { FixedScanner, type Measure } from './records/fixed-scanner.ts'
import { scanDialect } from './records/sample-records.ts'
import { type BodyPlan, TableBody, type TableSink, type TableTotals } from './table-body.ts'
import { scannedInPlace, Transcoder } from './text/transcode.ts'

/** Bytes scanned at a time: the record that is cut at their end is read with care, and what is made of them fits into the cache of a core. */
const scannedBytes = 256 << 10

/** Bytes after which the reader says how far it is. */
const toldBytes = 1 << 20

/** What decides how the bytes of the body are cut. */
export interface BodyForm {
  /** First byte of the table in the original, byte order mark passed over, and its line. */
  readonly origin: number
  readonly line: number
  readonly fixed: { readonly layout: FixedLayout; readonly measure: Measure } | null
}

/** Where a record begins: offset in the scanned stream and line. */
export interface BodyPlace {
  readonly byte: number
  readonly line: number
  /** Number of the record; 1 when left out. */
  readonly record?: number
  /** Where a later record begins: the reading ends before it, and leaves out a record that can not be read without what follows. */
  readonly until?: number | undefined
}

/** With `from`, the records from that one on: only where the bytes are scanned as they stand in the file. */
export async function* readBody(
  content: Content,
  plan: BodyPlan & BodyForm,
  sink: TableSink,
  signal: AbortSignal,
  onNext: (start: { readonly byte: number; readonly line: number }) => void,
  from: BodyPlace | null = null,
): AsyncGenerator<number> {
  const { structure, layout, fixed } = plan
  const transcoder = scannedInPlace(plan.encoding) ? null : new Transcoder(plan.encoding, plan.origin)
  const original = (at: number): number => (transcoder ? transcoder.toOriginal(at) : plan.origin + at)
  const totals = { value: null as TableTotals | null }
  const body = new TableBody(
    plan,
    {
      ...sinkOf(sink),
      end: (end) => {
        totals.value = end
      },
    },
    original,
    transcoder,
    (from?.record ?? 1) - 1,
  )
  const start = from ?? { byte: layout.bodyAt, line: layout.bodyLine }
  const scanner = fixed
    ? new FixedScanner(fixed.layout, fixed.measure, start, body)
    : new CsvScanner(scanDialect(structure.dialect.value), structure.header.length, start, body)
  let skip = from ? 0 : layout.bodyAt
  const isFirst = structure.table === 1
  const first = from ? plan.origin + from.byte : isFirst ? 0 : plan.origin
  let mark = isFirst && !from ? plan.origin : 0
  let done = first
  const feed = (bytes: Uint8Array): void => {
    const from = Math.min(skip, bytes.length)
    skip -= from
    scanner.push(bytes.subarray(from))
  }
  const isOver = (): boolean => scanner.ended || body.next !== null
  const { source } = content
  const until = from?.until === undefined ? undefined : plan.origin + from.until
  const isPassing = transcoder === null && until === undefined
  const chunks = isPassing && source.passing ? source.passing(first) : source.stream(first, until)
  const ahead =
    isPassing && isFirst && scanner instanceof CsvScanner && sink.ahead
      ? scanner.readAhead({ origin: plan.origin, size: source.size - plan.origin }, sink.ahead)
      : null
  try {
    for await (const chunk of chunks) {
      stopIfAborted(signal)
      if (isFirst) sink.bytes?.(chunk)
      done += chunk.length
      const from = Math.min(mark, chunk.length)
      mark -= from
      const bytes = chunk.subarray(from)
      const before = done - bytes.length
      for (let at = 0; at < bytes.length && !isOver(); at += scannedBytes) {
        const stretch = bytes.subarray(at, at + scannedBytes)
        feed(transcoder ? transcoder.push(stretch) : stretch)
        transcoder?.release(body.passed)
        if ((at + stretch.length) % toldBytes === 0 || at + stretch.length === bytes.length) yield before + at + stretch.length
      }
      // The rest is read for the digest of the whole file only.
      if (scanner.ended || (body.next !== null && (!sink.bytes || !isFirst))) break
      if (body.next !== null) yield done
    }
  } finally {
    await ahead?.close()
  }
  if (until !== undefined) return
  if (!isOver()) {
    if (transcoder) feed(transcoder.end())
    scanner.end()
  }
  body.finish(done, scanner.nextLine, scanner.ended)
  if (body.next) {
    onNext({ byte: original(body.next.at), line: body.next.line })
    if (content.reading.tableNumber === undefined)
      sink.problem(nextTableProblem(plan.place, { byte: original(body.next.at), line: body.next.line }))
  }
  const damage = content.damage()
  if (damage !== null) sink.problem(damageProblem(plan.place.input, damage))
  if (totals.value)
    sink.end(damage !== null && totals.value.status === 'read' ? { ...totals.value, status: 'partial' } : totals.value)
}

/** The methods of a sink, bound: some callers hand over classes. */
function sinkOf(sink: TableSink): TableSink {
  return {
    record: (...given) => sink.record(...given),
    block: sink.block && ((block, byteOf) => sink.block?.(block, byteOf)),
    problem: (problem) => sink.problem(problem),
    end: () => undefined,
  }
}
