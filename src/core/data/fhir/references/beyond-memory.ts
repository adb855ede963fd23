/** Ids and references of a run beyond the memory budget: written down as they come, resolved partition by partition at the end, and told as what memory holds is. */
import type { Spill } from '../../model/spill.ts'
import type { Hash64 } from './id-hash.ts'
import { PartitionedLog, partitionCount } from './partitioned-log.ts'
import type { Seen } from './reference-index.ts'
import type { WaitingRow } from './waiting-log.ts'

/** A resource, or the address of a Bundle entry, with what is told if it is there already. */
export interface IdRow {
  readonly kind: 'id' | 'address'
  readonly seen: Seen
  readonly place: number
  readonly record: number
  readonly byte: number
  /** Id of the owner, and the text that is shown: the id, or the address. */
  readonly id: string | null
  readonly text: string
  readonly path: string
  readonly patient: string | null
  /** Bundle entries are told apart by their address; then a repeated id is no defect. */
  readonly isToldApart: boolean
  readonly isEntry: boolean
}

export interface OpenReference {
  readonly row: WaitingRow
  /** Number of the target type; 0 where the reference names none. */
  readonly type: number
}

/** Two rows with one hash, in the order in which the second came. */
export interface Repeated {
  readonly first: Seen
  readonly row: IdRow
}

export interface Resolved {
  readonly repeated: readonly Repeated[]
  /** References whose target never came, in the order they were met. */
  readonly missing: readonly OpenReference[]
  /** By place and weight, how many came twice beyond those that are kept, with one of them. */
  readonly repeatedMore: ReadonlyMap<string, Repeated & { count: number }>
  /** By place and type, what was missing beyond those that are kept; records that were deleted on their own. */
  readonly uncounted: ReadonlyMap<string, { readonly place: number; readonly type: number; readonly hash: Hash64; count: number }>
}

/** What a run knows of a hash, and is told of it. */
export interface HashFacts {
  /** What memory holds. */
  readonly isKnown: (hash: Hash64) => boolean
  /** What was deleted by word of the export. */
  readonly isGone: (hash: Hash64) => boolean
  /** Shown every hash that was written down. */
  readonly came: (hash: Hash64) => void
}

/** Missing references, and repeated ids, that are kept with their place; more are counted. */
const mostKept = 200_000

export class BeyondMemory {
  /** Rows that the storage refused. */
  dropped = 0
  private readonly log: PartitionedLog
  private order = 0

  private readonly most: number

  /**
   * @param memory bytes that rows may take before they are written; by default 4 MiB
   * @param most rows of each kind that are told with their place
   */
  constructor(spill: Spill, memory?: number, most: number = mostKept) {
    this.most = most
    this.log = new PartitionedLog(spill, memory)
  }

  get isUsed(): boolean {
    return this.order > 0
  }

  addId(hash: Hash64, row: IdRow): void {
    const { kind, seen, place, record, byte, id, text, path, patient, isToldApart, isEntry } = row
    const where = [seen.input, seen.line, seen.length, seen.type]
    const own = [place, record, byte, id, text, path, patient, isToldApart, isEntry]
    if (!this.log.add(hash, [kind === 'id' ? 0 : 1, hash.high, hash.low, this.order++, ...where, ...own])) this.dropped++
  }

  addReference(type: number, row: WaitingRow): void {
    const { hash, place, record, line, byte, path, patient, words } = row
    const about = [patient?.high ?? null, patient?.low ?? null, words?.id ?? null, words?.reference ?? '']
    if (!this.log.add(hash, [2, hash.high, hash.low, this.order++, type, place, record, line, byte, path, ...about]))
      this.dropped++
  }

  resolve({ isKnown, isGone, came }: HashFacts): Resolved {
    const repeated: (Repeated & { readonly order: number })[] = []
    const missing: (OpenReference & { readonly order: number })[] = []
    const repeatedMore = new Map<string, Repeated & { count: number }>()
    const uncounted = new Map<string, { readonly place: number; readonly type: number; readonly hash: Hash64; count: number }>()
    for (let number = 0; number < partitionCount; number++) {
      const ids = new Map<string, Seen>()
      for (const row of this.log.read(number)) {
        if (row[0] === 2) continue
        const [hash, order, id] = idRow(row)
        const key = `${hash.high} ${hash.low}`
        const first = ids.get(key)
        if (first !== undefined) {
          if (!isRepeat(first, id)) continue
          if (repeated.length < this.most) repeated.push({ first, row: id, order })
          else countMore(repeatedMore, `${id.place} ${id.kind} ${first.length === id.seen.length}`, { first, row: id })
        } else {
          ids.set(key, id.seen)
          came(hash)
        }
      }
      for (const row of this.log.read(number)) {
        if (row[0] !== 2) continue
        const [order, open] = referenceRow(row)
        const { hash, place } = open.row
        if (ids.has(`${hash.high} ${hash.low}`) || isKnown(hash)) continue
        if (missing.length < this.most) missing.push({ ...open, order })
        else {
          const name = `${place} ${open.type} ${isGone(hash)}`
          const held = uncounted.get(name)
          if (held === undefined) uncounted.set(name, { place, type: open.type, hash, count: 1 })
          else held.count++
        }
      }
    }
    repeated.sort((a, b) => a.order - b.order)
    missing.sort((a, b) => a.order - b.order)
    return { repeated, repeatedMore, missing, uncounted }
  }
}

/** False where the two are told apart: by their address, or as one resource that is passed twice. */
export function isRepeat(first: Seen, { kind, seen, isToldApart, isEntry }: IdRow): boolean {
  const isSameRecord = !isEntry && first.input === seen.input && first.line === seen.line
  return !(isToldApart && (kind === 'address' || isSameRecord || isEntry))
}

function countMore(more: Map<string, Repeated & { count: number }>, name: string, one: Repeated): void {
  const held = more.get(name)
  if (held === undefined) more.set(name, { ...one, count: 1 })
  else held.count++
}

type Cells = readonly unknown[]

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function idRow(cells: Cells): [hash: Hash64, order: number, row: IdRow] {
  const seen = { input: number(cells[4]), line: number(cells[5]), length: number(cells[6]), type: number(cells[7]) }
  return [
    { high: number(cells[1]), low: number(cells[2]) },
    number(cells[3]),
    {
      kind: cells[0] === 0 ? 'id' : 'address',
      seen,
      place: number(cells[8]),
      record: number(cells[9]),
      byte: number(cells[10]),
      id: textOf(cells[11]),
      text: textOf(cells[12]) ?? '',
      path: textOf(cells[13]) ?? '',
      patient: textOf(cells[14]),
      isToldApart: cells[15] === true,
      isEntry: cells[16] === true,
    },
  ]
}

function referenceRow(cells: Cells): [order: number, open: OpenReference] {
  const patient = typeof cells[10] === 'number' ? { high: cells[10], low: number(cells[11]) } : null
  const row: WaitingRow = {
    hash: { high: number(cells[1]), low: number(cells[2]) },
    place: number(cells[5]),
    record: number(cells[6]),
    line: number(cells[7]),
    byte: number(cells[8]),
    path: textOf(cells[9]),
    patient,
    words: { id: textOf(cells[12]), reference: textOf(cells[13]) ?? '' },
  }
  return [number(cells[3]), { row, type: number(cells[4]) }]
}
