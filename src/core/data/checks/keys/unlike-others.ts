/** Results that are far from the others of their code and unit, or from those of the same patient before and after: another unit, a moved point. */
import { amountOf, asWhen } from '../../model/value.ts'
import { listParam, textParam } from '../contract/record-check.ts'
import { mostKept, type TableCheck, type TableJudge, type TableRow } from '../contract/table-check.ts'
import { nobody, Results } from './results.ts'

export const unlikeOthers: TableCheck = {
  code: 'data/unlike-others',
  title: 'Results unlike the others of their kind',
  why: 'A weight in pounds under kilograms, or 700 for 70.0, is a valid number: doses are calculated from it.',
  remedy: 'Compare with the results before and after. Correct the unit or the decimal point in the legacy system.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'atemporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'keys',
  open({ on, params: given }) {
    const [value] = on.fields
    const by = listParam(given, 'by')
    if (value === undefined)
      return 'It takes the column of the value, and in params.by those of code and unit, where there are such.'
    const [patient, date] = [textParam(given, 'patient'), textParam(given, 'date')]
    const asked = [value, ...by, ...(patient === null ? [] : [patient]), ...(date === null ? [] : [date])]
    return { fields: asked, judge: new Unlike({ value, by, patient, date }) }
  },
}

interface Columns {
  readonly value: string
  readonly by: readonly string[]
  readonly patient: string | null
  readonly date: string | null
}

export const fewest = 20
/** Distances of a normal spread lie within three of these; results are spread wider. */
const farthestOfAll = 12
const farthestOfPatient = 8
/** At least four times as large or small as the middle of all; half as large again as the results before and after. */
const leastOfAll = Math.log(4)
/** In a column of one kind of number: at least eight times the largest of the others, and one in a hundred at most. */
const fewestOfColumn = 50
const leastGap = Math.log(8)
const mostAbove = 0.01
const multiples = [100, 1000].map(Math.log)
const leastOfPatient = Math.log(1.7)
/** What mistakes of unit and decimal point multiply by: kg and lb, cm and in, mmol and mg of glucose, creatinine and cholesterol, powers of ten. */
const factors = [10, 100, 1000, 2.20462, 2.54, 18.0156, 88.42, 38.67].map(Math.log)
const nearFactor = Math.log(1.15)
/** Where more are odd, the measurement is spread so. */
const mostOdd = 0.15

class Unlike implements TableJudge {
  private readonly results = new Results()
  private full = false
  private readonly columns: Columns

  constructor(columns: Columns) {
    this.columns = columns
  }

  see(record: TableRow): void {
    const { value, by, patient, date } = this.columns
    const amount = amountOf(record.text(value)?.trim() ?? '')
    const kind = by.map((field) => record.text(field)?.trim() ?? null)
    // `{score}`: what has no unit has a scale of its own, whose ends are no mistakes.
    if (!(amount > 0) || kind[0] === null || kind.some((text) => text !== null && /^\{[^}]*\}$/.test(text))) return
    if (this.results.size >= mostKept) {
      this.full = true
      return
    }
    const when = date === null ? null : asWhen(record.value(date))
    const who = patient === null ? null : record.text(patient)
    const name = kind.length === 0 ? '' : JSON.stringify(kind)
    // Natural logarithm: factors become distances.
    this.results.add(name, Math.log(amount), who, when?.from ?? Number.NaN, record.keep())
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    const { results } = this
    for (const group of results.groups()) {
      if (group.length < fewest) continue
      const logs = results.logsOf(group)
      const odd = new Map<number, string>()
      const far = this.columns.by.length === 0 ? farAbove(logs) : farFromAll(logs)
      for (const [i, times] of far) odd.set(i, `${times} times the usual result`)
      if (this.columns.patient !== null)
        for (const [i, times] of farFromOwn(results, group, logs))
          odd.set(i, `${times} times those of the same patient before and after`)
      if (odd.size > Math.max(2, group.length * mostOdd)) continue
      for (const i of [...odd.keys()].sort((a, b) => a - b))
        report(results.kept[group[i] as number] as number, [
          { name: 'the result is about', value: odd.get(i) as string },
          {
            name: this.columns.by.length === 0 ? 'numbers in this column' : 'results of the same code and unit',
            value: group.length,
          },
        ])
    }
    return { tested: results.size, left: this.full ? `Only the first ${mostKept} results were compared.` : null }
  }
}

/** A factor by place in a group. */
type Far = [place: number, times: number][]

function farFromAll(logs: Float64Array): Far {
  const middle = quantile(logs, 0.5)
  const spread = spreadOf(logs.map((log) => log - middle))
  return placesWhere(logs, (log) => {
    const distance = Math.abs(log - middle)
    return distance > leastOfAll && distance > farthestOfAll * spread
  }).map((i) => [i, times((logs[i] as number) - middle)])
}

/** Of numbers of many kinds: the few above all others across a gap as wide as no other in the upper half, if a hundredth or thousandth of them is a usual number. */
function farAbove(logs: Float64Array): Far {
  if (logs.length < fewestOfColumn) return []
  const sorted = logs.slice().sort()
  const gap = (i: number): number => (sorted[i] as number) - (sorted[i - 1] as number)
  const lowest = sorted.length - Math.max(3, Math.floor(sorted.length * mostAbove))
  let widest = 0
  for (let i = (sorted.length >> 1) + 1; i < sorted.length; i++) {
    if (i >= lowest && gap(i) >= leastGap && gap(i) > widest * 3) {
      const least = sorted[i] as number
      const usual = sorted.subarray(0, i)
      const middle = sorted[sorted.length >> 1] as number
      const isMultiple = (log: number): boolean => multiples.some((factor) => holds(usual, log - factor))
      return placesWhere(logs, (log) => log >= least && isMultiple(log)).map((at) => [at, times((logs[at] as number) - middle)])
    }
    widest = Math.max(widest, gap(i))
  }
  return []
}

function placesWhere(logs: Float64Array, test: (log: number) => boolean): number[] {
  const places: number[] = []
  for (let i = 0; i < logs.length; i++) if (test(logs[i] as number)) places.push(i)
  return places
}

/** True where a number stands in a sorted list, whatever was lost in the logarithm: if any does, one of its two neighbours. */
function holds(sorted: Float64Array, log: number): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] as number) < log) from = middle + 1
    else to = middle
  }
  return [sorted[from - 1], sorted[from]].some((near) => near !== undefined && written(near) === written(log))
}

/** Equal numbers have equal texts. */
function written(log: number): string {
  return Math.exp(log).toPrecision(9)
}

/** Of patients with three results or more in time: those that differ from their neighbours by a factor of usual mistakes. */
function farFromOwn(results: Results, group: Uint32Array, logs: Float64Array): Far {
  const own = new Map<number, number[]>()
  for (let i = 0; i < group.length; i++) {
    const patient = results.patients[group[i] as number] as number
    if (patient === nobody || Number.isNaN(results.moments[group[i] as number])) continue
    const list = own.get(patient)
    if (list) list.push(i)
    else own.set(patient, [i])
  }
  const momentOf = (i: number): number => results.moments[group[i] as number] as number
  const logOf = (i: number | undefined): number | undefined => (i === undefined ? undefined : logs[i])
  const steps: { readonly place: number; readonly by: number; readonly apart: number }[] = []
  for (const list of own.values()) {
    if (list.length < 3) continue
    list.sort((a, b) => momentOf(a) - momentOf(b))
    list.forEach((place, i) => {
      const [before, after] = [logOf(list[i - 1] ?? list[i + 2]), logOf(list[i + 1] ?? list[i - 2])]
      if (before === undefined || after === undefined) return
      // Half way between its neighbours is where growth and healing put a result.
      steps.push({ place, by: (logs[place] as number) - (before + after) / 2, apart: Math.abs(before - after) })
    })
  }
  if (steps.length < fewest) return []
  const spread = spreadOf(Float64Array.from(steps, ({ by }) => by))
  return steps.flatMap(({ place, by, apart }): Far => {
    const distance = Math.abs(by)
    const isFactor = factors.some((factor) => Math.abs(distance - factor) < nearFactor)
    return isFactor && apart < distance / 2 && distance > leastOfPatient && distance > farthestOfPatient * spread
      ? [[place, times(by)]]
      : []
  })
}

/** As a standard deviation of a normal spread, from the middle and from nine in ten; never below one in twenty-five, which rounding alone makes. */
function spreadOf(distances: Float64Array): number {
  const sizes = distances.map(Math.abs)
  return Math.max(0.04, quantile(sizes, 0.5) / 0.6745, quantile(sizes, 0.9) / 1.645)
}

function quantile(numbers: Float64Array, share: number): number {
  const sorted = numbers.slice().sort()
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}

function times(log: number): number {
  const factor = Math.exp(log)
  return Number(factor.toPrecision(2))
}
