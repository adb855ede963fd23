/** Opening hours of a lane as its events show them: per weekday from the first to the last hour with work. */
import type { Instances } from '../log/instances.ts'
import { type Shift, weekdays } from '../map/scenario.ts'
import { hourOfWeek } from './arrivals.ts'

/** Hours with less than this share of what they would have if work were spread evenly count as closed. */
const leastShare = 0.1

const dayNames: readonly string[] = weekdays

/** Null where work goes on around the clock, and where there is too little to say. */
export function shiftsOf(instances: Instances, activities: ReadonlySet<number>): readonly Shift[] | null {
  const counts = new Float64Array(168)
  let total = 0
  for (let i = 0; i < instances.count; i++) {
    const time = instances.end[i] as number
    if (!activities.has(instances.activity[i] as number) || Number.isNaN(time)) continue
    const at = hourOfWeek(time, instances.log.offset?.[instances.event[i] as number])
    counts[at] = (counts[at] as number) + 1
    total++
  }
  if (total < 50) return null
  const least = (leastShare * total) / 168
  const shifts: Shift[] = []
  let hours = 0
  for (const [day, name] of weekdays.entries()) {
    const open = Array.from({ length: 24 }, (_, at) => at).filter((at) => (counts[day * 24 + at] as number) > least)
    const [from, to] = [open[0], open[open.length - 1]]
    if (from === undefined || to === undefined) continue
    hours += to + 1 - from
    shifts.push({ days: name, from: clock(from), to: clock(to + 1) })
  }
  return hours >= 150 || shifts.length === 0 ? null : joined(shifts)
}

/** Neighbouring days of the same hours are one line: `mon-fri 08:00–17:00`. */
function joined(shifts: readonly Shift[]): readonly Shift[] {
  const found: Shift[] = []
  for (const shift of shifts) {
    const last = found[found.length - 1]
    const [first = '', until = first] = last?.days.split('-') ?? []
    const isNext = dayNames.indexOf(until) + 1 === dayNames.indexOf(shift.days)
    if (last && isNext && last.from === shift.from && last.to === shift.to)
      found[found.length - 1] = { ...last, days: `${first}-${shift.days}` }
    else found.push(shift)
  }
  return found
}

function clock(at: number): string {
  return `${String(at).padStart(2, '0')}:00`
}
