/** DataQualityDashboard, Kahn category plausibility: bounds, the order of dates in a life, sex and units by concept. */
import { type Bound, dayOf } from './days.ts'
import type { Facts, Read } from './facts.ts'
import { IdTable } from './id-table.ts'
import { type Measure, type MeasurePlan, type RowVerdict, rowMeasure } from './place-check.ts'
import { judged } from './result.ts'

const filled = 'rows with a value'
/** A record may follow a death: certificates and results come late (60 days in the dashboard). */
const graceDays = 60
const visitDays = 7

function dayOrError(text: string): number | { readonly error: string } {
  return dayOf(text) ?? { error: 'A value is no date' }
}

/** Judges rows whose field holds a day; a value that is none makes the whole check an error, never a pass. */
function dayMeasure(plan: MeasurePlan, field: string, of: string, judge: (day: number, read: Read) => RowVerdict): Measure {
  return rowMeasure(plan, of, (read) => {
    const text = read(field)
    if (text === null) return 'untested'
    const day = dayOrError(text)
    return typeof day === 'number' ? judge(day, read) : day
  })
}

export function plausibleValue(plan: MeasurePlan, field: string, side: 'low' | 'high', bound: Bound): Measure {
  const outside = (value: number, limit: number): RowVerdict =>
    (side === 'low' ? value < limit : value > limit) ? 'wrong' : 'right'
  if (bound.kind === 'day') return dayMeasure(plan, field, filled, (day) => outside(day, bound.day))
  return rowMeasure(plan, filled, (read) => {
    const text = read(field)
    if (text === null) return 'untested'
    const value = Number(text)
    return Number.isNaN(value) ? { error: 'A value is no number' } : outside(value, bound.value)
  })
}

export function plausibleTemporalAfter(
  plan: MeasurePlan,
  field: string,
  facts: Facts,
  before: { table: string; field: string },
): Measure {
  return dayMeasure(plan, field, filled, (day, read) => {
    const other =
      before.table === 'person' ? facts.birthDateTime(read('person_id') ?? '') : (dayOf(read(before.field) ?? '') ?? Number.NaN)
    return other > day ? 'wrong' : 'right'
  })
}

export function plausibleAfterBirth(plan: MeasurePlan, field: string, facts: Facts): Measure {
  return dayMeasure(plan, field, filled, (day, read) => (day < facts.birth(read('person_id') ?? '') ? 'wrong' : 'right'))
}

/** plausibleDuringLife and plausibleBeforeDeath: both ask for at most 60 days after death, among those who died. */
export function plausibleUntilDeath(plan: MeasurePlan, field: string, facts: Facts): Measure {
  return dayMeasure(plan, field, 'rows with a value of persons who died', (day, read) => {
    const death = facts.deathDay(read('person_id') ?? '')
    if (Number.isNaN(death)) return 'untested'
    return day > death + graceDays ? 'wrong' : 'right'
  })
}

export function plausibleStartBeforeEnd(plan: MeasurePlan, field: string, endField: string): Measure {
  return dayMeasure(plan, field, 'rows with both dates', (start, read) => {
    const end = dayOf(read(endField) ?? '')
    if (end === null) return 'untested'
    return start > end ? 'wrong' : 'right'
  })
}

export function withinVisitDates(plan: MeasurePlan, field: string, facts: Facts): Measure {
  return dayMeasure(plan, field, 'rows with a value and a known visit', (day, read) => {
    const visit = facts.visitOf(read('visit_occurrence_id') ?? '')
    if (visit === null) return 'untested'
    return day < visit.start - visitDays || day > visit.end + visitDays ? 'wrong' : 'right'
  })
}

/** Concepts of gender in OMOP's standard vocabulary. */
const genders: Readonly<Record<string, string>> = { Male: '8507', Female: '8532' }

export function plausibleGender(plan: MeasurePlan, field: string, facts: Facts, concept: string, gender: string): Measure {
  const wanted = genders[gender] ?? ''
  return rowMeasure(plan, `rows with concept ${concept}`, (read) => {
    if (read(field) !== concept) return 'untested'
    const found = facts.gender(read('person_id') ?? '')
    return found === null || found === wanted ? 'right' : 'wrong'
  })
}

/** `-1` in the list says that no unit at all is plausible, too. */
export function plausibleUnitConceptIds(plan: MeasurePlan, field: string, concept: string, units: readonly string[]): Measure {
  return rowMeasure(plan, `rows with concept ${concept} and a numeric value`, (read) => {
    if (read(field) !== concept || read('value_as_number') === null) return 'untested'
    return units.includes(read('unit_concept_id') ?? '-1') ? 'right' : 'wrong'
  })
}

/** Persons with two periods that overlap or where one begins on the day after the other ends. */
export function observationPeriodOverlap(plan: MeasurePlan): Measure {
  const persons = new IdTable()
  const periods: { start: number; end: number }[][] = []
  return {
    ...plan,
    see(read) {
      const person = persons.add(read('person_id') ?? '')
      const start = dayOf(read('observation_period_start_date') ?? '')
      const end = dayOf(read('observation_period_end_date') ?? '')
      periods[person] ??= []
      if (start !== null && end !== null) periods[person].push({ start, end })
    },
    result() {
      const violated = periods.filter(touches).length
      const denominator = 'persons with an observation period'
      return judged(plan.check, plan.place, { violated, of: persons.size, denominator, threshold: plan.threshold })
    },
  }
}

function touches(periods: readonly { readonly start: number; readonly end: number }[]): boolean {
  const sorted = periods.toSorted((a, b) => a.start - b.start)
  let last = Number.NEGATIVE_INFINITY
  for (const { start, end } of sorted) {
    if (start <= last + 1) return true
    last = Math.max(last, end)
  }
  return false
}
