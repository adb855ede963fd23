/** A long file of lines judged by several threads: blocks are dealt out as threads are free, and taken in the order of the file. */
import { type ByteSource, stopIfAborted } from '../../operation.ts'
import { type LineBlock, LineBlocks } from '../read/line-blocks.ts'
import { endOfLines, heldLine } from '../read/ndjson.ts'
import type { LinesEvent } from '../validation.ts'
import type { BlockJudge, HelperContext } from './block-judge.ts'
import { type JudgedBlock, moved } from './judged-block.ts'
import type { PlacedSighting } from './visit.ts'
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
  readonly own: () => BlockJudge
  readonly take: (block: JudgedBlock, input: number, before: number) => Iterable<PlacedSighting>
  readonly add: (totals: WalkTotals) => void
}

/** Small enough that nobody waits long for the last block of a file. */
const blockBytes = 128 << 10
/** Blocks that lie with a helper: one at hand, others to go on with. */
const mostAhead = 3
/** Blocks that were begun and not taken yet, of all threads. */
const mostHeld = 32

interface Dealt {
  readonly bytes: number
  judged: JudgedBlock | null
  readonly done: Promise<void>
}

export class SpreadLines {
  private helpers: { readonly helper: BlockHelper; waiting: number; isUsed: boolean }[] | null = null
  private own: BlockJudge | null = null
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
    const deal = async function* (this: SpreadLines, all: Iterable<LineBlock>): AsyncGenerator<LinesEvent> {
      for (const block of all) {
        stopIfAborted(signal)
        dealt.push(await this.deal(block, input))
        while (dealt[0] && (dealt[0].judged !== null || dealt.length >= mostHeld)) {
          await dealt[0].done
          yield* take(dealt[0])
          dealt.shift()
        }
      }
    }.bind(this)
    for await (const chunk of source.passing?.() ?? source.stream()) {
      bytesSeen(chunk)
      bytes += chunk.length
      yield* deal(blocks.push(chunk))
    }
    yield* deal(blocks.end())
    for (const block of dealt) {
      await block.done
      stopIfAborted(signal)
      yield* take(block)
    }
    for (const event of endOfLines(counts, input, bytes)) if (event.kind !== 'resources' && event.kind !== 'frame') yield event
  }

  /** Adds what helpers counted; once, when all is read. */
  async settle(): Promise<void> {
    // One that failed meanwhile rejects: without its counts the report would be wrong.
    for (const { helper, isUsed } of this.helpers ?? []) if (isUsed) this.run.add(await helper.totals())
    this.close()
  }

  close(): void {
    for (const { helper } of this.helpers ?? []) helper.close()
    this.helpers = []
  }

  /** To a helper that is free, else judged here and now. */
  private async deal(block: LineBlock, input: number): Promise<Dealt> {
    const bytes = block.bytes.length + block.tooLong
    const free = this.helpers?.find(({ helper, waiting }) => helper.isReady && waiting < mostAhead)
    if (free === undefined) {
      this.own ??= this.run.own()
      const judged = this.own.judge(block, input)
      await this.helpers?.[0]?.helper.pause()
      return { bytes, judged, done: Promise.resolve() }
    }
    free.waiting++
    free.isUsed = true
    const answer = free.helper.judge(block, input)
    const one: Dealt = {
      bytes,
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
