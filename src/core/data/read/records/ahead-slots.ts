/** Blocks that another thread indexes ahead of the reader: where they lie in memory that both threads see, and who may write there. */
import type { ColumnQuestion } from './column-kernels.ts'
import { RecordBlock } from './record-block.ts'

/** One question that will be asked of every block, for a column. */
export type AheadAsk = { readonly column: number } & (
  | { readonly kind: 'question'; readonly question: ColumnQuestion }
  | { readonly kind: 'blanks'; readonly firstBytes: Uint8Array; readonly withEmpty: boolean }
  | { readonly kind: 'ordered' }
  | { readonly kind: 'suspects' }
)

/** What is indexed: the bytes of a file from `origin` on, in a dialect whose quotes are doubled. */
export interface AheadForm {
  /** Bytes before the scanned stream, such as a byte order mark; all other offsets are in the stream. */
  readonly origin: number
  /** Bytes of the stream. */
  readonly size: number
  readonly delimiter: number
  /** -1 for none. */
  readonly quote: number
  readonly width: number
  readonly asks: readonly AheadAsk[]
}

/** Numbers that all threads of a run see, and those of one ring. */
export const shared = {
  /** 1 where nobody waits for blocks any more. */
  stop: 0,
  /** The chunk that is indexed next. */
  chunk: 1,
  /** Where the reader is, in KiB. */
  reader: 2,
  /** Blocks that were written to a ring, and those of them that may be written over. */
  written: 3,
  freed: 4,
} as const
export const sharedBytes = 64

/** Blocks that a thread may be ahead of the reader. */
export const slotsOfRing = 16

/** One block in a ring; the thread that owns the ring writes, the reader reads, and the counts of the ring say whose turn it is. */
export class AheadSlot {
  readonly block: RecordBlock
  /** By question: rows that it listed, and empty cells of its column. */
  readonly counts: Int32Array
  /** By question, each with room for all rows. */
  readonly rows: Int32Array
  private readonly head: Float64Array

  /** @param at a multiple of eight */
  constructor(memory: SharedArrayBuffer, at: number, { width, asks }: AheadForm) {
    let next = at
    const take = (bytes: number): number => {
      const here = next
      next += (bytes + 7) & ~7
      return here
    }
    this.head = new Float64Array(memory, take(64), 8)
    this.block = new RecordBlock(width, {
      numbers: (_, length) => new Int32Array(memory, take(length * 4), length),
      bytes: (_, length) => new Uint8Array(memory, take(length), length),
    })
    this.counts = new Int32Array(memory, take(asks.length * 8), asks.length * 2)
    this.rows = new Int32Array(memory, take(asks.length * this.block.room * 4), asks.length * this.block.room)
    this.end = next
  }

  readonly end: number

  /** Offset of its first byte in the stream. */
  get start(): number {
    return this.head[0] as number
  }

  /** Bytes of its records, the last line break among them. */
  get bytes(): number {
    return this.head[1] as number
  }

  /** Says what the arrays hold. Places in the block count from its first byte. */
  describe(start: number, bytes: number, { count, traits, mayHoldCodes }: RecordBlock): void {
    this.head.set([start, bytes, count, traits, mayHoldCodes ? 1 : 0])
  }

  /** Makes the block what was described. */
  recall(): RecordBlock {
    const { block, head } = this
    block.count = head[2] as number
    block.traits = head[3] as number
    block.mayHoldCodes = head[4] === 1
    return block
  }
}

/** The ring of one thread. */
export class AheadRing {
  readonly control: Int32Array
  private readonly slots: readonly AheadSlot[]

  constructor(memory: SharedArrayBuffer, form: AheadForm) {
    this.control = new Int32Array(memory, 0, sharedBytes / 4)
    const slots: AheadSlot[] = []
    for (let i = 0; i < slotsOfRing; i++) slots.push(new AheadSlot(memory, slots.at(-1)?.end ?? sharedBytes, form))
    this.slots = slots
  }

  static memoryFor(form: AheadForm): SharedArrayBuffer {
    // The places of one slot, counted on a block that is thrown away.
    const { room, width } = new RecordBlock(form.width)
    const arrays = room * width * 9 + room * 13 + form.asks.length * (8 + room * 4)
    return new SharedArrayBuffer(sharedBytes + slotsOfRing * (arrays + 256))
  }

  get written(): number {
    return Atomics.load(this.control, shared.written)
  }

  get freed(): number {
    return Atomics.load(this.control, shared.freed)
  }

  /** The slot of a block by its number. */
  slot(number: number): AheadSlot {
    return this.slots[number % slotsOfRing] as AheadSlot
  }
}
