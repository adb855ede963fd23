/** Results that are far from the others of their code and unit, or from those of the same patient before and after: another unit, a moved point. */
import { asWhen, numOf, plainNumber } from '../../model/value.ts'
import { listParam, textParam } from '../contract/record-check.ts'
import { mostKept, type TableCheck, type TableJudge, type TableRow } from '../contract/table-check.ts'

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

interface Result {
  /** Natural logarithm: factors become distances. */
  readonly log: number
  readonly patient: string | null
  readonly at: number
  readonly kept: number
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
  private readonly groups = new Map<string, Result[]>()
  private tested = 0
  private full = false
  private readonly columns: Columns

  constructor(columns: Columns) {
    this.columns = columns
  }

  see(record: TableRow): void {
    const { value, by, patient, date } = this.columns
    const number = numOf(record.text(value)?.trim() ?? '')
    const amount = number === null ? 0 : plainNumber(number)
    const kind = by.map((field) => record.text(field)?.trim() ?? null)
    // `{score}`: what has no unit has a scale of its own, whose ends are no mistakes.
    if (!(amount > 0) || kind[0] === null || kind.some((text) => text !== null && /^\{[^}]*\}$/.test(text))) return
    if (this.tested >= mostKept) {
      this.full = true
      return
    }
    this.tested++
    const name = JSON.stringify(kind)
    const group = this.groups.get(name) ?? []
    const when = date === null ? null : asWhen(record.value(date))
    const who = patient === null ? null : record.text(patient)
    group.push({ log: Math.log(amount), patient: who, at: when?.from ?? Number.NaN, kept: record.keep() })
    this.groups.set(name, group)
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    for (const group of this.groups.values()) {
      if (group.length < fewest) continue
      const odd = new Map<number, string>()
      const far = this.columns.by.length === 0 ? farAbove(group) : farFromAll(group)
      for (const [kept, times] of far) odd.set(kept, `${times} times the usual result`)
      for (const [kept, times] of farFromOwn(group)) odd.set(kept, `${times} times those of the same patient before and after`)
      if (odd.size > Math.max(2, group.length * mostOdd)) continue
      for (const { kept } of group) {
        const says = odd.get(kept)
        if (says !== undefined)
          report(kept, [
            { name: 'the result is about', value: says },
            {
              name: this.columns.by.length === 0 ? 'numbers in this column' : 'results of the same code and unit',
              value: group.length,
            },
          ])
      }
    }
    return { tested: this.tested, left: this.full ? `Only the first ${mostKept} results were compared.` : null }
  }
}

function farFromAll(group: readonly Result[]): [number, number][] {
  const middle = quantile(
    group.map(({ log }) => log),
    0.5,
  )
  const spread = spreadOf(group.map(({ log }) => log - middle))
  return group.flatMap(({ log, kept }): [number, number][] => {
    const distance = Math.abs(log - middle)
    return distance > leastOfAll && distance > farthestOfAll * spread ? [[kept, times(log - middle)]] : []
  })
}

/** Of numbers of many kinds: the few above all others across a gap as wide as no other in the upper half, if a hundredth or thousandth of them is a usual number. */
function farAbove(group: readonly Result[]): [number, number][] {
  if (group.length < fewestOfColumn) return []
  const sorted = [...group].sort((a, b) => a.log - b.log)
  const gap = (i: number): number => (sorted[i]?.log ?? 0) - (sorted[i - 1]?.log ?? 0)
  const lowest = sorted.length - Math.max(3, Math.floor(sorted.length * mostAbove))
  let widest = 0
  for (let i = (sorted.length >> 1) + 1; i < sorted.length; i++) {
    if (i >= lowest && gap(i) >= leastGap && gap(i) > widest * 3) {
      const usual = new Set(sorted.slice(0, i).map(({ log }) => written(log)))
      const isMultiple = (log: number): boolean => multiples.some((factor) => usual.has(written(log - factor)))
      const middle = sorted[sorted.length >> 1]?.log ?? 0
      return sorted
        .slice(i)
        .flatMap(({ log, kept }): [number, number][] => (isMultiple(log) ? [[kept, times(log - middle)]] : []))
    }
    widest = Math.max(widest, gap(i))
  }
  return []
}

/** Equal numbers have equal texts, whatever was lost in the logarithm. */
function written(log: number): string {
  return Math.exp(log).toPrecision(9)
}

/** Of patients with three results or more in time: those that differ from their neighbours by a factor of usual mistakes. */
function farFromOwn(group: readonly Result[]): [number, number][] {
  const own = new Map<string, Result[]>()
  for (const result of group) {
    if (result.patient === null || Number.isNaN(result.at)) continue
    const list = own.get(result.patient) ?? []
    list.push(result)
    own.set(result.patient, list)
  }
  const steps: { readonly kept: number; readonly by: number; readonly apart: number }[] = []
  for (const list of own.values()) {
    if (list.length < 3) continue
    list.sort((a, b) => a.at - b.at)
    list.forEach((result, i) => {
      const [before, after] = [list[i - 1] ?? list[i + 2], list[i + 1] ?? list[i - 2]]
      if (!before || !after) return
      // Half way between its neighbours is where growth and healing put a result.
      steps.push({
        kept: result.kept,
        by: result.log - (before.log + after.log) / 2,
        apart: Math.abs(before.log - after.log),
      })
    })
  }
  if (steps.length < fewest) return []
  const spread = spreadOf(steps.map(({ by }) => by))
  return steps.flatMap(({ kept, by, apart }): [number, number][] => {
    const distance = Math.abs(by)
    const isFactor = factors.some((factor) => Math.abs(distance - factor) < nearFactor)
    return isFactor && apart < distance / 2 && distance > leastOfPatient && distance > farthestOfPatient * spread
      ? [[kept, times(by)]]
      : []
  })
}

/** As a standard deviation of a normal spread, from the middle and from nine in ten; never below one in twenty-five, which rounding alone makes. */
function spreadOf(distances: readonly number[]): number {
  const sizes = distances.map(Math.abs)
  return Math.max(0.04, quantile(sizes, 0.5) / 0.6745, quantile(sizes, 0.9) / 1.645)
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}

function times(log: number): number {
  const factor = Math.exp(log)
  return Number(factor.toPrecision(2))
}
