/** The reader's side of blocks that other threads index ahead: a block is taken where one begins exactly at the record that is read next. */
import type { ByteSource } from '../../../operation.ts'
import { type AheadAsk, type AheadForm, AheadRing, type AheadSlot, shared, sharedBytes } from './ahead-slots.ts'
import type { Cells, ColumnQuestion, Kernels } from './column-kernels.ts'

/** Threads at work ahead of one reader. */
export interface Ahead {
  readonly blocks: AheadBlocks
  close(): Promise<void>
}

/** What the host offers; null where other threads can not read the source, or where they do not pay. */
export type OpenAhead = (source: ByteSource, form: AheadForm) => Ahead | null

export class AheadBlocks {
  /** Where the next block behind the place that was asked for last begins. */
  next = Number.POSITIVE_INFINITY
  /** Shared with the threads: one for all of them, and a ring for each. */
  readonly common: SharedArrayBuffer
  readonly memories: readonly SharedArrayBuffer[]
  private readonly control: Int32Array
  private readonly rings: readonly AheadRing[]
  private readonly answers = new Map<AheadSlot, KeptAnswers>()
  private readonly form: AheadForm

  constructor(form: AheadForm, threads: number) {
    this.form = form
    this.common = new SharedArrayBuffer(sharedBytes)
    this.control = new Int32Array(this.common)
    this.memories = Array.from({ length: threads }, () => AheadRing.memoryFor(form))
    this.rings = this.memories.map((memory) => new AheadRing(memory, form))
  }

  /** The block that begins at this offset of the stream; all before it may be written over. */
  at(offset: number): AheadSlot | null {
    Atomics.store(this.control, shared.reader, Math.floor(offset / 1024))
    this.next = Number.POSITIVE_INFINITY
    let found: AheadSlot | null = null
    for (const ring of this.rings) {
      const { written, freed } = ring
      let number = freed
      while (number < written && ring.slot(number).start < offset) number++
      if (number > freed) {
        Atomics.store(ring.control, shared.freed, number)
        Atomics.notify(ring.control, shared.freed)
      }
      if (number === written) continue
      const slot = ring.slot(number)
      if (slot.start === offset) found = slot
      else this.next = Math.min(this.next, slot.start)
    }
    if (found) this.recall(found)
    return found
  }

  /** No more blocks are wanted: threads that wait for room go on to their end. */
  stop(): void {
    Atomics.store(this.control, shared.stop, 1)
    for (const { control } of this.rings) Atomics.notify(control, shared.freed)
  }

  private recall(slot: AheadSlot): void {
    const block = slot.recall()
    const answers = this.answers.get(slot) ?? new KeptAnswers(slot, this.form.asks)
    this.answers.set(slot, answers)
    block.kernels = answers
  }
}

/** What another thread asked of the cells of a block; of what it was not asked, no cell is settled. */
export class KeptAnswers implements Kernels {
  /** The same array for all answers, as of the kernel. */
  readonly found: Int32Array
  empty = 0
  private readonly slot: AheadSlot
  private readonly ofColumn: readonly (readonly { readonly ask: AheadAsk; readonly at: number }[])[]

  constructor(slot: AheadSlot, asks: readonly AheadAsk[]) {
    this.slot = slot
    this.found = new Int32Array(slot.block.room)
    this.ofColumn = Array.from({ length: slot.block.width }, (_, column) =>
      asks.map((ask, at) => ({ ask, at })).filter(({ ask }) => ask.column === column),
    )
  }

  ask(question: ColumnQuestion, cells: Cells): number {
    return this.list(cells, (ask) => ask.kind === 'question' && ask.question === question)
  }

  blanks(_firstBytes: Uint8Array, withEmpty: boolean, cells: Cells): number {
    // Never unknown: the reader asks it of every column.
    const many = this.list(cells, (ask) => ask.kind === 'blanks' && ask.withEmpty === withEmpty)
    this.empty = this.emptyIn(cells)
    return many
  }

  ordered(cells: Cells): number {
    return this.list(cells, ({ kind }) => kind === 'ordered')
  }

  suspects(cells: Cells): number {
    return this.list(cells, ({ kind }) => kind === 'suspects')
  }

  private list({ at, step, count }: Cells, isIt: (ask: AheadAsk) => boolean): number {
    const { slot, found } = this
    const { room } = slot.block
    const known = this.ofColumn[at % step]?.find(({ ask }) => isIt(ask))
    if (!known) return this.listFilled(at, step, count)
    const first = Math.floor(at / step)
    const from = known.at * room
    const many = slot.counts[2 * known.at] as number
    if (first === 0 && count === slot.block.count) {
      found.set(slot.rows.subarray(from, from + many))
      return many
    }
    let listed = 0
    for (let k = from; k < from + many; k++) {
      const row = (slot.rows[k] as number) - first
      if (row >= 0 && row < count) found[listed++] = row
    }
    return listed
  }

  private listFilled(at: number, step: number, count: number): number {
    const { starts, ends } = this.slot.block
    let listed = 0
    for (let row = 0, cell = at; row < count; row++, cell += step) if (starts[cell] !== ends[cell]) this.found[listed++] = row
    return listed
  }

  private emptyIn({ at, step, count }: Cells): number {
    const { slot } = this
    const known = this.ofColumn[at % step]?.find(({ ask }) => ask.kind === 'blanks')
    if (known && at < step && count === slot.block.count) return slot.counts[2 * known.at + 1] as number
    const { starts, ends } = slot.block
    let empty = 0
    for (let row = 0, cell = at; row < count; row++, cell += step) if (starts[cell] === ends[cell]) empty++
    return empty
  }
}
