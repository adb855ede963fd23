/** Judges of lines in other threads: what goes over the wire, the same for a page and the command line. */
import { createBlockJudge, type HelperContext } from '../../core/data/fhir/block-judge.ts'
import type { JudgedBlock } from '../../core/data/fhir/block-message.ts'
import type { BlockHelper } from '../../core/data/fhir/spread-lines.ts'
import type { WalkTotals } from '../../core/data/fhir/walk.ts'
import type { LineBlock } from '../../core/data/read/json/line-blocks.ts'

/** How two threads speak to each other on this platform. */
export interface Wire {
  send(message: unknown, transfer: readonly ArrayBuffer[]): void
  /** @param lost is told when a message could not be read, and where the platform knows it, when the other side has ended */
  hear(told: (message: unknown) => void, lost: (error: Error) => void): void
  close(): void
}

type Asked =
  | { readonly kind: 'open'; readonly context: HelperContext }
  | { readonly kind: 'judge'; readonly block: LineBlock; readonly input: number }
  | { readonly kind: 'totals' }

type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'judged'; readonly block: JudgedBlock }
  | { readonly kind: 'totals'; readonly totals: WalkTotals }
  | { readonly kind: 'failed'; readonly message: string }

/** A message that came and could not be read: whoever waits for it would wait for ever. */
export const unreadable = (): Error => new Error('A message between threads that judge records could not be read')

/** Files from which another thread pays: it loads the definitions for itself and has to warm up. */
export const spreadFrom = 8 << 20
/** Beyond these the thread that reads and collects is what all wait for. */
const mostHelpers = 3

/** How many helpers a run over so many bytes is given; this thread judges as well. */
export function helpersFor(bytes: number, cores: number): number {
  return bytes < spreadFrom ? 0 : Math.max(0, Math.min(mostHelpers, cores - 1))
}

/** The other side: answers in the order in which it is asked. */
export function answerBlocks(wire: Wire): void {
  let judge: Awaited<ReturnType<typeof createBlockJudge>> | null = null
  const answer = (message: Answer, transfer: readonly ArrayBuffer[] = []): void => wire.send(message, transfer)
  const take = async (asked: Asked): Promise<void> => {
    if (asked.kind === 'open') {
      judge = await createBlockJudge(asked.context)
      answer({ kind: 'ready' })
    } else if (judge === null) throw new Error('asked before it was opened')
    else if (asked.kind === 'totals') answer({ kind: 'totals', totals: judge.totals() })
    else {
      const block = judge.judge(asked.block, asked.input)
      answer({ kind: 'judged', block }, [block.rows.buffer, block.open.buffer])
    }
  }
  wire.hear(
    (message) => {
      take(message as Asked).catch((error: unknown) => answer({ kind: 'failed', message: String(error) }))
    },
    ({ message }) => answer({ kind: 'failed', message }),
  )
}

/** This side of one such thread. */
export class WiredHelper implements BlockHelper {
  isReady = false
  private readonly waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = []
  private failure: Error | null = null
  private readonly wire: Wire
  readonly pause: () => Promise<void>

  /** @param pause lets messages of other threads come in */
  constructor(wire: Wire, context: HelperContext, pause: () => Promise<void>) {
    this.wire = wire
    this.pause = pause
    wire.hear(
      (message) => {
        const answer = message as Answer
        const first = this.waiting.shift()
        if (answer.kind === 'failed') first?.reject(new Error(`A thread that judges records failed: ${answer.message}`))
        else first?.resolve(answer)
      },
      (error) => this.fail(error),
    )
    this.ask({ kind: 'open', context }).then(
      () => {
        this.isReady = this.failure === null
      },
      () => undefined,
    )
  }

  async judge(block: LineBlock, input: number): Promise<JudgedBlock> {
    const answer = await this.ask({ kind: 'judge', block, input }, [block.bytes.buffer])
    if (answer.kind !== 'judged') throw new Error('A thread that judges records answered something else')
    return answer.block
  }

  async totals(): Promise<WalkTotals> {
    const answer = await this.ask({ kind: 'totals' })
    if (answer.kind !== 'totals') throw new Error('A thread that judges records answered something else')
    return answer.totals
  }

  /** The thread is gone: what it was asked fails, and it is asked no more. */
  fail(error: Error): void {
    this.failure ??= error
    this.isReady = false
    for (const { reject } of this.waiting.splice(0)) reject(error)
  }

  close(): void {
    this.fail(new Error('The thread was ended'))
    this.wire.close()
  }

  private ask(asked: Asked, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    if (this.failure !== null) return Promise.reject(this.failure)
    const answer = new Promise<Answer>((resolve, reject) => this.waiting.push({ resolve, reject }))
    this.wire.send(asked, transfer)
    return answer
  }
}
