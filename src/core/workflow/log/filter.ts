/** Cases of a log that are looked at: by period, person, variant, and values of events (role, department) and cases. Every condition has to hold. */
import type { AttributeColumn, EventLog } from './event-log.ts'
import type { Instances } from './instances.ts'

export interface LogFilter {
  /** Milliseconds since 1970; a case is in when it begins from `from` on and before `to`. Cases without times are out. */
  readonly from?: number
  readonly to?: number
  /** Cases in which this person did something. */
  readonly resource?: string
  /** Activities in order; cases that do exactly these. */
  readonly variant?: readonly string[]
  /** Cases that have an event, or are themselves, of this value. */
  readonly values?: readonly { readonly of: 'event' | 'case'; readonly name: string; readonly value: string }[]
}

export function isFiltering({ from, to, resource, variant, values = [] }: LogFilter): boolean {
  return from !== undefined || to !== undefined || resource !== undefined || variant !== undefined || values.length > 0
}

/** The log of the cases that are in, in their order, with all of their events. */
export function filtered(instances: Instances, filter: LogFilter): EventLog {
  const { log } = instances
  if (!isFiltering(filter)) return log
  const keep: number[] = []
  const tests = testsOf(instances, filter)
  for (let c = 0; c < log.cases; c++) if (tests.every((test) => test(c))) keep.push(c)
  return onlyCases(log, keep)
}

type Test = (number: number) => boolean

function testsOf(instances: Instances, { from, to, resource, variant, values = [] }: LogFilter): readonly Test[] {
  const { log, caseStart } = instances
  const tests: Test[] = []
  if (from !== undefined || to !== undefined)
    tests.push((c) => {
      const begin = beginOf(log, c)
      return begin >= (from ?? Number.NEGATIVE_INFINITY) && begin < (to ?? Number.POSITIVE_INFINITY)
    })
  if (resource !== undefined) {
    const code = log.resources.indexOf(resource)
    tests.push((c) => has(log, c, log.resource, code))
  }
  if (variant !== undefined) {
    const codes = variant.map((name) => log.activities.indexOf(name))
    tests.push((c) => {
      const first = caseStart[c] as number
      return (
        (caseStart[c + 1] as number) - first === codes.length &&
        codes.every((code, at) => instances.activity[first + at] === code)
      )
    })
  }
  for (const { of, name, value } of values) {
    const column = (of === 'event' ? log.eventAttributes : log.caseAttributes).find((each) => each.name === name)
    const code = column ? column.values.indexOf(value) : -1
    tests.push(
      (c) => code >= 0 && column !== undefined && (of === 'case' ? column.codes[c] === code : has(log, c, column.codes, code)),
    )
  }
  return tests
}

function has({ caseStart }: EventLog, c: number, codes: Int32Array, code: number): boolean {
  for (let i = caseStart[c] as number; i < (caseStart[c + 1] as number); i++) if (code >= 0 && codes[i] === code) return true
  return false
}

/** First time of a case; NaN without any, which is before and after nothing. */
function beginOf({ caseStart, time, begun }: EventLog, c: number): number {
  let first = Number.NaN
  for (let i = caseStart[c] as number; i < (caseStart[c + 1] as number); i++)
    for (const each of [time[i] as number, begun?.[i] ?? Number.NaN]) if (!(first <= each) && !Number.isNaN(each)) first = each
  return first
}

function onlyCases(log: EventLog, keep: readonly number[]): EventLog {
  const caseStart = new Int32Array(keep.length + 1)
  for (const [at, c] of keep.entries())
    caseStart[at + 1] = (caseStart[at] as number) + (log.caseStart[c + 1] as number) - (log.caseStart[c] as number)
  const order = new Int32Array(caseStart[keep.length] as number)
  for (const [at, c] of keep.entries())
    for (let i = caseStart[at] as number, from = log.caseStart[c] as number; i < (caseStart[at + 1] as number); i++)
      order[i] = from++
  const ints = (column: Int32Array): Int32Array => order.map((i) => column[i] as number)
  const doubles = (column: Float64Array): Float64Array => Float64Array.from(order, (i) => column[i] as number)
  const events = (column: AttributeColumn): AttributeColumn => ({ ...column, codes: ints(column.codes) })
  return {
    ...log,
    cases: keep.length,
    caseName: (index) => log.caseName(keep[index] ?? -1),
    events: order.length,
    caseStart,
    activity: ints(log.activity),
    resource: ints(log.resource),
    time: doubles(log.time),
    offset: log.offset && Int16Array.from(order, (i) => log.offset?.[i] ?? 0),
    transition: Uint8Array.from(order, (i) => log.transition[i] as number),
    instance: log.instance && ints(log.instance),
    begun: log.begun && doubles(log.begun),
    eventAttributes: log.eventAttributes.map(events),
    caseAttributes: log.caseAttributes.map((column) => ({
      ...column,
      codes: Int32Array.from(keep, (c) => column.codes[c] ?? -1),
    })),
  }
}

/** Attributes with more values than this are names or numbers of their own, which no list can offer. */
const mostValues = 40

/** What a log can be filtered by: attributes of events and cases with their values, most frequent first. */
export interface FilterChoice {
  readonly of: 'event' | 'case'
  readonly name: string
  readonly values: readonly { readonly value: string; readonly n: number }[]
}

export function filterChoices(log: EventLog): readonly FilterChoice[] {
  const of = (kind: FilterChoice['of'], columns: readonly AttributeColumn[]): FilterChoice[] =>
    columns.flatMap(({ name, codes, values }) => {
      if (values.length < 2 || values.length > mostValues) return []
      const counts = new Int32Array(values.length)
      for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1
      const listed = values
        .map((value, at) => ({ value, n: counts[at] as number }))
        .sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))
      return [{ of: kind, name, values: listed }]
    })
  return [...of('event', log.eventAttributes), ...of('case', log.caseAttributes)]
}
