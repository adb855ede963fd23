/** How a workflow is run: arrivals, staff, calendars and how often. Both graphs run on the same scenario. */
import type { Distribution } from './distribution.ts'
import type { Extra } from './workflow.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** `hourly` holds cases per hour for the 24 hours of each weekday; days left out have none. */
export type Arrival =
  | { readonly node: string; readonly perHour: number }
  | { readonly node: string; readonly hourly: Readonly<Partial<Record<Weekday, readonly number[]>>> }
  | { readonly node: string; readonly interarrival: Distribution }

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

export const disciplines = ['fifo', 'priority', 'sjf'] as const
export type Discipline = (typeof disciplines)[number]

export interface Scenario {
  readonly seed: number
  /** At least this many; more are run until the lead time is known to 5 %. */
  readonly replications: number
  /** Cases that arrive in each replication. */
  readonly cases: number
  readonly warmup: 'mser5' | 'none'
  readonly arrivals: readonly Arrival[]
  /** Overrides the lanes of both maps where a lane is named. */
  readonly staff: ReadonlyMap<string, Staffing>
  readonly calendars: ReadonlyMap<string, readonly Shift[]>
  readonly discipline: ReadonlyMap<string, Discipline>
  readonly extra: Extra
}

export const blankScenario: Scenario = {
  seed: 1,
  replications: 20,
  cases: 1000,
  warmup: 'mser5',
  arrivals: [],
  staff: new Map(),
  calendars: new Map(),
  discipline: new Map(),
  extra: {},
}
