/** Entries as lines of text: laid aside by a run, and handed on by one task to another. */
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import type { AllergyState, ItemPlace } from '../../crosswalk/plan/sides.ts'
import type { Carried } from '../../model/carried.ts'
import type { JsonValue } from '../../model/record.ts'
import type { LegacyItem, TargetItem } from './items.ts'

type Entry =
  | readonly [
      'l',
      string,
      number,
      PlaceTuple,
      readonly string[],
      readonly (Carried | null)[],
      more?: Pick<LegacyItem, 'joins' | 'links' | 'untaken' | 'leftBehind'>,
    ]
  | readonly [
      't',
      string,
      number,
      PlaceTuple,
      readonly (readonly JsonValue[])[],
      more?: Pick<TargetItem, 'links' | 'names' | 'row'>,
    ]
  | readonly ['s', string, AllergyState]
type PlaceTuple = readonly [input: number, record: number, line: number, byte: number, length: number, id: string | null]

export function legacyText(group: string, item: LegacyItem): string {
  const { table, place, raw, carried, joins, links, untaken, leftBehind } = item
  const more = {
    ...(joins && { joins }),
    ...(links && { links }),
    ...(untaken && { untaken }),
    ...(leftBehind && { leftBehind }),
  }
  return lineOf(['l', group, table.index, tupleOf(place), raw, carried], more)
}

export function targetText(group: string, item: TargetItem): string {
  const { table, place, values, links, names, row } = item
  const more = { ...(links && { links }), ...(names && { names }), ...(row && { row }) }
  return lineOf(['t', group, table.index, tupleOf(place), values], more)
}

export function listedText(group: string, state: AllergyState): string {
  return JSON.stringify(['s', group, state])
}

/** What is shown each entry again, with its group. */
export interface EntrySink {
  legacy(group: string, item: LegacyItem): void
  target(group: string, item: TargetItem): void
  listed(group: string, state: AllergyState): void
}

/** @param text lines of entries  @param before records of each input that stand before those that its places count */
export function showEntries(
  text: string,
  tables: readonly BoundTable[],
  sink: EntrySink,
  before: (input: number) => number = () => 0,
): void {
  if (text === '') return
  for (const entry of JSON.parse(`[${text.replaceAll('\n', ',')}]`) as readonly Entry[]) {
    if (entry[0] === 's') {
      sink.listed(entry[1], entry[2])
      continue
    }
    const table = tables[entry[2]]
    if (!table) continue
    const place = placeOf(entry[3], before)
    if (entry[0] === 'l') sink.legacy(entry[1], { table, place, raw: entry[4], carried: entry[5], ...entry[6] })
    else sink.target(entry[1], { table, place, values: entry[4], ...entry[5] })
  }
}

function lineOf(entry: readonly unknown[], more: object): string {
  return JSON.stringify(Object.keys(more).length === 0 ? entry : [...entry, more])
}

function tupleOf({ input, record, line, byte, length, id }: ItemPlace): PlaceTuple {
  return [input, record, line, byte, length, id]
}

function placeOf([input, record, line, byte, length, id]: PlaceTuple, before: (input: number) => number): ItemPlace {
  return { input, record: record + before(input), line, byte, length, id }
}
