/** What one thread tells another about a block of lines: numbers in one array and texts once each, so that it crosses quickly. */
import type { Sighting } from '../../finding.ts'
import type { Hash64 } from '../../hash64.ts'
import type { ReadProblem } from '../model/events.ts'
import type { ResourceRecord } from '../model/record.ts'
import type { ReadBlock } from '../read/json/ndjson.ts'
import type { MetReference, PlacedSighting, Visit } from './visit/visit.ts'

/** Sightings of one record: of its own, and of its references; those that say it came before stand between them. */
export interface RecordSightings {
  readonly walk: readonly PlacedSighting[]
  readonly references: readonly PlacedSighting[]
}

export interface JudgedBlock {
  /** Records are numbered from 1 within the block; lines and bytes are those of the file. */
  readonly records: number
  readonly lines: number
  readonly lost: number
  readonly problems: readonly ReadProblem[]
  readonly types: readonly (readonly [type: string, records: number])[]
  /** Per record: see `columns`. */
  readonly rows: Float64Array<ArrayBuffer>
  /** Per reference that only the whole run resolves: see `openColumns`. */
  readonly open: Float64Array<ArrayBuffer>
  readonly texts: readonly string[]
  /** By row. */
  readonly found: ReadonlyMap<number, RecordSightings>
  /** Records that have to be judged with the run in sight, by row: they hold several resources, or contain what does. */
  readonly whole: ReadonlyMap<number, ResourceRecord>
}

/** Type (-1 where there is no resource), id (-1 where there is none), patient (-1 where there is none): numbers of texts. */
const columns = 10
const openColumns = 6
const none = -1

/** One resource of a block as it is read back. */
export interface BlockRow {
  readonly type: string | null
  readonly id: string | null
  readonly patient: string | null
  readonly record: number
  readonly line: number
  readonly byte: number
  readonly length: number
  readonly hash: Hash64
}

/** Is shown the references of one resource that only the whole run resolves. */
export interface OpenReader {
  record(hash: Hash64, type: string, place: string, path: string, text: string): void
  elsewhere(hash: Hash64 | null, base: string): void
}

export class BlockWriter {
  private readonly rows: number[] = []
  private readonly open: number[] = []
  private readonly texts: string[] = []
  private readonly numbers = new Map<string, number>()
  private readonly types = new Map<string, number>()
  private readonly found = new Map<number, RecordSightings>()
  private readonly whole = new Map<number, ResourceRecord>()

  /** A record that only the whole run can judge. */
  putWhole(record: ResourceRecord): void {
    this.count(record)
    this.whole.set(this.rows.length / columns, record)
    this.putRow(null, null, null, record, noHash)
  }

  /** A walked record, whose open references were put before; `walked` is how many of its sightings its own walk made. */
  put({ record, owners, found }: Visit, hash: Hash64, walked: number): void {
    this.count(record)
    const [owner] = owners
    if (found.length > 0)
      this.found.set(this.rows.length / columns, { walk: found.slice(0, walked), references: found.slice(walked) })
    if (owner === undefined) this.putRow(null, null, null, record, noHash)
    else this.putRow(owner.type, owner.id, owner.patient, record, hash)
  }

  /** A record of which nothing is said but that it is there. */
  count({ type }: ResourceRecord): void {
    this.types.set(type, (this.types.get(type) ?? 0) + 1)
  }

  putOpen(hash: Hash64, type: string, { place, path, text }: MetReference): void {
    this.open.push(hash.high, hash.low, this.text(type), this.text(place.path), this.text(path), this.text(text))
  }

  putElsewhere(hash: Hash64 | null, base: string): void {
    this.open.push(hash?.high ?? none, hash?.low ?? none, none, this.text(base), none, none)
  }

  end({ records, lines, lost, problems }: ReadBlock): JudgedBlock {
    const { texts, found, whole } = this
    const [rows, open] = [Float64Array.from(this.rows), Float64Array.from(this.open)]
    return { records, lines, lost, problems, types: [...this.types], rows, open, texts, found, whole }
  }

  private putRow(
    type: string | null,
    id: string | null,
    patient: string | null,
    { record, line, byte, length }: ResourceRecord,
    { high, low }: Hash64,
  ): void {
    const named = id === null ? none : this.texts.push(id) - 1
    const [typed, about] = [this.textOrNone(type), this.textOrNone(patient)]
    this.rows.push(typed, named, about, record, line, byte, length, high, low, this.open.length / openColumns)
  }

  private textOrNone(text: string | null): number {
    return text === null ? none : this.text(text)
  }

  private text(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    this.numbers.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

const noHash: Hash64 = { high: 0, low: 0 }

export function rowCount({ rows }: JudgedBlock): number {
  return rows.length / columns
}

/** One row by its number; numbers follow the lines. */
export function rowAt({ rows, texts }: JudgedBlock, number: number): BlockRow {
  const at = number * columns
  const cell = (column: number): number => rows[at + column] ?? 0
  const text = (column: number): string | null => texts[rows[at + column] ?? none] ?? null
  return {
    type: text(0),
    id: text(1),
    patient: text(2),
    record: cell(3),
    line: cell(4),
    byte: cell(5),
    length: cell(6),
    hash: { high: cell(7), low: cell(8) },
  }
}

export function readOpen({ rows, open, texts }: JudgedBlock, number: number, reader: OpenReader): void {
  const end = number * columns + columns - 1
  const to = (rows[end] ?? 0) * openColumns
  for (let at = (number === 0 ? 0 : (rows[end - columns] ?? 0)) * openColumns; at < to; at += openColumns) {
    const high = open[at] ?? none
    const hash = { high, low: open[at + 1] ?? none }
    const text = (column: number): string => texts[open[at + column] ?? none] ?? ''
    if (open[at + 2] === none) reader.elsewhere(high === none ? null : hash, text(3))
    else reader.record(hash, text(2), text(3), text(4), text(5))
  }
}

/** Records of a block are numbered from 1; `before` stand above it in the file. */
export function moved<S extends Sighting>(sighting: S, before: number): S {
  const { at } = sighting
  return before > 0 && at.kind === 'cell' && at.record > 0 ? { ...sighting, at: { ...at, record: at.record + before } } : sighting
}
