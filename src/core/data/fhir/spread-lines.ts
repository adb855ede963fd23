/** A long file of lines judged by several threads: blocks are dealt out as threads are free, and taken in the order of the file. */
import { type ByteSource, Cancelled, stopIfAborted } from '../../operation.ts'
import { type LineBlock, LineBlocks } from '../read/json/line-blocks.ts'
import { endOfLines, heldLine } from '../read/json/ndjson.ts'
import { type BlockJudge, beginsWhole, type HelperContext } from './block-judge.ts'
import { type JudgedBlock, moved } from './block-message.ts'
import type { LinesEvent } from './visit/run-contract.ts'
import type { PlacedSighting } from './visit/visit.ts'
import type { WalkTotals } from './walk.ts'

/** Another thread that judges blocks. */
export interface BlockHelper {
  /** False until it has its definitions, and again once it failed. */
  readonly isReady: boolean
  judge(block: LineBlock, input: number): Promise<JudgedBlock>
  /** What it counted in all. */
  totals(): Promise<WalkTotals>
  /** Lets what other threads sent come in. */
  pause(): Promise<void>
  close(): void
}

export type OpenHelpers = (context: HelperContext) => readonly BlockHelper[]

interface Run {
  readonly open: () => readonly BlockHelper[]
  /** The judge of this thread, which counts into the run itself. */
  readonly own: () => Pick<BlockJudge, 'judge'>
  readonly take: (block: JudgedBlock, input: number, before: number) => Iterable<PlacedSighting>
  readonly add: (totals: WalkTotals) => void
}

/** Small enough that nobody waits long for the last block of a file. */
const blockBytes = 128 << 10
/** Blocks that lie with a helper: one at hand, others to go on with. */
const mostAhead = 3
/** Blocks that were begun and not taken yet, of all threads. */
const mostHeld = 32
/** Bytes of these, so that many long lines do not fill the memory; a single longer one is begun when no other is. */
export const mostBytes = 8 << 20

interface Dealt {
  /** Of the file, and of them those that were read. */
  readonly bytes: number
  readonly held: number
  judged: JudgedBlock | null
  readonly done: Promise<void>
}

export class SpreadLines {
  private helpers: { readonly helper: BlockHelper; waiting: number; isUsed: boolean }[] | null = null
  private own: ReturnType<Run['own']> | null = null
  private readonly run: Run

  constructor(run: Run) {
    this.run = run
  }

  async *read(
    source: ByteSource,
    input: number,
    signal: AbortSignal,
    bytesSeen: (chunk: Uint8Array) => void,
  ): AsyncGenerator<LinesEvent> {
    this.helpers ??= this.run.open().map((helper) => ({ helper, waiting: 0, isUsed: false }))
    const blocks = new LineBlocks(blockBytes, heldLine)
    const counts = { records: 0, lines: 0, lost: 0 }
    const dealt: Dealt[] = []
    let bytes = 0
    let taken = 0
    const take = function* (this: SpreadLines, block: Dealt): Generator<LinesEvent> {
      const { judged } = block
      if (judged === null) return
      taken += block.bytes
      for (const problem of judged.problems)
        yield { kind: 'problem', problem: { ...problem, sighting: moved(problem.sighting, counts.records) } }
      yield { kind: 'judged', sightings: this.run.take(judged, input, counts.records), types: judged.types, done: taken }
      counts.records += judged.records
      counts.lines += judged.lines
      counts.lost += judged.lost
    }.bind(this)
    const first = async function* (): AsyncGenerator<LinesEvent> {
      const block = dealt[0]
      if (block === undefined) return
      await unlessStopped(block.done, signal)
      yield* take(block)
      dealt.shift()
    }
    const deal = async function* (this: SpreadLines, all: Iterable<LineBlock>): AsyncGenerator<LinesEvent> {
      for (const block of all) {
        stopIfAborted(signal)
        while (dealt.reduce((sum, { held }) => sum + held, block.bytes.length) > mostBytes && dealt.length > 0) yield* first()
        dealt.push(await this.deal(block, input))
        while (dealt[0] && (dealt[0].judged !== null || dealt.length >= mostHeld)) yield* first()
      }
    }.bind(this)
    for await (const chunk of source.passing?.() ?? source.stream()) {
      bytesSeen(chunk)
      bytes += chunk.length
      yield* deal(blocks.push(chunk))
    }
    yield* deal(blocks.end())
    while (dealt.length > 0) yield* first()
    for (const event of endOfLines(counts, input, bytes)) if (event.kind !== 'resources' && event.kind !== 'frame') yield event
  }

  /** Adds what helpers counted; once, when all is read. */
  async settle(signal: AbortSignal): Promise<void> {
    // One that failed meanwhile rejects: without its counts the report would be wrong.
    for (const { helper, isUsed } of this.helpers ?? []) {
      if (!isUsed) continue
      // Before anything is asked for: nobody would hear the answer.
      stopIfAborted(signal)
      this.run.add(await unlessStopped(helper.totals(), signal))
    }
    this.close()
  }

  close(): void {
    for (const { helper } of this.helpers ?? []) helper.close()
    this.helpers = []
  }

  /** To a helper that is free, else judged here and now; so is what a helper would only read and send back. */
  private async deal(block: LineBlock, input: number): Promise<Dealt> {
    const held = block.bytes.length
    const bytes = held + block.tooLong
    const free = beginsWhole(block)
      ? undefined
      : this.helpers?.find(({ helper, waiting }) => helper.isReady && waiting < mostAhead)
    if (free === undefined) {
      this.own ??= this.run.own()
      const judged = this.own.judge(block, input)
      await this.helpers?.[0]?.helper.pause()
      return { bytes, held, judged, done: Promise.resolve() }
    }
    free.waiting++
    free.isUsed = true
    const answer = free.helper.judge(block, input)
    const one: Dealt = {
      bytes,
      held,
      judged: null,
      done: answer.then((judged) => {
        one.judged = judged
        free.waiting--
      }),
    }
    // A failure is told where the block is taken.
    one.done.catch(() => undefined)
    return one
  }
}

/** Waits for another thread as long as the run goes on: it may be gone without a word. */
async function unlessStopped<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  stopIfAborted(signal)
  let stop = (): void => undefined
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new Cancelled())
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([answer, stopped])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
