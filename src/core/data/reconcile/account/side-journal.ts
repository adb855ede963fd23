/** What reading a stretch of one side told beside its entries, in the order of the file: written by a task, told again to the account. */

import { BytesReader, BytesWriter } from '../../../values/bytes-log.ts'
import type { ItemPlace } from '../../crosswalk/plan/sides.ts'
import type { ReadProblem } from '../../model/events.ts'
import type { LegacyItem, TargetItem } from '../entries/items.ts'
import type { LegacyRowRead, Orphan } from '../entries/read-sides.ts'
import { type SharedKey, sharedKeyOf } from './key-account.ts'

const codes = { problem: 1, left: 2, stranger: 3, aside: 4, key: 5 } as const
const reasons = ['no-line', 'no-patient', 'filter'] as const
const orphans: readonly (Orphan | null)[] = [null, 'unnamed', 'unknown']

/** A row that became no entry. */
export interface LeftRow {
  readonly why: (typeof reasons)[number]
  readonly patient: string
  readonly place: Pick<ItemPlace, 'record' | 'line' | 'byte' | 'length'>
}

export interface Stranger {
  readonly type: string
  readonly id: string
  readonly orphan: Orphan | null
  readonly place: LeftRow['place']
}

export class SideJournal {
  private readonly out = new BytesWriter()

  problem(problem: ReadProblem): void {
    this.out.number(codes.problem)
    this.out.text(JSON.stringify(problem))
  }

  left({ row, without, patient }: LegacyRowRead): void {
    const { out } = this
    out.number(codes.left)
    out.number(reasons.indexOf(typeof without === 'object' ? (without === null ? 'no-line' : 'filter') : without))
    out.text(patient)
    this.place(row)
  }

  stranger({ type, id, orphan, place }: Stranger): void {
    const { out } = this
    out.number(codes.stranger)
    out.number(orphans.indexOf(orphan))
    out.text(type)
    out.text(id)
    this.place(place)
  }

  aside(type: string): void {
    this.out.number(codes.aside)
    this.out.text(type)
  }

  /** Nothing where the table of the entry belongs to patients or has no key. */
  key(side: SharedKey['side'], item: LegacyItem | TargetItem): void {
    const key = sharedKeyOf(side, item)
    if (key === null) return
    const { out } = this
    out.number(codes.key)
    out.number(side === 'legacy' ? 0 : 1)
    out.number(key.table)
    out.number(key.hash)
    out.number(key.record ?? 0)
    out.text(item.place.id ?? '')
    this.place(item.place)
  }

  take(): Uint8Array {
    return this.out.take()
  }

  private place({ record, line, byte, length }: LeftRow['place']): void {
    for (const number of [record, line, byte, length]) this.out.number(number)
  }
}

export interface JournalSink {
  problem(problem: ReadProblem): void
  left(row: LeftRow): void
  stranger(stranger: Stranger): void
  aside(type: string): void
  key(key: SharedKey, place: LeftRow['place'], id: string | null): void
}

/** @param before records of the file that stand before those that the journal counts */
export function replayJournal(bytes: Uint8Array, before: number, sink: JournalSink): void {
  const reader = new BytesReader(bytes)
  const place = (): LeftRow['place'] => ({
    record: reader.number() + before,
    line: reader.number(),
    byte: reader.number(),
    length: reader.number(),
  })
  while (!reader.isOver) {
    const code = reader.number()
    if (code === codes.problem) sink.problem(later(JSON.parse(reader.text()) as ReadProblem, before))
    else if (code === codes.left) {
      const why = reasons[reader.number()] ?? 'no-line'
      sink.left({ why, patient: reader.text(), place: place() })
    } else if (code === codes.stranger) {
      const orphan = orphans[reader.number()] ?? null
      sink.stranger({ orphan, type: reader.text(), id: reader.text(), place: place() })
    } else if (code === codes.aside) sink.aside(reader.text())
    else {
      const side = reader.number() === 0 ? 'legacy' : 'target'
      const [table, hash, record] = [reader.number(), reader.number(), reader.number()]
      const id = reader.text()
      sink.key({ side, table, hash, record: record === 0 ? null : record }, place(), id === '' ? null : id)
    }
  }
}

/** A problem of a record that stands behind others. */
function later(problem: ReadProblem, before: number): ReadProblem {
  const { at } = problem.sighting
  if (before === 0 || at.kind !== 'cell') return problem
  return { ...problem, sighting: { ...problem.sighting, at: { ...at, record: at.record + before } } }
}
