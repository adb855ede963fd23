/** Lanes for a discovered map: by the roles that the log names, else by who does the same activities. */
import type { Instances } from '../log/instances.ts'
import { roleColumn } from './lanes-of-people.ts'

export interface DiscoveredLane {
  readonly label: string
  /** Activities by number. */
  readonly activities: readonly number[]
  /** People by number who worked in it at least once. */
  readonly people: readonly number[]
  /** True where the log names the role. */
  readonly named: boolean
}

/** Activities whose people overlap by at least this share (cosine of how often each did them) are one lane. */
const sameLane = 0.7

export function discoverLanes(instances: Instances): readonly DiscoveredLane[] {
  const { log } = instances
  const roles = roleColumn(log)
  const column = roles?.codes ?? null
  const work = log.activities.map(() => new Map<number, number>())
  const people = log.activities.map(() => new Set<number>())
  for (let i = 0; i < instances.count; i++) {
    const activity = instances.activity[i] as number
    const who = instances.resource[i] as number
    if (who >= 0) people[activity]?.add(who)
    const key = column === null ? who : (column[instances.event[i] as number] ?? -1)
    const counts = work[activity]
    if (key >= 0 && counts) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const groups: { label: string; activities: number[]; named: boolean }[] = []
  for (const [activity, counts] of work.entries()) {
    if (column !== null) {
      const [role] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [-1]
      const label = role >= 0 ? (roles?.values[role] ?? '') : nobody
      const group = groups.find((one) => one.label === label)
      if (group) group.activities.push(activity)
      else groups.push({ label, activities: [activity], named: role >= 0 })
      continue
    }
    const group = groups.find(({ activities }) => activities.some((other) => alike(counts, work[other] ?? new Map()) >= sameLane))
    if (group) group.activities.push(activity)
    else groups.push({ label: counts.size === 0 ? nobody : '', activities: [activity], named: false })
  }
  let number = 0
  return groups.map(({ label, activities, named }) => ({
    label: label || `Staff group ${++number}`,
    activities,
    people: [...new Set(activities.flatMap((activity) => [...(people[activity] ?? [])]))].sort((a, b) => a - b),
    named,
  }))
}

const nobody = 'Nobody named'

/** 1 for the same people equally often, 0 for none in common; two activities that nobody is named for are alike. */
function alike(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  if (a.size === 0 && b.size === 0) return 1
  let both = 0
  let [first, second] = [0, 0]
  for (const [who, n] of a) {
    both += n * (b.get(who) ?? 0)
    first += n * n
  }
  for (const n of b.values()) second += n * n
  return both === 0 ? 0 : both / Math.sqrt(first * second)
}
