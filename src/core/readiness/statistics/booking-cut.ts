/**
 * How much less each clinic books in its first week: weeks of a queue with a learning curve, simulated from its own bookings.
 * Week w: backlog(w + 1) = max(0, backlog(w) + work(w) − capacity), work = visits that come × their minutes × (1 + slowness(w)).
 */
import { type Random, seededRandom } from '../../random.ts'
import { normalQuantile } from '../../workflow/numerics/numbers.ts'
import { type RolloutAssumptions, slownessOf } from './rollout.ts'

export interface ClinicWeeks {
  readonly clinic: string
  /** Booked visits of a usual week, and the minutes of one. */
  readonly visits: number
  readonly minutes: number
  /** Share of booked visits that nobody comes to. */
  readonly noShow: number
  /** Minutes of visits that the clinic can do in a week: those of its busiest usual week. */
  readonly capacity: number
}

export interface CutAssumptions extends Pick<RolloutAssumptions, 'slowdown' | 'halfLifeDays'> {
  /** Standard deviation of the length of a visit, as a share of its mean. */
  readonly spread: number
  /** Visits that were put off come back in equal parts over so many weeks. */
  readonly rebookWeeks: number
  /** Share of a week's capacity that may be left over at the end of the first week. */
  readonly mostLeft: number
}

export interface BacklogWeek {
  /** 0 is the week of go-live. */
  readonly week: number
  readonly slowness: number
  /** Visits that are booked, put-off ones that come back included. */
  readonly booked: number
  /** Minutes of work left at its end: the mean of all runs, and what 19 of 20 runs stay below. */
  readonly left: number
  readonly left95: number
}

export interface CutForecast {
  /** Share of the usual bookings that is left out in the first week, 0 to 1. */
  readonly cut: number
  /** Share of runs that end the first week with no more left over than is allowed. */
  readonly holds: number
  readonly weeks: readonly BacklogWeek[]
  /** The first week at whose end, and at every later one, 19 of 20 runs have worked off all and nothing put off is still to come; null where none is. */
  readonly recovered: number | null
}

export interface CutAdvice {
  readonly clinic: ClinicWeeks
  /** The least cut that holds in 19 of 20 runs; null where not even the largest does. */
  readonly wanted: number | null
  readonly forecasts: readonly CutForecast[]
}

/** Whether a usual week already asks for all the time there is: what is left over then never gets less, however far one looks. */
export function neverWorkedOff({ visits, minutes, noShow, capacity }: ClinicWeeks): boolean {
  return visits * (1 - noShow) * minutes >= capacity
}

/** Cuts that are compared, in steps of five points. */
export const cutChoices: readonly number[] = Array.from({ length: 15 }, (_, n) => (5 * n) / 100)

export const weeksAhead = 12
const runs = 200
const asked = 0.95

/**
 * The same clinic, assumptions and seed give the same runs; every cut meets the same luck.
 * @param weeks how far to look; the advice rests on the first week alone and is the same for any number
 */
export function adviseCut(clinic: ClinicWeeks, assumptions: CutAssumptions, seed: string, weeks = weeksAhead): CutAdvice {
  const luck = luckOf(seededRandom(`${seed} ${clinic.clinic}`), weeks)
  const forecasts = cutChoices.map((cut) => forecastOf(clinic, assumptions, cut, luck))
  const wanted = forecasts.find(({ holds }) => holds >= asked)?.cut ?? null
  return { clinic, wanted, forecasts }
}

/** Standard normal draws of one run: who comes, and how long it takes, by week. */
type Luck = readonly { readonly come: number; readonly last: number }[]

function luckOf(random: Random, weeks: number): readonly Luck[] {
  const draw = (): number => normalQuantile(Math.max(1e-12, random.next()))
  const byWeek = Array.from({ length: weeks }, () => Array.from({ length: runs }, () => ({ come: draw(), last: draw() })))
  return Array.from({ length: runs }, (_, run) => byWeek.map((week) => week[run] ?? { come: 0, last: 0 }))
}

function forecastOf(clinic: ClinicWeeks, assumptions: CutAssumptions, cut: number, luck: readonly Luck[]): CutForecast {
  const { visits, minutes, noShow, capacity } = clinic
  const { spread, rebookWeeks, mostLeft } = assumptions
  const putOff = visits * cut
  const slow = (luck[0] ?? []).map((_, week) => slownessOf(week, { ...assumptions, parallelWeeks: 0, pilotWeeks: 0 }))
  const booked = (week: number): number =>
    week === 0 ? visits - putOff : visits + (rebookWeeks > 0 && week <= rebookWeeks ? putOff / rebookWeeks : 0)
  const left = luck.map((own) => {
    let backlog = 0
    return own.map(({ come, last }, week) => {
      const expected = booked(week) * (1 - noShow)
      const came = Math.max(0, expected + come * Math.sqrt(expected * noShow))
      const work = Math.max(
        0,
        came * minutes * (1 + (slow[week] ?? 0)) * (1 + (came > 0 ? (spread * last) / Math.sqrt(came) : 0)),
      )
      backlog = Math.max(0, backlog + work - capacity)
      return backlog
    })
  })
  const weeks = slow.map((slowness, week): BacklogWeek => {
    const own = left.map((run) => run[week] ?? 0).sort((a, b) => a - b)
    return {
      week,
      slowness,
      booked: booked(week),
      left: own.reduce((sum, value) => sum + value, 0) / Math.max(1, own.length),
      left95: own[Math.max(0, Math.ceil(asked * own.length) - 1)] ?? 0,
    }
  })
  const allowed = mostLeft * capacity
  const last = weeks.findLastIndex(({ week, left95 }) => left95 > allowed || (cut > 0 && week < rebookWeeks))
  return {
    cut,
    holds: left.filter((run) => (run[0] ?? 0) <= allowed).length / Math.max(1, left.length),
    weeks,
    recovered: last + 1 < weeks.length ? last + 1 : null,
  }
}
