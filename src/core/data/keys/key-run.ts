/** Keys of all tables of a run: noted while reading, searched when a table is complete, references looked up when all tables are. */
import { stopIfAborted } from '../../operation.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'
import type { Constraint } from '../model/constraint.ts'
import type { Spill, SpillStore } from '../model/spill.ts'
import { defaultKeyBudget } from './entry-log.ts'
import type { KeyColumns } from './key-columns.ts'
import type { KeySizes } from './key-set.ts'
import { Reference } from './reference.ts'
import type { KeyedTable, KeyReader, KeyStep } from './source-table.ts'
import { type KeyMeans, UniqueIndex } from './unique-index.ts'

export interface KeyOptions {
  /** Bytes that all indexes of the run may take together. */
  readonly budget?: number
  readonly spill?: SpillStore
  /** Secret of the project: fingerprints of short identifiers could be enumerated without it. */
  readonly seed?: string
  /** Smaller limits, for tests. */
  readonly sizes?: KeySizes
  /** What others found, by `KeyRun.sets`; then nothing is searched here. */
  readonly told?: readonly ToldKeys[]
}

/** What others found of one set of keys. */
export interface ToldKeys {
  readonly tested: number
  readonly pairs: Uint32Array
  readonly missing: Uint32Array
  readonly distinct: number
  /** Why repetitions may be missing from the pairs, a sentence; left out where all keys were compared. */
  readonly lowerBound?: string
  /** Why nobody knows which keys are missing, a sentence; left out where it is known. */
  readonly unknown?: string
}

/** Columns whose keys are compared; `parents` is the index of the set they refer to, null where they refer to none. */
export interface KeySetOfRun {
  readonly input: number
  readonly columns: KeyColumns
  readonly parents: number | null
  /** Records that repeat a key are told. */
  readonly isUnique: boolean
}

/** A key that a schema speaks of. `declared` is null where it is only referred to. */
interface Announced {
  readonly fields: readonly string[]
  declared: Constraint | null
  askedBy: number
}

/** Bytes per key and record of a spilled index, and of a record that is small. */
const spillBytes = 12
const smallRecord = 40
/** Files below this, or below what the budget holds, never need it. */
const spillFrom = 16 << 20

export class KeyRun {
  private readonly announced = new Map<number, Announced[]>()
  private readonly references: {
    readonly from: number
    readonly constraint: Constraint
    readonly to: number
    readonly fields: readonly string[]
  }[] = []
  private readonly indexes = new Map<string, UniqueIndex>()
  private readonly probes: { readonly table: KeyedTable; readonly reference: Reference }[] = []
  private readonly tables = new Map<number, KeyedTable>()
  private readonly sink: ReportSink
  private readonly options: KeyOptions
  private means: KeyMeans
  private readonly files: Spill[] = []

  constructor(sink: ReportSink, options: KeyOptions) {
    this.sink = sink
    this.options = options
    this.means = meansOf(options)
  }

  /** Announces a key that the schema declares unique. */
  announceUnique(input: number, constraint: Constraint): void {
    const key = this.keyOf(input, constraint.on.fields)
    key.declared ??= constraint
  }

  /** Announces a reference to a key of another table, or of the same one. */
  announceReference(input: number, constraint: Constraint, target: number, targetFields: readonly string[]): void {
    this.keyOf(target, targetFields).askedBy++
    this.references.push({ from: input, constraint, to: target, fields: targetFields })
  }

  /** All keys are announced: makes the indexes, and opens temporary storage where they may need it. */
  async begin(tables: readonly KeyedTable[]): Promise<void> {
    for (const table of tables) this.tables.set(table.input, table)
    await this.openSpill()
    for (const [input, keys] of this.announced)
      for (const { fields, declared, askedBy } of keys) {
        const table = this.tables.get(input)
        const columns = table?.columnsOf(fields)
        if (table && columns)
          this.indexes.set(nameOf(input, fields), new UniqueIndex(table, columns, declared, askedBy, this.means))
      }
    for (const { from, constraint, to, fields } of this.references) {
      const table = this.tables.get(from)
      const columns = table?.columnsOf(constraint.on.fields)
      const parents = this.indexes.get(nameOf(to, fields))
      if (table && columns && parents)
        this.probes.push({ table, reference: new Reference(table, columns, constraint, parents, this.means) })
    }
  }

  /** All sets of keys, in an order that rests on the schemas alone; known after `begin`. */
  get sets(): readonly KeySetOfRun[] {
    const uniques = [...this.indexes.values()]
    return [
      ...[...this.indexes].map(([name, { columns, declared }]) => ({
        input: inputOf(name),
        columns,
        parents: null,
        isUnique: declared !== null,
      })),
      ...this.probes.map(({ table, reference }) => ({
        input: table.input,
        columns: reference.columns,
        parents: uniques.indexOf(reference.parents),
        isUnique: false,
      })),
    ]
  }

  /** The reader of one table's keys, null where it has none; called once per table, before its first record. */
  readerOf(table: KeyedTable): KeyReader | null {
    const uniques = this.indexesOf(table)
    const references = this.probes.filter((probe) => probe.table === table).map(({ reference }) => reference)
    for (const reference of references) reference.begin()
    if (uniques.length + references.length === 0) return null
    const { sink } = this
    return {
      record: (view, byteOf) => {
        for (const index of uniques) index.see(view)
        for (const reference of references) reference.see(view, byteOf, sink)
      },
      block: (block, marks) => {
        for (const index of uniques) index.seeBlock(block)
        for (const reference of references) reference.seeBlock(block, marks)
      },
      tell: (view, byteOf) => {
        for (const reference of references) reference.seeMissing(view, byteOf, sink)
      },
    }
  }

  /** A table was read to its end: its repeated keys are told. */
  async *settle(table: KeyedTable, signal: AbortSignal): AsyncGenerator<KeyStep> {
    const { told } = this.options
    const all = [...this.indexes.values()]
    for (const index of this.indexesOf(table)) {
      const found = told?.[all.indexOf(index)]
      if (found) index.take(found.tested, found.pairs)
      else yield* this.steps(index.search(), signal)
      if (index.keys.isWhole) yield* index.report(this.sink, signal)
      if (found?.lowerBound !== undefined) index.confess(this.sink, found.lowerBound)
    }
  }

  /** True where a key of the table, or a reference it makes, is announced. */
  asks(input: number): boolean {
    return this.announced.has(input) || this.references.some(({ from }) => from === input)
  }

  /** Reads a table again for keys that were announced after it was read. */
  async *readAgain(table: KeyedTable, signal: AbortSignal): AsyncGenerator<KeyStep> {
    yield { kind: 'pass', bytes: table.size }
    const reader = this.readerOf(table)
    if (reader) for await (const bytes of table.visit(reader.record, signal)) yield { kind: 'read', bytes }
    yield* this.settle(table, signal)
  }

  /** All tables were read: what could not be told before. Keys may be announced anew afterwards, for another round. */
  async *finish(signal: AbortSignal): AsyncGenerator<KeyStep> {
    for (const [i, { reference }] of this.probes.entries()) {
      const found = this.options.told?.[this.indexes.size + i]
      if (found) reference.take(found.tested, found.missing, found.distinct)
      else yield* this.steps(reference.search(), signal)
    }
    for (const index of this.indexes.values()) yield* this.readRanges(index, signal)
    for (const [i, { reference }] of this.probes.entries()) {
      const found = this.options.told?.[this.indexes.size + i]
      // What was not judged may hold the keys.
      if (found?.unknown === undefined) yield* reference.report(this.sink, signal)
      const why = found?.unknown ?? found?.lowerBound
      if (why !== undefined) reference.confess(this.sink, why)
    }
    this.announced.clear()
    this.indexes.clear()
    this.references.length = 0
    this.probes.length = 0
    this.means = meansOf(this.options)
  }

  /** Removes what was spilled; to be called however the run ends. */
  async close(): Promise<void> {
    for (const file of this.files) await file.close()
  }

  /** Where keys did not fit, the files are read once more per range of keys. */
  private async *readRanges(index: UniqueIndex, signal: AbortSignal): AsyncGenerator<KeyStep> {
    const again = this.probes.filter(({ reference }) => reference.parents === index && reference.mustReadAgain)
    if (index.keys.isWhole && again.length === 0) return
    const wasWhole = index.keys.isWhole
    for (;;) {
      for (const { reference } of again) yield* reference.probeAgain(signal)
      if (index.keys.to >= 2 ** 32) break
      yield* index.nextRange(signal)
    }
    if (!wasWhole) yield* index.report(this.sink, signal)
  }

  private async *steps(work: Iterable<void>, signal: AbortSignal): AsyncGenerator<KeyStep> {
    for (const _ of work) {
      stopIfAborted(signal)
      yield { kind: 'read', bytes: 0 }
    }
  }

  private indexesOf(table: KeyedTable): UniqueIndex[] {
    return (this.announced.get(table.input) ?? [])
      .map(({ fields }) => this.indexes.get(nameOf(table.input, fields)))
      .filter((index) => index !== undefined)
  }

  private keyOf(input: number, fields: readonly string[]): Announced {
    const keys = this.announced.get(input) ?? []
    this.announced.set(input, keys)
    const known = keys.find((key) => nameOf(input, key.fields) === nameOf(input, fields))
    if (known) return known
    const key: Announced = { fields, declared: null, askedBy: 0 }
    keys.push(key)
    return key
  }

  /** Asks for the room first: with too little of it the files are read more often instead. */
  private async openSpill(): Promise<void> {
    const { spill, budget = defaultKeyBudget } = this.options
    const sizes = [...this.announced.keys(), ...this.references.map(({ from }) => from)].map(
      (input) => this.tables.get(input)?.size ?? 0,
    )
    if (!spill || Math.max(0, ...sizes) < Math.min(spillFrom, budget)) return
    const wanted = sizes.reduce((sum, size) => sum + Math.ceil(size / smallRecord) * spillBytes, 0)
    const room = await spill.room()
    if (room !== null && room < wanted) return
    const file = await spill.open()
    if (file) this.files.push(file)
    this.means = { ...this.means, spill: file }
  }
}

function meansOf({ budget = defaultKeyBudget, seed = '', sizes = {} }: KeyOptions): KeyMeans {
  return { budget: { left: budget }, spill: null, seed, sizes }
}

function nameOf(input: number, fields: readonly string[]): string {
  return JSON.stringify([input, fields])
}

function inputOf(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? -1)
}
