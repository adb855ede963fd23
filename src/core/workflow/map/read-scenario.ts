/** Unknown JSON → scenario: `carryover-scenario/1`. */
import type { Json } from '../../canonical.ts'
import { Fields, isObject, type ReadProblem } from './fields.ts'
import { type Read, readDistribution, timeWanted } from './read.ts'
import {
  type Arrival,
  type Attribute,
  blankScenario,
  type Discipline,
  disciplines,
  type GoLive,
  type HourlyRates,
  offShiftPolicies,
  type Priority,
  type Scenario,
  type Shift,
  type Staffing,
  type StepRun,
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
    days: f.number('days', 1),
    warmup: f.one('warmup', ['mser5', 'none'] as const) ?? blankScenario.warmup,
    arrivals: f
      .list('arrivals', readArrival)
      .filter((arrival) => arrival !== null)
      .sort((a, b) => (a.node < b.node ? -1 : a.node > b.node ? 1 : 0)),
    staff: f.whole('staff', (given, place) => mapOf(given, (item) => readStaffing(item, place, problems)), 'lanes') ?? new Map(),
    calendars:
      f.whole('calendars', (given) => mapOf(given, readShifts), 'names with lists of {"days", "from", "to"}') ?? new Map(),
    discipline:
      f.whole('discipline', (given) => mapOf(given, readDiscipline), `lanes with one of ${disciplines.join(', ')}`) ?? new Map(),
    attributes:
      f.whole('attributes', (given) => mapOf(given, readAttribute), 'names with {word: weight} or a distribution') ?? new Map(),
    priority: f.whole('priority', readPriority, '{"attribute": name, "order": [words]}'),
    steps:
      f.whole('steps', (given, place) => mapOf(given, (item) => readStepRun(item, place, problems)), 'step ids with facts') ??
      new Map(),
    goLive: f.whole('goLive', (given, place) => readGoLive(given, place, problems), '{"cut", "slowdown", …}'),
    extra: f.rest(),
  }
  return { value, problems }
}

function readArrival(f: Fields): Arrival | null {
  const node = f.text('node') ?? 'start'
  const attributes = f.whole('attributes', readWords, 'names with words')
  const head = attributes === null ? { node } : { node, attributes }
  const perHour = f.number('perHour', 0)
  if (perHour !== null) {
    const calendar = f.text('calendar')
    return calendar === null ? { ...head, perHour } : { ...head, perHour, calendar }
  }
  const interarrival = f.whole('interarrival', readDistribution, timeWanted)
  if (interarrival) return { ...head, interarrival }
  const hourly = f.whole('hourly', readHourly, 'weekdays with 24 numbers each')
  if (hourly) return { ...head, hourly }
  f.say('perHour', 'is missing: an arrival stream takes perHour, hourly or interarrival; it was left out')
  return null
}

function readWords(value: Json): Readonly<Record<string, string>> | null {
  if (!isObject(value)) return null
  const words: Record<string, string> = Object.create(null)
  for (const [name, word] of Object.entries(value)) {
    if (typeof word !== 'string') return null
    words[name] = word
  }
  return words
}

function readHourly(value: Json): HourlyRates | null {
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

function readAttribute(value: Json): Attribute | null {
  if (!isObject(value)) return null
  if ('dist' in value) {
    const distribution = readDistribution(value)
    return distribution && { kind: 'number', distribution }
  }
  const weights = mapOf(value, (weight) => (typeof weight === 'number' && weight >= 0 ? weight : null))
  return weights === null || weights.size === 0 ? null : { kind: 'words', weights }
}

function readPriority(value: Json): Priority | null {
  if (!isObject(value)) return null
  const { attribute, order } = value
  if (typeof attribute !== 'string' || !Array.isArray(order)) return null
  const words = order.filter((word) => typeof word === 'string')
  return words.length === order.length ? { attribute, order: words } : null
}

function readStepRun(value: Json, place: string, problems: ReadProblem[]): StepRun | null {
  if (!isObject(value)) return null
  const f = new Fields(value, place, problems)
  return {
    needs: f.whole(
      'needs',
      (given) => mapOf(given, (count) => (typeof count === 'number' && count >= 1 ? count : null)),
      'lanes with numbers of people from 1 up',
    ),
    patience: f.whole('patience', readDistribution, timeWanted),
    room: f.number('room', 0),
    retry: f.whole('retry', readRetry, '{"share": 0 to 1, "times": number, "after": seconds}'),
  }
}

function readRetry(value: Json): StepRun['retry'] {
  if (!isObject(value)) return null
  const { share, times, after } = value
  if (typeof share !== 'number' || typeof times !== 'number' || share < 0 || share > 1 || times < 0) return null
  return { share, times: Math.round(times), after: typeof after === 'number' && after >= 0 ? after : 0 }
}

function readGoLive(value: Json, place: string, problems: ReadProblem[]): GoLive | null {
  if (!isObject(value)) return null
  const f = new Fields(value, place, problems)
  return {
    cut: Math.min(1, f.number('cut', 0) ?? 0),
    rebookWeeks: Math.round(f.number('rebookWeeks', 0) ?? 4),
    slowdown: f.number('slowdown', 0) ?? 0,
    halfLifeDays: Math.max(0.1, f.number('halfLifeDays', 0) ?? 7),
  }
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
