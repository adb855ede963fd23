/** A log cut into the logs of its parts; what noise left in the wrong part is dropped. */
import type { Cut } from './cuts.ts'
import { bagOf, type Trace } from './follows.ts'

export function splitLog(traces: readonly Trace[], { kind, groups }: Cut): readonly (readonly Trace[])[] {
  const parts: Trace[][] = groups.map(() => [])
  const add = (part: number, activities: readonly number[], count: number): void => {
    parts[part]?.push({ activities, count })
  }
  for (const { activities, count } of traces)
    switch (kind) {
      case 'choice': {
        const hits = groups.map((group) => activities.filter((a) => group.has(a)).length)
        const best = hits.indexOf(Math.max(...hits))
        add(best, projected(activities, groups[best]), count)
        break
      }
      case 'parallel':
        for (const [index, group] of groups.entries()) add(index, projected(activities, group), count)
        break
      case 'sequence':
        for (const [index, part] of inSequence(activities, groups).entries()) add(index, part, count)
        break
      case 'loop':
        for (const { part, piece } of inLoop(activities, groups)) add(part, piece, count)
        break
    }
  return parts.map(bagOf)
}

export function projected(activities: readonly number[], group: ReadonlySet<number> | undefined): readonly number[] {
  return activities.filter((a) => group?.has(a))
}

/** Each part takes the stretch in which most events are its own; events of parts that are over count neither way. */
function inSequence(activities: readonly number[], groups: readonly ReadonlySet<number>[]): readonly (readonly number[])[] {
  const over = new Set<number>()
  let from = 0
  return groups.map((group, index) => {
    let to = activities.length
    if (index < groups.length - 1) {
      let cost = 0
      let least = 0
      to = from
      for (let i = from; i < activities.length; i++) {
        const a = activities[i] as number
        if (group.has(a)) cost--
        else if (!over.has(a)) cost++
        if (cost < least) {
          least = cost
          to = i + 1
        }
      }
    }
    for (const a of group) over.add(a)
    const part = projected(activities.slice(from, to), group)
    from = to
    return part
  })
}

/** Pieces in order: the body first and last, and between two ways back. */
function inLoop(
  activities: readonly number[],
  groups: readonly ReadonlySet<number>[],
): readonly { part: number; piece: readonly number[] }[] {
  const found: { part: number; piece: readonly number[] }[] = []
  let part = 0
  let piece: number[] = []
  for (const a of activities) {
    const next = Math.max(
      0,
      groups.findIndex((group) => group.has(a)),
    )
    if (next !== part) {
      found.push({ part, piece })
      if (part !== 0 && next !== 0) found.push({ part: 0, piece: [] })
      part = next
      piece = []
    }
    piece.push(a)
  }
  found.push({ part, piece })
  if (part !== 0) found.push({ part: 0, piece: [] })
  return found
}
