/** How a workflow is run: arrivals, staff, calendars, rules of service and how often. Both graphs run on the same scenario. */
import type { Distribution } from './distribution.ts'
import type { Extra } from './fields.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Rates for the 24 hours of each weekday; days left out have none. */
export type HourlyRates = Readonly<Partial<Record<Weekday, readonly number[]>>>

/** `hourly` holds cases per hour; `attributes` are the same for every case of the stream, the others are drawn. */
export type Arrival = {
  readonly node: string
  readonly attributes?: Readonly<Record<string, string>>
} /** Hours in which they come: a calendar, or `alwaysOpen`; left out, they come while any calendar of the scenario is open. */ & (
  | { readonly perHour: number; readonly calendar?: string }
  | { readonly hourly: HourlyRates }
  | { readonly interarrival: Distribution }
)

/** Names the hours of arrivals that come day and night, said by somebody. */
export const alwaysOpen = 'day and night'

export const offShiftPolicies = ['finish', 'pause', 'fit'] as const
/** What happens to work at the end of a shift: it is finished, paused to the next shift, or only begun when it fits. */
export type OffShift = (typeof offShiftPolicies)[number]

export interface Staffing {
  readonly count: number | null
  readonly calendar: string | null
  readonly offShift: OffShift
}

/** `days` is one weekday, a range such as `mon-fri`, or several with commas; times are `HH:MM`, `to` may be `24:00`. */
export interface Shift {
  readonly days: string
  readonly from: string
  readonly to: string
}

export const disciplines = ['fifo', 'priority', 'preempt', 'sjf'] as const
/** First come first served; by priority without and with interrupting work under way (which is resumed); shortest job first. */
export type Discipline = (typeof disciplines)[number]

/** A fact of a case that is drawn when it arrives: words with weights, or a number. */
export type Attribute =
  | { readonly kind: 'words'; readonly weights: ReadonlyMap<string, number> }
  | { readonly kind: 'number'; readonly distribution: Distribution }

/** Which attribute decides who is served first, and its words in falling order; words not listed come last. */
export interface Priority {
  readonly attribute: string
  readonly order: readonly string[]
}

/** Facts of one step that only a run needs. */
export interface StepRun {
  /** People wanted at once, lane → number; null means one of the step's own lane. */
  readonly needs: ReadonlyMap<string, number> | null
  /** How long a case waits in the queue before it gives up; it leaves by the exception way, or for good. */
  readonly patience: Distribution | null
  /** Places to wait; who finds none free leaves by the exception way, or for good. */
  readonly room: number | null
  /** Work that fails in this share is done again after so many seconds, at most so often; then the case leaves by the exception way. */
  readonly retry: { readonly share: number; readonly times: number; readonly after: number } | null
}

/** The first weeks after go-live, in the future map only. */
export interface GoLive {
  /** Share of bookings taken out of the first week, 0 to 1. */
  readonly cut: number
  /** Weeks over which they are booked again afterwards; 0: they do not come back. */
  readonly rebookWeeks: number
  /** Work takes this much longer on the first day: 0.5 is half as long again. */
  readonly slowdown: number
  /** Days after which half of the slowdown is gone. */
  readonly halfLifeDays: number
}

export interface Scenario {
  readonly seed: number
  /** At least this many; more are run until the lead time is known to 5 %. */
  readonly replications: number
  /** Cases that arrive in each replication. */
  readonly cases: number
  /** Days on which cases arrive in each replication, instead of a number of cases. */
  readonly days: number | null
  readonly warmup: 'mser5' | 'none'
  readonly arrivals: readonly Arrival[]
  /** Overrides the lanes of both maps where a lane is named. */
  readonly staff: ReadonlyMap<string, Staffing>
  readonly calendars: ReadonlyMap<string, readonly Shift[]>
  readonly discipline: ReadonlyMap<string, Discipline>
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly priority: Priority | null
  /** By step id, in whichever map has the step. */
  readonly steps: ReadonlyMap<string, StepRun>
  readonly goLive: GoLive | null
  readonly extra: Extra
}

export const blankScenario: Scenario = {
  seed: 1,
  replications: 20,
  cases: 1000,
  days: null,
  warmup: 'mser5',
  arrivals: [],
  staff: new Map(),
  calendars: new Map(),
  discipline: new Map(),
  attributes: new Map(),
  priority: null,
  steps: new Map(),
  goLive: null,
  extra: {},
}
