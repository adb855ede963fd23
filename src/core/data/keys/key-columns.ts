/** Columns of a key in one file, and how their cells become bytes that compare across encodings. */

import type { RecordBlock } from '../read/records/record-block.ts'
import { type CellTexts, textOf } from '../read/text/cell-text.ts'
import { ESCAPED, HIGH, RecordView } from '../read/text/record-view.ts'
import type { KeyHash } from './fingerprint.ts'
import type { KeyBatch } from './key-batch.ts'
import { isPlain, type KeyRule, normaliseKey, plainKey } from './normalise.ts'

const encoder = new TextEncoder()
const space = 32

/** True where a cell of the column says "nothing recorded". */
export type NullTest = (bytes: Uint8Array, start: number, end: number, column: number) => boolean

export class KeyColumns {
  readonly fields: readonly string[]
  readonly rule: KeyRule
  private readonly columns: readonly number[]
  private readonly isNull: NullTest
  /** One record of a block. */
  private readonly single = new RecordView()
  private readonly texts: CellTexts
  private readonly plain: boolean

  constructor(
    fields: readonly string[],
    columns: readonly number[],
    isNull: NullTest,
    texts: CellTexts,
    rule: KeyRule = plainKey,
  ) {
    this.fields = fields
    this.columns = columns
    this.isNull = isNull
    this.texts = texts
    this.rule = rule
    this.plain = isPlain(rule)
  }

  /** Index of the first column: the cell that a finding points to. */
  get first(): number {
    return this.columns[0] ?? 0
  }

  /** The columns as a place of findings. */
  get place(): string {
    return this.fields.join(' + ')
  }

  /** Fills the hash; false where a part is null (SQL semantics: such a key neither repeats nor refers). */
  read(view: RecordView, hash: KeyHash): boolean {
    hash.start()
    const { columns } = this
    for (let index = 0; index < columns.length; index++) if (!this.readPart(view, hash, columns[index] as number)) return false
    hash.finish()
    return true
  }

  /** The keys of a run of records. */
  readBlock(block: RecordBlock, hash: KeyHash, batch: KeyBatch): void {
    const { first, last } = block
    batch.count = last - first
    batch.record = block.record
    const [column] = this.columns
    if (this.plain && this.columns.length === 1 && column !== undefined) this.readColumn(block, column, hash, batch)
    else for (let record = first; record < last; record++) this.readAlone(block, record, hash, batch)
  }

  private readAlone(block: RecordBlock, record: number, hash: KeyHash, { highs, lows, isKey }: KeyBatch): void {
    const at = record - block.first
    block.show(record, this.single)
    const isWhole = this.read(this.single, hash)
    isKey[at] = isWhole ? 1 : 0
    if (!isWhole) return
    highs[at] = hash.words[0] as number
    lows[at] = hash.words[1] as number
  }

  private readColumn(block: RecordBlock, column: number, hash: KeyHash, batch: KeyBatch): void {
    const { bytes, starts, ends, flags, first, last, width } = block
    const { isNull } = this
    const { isKey } = batch
    for (let record = first, cell = first * width + column; record < last; record++, cell += width) {
      let start = starts[cell] as number
      let end = ends[cell] as number
      const at = record - first
      if (((flags[cell] as number) & (HIGH | ESCAPED)) !== 0) {
        this.readAlone(block, record, hash, batch)
        continue
      }
      if (isNull(bytes, start, end, column)) {
        isKey[at] = 0
        continue
      }
      while (start < end && bytes[start] === space) start++
      while (end > start && bytes[end - 1] === space) end--
      isKey[at] = 1
      hash.whole(bytes, start, end, batch, at)
    }
  }

  private isNullIn(view: RecordView, column: number): boolean {
    return this.isNull(view.bytes, view.starts[column] as number, view.ends[column] as number, column)
  }

  private readPart(view: RecordView, hash: KeyHash, column: number): boolean {
    if (column >= view.count || this.isNullIn(view, column)) return false
    const { bytes } = view
    if (!this.plain || ((view.flags[column] as number) & (HIGH | ESCAPED)) !== 0) {
      const key = encoder.encode(normaliseKey(textOf(this.texts, view, column), this.rule))
      hash.part(key, 0, key.length)
      return true
    }
    let start = view.starts[column] as number
    let end = view.ends[column] as number
    while (start < end && bytes[start] === space) start++
    while (end > start && bytes[end - 1] === space) end--
    hash.part(bytes, start, end)
    return true
  }

  /** The key itself, to compare two records exactly; null where a part is null. */
  exact(view: RecordView): string | null {
    let key = ''
    for (const column of this.columns) {
      if (column >= view.count || this.isNullIn(view, column)) return null
      const part = normaliseKey(textOf(this.texts, view, column), this.rule)
      key += `${part.length}:${part}`
    }
    return key
  }

  /** Text of the first cell, for the evidence of a finding. */
  excerpt(view: RecordView): string {
    return textOf(this.texts, view, this.first)
  }
}
