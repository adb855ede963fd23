/** Who does what and who hands over to whom. */
import type { Instances } from './instances.ts'

export interface HandOvers {
  readonly total: number
  /** To another person; hand-overs where one of the two is not named are counted in `unknown` only. */
  readonly changes: number
  readonly unknown: number
  /** Most frequent first. */
  readonly pairs: readonly { readonly from: number; readonly to: number; readonly count: number }[]
}

export function handOversOf({ caseStart, resource, log }: Instances): HandOvers {
  const people = log.resources.length
  const counts = new Map<number, number>()
  let total = 0
  let changes = 0
  let unknown = 0
  for (let c = 0; c + 1 < caseStart.length; c++)
    for (let i = (caseStart[c] as number) + 1; i < (caseStart[c + 1] as number); i++) {
      const [from, to] = [resource[i - 1] as number, resource[i] as number]
      total++
      if (from < 0 || to < 0) {
        unknown++
        continue
      }
      if (from !== to) changes++
      const pair = from * people + to
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
  const pairs = [...counts]
    .map(([pair, count]) => ({ from: Math.floor(pair / people), to: pair % people, count }))
    .sort((a, b) => b.count - a.count || a.from - b.from || a.to - b.to)
  return { total, changes, unknown, pairs }
}

export interface ResourceLoad {
  readonly resource: number
  readonly instances: number
  readonly cases: number
  /** Activities by number with how often, most frequent first. */
  readonly activities: readonly { readonly activity: number; readonly count: number }[]
  /** Seconds during which at least one instance was open; null where begins are not known. */
  readonly busy: number | null
  /** Most instances open at the same moment: above 1, spans hold waiting and are not exclusive work. */
  readonly mostOpen: number
}

export function resourceLoads(instances: Instances): readonly ResourceLoad[] {
  const { caseStart, resource, activity, log, timed } = instances
  const people = log.resources.length
  const activities = log.activities.length
  const counts = new Map<number, number>()
  const totals = new Int32Array(people)
  const cases = new Int32Array(people)
  const seen = new Int32Array(people).fill(-1)
  for (let c = 0; c + 1 < caseStart.length; c++)
    for (let i = caseStart[c] as number; i < (caseStart[c + 1] as number); i++) {
      const who = resource[i] as number
      if (who < 0) continue
      totals[who] = (totals[who] as number) + 1
      if (seen[who] !== c) cases[who] = (cases[who] as number) + 1
      seen[who] = c
      const key = who * activities + (activity[i] as number)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  const spans = timed ? openSpans(instances) : null
  const did: { activity: number; count: number }[][] = Array.from({ length: people }, () => [])
  for (const [key, count] of counts) did[Math.floor(key / activities)]?.push({ activity: key % activities, count })
  return Array.from({ length: people }, (_, who) => ({
    resource: who,
    instances: totals[who] as number,
    cases: cases[who] as number,
    activities: (did[who] ?? []).sort((a, b) => b.count - a.count || a.activity - b.activity),
    busy: spans ? (spans[who]?.busy ?? 0) : null,
    mostOpen: spans ? (spans[who]?.mostOpen ?? 0) : 0,
  }))
    .filter(({ instances: n }) => n > 0)
    .sort((a, b) => b.instances - a.instances || a.resource - b.resource)
}

/** Per person, over all cases: how long anything was open and how much at most. An end comes before a begin of the same moment. */
function openSpans({
  resource,
  begin,
  end,
  count,
  log,
}: Instances): readonly { readonly busy: number; readonly mostOpen: number }[] {
  const of: number[][] = log.resources.map(() => [])
  for (let i = 0; i < count; i++)
    if ((resource[i] as number) >= 0 && (end[i] as number) >= (begin[i] as number)) of[resource[i] as number]?.push(i)
  return of.map((mine) => {
    const begins = Float64Array.from(mine, (i) => begin[i] as number).sort()
    const ends = Float64Array.from(mine, (i) => end[i] as number).sort()
    let open = 0
    let mostOpen = 0
    let busy = 0
    let since = 0
    for (let b = 0, e = 0; e < ends.length; ) {
      if (b < begins.length && (begins[b] as number) < (ends[e] as number)) {
        if (open++ === 0) since = begins[b] as number
        mostOpen = Math.max(mostOpen, open)
        b++
      } else {
        // An instance that ends when it begins was never counted as open.
        if (open > 0 && --open === 0) busy += (ends[e] as number) - since
        else if (open === 0) b++
        e++
      }
    }
    return { busy: busy / 1000, mostOpen }
  })
}
