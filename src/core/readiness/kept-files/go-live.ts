/** The day of go-live: that of the milestones, reached or planned. `board.json` of earlier versions may state it too, and then has to agree. */
import { counted } from '../../counted.ts'
import { daysBetween, dayText } from '../../values/day.ts'

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

/** Beside what `board.json` says and no act of the ledger names: whoever can write the file can say it. */
export const notInLedger = 'claimed, not in the ledger'

/** "go-live 02-Nov-2026, in 21 days", or that it has no day: what a report says about it. `stated` is that of `board.json`. */
export function goLiveWords(milestones: readonly Milestone[], stated: string | null, asOf: string): string {
  const conflict = goLiveConflict(milestones, stated)
  if (conflict !== null) return `go-live is not settled: ${conflict}`
  const day = goLiveOf(milestones) ?? stated
  if (day === null) return 'go-live has no day yet: add it to the milestones'
  const days = daysBetween(asOf, day)
  const claimed = goLiveOf(milestones) === null ? ` (${notInLedger})` : ''
  return `go-live ${dayText(day)}${claimed}, ${days === 0 ? 'today' : days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`}`
}
