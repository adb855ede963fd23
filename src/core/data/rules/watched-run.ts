/** A run of records under the watches of its columns: each cell is shaped once, and each watch takes the cells that it cares for together. */
import { isBlank, isSuspect, listSuspects } from '../checks/bytes/suspect.ts'
import { Cell } from '../checks/contract/check.ts'
import { cellTraits } from '../checks/contract/column-check.ts'
import { anyTrait, audience, WatchedCells } from '../checks/contract/watched-cells.ts'
import { mostRecords, type RecordBlock } from '../read/records/record-block.ts'
import { CONTROL } from '../read/text/high-bytes.ts'
import { HIGH } from '../read/text/record-view.ts'
import type { RuledTable } from './ruled-table.ts'
import { shapeOf } from './shape.ts'
import { listAll, listMarked, SaidInBlock, watched } from './watch-block.ts'
import type { Column, Watching } from './watching.ts'

export class WatchedRun {
  readonly said = new SaidInBlock<Watching>()
  private readonly table: RuledTable
  private readonly columns: readonly Column[]
  private readonly cell: Cell
  private readonly cells = new WatchedCells(mostRecords)
  private readonly rows = new Int32Array(mostRecords)
  /** The watch that takes its cells, and its column. */
  private watching: Watching | null = null
  private index = 0

  constructor(table: RuledTable, columns: readonly Column[]) {
    this.table = table
    this.columns = columns
    this.cell = new Cell(table.texts)
    this.cells.show = (at) => this.show(at)
  }

  /** Shows the cells of rows `from` up to `to` in one column to all who watch it. */
  seeWhole(block: RecordBlock, index: number, from: number, to: number): void {
    this.cells.clear(block.bytes, this.table.texts)
    this.addSample(block, index, from, to, 1)
    this.showAll(index)
  }

  /**
   * Shows those of the sample to all, and of the others the ones that can be damaged by themselves or were asked for. `marks` hold which
   * records the checks of cells did not pass.
   */
  seeSampled(block: RecordBlock, index: number, from: number, to: number, marks: Uint8Array, mask: number): void {
    this.cells.clear(block.bytes, this.table.texts)
    this.gather(block, index, from, to, marks, mask, true)
    this.showAll(index)
  }

  /** As `seeSampled`, for a task that knows a stretch of the table alone: the records of cells that would be shown are marked, without those of the sample. */
  sieve(block: RecordBlock, index: number, from: number, to: number, marks: Uint8Array, mask: number): void {
    const { cells } = this
    cells.clear(block.bytes, this.table.texts)
    this.gather(block, index, from, to, marks, mask, false)
    for (const { check, audiences } of (this.columns[index] as Column).watches) {
      const many = cells.pick(check.shapes, anyTrait, audiences)
      for (let i = 0; i < many; i++) {
        const row = cells.rows[cells.picked[i] as number] as number
        marks[row] = (marks[row] as number) | watched
      }
    }
  }

  /** In the order of the records: a watch numbers the places that it wants as it is shown them. */
  private gather(
    block: RecordBlock,
    index: number,
    from: number,
    to: number,
    marks: Uint8Array,
    mask: number,
    withSample: boolean,
  ): void {
    const { table, rows, cells } = this
    const { alwaysShapes, asked, settled, nullStarts } = this.columns[index] as Column
    const { bytes, starts, ends, flags, first, width } = block
    const { isUtf8 } = table.texts
    const isWatched = asked || settled.length > 0
    let sample = from + (-(block.record + from) & mask)
    const many = isWatched || alwaysShapes !== 0 ? this.listRows(block, index, from, to, marks, isWatched) : 0
    for (let i = 0; i < many; i++) {
      const row = rows[i] as number
      if (sample <= row) {
        if (withSample) this.addSample(block, index, sample, row + 1, mask + 1)
        sample += ((row - sample) | mask) + 1
      }
      if (((block.record + row) & mask) === 0) continue
      const at = (first + row) * width + index
      const start = starts[at] as number
      const end = ends[at] as number
      if (start === end || (nullStarts[bytes[start] as number] !== 0 && table.isNullCell(bytes, start, end, index))) continue
      const shape = shapeOf(bytes, start, end)
      const cellFlags = flags[at] as number
      const isShown = (shape & alwaysShapes) !== 0 && (asked || isSuspect(bytes, start, end, cellFlags, isUtf8))
      const seenBy = (isShown ? audience.suspects : 0) | (settled.length > 0 ? audience.settled : 0)
      if (seenBy !== 0) cells.add(row, start, end, cellFlags, shape, everyTrait, seenBy)
    }
    if (withSample && sample < to) this.addSample(block, index, sample, to, mask + 1)
  }

  /** Rows that may hold more than the sample. */
  private listRows(block: RecordBlock, index: number, from: number, to: number, marks: Uint8Array, isWatched: boolean): number {
    const { table, rows } = this
    if (isWatched) return listAll(from, to, rows)
    // Of most columns a cell that passed its checks is no suspect.
    if (table.excludesSuspects(index)) return listMarked(marks, from, to, rows)
    const { bytes, starts, ends, flags, first, width, kernels, traits } = block
    const { isUtf8 } = table.texts
    const at = first * width + index
    if (kernels === null || !isUtf8 || (traits & CONTROL) !== 0)
      return listSuspects({ bytes, starts, ends, flags, at, step: width, count: to }, from, isUtf8 ? traits : -1, rows)
    const many = kernels.suspects({ at: at + from * width, step: width, count: to - from })
    for (let i = 0; i < many; i++) rows[i] = from + (kernels.found[i] as number)
    return many
  }

  /** Adds every `step`th cell of a column. */
  private addSample(block: RecordBlock, index: number, from: number, to: number, step: number): void {
    const { table, cells } = this
    const column = this.columns[index] as Column
    const { nullStarts } = column
    const { bytes, starts, ends, flags, first, width } = block
    const mayControl = !table.texts.isUtf8 || (block.traits & CONTROL) !== 0
    const ofBlock = block.mayHoldCodes ? cellTraits.code : 0
    let filled = 0
    for (let row = from; row < to; row += step) {
      const at = (first + row) * width + index
      const start = starts[at] as number
      const end = ends[at] as number
      if (start === end || (nullStarts[bytes[start] as number] !== 0 && table.isNullCell(bytes, start, end, index))) continue
      filled++
      const cellFlags = flags[at] as number
      let traits = ofBlock
      if (mayControl && (cellFlags & HIGH) !== 0) traits |= cellTraits.control
      if (isBlank(bytes[start] as number) || isBlank(bytes[end - 1] as number)) traits |= cellTraits.outer
      cells.add(row, start, end, cellFlags, shapeOf(bytes, start, end), traits, audience.sample)
    }
    column.sampled += filled
  }

  /** Shows the cells that were added to those who watch the column. */
  private showAll(index: number): void {
    const { cells } = this
    if (cells.count === 0) return
    this.index = index
    for (const watching of (this.columns[index] as Column).watches) {
      const { check, watch, audiences } = watching
      const many = cells.pick(check.shapes, check.needs ?? anyTrait, audiences)
      if (many === 0) continue
      this.watching = watching
      if (watch.seeAll) watch.seeAll(cells)
      else for (let i = 0; i < many; i++) this.show(cells.picked[i] as number)
    }
  }

  /** Shows one cell; what is to be said of it waits until the patient of its record is known. */
  private show(at: number): void {
    const { cell, cells, index } = this
    const watching = this.watching as Watching
    const { watch } = watching
    cell.set(cells.bytes, cells.starts[at] as number, cells.ends[at] as number, cells.flags[at] as number)
    const evidence = watch.see(cell, cells.shapes[at] as number)
    const wanted = watch.wanted === true
    if (wanted) watch.wanted = false
    if (wanted || evidence !== null) this.said.add(cells.rows[at] as number, index, watching, wanted, evidence)
  }
}

/** Of a cell whose traits nobody looked at. */
const everyTrait = Object.values(cellTraits).reduce((all, trait) => all | trait, 0)
