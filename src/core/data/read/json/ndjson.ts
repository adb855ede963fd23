/** Newline-delimited JSON, one value per line: a bad line costs itself, a torn last line is told, blank lines are counted. */
import { type ByteSource, stopIfAborted } from '../../../operation.ts'
import type { ReadProblem, ResourceEvent } from '../../model/events.ts'
import { problemIn } from '../../model/read-problem.ts'
import type { ResourceRecord } from '../../model/record.ts'
import type { LineBlock } from './line-blocks.ts'
import { type JsonPlace, parseJson, resourceOf } from './resources.ts'

const LF = 10
/** Longest line that is held; a longer one is passed over and reported. */
export const heldLine = 64 << 20

/** Records are handed on after so many bytes: small enough that they are gone before the garbage collector moves them. */
const stretchBytes = 64 << 10

/** Lines are judged before more than this is read. */
const judgedBytes = 128 << 10

/** True for a line that is of no interest: it counts as a record and is not parsed. For those who know what they look for. */
export type PassOver = (line: Uint8Array) => boolean

export async function* readNdjson(
  source: ByteSource,
  signal: AbortSignal,
  input: number,
  bytesSeen?: (chunk: Uint8Array) => void,
  passOver?: PassOver,
): AsyncGenerator<ResourceEvent> {
  const counts = yield* readLines(source, {}, signal, input, bytesSeen, passOver)
  yield* endOfLines(counts, input, counts.bytes)
}

/** Where whole lines of a file begin, how many there are before them, and where they end. */
export interface LineStretch {
  readonly byte?: number
  readonly line?: number
  readonly to?: number
}

/** Shows all lines to a judge as they are read; gives the bytes done, and what the reader itself has to say. */
export async function* readJudged(
  source: ByteSource,
  signal: AbortSignal,
  input: number,
  bytesSeen: (chunk: Uint8Array) => void,
  judge: LineJudge,
): AsyncGenerator<{ readonly done: number; readonly problems: readonly ReadProblem[] }, LineCounts & { readonly bytes: number }> {
  const reader = new LineReader(input, undefined, 0, 0, judge)
  let bytes = 0
  for await (const chunk of source.passing?.() ?? source.stream()) {
    stopIfAborted(signal)
    bytesSeen(chunk)
    for (let at = 0; at < chunk.length; at += judgedBytes) {
      const stretch = chunk.subarray(at, at + judgedBytes)
      bytes += stretch.length
      reader.push(stretch)
      yield { done: bytes, problems: reader.problems }
      reader.problems = []
    }
  }
  reader.end()
  yield { done: bytes, problems: reader.problems }
  const { records, lines, lost } = reader
  return { records, lines, lost, bytes }
}

/** Some lines of a file; records are numbered from 1 within them, lines and bytes as in the file. */
export async function* readLines(
  source: ByteSource,
  { byte = 0, line = 0, to }: LineStretch,
  signal: AbortSignal,
  input: number,
  bytesSeen?: (chunk: Uint8Array) => void,
  passOver?: PassOver,
): AsyncGenerator<ResourceEvent, LineCounts & { readonly bytes: number }> {
  const reader = new LineReader(input, passOver, byte, line)
  let bytes = 0
  for await (const chunk of source.passing?.(byte, to) ?? source.stream(byte, to)) {
    stopIfAborted(signal)
    bytesSeen?.(chunk)
    for (let at = 0; at < chunk.length; at += stretchBytes) {
      const stretch = chunk.subarray(at, at + stretchBytes)
      bytes += stretch.length
      reader.push(stretch)
      yield* reader.take(bytes)
    }
  }
  reader.end()
  yield* reader.take(bytes)
  const { records, lines, lost } = reader
  return { records, lines: lines - line, lost, bytes }
}

/** What was read of some lines. */
export interface LineCounts {
  readonly records: number
  readonly lines: number
  readonly lost: number
}

export function* endOfLines({ records, lines, lost }: LineCounts, input: number, bytes: number): Generator<ResourceEvent> {
  const status = bytes === 0 ? 'unreadable' : lost > 0 ? 'partial' : 'read'
  if (records === 0) {
    const problem = problemIn('data/empty-file', { input, header: [] }, null, [{ name: 'bytes', value: bytes }])
    yield { kind: 'problem', problem }
  }
  yield { kind: 'end', status, records, bytes, lines }
}

/** What a block of lines holds; records are numbered from 1 within it, lines and bytes as in the file. */
export interface ReadBlock extends LineCounts {
  readonly problems: readonly ReadProblem[]
}

/** Is shown the lines of a block, in order, while they stand in memory. */
export interface LineJudge {
  /** True for a line that needs no parsing: it counts as a record. */
  settle(line: Uint8Array, place: JsonPlace): boolean
  /** `isWhole`: the reader has nothing to say of the line. */
  see(record: ResourceRecord, line: Uint8Array, isWhole: boolean): void
}

/** Reads whole lines out of the middle of a file. */
export function readBlock({ bytes, byte, line, tooLong }: LineBlock, input: number, judge: LineJudge): ReadBlock {
  const reader = new LineReader(input, undefined, byte, line, judge)
  if (tooLong > 0) reader.passLine(tooLong)
  reader.push(bytes)
  reader.end()
  const { records, lines, lost } = reader
  return { records, lines: lines - line, lost, problems: reader.problems }
}

class LineReader {
  records = 0
  lines: number
  lost = 0
  problems: ReadProblem[] = []
  resources: ResourceRecord[] = []
  private parts: Uint8Array[] = []
  private held = 0
  /** Offset of the first byte of the line at hand. */
  private start: number
  private passing = 0
  private readonly input: number
  private readonly passOver: PassOver | undefined
  private readonly judge: LineJudge | undefined

  /** `byte` and `lines` that come before the first that is pushed. Records are shown to `judge`, without one they are kept. */
  constructor(input: number, passOver?: PassOver, byte = 0, lines = 0, judge?: LineJudge) {
    this.judge = judge
    this.input = input
    this.passOver = passOver
    this.start = byte
    this.lines = lines
  }

  /** A line of so many bytes that nobody holds. */
  passLine(bytes: number): void {
    this.passing = bytes
    this.line(true, null)
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) {
      const end = chunk.indexOf(LF, at)
      const part = chunk.subarray(at, end < 0 ? chunk.length : end)
      // A line that begins and ends in one chunk is read where it stands.
      if (end >= 0 && this.held === 0 && this.passing === 0 && part.length <= heldLine) this.line(true, part)
      else {
        this.hold(part)
        if (end < 0) return
        this.line(true, null)
      }
      at = end + 1
    }
  }

  end(): void {
    if (this.held > 0 || this.passing > 0) this.line(false, null)
  }

  *take(done: number): Generator<ResourceEvent> {
    for (const problem of this.problems) yield { kind: 'problem', problem }
    if (this.resources.length > 0) yield { kind: 'resources', resources: this.resources, done }
    this.problems = []
    this.resources = []
  }

  private hold(part: Uint8Array): void {
    if (this.passing > 0 || this.held + part.length > heldLine) {
      this.passing += this.held + part.length
      this.held = 0
      this.parts = []
      return
    }
    // A chunk belongs to its reader, which may reuse it.
    if (part.length > 0) this.parts.push(part.slice())
    this.held += part.length
  }

  private line(terminated: boolean, whole: Uint8Array | null): void {
    this.lines++
    const length = whole === null ? this.held + this.passing : whole.length
    const byte = this.start
    this.start += length + (terminated ? 1 : 0)
    const bytes = whole ?? join(this.parts, this.held)
    this.parts = []
    this.held = 0
    if (this.passing > 0) {
      this.passing = 0
      this.lose(
        problemIn('data/record-too-long', { input: this.input, header: [] }, { line: this.lines, byte }, [
          { name: 'bytes', value: length },
        ]),
      )
      return
    }
    const mark = byte === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    const end = bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length
    this.value(bytes.subarray(mark, end), byte + mark)
  }

  private value(bytes: Uint8Array, byte: number): void {
    if (isBlank(bytes)) {
      this.problems.push(problemIn('data/blank-line', { input: this.input, header: [] }, { line: this.lines, byte }, []))
      return
    }
    if (this.passOver?.(bytes)) {
      this.records++
      return
    }
    const place = { input: this.input, record: this.records + 1, line: this.lines, byte, length: bytes.length }
    if (this.judge?.settle(bytes, place)) {
      this.records++
      return
    }
    const told = this.problems.length
    const parsed = parseJson(bytes, place)
    this.problems.push(...parsed.problems)
    if (parsed.value === undefined) {
      this.lost++
      return
    }
    const { record, problems } = resourceOf(parsed.value, place, null)
    this.problems.push(...problems)
    if (record === null) {
      this.lost++
      return
    }
    this.records++
    if (this.judge) this.judge.see(record, bytes, this.problems.length === told)
    else this.resources.push(record)
  }

  private lose(problem: ReadProblem): void {
    this.lost++
    this.problems.push(problem)
  }
}

function isBlank(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 32 && bytes[i] !== 9 && bytes[i] !== 13) return false
  return true
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0]
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
