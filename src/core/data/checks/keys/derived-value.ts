/** A body mass index beside the weight and the height it is made of: where they contradict each other, one has another unit or decimal point. */
import { type BodyMeasure, bodyMeasureOf, bodyMeasures, bodyMistakes, bodyUnits } from '../../knowledge/body-measures.ts'
import { converted, unitOf } from '../../knowledge/unit.ts'
import { numOf, plainNumber } from '../../model/value.ts'
import { textParam } from '../contract/record-check.ts'
import { mostKept, type TableCheck, type TableJudge, type TableRow } from '../contract/table-check.ts'

export const derivedValue: TableCheck = {
  code: 'data/derived-value',
  title: 'Weight, height and body mass index that contradict each other',
  why: 'One of the three has another unit or decimal point: a dose by weight would be twice what it should be.',
  remedy: 'Compare the three in the legacy system. Correct the unit or the decimal point of the one that is named.',
  severity: 'warning',
  kahn: { category: 'plausibility', sub: 'atemporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'keys',
  open({ on, params: given }) {
    const [first, second, third] = on.fields
    if (first !== undefined && second !== undefined && third !== undefined && on.fields.length === 3)
      return { fields: on.fields, judge: new Derived(new Side(on.fields)) }
    const [code, patient, date] = ['code', 'patient', 'date'].map((name) => textParam(given, name))
    if (first === undefined || on.fields.length !== 1 || !code || !patient || !date)
      return 'It takes the columns of weight, height and index; or that of the value, and in params code, patient and date.'
    const [unit, words] = [textParam(given, 'unit'), textParam(given, 'words')]
    const more = [unit, words].filter((field) => field !== null)
    return {
      fields: [first, code, patient, date, ...more],
      judge: new Derived(new Rows({ value: first, code, patient, date, unit, words })),
    }
  },
}

interface Measured {
  /** Natural logarithm of the number in the unit of the formula, or as it is written where the unit says nothing. */
  readonly log: number
  readonly kept: number
}
type Set3 = Partial<Record<BodyMeasure, Measured>>
type Whole = Readonly<Record<BodyMeasure, Measured>>

/** Finds the three that belong together. */
interface Gatherer {
  /** Every number is in the unit of the formula. */
  readonly isExact: boolean
  see(row: TableRow): void
  sets(): Iterable<Set3>
}

function logOf(text: string | null): number | null {
  const number = numOf(text?.trim() ?? '')
  const plain = number === null ? 0 : plainNumber(number)
  return plain > 0 ? Math.log(plain) : null
}

/** One row holds the three. */
class Side implements Gatherer {
  readonly isExact = false
  private readonly all: Set3[] = []
  private readonly fields: readonly string[]

  constructor(fields: readonly string[]) {
    this.fields = fields
  }

  see(row: TableRow): void {
    const logs = this.fields.map((field) => logOf(row.text(field)))
    if (logs.includes(null)) return
    const kept = row.keep()
    const [weight = 0, height = 0, index = 0] = logs.map((log) => log ?? 0)
    this.all.push({ weight: { log: weight, kept }, height: { log: height, kept }, index: { log: index, kept } })
  }

  sets(): Iterable<Set3> {
    return this.all
  }
}

interface Columns {
  readonly value: string
  readonly code: string
  readonly patient: string
  readonly date: string
  readonly unit: string | null
  readonly words: string | null
}

/** Each of the three is a row of its own, of the same patient at the same time. */
class Rows implements Gatherer {
  isExact = true
  private readonly by = new Map<string, Set3>()
  private readonly columns: Columns

  constructor(columns: Columns) {
    this.columns = columns
  }

  see(row: TableRow): void {
    const { value, code, patient, date, unit, words } = this.columns
    const measure = bodyMeasureOf(row.text(code)?.trim() ?? '', words === null ? null : row.text(words))
    if (measure === null) return
    const [who, when] = [row.text(patient), row.text(date)]
    const log = logOf(row.text(value))
    if (!who || !when || log === null) return
    const stated = unit === null ? null : unitOf(row.text(unit) ?? '')
    const asked = unitOf(bodyUnits[measure])
    const factor = stated && asked ? converted(1, stated, asked) : null
    if (factor === null) this.isExact = false
    const name = JSON.stringify([who, when])
    const set = this.by.get(name) ?? {}
    // The first of several at one time: they are told by other checks.
    set[measure] ??= { log: log + (factor === null ? 0 : Math.log(factor)), kept: row.keep() }
    this.by.set(name, set)
  }

  sets(): Iterable<Set3> {
    return this.by.values()
  }
}

const fewest = 8
/** So many have to agree, or the index is not made of these two. */
const leastAgreeing = 0.6
const agrees = Math.log(1.1)
/** A height that is some years old makes less. */
const contradicts = Math.log(1.3)
const nearMistake = Math.log(1.06)

class Derived implements TableJudge {
  private seen = 0
  private readonly gatherer: Gatherer

  constructor(gatherer: Gatherer) {
    this.gatherer = gatherer
  }

  see(row: TableRow): void {
    if (this.seen >= mostKept) return
    this.seen++
    this.gatherer.see(row)
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    const whole: Whole[] = []
    for (const { weight, height, index } of this.gatherer.sets())
      if (weight && height && index) whole.push({ weight, height, index })
    const ratios = whole.map(({ weight, height, index }) => index.log + 2 * height.log - weight.log)
    const most = middle(ratios)
    const agreeing = ratios.filter((ratio) => Math.abs(ratio - most) < agrees).length
    // Where no unit is stated, what most of them agree on is the unit.
    const usual = this.gatherer.isExact ? 0 : most
    const left = this.seen >= mostKept ? `Only the first ${mostKept} records were compared.` : null
    if (whole.length < fewest || agreeing < whole.length * leastAgreeing) return { tested: 0, left }
    const middles = new Map(bodyMeasures.map((measure) => [measure, middle(whole.map((one) => one[measure].log))]))
    for (const [i, one] of whole.entries()) {
      const by = (ratios[i] ?? usual) - usual
      if (Math.abs(by) < contradicts) continue
      const away = (measure: BodyMeasure): number => Math.abs(one[measure].log - (middles.get(measure) ?? 0))
      const [mistake] = bodyMistakes
        .filter((known) => Math.abs(known.by - by) < nearMistake)
        .sort((a, b) => away(b.measure) - away(a.measure))
      report(one[mistake?.measure ?? 'index'].kept, [
        {
          name: 'the index is not weight by height squared; it differs by the factor',
          value: Number(Math.exp(by).toPrecision(2)),
        },
        ...(mistake ? [{ name: `the ${namesOf[mistake.measure]} is probably`, value: mistake.says }] : []),
        { name: 'times the three agree with each other', value: agreeing },
      ])
    }
    return { tested: whole.length, left }
  }
}

const namesOf: Readonly<Record<BodyMeasure, string>> = { weight: 'weight', height: 'height', index: 'body mass index' }

function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0
}
