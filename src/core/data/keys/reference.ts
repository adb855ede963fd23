/** A foreign key: which records refer to a key that the other table has not, each at its place, with exact counts of rows and values. */

import type { ReportSink } from '../blast-radius/report-sink.ts'
import type { Constraint } from '../model/constraint.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import type { RecordView } from '../read/text/record-view.ts'
import { eachPart, tableOf } from './buckets.ts'
import { EntryLog } from './entry-log.ts'
import { KeyHash } from './fingerprint.ts'
import { KeyBatch } from './key-batch.ts'
import type { KeyColumns } from './key-columns.ts'
import { KeySet } from './key-set.ts'
import { KeyTable } from './key-table.ts'
import { wordsOfRule } from './normalise.ts'
import { PlaceLog } from './place-log.ts'
import type { KeyedTable, KeyStep } from './source-table.ts'
import type { KeyMeans, UniqueIndex } from './unique-index.ts'
import { visitInBatches } from './visit.ts'

/** Rows expected to be mistaken: below this, nobody is told. */
const negligible = 1e-9

export class Reference {
  readonly parents: UniqueIndex
  private readonly table: KeyedTable
  readonly columns: KeyColumns
  private readonly constraint: Constraint
  private readonly means: KeyMeans
  private readonly hash: KeyHash
  private readonly batch = new KeyBatch()
  /** Keys that wait for the other table; null where they are looked up at once, or where nothing takes them. */
  private waiting: EntryLog | null = null
  private lookUpAtOnce = false
  private missing: PlaceLog | null = null
  private missingValues: KeySet
  private distinct = 0
  private tested = 0
  private rows = 0

  constructor(table: KeyedTable, columns: KeyColumns, constraint: Constraint, parents: UniqueIndex, means: KeyMeans) {
    this.table = table
    this.columns = columns
    this.constraint = constraint
    this.parents = parents
    this.means = means
    this.hash = new KeyHash(means.seed)
    this.missingValues = new KeySet(means.budget, means.spill, means.sizes)
  }

  /** Takes what others found in its stead. @param missing records that refer to nothing  @param distinct different keys among them */
  take(tested: number, missing: Uint32Array, distinct: number): void {
    this.searched = true
    this.tested = tested
    this.distinct = distinct
    for (const record of missing) this.note(record)
  }

  /** The table is about to be read. */
  begin(): void {
    this.lookUpAtOnce = this.parents.canBeAsked
    if (!this.lookUpAtOnce) this.waiting = new EntryLog(this.means.budget, this.means.spill, this.means.sizes.held)
  }

  see(view: RecordView, byteOf: (index: number) => number, sink: ReportSink): void {
    if (!this.columns.read(view, this.hash)) return
    this.tested++
    if (!this.lookUpAtOnce) {
      if (this.waiting && !this.waiting.addKey(this.hash, view.record)) this.forget()
      return
    }
    this.seeKey(view, byteOf, sink)
  }

  /** A run of whole records: those that refer to nothing are marked, and told by `seeMissing`. */
  seeBlock(block: RecordBlock, marks: Uint8Array): void {
    const { batch } = this
    this.columns.readBlock(block, this.hash, batch)
    for (let at = 0; at < batch.count; at++) this.tested += batch.isKey[at] as number
    if (this.lookUpAtOnce) this.parents.keys.table?.markMissing(batch, marks)
    else if (this.waiting && !this.waiting.addAll(batch)) this.forget()
  }

  /** A record of a run of which something is to be told; it was counted with the run. */
  seeMissing(view: RecordView, byteOf: (index: number) => number, sink: ReportSink): void {
    if (this.lookUpAtOnce && this.columns.read(view, this.hash)) this.seeKey(view, byteOf, sink)
  }

  private seeKey(view: RecordView, byteOf: (index: number) => number, sink: ReportSink): void {
    if ((this.parents.keys.table?.find(this.hash) ?? -1) >= 0) return
    this.missingValues.add(this.hash, view.record)
    this.tell(view, byteOf, sink)
  }

  /** All tables were read: keys that waited are looked up, bucket by bucket. */
  *search(): Generator<void> {
    const { waiting, parents } = this
    if (!waiting || !parents.keys.isWhole) return
    const { log, table } = parents.keys
    const ofBucket = new KeyTable()
    const missing = new KeyTable()
    for (const at of eachPart(log ?? waiting, this.means.sizes.bucket)) {
      const known = (log ? tableOf(log, at, undefined, ofBucket) : table) ?? new KeyTable()
      missing.clear()
      for (const entries of waiting.bucket(at.bucket))
        known.missingOf(entries, at, (high, low, record) => {
          missing.add(high, low, record)
          this.note(record)
        })
      this.distinct += missing.size
      yield
    }
    if (log) yield* this.searchWithoutParents(waiting, log)
    this.forget()
  }

  /** True where the table has to be read again to look its keys up. */
  get mustReadAgain(): boolean {
    return !this.lookUpAtOnce && !this.waitsForSearch && !this.searched
  }

  private searched = false

  private get waitsForSearch(): boolean {
    return this.waiting !== null && this.parents.keys.isWhole
  }

  /** Looks the keys up that lie in the range the other table holds just now, reading this table once more. */
  async *probeAgain(signal: AbortSignal): AsyncGenerator<KeyStep> {
    const { keys } = this.parents
    this.waiting?.release()
    this.waiting = null
    yield { kind: 'pass', bytes: this.table.size }
    const visit = this.table.visit((view) => {
      if (!this.columns.read(view, this.hash)) return
      const { high } = this.hash
      if (high < keys.from || high >= keys.to || (keys.table?.find(this.hash) ?? -1) >= 0) return
      this.missingValues.add(this.hash, view.record)
      this.note(view.record)
    }, signal)
    for await (const bytes of visit) yield { kind: 'read', bytes }
  }

  /** Tells what was found after reading, in the order of the file, with the value each record has. */
  async *report(sink: ReportSink, signal: AbortSignal): AsyncGenerator<KeyStep> {
    const { missing, table } = this
    const { place } = this.columns
    sink.denominator('data/foreign-key', place, table.input, this.tested)
    if (missing) {
      yield* visitInBatches(table, missing, signal, {
        begin() {},
        first() {},
        record: (view, _other, byteOf) => this.tell(view, byteOf, sink),
      })
      if (missing.refused)
        this.confess(sink, 'More records refer to nothing than memory and temporary storage hold; the count is a lower bound.')
    }
    if (this.rows > 0) sink.note('data/foreign-key', place, table.input, this.facts())
    missing?.release()
    this.missingValues.release()
  }

  /** Says why the count of missing keys is not exact. */
  confess(sink: ReportSink, why: string): void {
    sink.notEvaluated({ what: `References from ${this.table.table}.${this.columns.place} to ${this.target}`, why })
  }

  private facts(): { readonly name: string; readonly value: string | number }[] {
    const mistaken = this.rows * this.parents.chance
    return [
      { name: 'rows', value: this.rows },
      { name: 'distinct values', value: this.distinctValues() },
      { name: 'columns', value: this.columns.place },
      { name: 'table referred to', value: this.target },
      { name: 'its columns', value: this.parents.columns.place },
      { name: 'keys are compared', value: wordsOfRule(this.columns.rule) },
      ...(mistaken < negligible ? [] : [{ name: 'rows taken for present by chance, expected', value: mistaken }]),
    ]
  }

  private get target(): string {
    return String(this.constraint.params.table ?? '')
  }

  private distinctValues(): number {
    const { table, log } = this.missingValues
    let count = this.distinct + (table?.size ?? 0)
    if (log) for (const at of eachPart(log, this.means.sizes.bucket)) count += tableOf(log, at).size
    return count
  }

  /** Buckets in which the other table has no key at all. */
  private *searchWithoutParents(waiting: EntryLog, parents: EntryLog): Generator<void> {
    const none = new KeyTable()
    const missing = new KeyTable()
    for (const at of eachPart(waiting, this.means.sizes.bucket)) {
      if (parents.bucketSize(at.bucket) > 0) continue
      missing.clear()
      for (const entries of waiting.bucket(at.bucket))
        none.missingOf(entries, at, (high, low, record) => {
          missing.add(high, low, record)
          this.note(record)
        })
      this.distinct += missing.size
      yield
    }
  }

  private note(record: number): void {
    this.missing ??= new PlaceLog(this.table.mostRecords, this.means.budget, this.means.spill, this.means.sizes.held)
    this.missing.add(record, 0)
  }

  private tell(view: RecordView, byteOf: (index: number) => number, sink: ReportSink): void {
    this.rows++
    const facts = [{ name: 'table referred to', value: this.target }]
    const excerpt = this.columns.excerpt(view)
    const at = this.table.cellAt(view, this.columns, byteOf)
    sink.add({ code: 'data/foreign-key', at, evidence: { facts, excerpt } }, this.columns.place)
  }

  /** Nothing takes the keys any more, or they were looked up. */
  private forget(): void {
    this.searched = this.waiting !== null && !this.waiting.refused
    this.waiting?.release()
    this.waiting = null
  }
}
