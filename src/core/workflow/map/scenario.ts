/** How a workflow is run: arrivals, staff, calendars, rules of service and how often. Both graphs run on the same scenario. */
import * as v from 'valibot'
import { type Kept, map, mapBy, object } from '../../values/document.ts'
import { blankOf, record, records, rows, takes } from '../../values/partial-document.ts'
import type { Distribution } from './distribution.ts'
import { duration, from, text, time } from './members.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

const hourly = mapBy(v.picklist(weekdays), v.pipe(v.array(from(0)), v.length(24)))
/** Rates for the 24 hours of each weekday; days left out have none. */
export type HourlyRates = Kept<typeof hourly>

/** What a file says of a stream: the first of `perHour`, `interarrival` and `hourly` that it gives counts. */
const stream = object({
  node: v.nullish(v.string(), 'start'),
  attributes: v.nullish(v.pipe(map(v.string()), takes('names with words')), null),
  perHour: v.nullish(from(0), null),
  calendar: text,
  interarrival: duration,
  hourly: v.nullish(v.pipe(hourly, takes('weekdays with 24 numbers each')), null),
})
export type Stream = Kept<typeof stream>

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

const staffing = object({
  count: v.nullish(from(0), null),
  calendar: text,
  offShift: v.nullish(v.picklist(offShiftPolicies), 'finish'),
})
export type Staffing = Kept<typeof staffing>

const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-4]):[0-5]\d$/))
const shift = object({ days: v.string(), from: clock, to: clock })
/** `days` is one weekday, a range such as `mon-fri`, or several with commas; times are `HH:MM`, `to` may be `24:00`. */
export type Shift = Kept<typeof shift>

export const disciplines = ['fifo', 'priority', 'preempt', 'sjf'] as const
/** First come first served; by priority without and with interrupting work under way (which is resumed); shortest job first. */
export type Discipline = (typeof disciplines)[number]

const attribute = v.union([
  v.pipe(
    time,
    v.transform((distribution) => ({ kind: 'number' as const, distribution })),
  ),
  v.pipe(
    map(from(0)),
    v.check((weights) => Object.keys(weights).length > 0 && !Object.hasOwn(weights, 'dist')),
    rows(from(0)),
    v.transform((weights) => ({ kind: 'words' as const, weights })),
  ),
])
/** A fact of a case that is drawn when it arrives: words with weights, or a number. */
export type Attribute = Kept<typeof attribute>

/** Which attribute decides who is served first, and its words in falling order; words not listed come last. */
const priority = object({ attribute: v.string(), order: v.array(v.string()) })

const stepRun = object({
  /** People wanted at once, lane → number; null means one of the step's own lane. */
  needs: v.nullish(v.pipe(rows(from(1)), takes('lanes with numbers of people from 1 up')), null),
  /** How long a case waits in the queue before it gives up; it leaves by the exception way, or for good. */
  patience: duration,
  /** Places to wait; who finds none free leaves by the exception way, or for good. */
  room: v.nullish(from(0), null),
  /** Work that fails in this share is done again after so many seconds, at most so often; then the case leaves by the exception way. */
  retry: v.nullish(
    v.pipe(
      object({
        share: v.pipe(from(0), v.maxValue(1)),
        times: v.pipe(from(0), v.transform(Math.round)),
        after: v.nullish(from(0), 0),
      }),
      takes('{"share": 0 to 1, "times": number, "after": seconds}'),
    ),
    null,
  ),
})
/** Facts of one step that only a run needs. */
export type StepRun = Kept<typeof stepRun>

/** A number from 0 up that is brought into a range. */
// @__NO_SIDE_EFFECTS__
function within(bring: (given: number) => number) {
  return v.pipe(from(0), v.transform(bring))
}

const goLive = object({
  /** Share of bookings taken out of the first week, 0 to 1. */
  cut: v.nullish(
    within((share) => Math.min(1, share)),
    0,
  ),
  /** Weeks over which they are booked again afterwards; 0: they do not come back. */
  rebookWeeks: v.nullish(within(Math.round), 4),
  /** Work takes this much longer on the first day: 0.5 is half as long again. */
  slowdown: v.nullish(from(0), 0),
  /** Days after which half of the slowdown is gone. */
  halfLifeDays: v.nullish(
    within((days) => Math.max(0.1, days)),
    7,
  ),
})
/** The first weeks after go-live, in the future map only. */
export type GoLive = Kept<typeof goLive>

export const scenarioFormat = 'carryover-scenario/1'

/** What counts where nobody says otherwise. */
export const usualRun = { seed: 1, replications: 20, cases: 1000 } as const

/** `workflows/<id>/scenario.json`. */
export const scenarioDocument = record({
  format: v.nullish(v.literal(scenarioFormat), scenarioFormat),
  seed: v.nullish(v.number(), usualRun.seed),
  /** At least this many; more are run until the lead time is known to 5 %. */
  replications: v.nullish(from(1), usualRun.replications),
  /** Cases that arrive in each replication. */
  cases: v.nullish(from(1), usualRun.cases),
  /** Days on which cases arrive in each replication, instead of a number of cases. */
  days: v.nullish(from(1), null),
  warmup: v.nullish(v.picklist(['mser5', 'none']), 'mser5'),
  arrivals: records(stream),
  /** Overrides the lanes of both maps: the lane of this id, and in the other map the lane of its label. */
  staff: v.nullish(v.pipe(rows(staffing), takes('lanes')), {}),
  calendars: v.nullish(v.pipe(rows(v.array(shift)), takes('names with lists of {"days", "from", "to"}')), {}),
  discipline: v.nullish(v.pipe(rows(v.picklist(disciplines)), takes(`lanes with one of ${disciplines.join(', ')}`)), {}),
  attributes: v.nullish(v.pipe(rows(attribute), takes('names with {word: weight} or a distribution')), {}),
  priority: v.nullish(v.pipe(priority, takes('{"attribute": name, "order": [words]}')), null),
  /** By step id, in whichever map has the step. */
  steps: v.nullish(v.pipe(rows(stepRun), takes('step ids with facts')), {}),
  goLive: v.nullish(v.pipe(goLive, takes('{"cut", "slowdown", …}')), null),
})

export type Scenario = Omit<Kept<typeof scenarioDocument>, 'format' | 'arrivals'> & { readonly arrivals: readonly Arrival[] }

const { format: _, ...blank } = blankOf(scenarioDocument)
export const blankScenario: Scenario = { ...blank, arrivals: [] }
