/** Shifts as intervals of instants, so that midnight and clock changes do no harm (readiness.md §4); sorted once, so that many tickets meet many shifts. */
import type { EvidenceOf } from '../model/artifact.ts'

export type Shift = EvidenceOf['shifts']['rows'][number]

/** Departments are the same however they are capitalised or spaced. */
export function departmentKey(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, ' ')
}

interface Sorted {
  /** By begin. */
  readonly shifts: readonly Shift[]
  /** The latest end among this shift and all before it. */
  readonly latest: readonly number[]
}

const sorted = new WeakMap<readonly Shift[], ReadonlyMap<string, Sorted>>()

function byDepartment(shifts: readonly Shift[]): ReadonlyMap<string, Sorted> {
  const known = sorted.get(shifts)
  if (known) return known
  const groups = new Map<string, Shift[]>()
  for (const shift of shifts) {
    const key = departmentKey(shift.department)
    const own = groups.get(key)
    if (own) own.push(shift)
    else groups.set(key, [shift])
  }
  const made = new Map(
    [...groups].map(([key, own]): readonly [string, Sorted] => {
      own.sort((a, b) => a.start.at - b.start.at)
      let reached = Number.NEGATIVE_INFINITY
      const latest = own.map(({ end }) => {
        reached = Math.max(reached, end.at)
        return reached
      })
      return [key, { shifts: own, latest }]
    }),
  )
  sorted.set(shifts, made)
  return made
}

/** How many of the sorted shifts begin at this moment or before it. */
function begunBy({ shifts }: Sorted, at: number): number {
  let [low, high] = [0, shifts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((shifts[middle]?.start.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** The shifts of a department that contain this moment: begin included, end not; ends before begins never contain anything. */
export function shiftsAt(shifts: readonly Shift[], department: string, at: number): readonly Shift[] {
  const own = byDepartment(shifts).get(departmentKey(department))
  if (!own) return []
  const found: Shift[] = []
  for (let index = begunBy(own, at) - 1; index >= 0 && (own.latest[index] ?? 0) > at; index--) {
    const shift = own.shifts[index]
    if (shift && at < shift.end.at) found.push(shift)
  }
  return found.reverse()
}

/** True when helpers of the same department together cover the whole shift. */
export function isCovered(shift: Shift, helpers: readonly Shift[]): boolean {
  const own = byDepartment(helpers).get(departmentKey(shift.department))
  if (!own) return false
  let reached = shift.start.at
  for (;;) {
    const upTo = begunBy(own, reached) - 1
    const end = upTo < 0 ? reached : (own.latest[upTo] ?? reached)
    if (end >= shift.end.at) return true
    if (end <= reached) return false
    reached = end
  }
}

/** "Ward 2, 2026-11-02T07:00:00+01:00": one cell of the heat map of departments and shifts. */
export function shiftName({ department, start, end }: Shift): string {
  return `${department}, ${start.text} to ${end.text}`
}
