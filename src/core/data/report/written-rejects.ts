/** Records that a run would not load, as the bytes they have in the file, with a list of their places and codes beside them. */
import { type ByteSource, stopIfAborted } from '../../operation.ts'
import { csvLine } from '../../values/spreadsheet.ts'
import { isMadeTable } from '../model/events.ts'
import type { ReadingChoices, SourceFormat } from '../model/source.ts'
import { type Content, openContent } from '../read/containers/content.ts'
import { openTable, type TableOrigin } from '../read/table.ts'
import type { RecordView } from '../read/text/record-view.ts'

export interface RejectTotals {
  /** Records (lines that are not blank, for NDJSON) in the file. */
  readonly read: number
  readonly accepted: number
  readonly rejected: number
}

export type RejectUpdate =
  /** Bytes of the file, unchanged, to be written one after the other: the lines above the first record, then each rejected record. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Lines of the list: record, line, byte, codes; sheet, row, record and codes for a workbook. */
  | { readonly kind: 'codes'; readonly text: string }
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'end'; readonly totals: RejectTotals }

export interface RejectInput {
  readonly source: ByteSource
  readonly format: SourceFormat | null
  readonly reading: ReadingChoices
  /** Codes that reject a record (of a table) or a line (of NDJSON); empty for what is accepted. */
  readonly codesOf: (number: number) => readonly string[]
}

const head = 'record,line,byte,codes\r\n'
/** Bytes of a workbook are packed, so that a record is found by its row in the sheet. */
const sheetHead = 'sheet,row,record,codes\r\n'
const LF = 10
const CR = 13

/** Streams the file again. Accepted and rejected records together are all that were read. */
export function rejectsOf(input: RejectInput, signal: AbortSignal): AsyncGenerator<RejectUpdate> {
  return input.format === 'ndjson' ? rejectedLines(input, signal) : rejectedRows(input, signal)
}

interface Range {
  readonly from: number
  readonly to: number
}

async function* rejectedRows({ source, reading, codesOf }: RejectInput, signal: AbortSignal): AsyncGenerator<RejectUpdate> {
  const content = await contentOf(source, reading, signal)
  const { tableNumber = 1, ...rest } = content.reading
  const origin = await originOf(content.source, rest, tableNumber, signal)
  const table = await openTable(content.source, rest, 0, signal, origin)
  const bytes = new ForwardReader(content.source)
  const sheet = isMadeTable(content.within) ? (content.within?.name ?? '') : null
  let ranges: Range[] = []
  let lines = sheet === null ? head : sheetHead
  let read = 0
  let rejected = 0
  const record = (view: RecordView, _whole: boolean, byteOf: (index: number) => number): void => {
    // Whatever stands above the first record goes first, so that the rejects are a file with the same header.
    if (read === 0) ranges.push({ from: origin?.byte ?? 0, to: byteOf(view.start) })
    read++
    const codes = codesOf(view.record)
    if (codes.length === 0) return
    rejected++
    const from = byteOf(view.start)
    ranges.push({ from, to: byteOf(afterNewline(view)) })
    const place = sheet === null ? [view.record, view.line, from] : [sheet, view.line, view.record]
    lines += `${csvLine([...place, codes.join(' ')], 'machine')}\r\n`
  }
  const found = async function* (): AsyncGenerator<RejectUpdate> {
    for (const range of ranges) yield* bytes.copy(range, signal)
    if (lines !== '') yield { kind: 'codes', text: lines }
    ranges = []
    lines = ''
  }
  for await (const done of table.read({ record, problem() {}, end() {} }, signal)) {
    yield* found()
    yield { kind: 'progress', done }
  }
  yield* found()
  yield { kind: 'end', totals: { read, accepted: read - rejected, rejected } }
}

/** Where the wanted table of a file begins; undefined for the first one. The tables before it are passed over. */
async function originOf(
  source: ByteSource,
  reading: ReadingChoices,
  wanted: number,
  signal: AbortSignal,
): Promise<TableOrigin | undefined> {
  let at: TableOrigin | undefined
  while ((at?.table ?? 1) < wanted) {
    const before = await openTable(source, reading, 0, signal, at)
    for await (const _ of before.read({ record() {}, problem() {}, end() {} }, signal)) stopIfAborted(signal)
    const next = before.next()
    if (next === null) throw new Error(`${source.name} has no table ${wanted} any more`)
    at = next
  }
  return at
}

/** What is inside a container is what was checked: its records, never slices of packed bytes. */
async function contentOf(
  source: ByteSource,
  reading: ReadingChoices,
  signal: AbortSignal,
): Promise<Pick<Content, 'source' | 'reading' | 'within'>> {
  const opened = await openContent(source, reading, signal)
  return opened.kind === 'content' ? opened.content : { source, reading, within: null }
}

/** The line break goes with its record, as it is in the file. */
function afterNewline({ bytes, end }: RecordView): number {
  let at = end
  if (bytes[at] === CR) at++
  if (bytes[at] === LF) at++
  return at
}

async function* rejectedLines(given: RejectInput, signal: AbortSignal): AsyncGenerator<RejectUpdate> {
  const { codesOf } = given
  const { source } = await contentOf(given.source, given.reading, signal)
  let [line, byte, read, rejected, done] = [1, 0, 0, 0, 0]
  let blank = true
  let codes = codesOf(1)
  yield { kind: 'codes', text: head }
  for await (const chunk of source.stream()) {
    stopIfAborted(signal)
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf(LF, at)
      const part = chunk.subarray(at, end < 0 ? chunk.length : end + 1)
      if (blank) blank = isBlank(part)
      if (codes.length > 0) yield { kind: 'bytes', bytes: part.slice() }
      at += part.length
      done += part.length
      if (end < 0 && done < source.size) continue
      if (!blank) read++
      if (!blank && codes.length > 0) {
        rejected++
        yield { kind: 'codes', text: `${csvLine([read, line, byte, codes.join(' ')], 'machine')}\r\n` }
      }
      ;[line, byte, blank] = [line + 1, done, true]
      codes = codesOf(line)
    }
    yield { kind: 'progress', done }
  }
  yield { kind: 'end', totals: { read, accepted: read - rejected, rejected } }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 32 || byte === 9 || byte === CR || byte === LF)
}

/** Gives ranges of a source that only go forward, reading the source once. */
class ForwardReader {
  private readonly chunks: AsyncIterator<Uint8Array>
  private chunk: Uint8Array = new Uint8Array(0)
  private base = 0

  constructor(source: ByteSource) {
    this.chunks = source.stream()[Symbol.asyncIterator]()
  }

  async *copy({ from, to }: Range, signal: AbortSignal): AsyncGenerator<RejectUpdate> {
    for (let at = from; at < to; ) {
      stopIfAborted(signal)
      if (at >= this.base + this.chunk.length) {
        this.base += this.chunk.length
        const next = await this.chunks.next()
        if (next.done === true) return
        this.chunk = next.value
        continue
      }
      const end = Math.min(to, this.base + this.chunk.length)
      yield { kind: 'bytes', bytes: this.chunk.slice(at - this.base, end - this.base) }
      at = end
    }
  }
}
