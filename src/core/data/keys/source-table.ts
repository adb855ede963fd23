/** What keys need of a table: its columns, and a way to read its records again. */
import type { Location } from '../../finding.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import type { RecordView } from '../read/text/record-view.ts'
import type { KeyColumns } from './key-columns.ts'

export interface KeyedTable {
  /** Index of the file in the run. */
  readonly input: number
  /** Name that schemas refer to. */
  readonly table: string
  readonly side: string | null
  /** Bytes of the file. */
  readonly size: number
  /** Upper bound of the number of records, known before reading. */
  readonly mostRecords: number
  columnsOf(fields: readonly string[]): KeyColumns | null
  /**
   * Reads the records again, numbered as before; yields the bytes done. Leaving the loop stops the reading.
   * @param wanted number of the next record that anybody asked for: those before it need not be shown
   */
  visit(see: SeeRecord, signal: AbortSignal, wanted?: () => number): AsyncIterable<number>
  /** Place of the first cell of a key. */
  cellAt(view: RecordView, columns: KeyColumns, byteOf: (index: number) => number): Location
}

/** The view is valid during the call only. */
export type SeeRecord = (view: RecordView, byteOf: (index: number) => number) => void

/** Progress of work on keys: a further pass over a file begins, or so many bytes of it are done. */
export type KeyStep = { readonly kind: 'pass'; readonly bytes: number } | { readonly kind: 'read'; readonly bytes: number }

/** Reads the keys of one table as its records come: one by one, or a run of whole records together. */
export interface KeyReader {
  readonly record: SeeRecord
  /** Sets the bit `told` in `marks` for each record that has to be shown to `tell`, in its order. */
  block(block: RecordBlock, marks: Uint8Array): void
  readonly tell: SeeRecord
}

/** In the marks of a run: something about the keys of the record is to be told. */
export const told = 2
