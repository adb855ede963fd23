/** Unknown JSON → scenario: `carryover-scenario/1`. */
import type { Json } from '../canonical.ts'
import { Fields, isObject, type ReadProblem } from './fields.ts'
import { type Read, readDistribution } from './read.ts'
import {
  type Arrival,
  blankScenario,
  type Discipline,
  disciplines,
  offShiftPolicies,
  type Scenario,
  type Shift,
  type Staffing,
  type Weekday,
  weekdays,
} from './scenario.ts'

export const scenarioFormat = 'carryover-scenario/1'

export function readScenario(json: unknown): Read<Scenario> {
  const problems: ReadProblem[] = []
  if (!isObject(json)) {
    problems.push({ place: '$', sentence: 'The file is not a scenario: it does not hold a JSON object.' })
    return { value: blankScenario, problems }
  }
  const f = new Fields(json, '$', problems)
  const format = f.text('format')
  if (format !== scenarioFormat)
    problems.push({
      place: '$.format',
      sentence: `$.format is ${JSON.stringify(format)}; this version reads "${scenarioFormat}".`,
    })
  const value: Scenario = {
    seed: f.number('seed') ?? blankScenario.seed,
    replications: f.number('replications', 1) ?? blankScenario.replications,
    cases: f.number('cases', 1) ?? blankScenario.cases,
    warmup: f.one('warmup', ['mser5', 'none'] as const) ?? blankScenario.warmup,
    arrivals: f
      .list('arrivals', readArrival)
      .filter((arrival) => arrival !== null)
      .sort((a, b) => (a.node < b.node ? -1 : 1)),
    staff: f.whole('staff', (given, place) => mapOf(given, (item) => readStaffing(item, place, problems)), 'lanes') ?? new Map(),
    calendars:
      f.whole('calendars', (given) => mapOf(given, readShifts), 'names with lists of {"days", "from", "to"}') ?? new Map(),
    discipline: f.whole('discipline', (given) => mapOf(given, readDiscipline), 'lanes with fifo, priority or sjf') ?? new Map(),
    extra: f.rest(),
  }
  return { value, problems }
}

function readArrival(f: Fields): Arrival | null {
  const node = f.text('node') ?? 'start'
  const perHour = f.number('perHour', 0)
  if (perHour !== null) return { node, perHour }
  const interarrival = f.whole('interarrival', readDistribution, 'a distribution')
  if (interarrival) return { node, interarrival }
  const hourly = f.whole('hourly', readHourly, 'weekdays with 24 numbers each')
  if (hourly) return { node, hourly }
  f.say('perHour', 'is missing: an arrival stream takes perHour, hourly or interarrival; it was left out')
  return null
}

function readHourly(value: Json): Readonly<Partial<Record<Weekday, readonly number[]>>> | null {
  if (!isObject(value)) return null
  const hourly: Partial<Record<Weekday, readonly number[]>> = {}
  for (const [day, rates] of Object.entries(value)) {
    const known = weekdays.find((name) => name === day)
    if (!known || !isRates(rates)) return null
    hourly[known] = rates
  }
  return hourly
}

function isRates(value: Json | undefined): value is readonly number[] {
  return Array.isArray(value) && value.length === 24 && value.every((rate) => typeof rate === 'number' && rate >= 0)
}

function readStaffing(value: Json, place: string, problems: ReadProblem[]): Staffing | null {
  if (!isObject(value)) return null
  const f = new Fields(value, place, problems)
  return {
    count: f.number('count', 0),
    calendar: f.text('calendar'),
    offShift: f.one('offShift', offShiftPolicies) ?? 'finish',
  }
}

function readShifts(value: Json): readonly Shift[] | null {
  if (!Array.isArray(value)) return null
  const shifts: Shift[] = []
  for (const item of value) {
    if (!isObject(item)) return null
    const { days, from, to } = item
    if (typeof days !== 'string' || !isClock(from) || !isClock(to)) return null
    shifts.push({ days, from, to })
  }
  return shifts
}

function isClock(value: Json | undefined): value is string {
  return typeof value === 'string' && /^([01]\d|2[0-4]):[0-5]\d$/.test(value)
}

function readDiscipline(value: Json): Discipline | null {
  return disciplines.find((known) => known === value) ?? null
}

/** Null as a whole when one entry can not be used: half a table would run with other numbers than written. */
function mapOf<T>(value: Json, read: (item: Json) => T | null): ReadonlyMap<string, T> | null {
  if (!isObject(value)) return null
  const map = new Map<string, T>()
  for (const name of Object.keys(value).sort()) {
    const item = read(value[name] ?? null)
    if (item === null) return null
    map.set(name, item)
  }
  return map
}
