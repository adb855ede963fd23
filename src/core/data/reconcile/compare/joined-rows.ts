/** Rows that the field map makes one record of: the first keeps its place, the others are merged into it. */

import { contradictions } from '../../crosswalk/plan/row-lines.ts'
import type { Group, LegacyItem } from '../entries/items.ts'

/** The group with the rows of one record put together; rows of one file that contradict each other stay apart, all of them. */
export function withJoinedRows(group: Group): Group {
  const records = new Map<string, LegacyItem[]>()
  for (const item of group.legacy) {
    if (item.joins === undefined || item.untaken === true) continue
    const name = `${item.table.index}\n${item.place.input}\n${item.joins.name}`
    const held = records.get(name)
    if (held) held.push(item)
    else records.set(name, [item])
  }
  const joined = new Map<LegacyItem, LegacyItem>()
  const merged = new Set<LegacyItem>()
  for (const [first, ...others] of records.values()) {
    if (!first || others.length === 0) continue
    const one = joinedItem(first, others)
    if (one === null) continue
    joined.set(first, one)
    for (const other of others) merged.add(other)
  }
  if (joined.size === 0) return group
  return { ...group, legacy: group.legacy.flatMap((item) => (merged.has(item) ? [] : (joined.get(item) ?? item))) }
}

/** Null where the rows contradict each other. */
function joinedItem(first: LegacyItem, others: readonly LegacyItem[]): LegacyItem | null {
  const said = [...(first.joins?.said ?? [])]
  const raw = [...first.raw]
  const carried = [...first.carried]
  const from = first.raw.map(() => 0)
  for (const [row, other] of others.entries()) {
    const next = other.joins?.said ?? []
    if (contradictions(said, next).length > 0) return null
    for (const [i, text] of next.entries()) if (text !== '') said[i] = text
    for (let i = 0; i < raw.length; i++) {
      if (raw[i] !== '' || carried[i] !== null) continue
      raw[i] = other.raw[i] ?? ''
      carried[i] = other.carried[i] ?? null
      from[i] = row + 1
    }
  }
  return { ...first, raw, carried, from, also: others.map(({ place }) => place) }
}
