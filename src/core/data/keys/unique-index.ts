/** The keys of one column set of one table: which records repeat a key, found by fingerprint and proved by reading both records again. */

import type { ReportSink } from '../blast-radius/report-sink.ts'
import type { Constraint } from '../model/constraint.ts'
import type { Spill } from '../model/spill.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import type { RecordView } from '../read/text/record-view.ts'
import { eachPart, tableOf } from './buckets.ts'
import type { KeyBudget } from './entry-log.ts'
import { KeyHash } from './fingerprint.ts'
import { KeyBatch } from './key-batch.ts'
import type { KeyColumns } from './key-columns.ts'
import { KeySet, type KeySizes } from './key-set.ts'
import { KeyTable } from './key-table.ts'
import { wordsOfRule } from './normalise.ts'
import { PlaceLog } from './place-log.ts'
import type { KeyedTable, KeyStep } from './source-table.ts'
import { visitInBatches } from './visit.ts'

export interface KeyMeans {
  readonly budget: KeyBudget
  readonly spill: Spill | null
  readonly seed: string
  readonly sizes: KeySizes
}

export class UniqueIndex {
  readonly keys: KeySet
  readonly columns: KeyColumns
  /** Set where the schema declares the key unique; null where it is only referred to. */
  readonly declared: Constraint | null
  /** References that will ask this index; none any more: it can go. */
  askedBy = 0
  private readonly table: KeyedTable
  private readonly pairs: PlaceLog
  private readonly hash: KeyHash
  private readonly batch = new KeyBatch()
  private readonly means: KeyMeans
  private tested = 0
  private complete = false

  constructor(table: KeyedTable, columns: KeyColumns, declared: Constraint | null, askedBy: number, means: KeyMeans) {
    this.table = table
    this.columns = columns
    this.declared = declared
    this.askedBy = askedBy
    this.means = means
    this.hash = new KeyHash(means.seed)
    this.keys = new KeySet(means.budget, means.spill, means.sizes, table.mostRecords)
    this.pairs = new PlaceLog(table.mostRecords, means.budget, means.spill, means.sizes.held)
  }

  /** True where a reference can be looked up at once. */
  get canBeAsked(): boolean {
    return this.complete && this.keys.table !== null && this.keys.isWhole
  }

  /** Expected number of references that are taken for present by chance, per missing key. */
  get chance(): number {
    return this.tested / 2 ** 64
  }

  /** Takes what others found in its stead. @param pairs record and the first one with the same fingerprint, one after the other */
  take(tested: number, pairs: Uint32Array): void {
    this.complete = true
    this.tested = tested
    if (this.declared) for (let i = 0; i < pairs.length; i += 2) this.pairs.add(pairs[i] as number, pairs[i + 1] as number)
  }

  see(view: RecordView): void {
    if (!this.columns.read(view, this.hash)) return
    this.tested++
    this.keep(view.record)
  }

  /** A run of whole records. */
  seeBlock(block: RecordBlock): void {
    const { batch, columns, keys, pairs, declared } = this
    columns.readBlock(block, this.hash, batch)
    this.tested += keys.addAll(batch, (record, first) => {
      if (declared) pairs.add(record, first)
    })
  }

  private keep(record: number): void {
    const first = this.keys.add(this.hash, record)
    if (first >= 0 && this.declared) this.pairs.add(record, first)
  }

  /** The table was read to its end. What was spilled is searched now, bucket by bucket. */
  *search(): Generator<void> {
    this.complete = true
    const { log } = this.keys
    if (!log) return
    const repeats = (record: number, first: number): void => {
      if (this.declared) this.pairs.add(record, first)
    }
    if ((this.askedBy > 0 && this.keys.settle(repeats)) || !this.declared) return
    const table = new KeyTable()
    for (const at of eachPart(log, this.means.sizes.bucket)) {
      tableOf(log, at, repeats, table)
      yield
    }
  }

  /** Reads the table again for the next range of keys, where neither memory nor storage took them all. */
  async *nextRange(signal: AbortSignal): AsyncGenerator<KeyStep> {
    this.keys.nextRange()
    yield { kind: 'pass', bytes: this.table.size }
    const visit = this.table.visit((view) => {
      if (this.columns.read(view, this.hash)) this.keep(view.record)
    }, signal)
    for await (const bytes of visit) yield { kind: 'read', bytes }
  }

  /** Says why the count of repetitions is not exact. */
  confess(sink: ReportSink, why: string): void {
    const { declared, columns, table } = this
    if (declared) sink.notEvaluated({ what: `Uniqueness of ${columns.place} in ${table.table}`, why })
  }

  /** Tells every record that repeats a key, once both records were read again and found equal. */
  async *report(sink: ReportSink, signal: AbortSignal): AsyncGenerator<KeyStep> {
    const { declared, columns, pairs, table } = this
    if (!declared) return
    const { place } = columns
    sink.denominator('data/unique-key', place, table.input, this.tested)
    const repeated = new KeyTable()
    const strays = new Map<string, number>()
    const exact = new Map<number, string>()
    let rows = 0
    yield* visitInBatches(table, pairs, signal, {
      begin: () => exact.clear(),
      first: (view) => exact.set(view.record, columns.exact(view) ?? ''),
      record: (view, other, byteOf) => {
        const key = columns.exact(view) ?? ''
        const first = exact.get(other) === key ? other : strays.get(key)
        if (first === undefined) {
          // Equal fingerprints of different keys: no repetition, but others may repeat this one.
          strays.set(key, view.record)
          return
        }
        rows++
        if (repeated.size < rememberedMost) repeated.add(first, first, 0)
        const facts = [{ name: 'same key as record', value: first }]
        sink.add({ code: 'data/unique-key', at: table.cellAt(view, columns, byteOf), evidence: { facts } }, place)
      },
    })
    if (rows > 0)
      sink.note('data/unique-key', place, table.input, [
        { name: 'records that repeat a key', value: rows },
        ...(repeated.size < rememberedMost ? [{ name: 'keys that repeat', value: repeated.size }] : []),
        { name: 'keys are compared', value: wordsOfRule(columns.rule) },
      ])
    if (pairs.refused)
      this.confess(sink, 'More records repeat a key than memory and temporary storage hold; the count is a lower bound.')
    pairs.release()
    if (this.askedBy === 0) this.keys.release()
  }
}

/** Keys that repeat are counted up to this many different ones. */
const rememberedMost = 1 << 22
