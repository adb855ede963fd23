/** The day of go-live: that of the milestones, reached or planned. `board.json` of earlier versions may state it too, and then has to agree. */
import { dayText } from './day.ts'

interface Milestone {
  readonly milestone: string
  readonly planned_on: string
  readonly done_on: string | null
}

/** The day it was reached, else the planned one; null where the milestones do not name it. */
export function goLiveOf(milestones: readonly Milestone[]): string | null {
  const live = milestones.find((row) => row.milestone === 'go-live')
  return live ? (live.done_on ?? live.planned_on) : null
}

/** Why the milestones do not count while `board.json` names another day, in words; null where both agree or only one speaks. */
export function goLiveConflict(milestones: readonly Milestone[], stated: string | null): string | null {
  const day = goLiveOf(milestones)
  if (stated === null || day === null || stated.slice(0, 10) === day) return null
  return `board.json says go-live is on ${dayText(stated)}, the milestones say ${dayText(day)}: correct the milestones, or take goLive out of board.json`
}
