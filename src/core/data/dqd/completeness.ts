/** DataQualityDashboard, Kahn category completeness: rows without a value, concepts that were never mapped, persons without records. */
import type { Facts } from './facts.ts'
import { type Measure, type MeasurePlan, rowMeasure } from './place-check.ts'
import { inError, judged } from './result.ts'

export function measureValueCompleteness(plan: MeasurePlan, field: string): Measure {
  return rowMeasure(plan, 'rows of the table', (read) => (read(field) === null ? 'wrong' : 'right'))
}

/** standardConceptRecordCompleteness and sourceConceptRecordCompleteness. A unit is only asked for where there is a number. */
export function conceptRecordCompleteness(plan: MeasurePlan, field: string): Measure {
  const { table } = plan.place
  const ofNumbers = field === 'unit_concept_id' && (table === 'measurement' || table === 'observation')
  return rowMeasure(ofNumbers ? plan2(plan) : plan, ofNumbers ? 'rows with a numeric value' : 'rows of the table', (read) => {
    if (ofNumbers && read('value_as_number') === null) return 'untested'
    return read(field) === '0' ? 'wrong' : 'right'
  })
}

function plan2(plan: MeasurePlan): MeasurePlan {
  return { ...plan, needs: [...plan.needs, 'value_as_number'] }
}

/** More distinct values are not counted: memory does not follow the size of a file. */
const mostValues = 1_000_000

/** Distinct source values, the empty one counted as one value; wrong where any of its rows is mapped to concept 0. */
export function sourceValueCompleteness(plan: MeasurePlan, field: string, conceptField: string): Measure {
  const values = new Map<string | null, boolean>()
  let full = false
  return {
    ...plan,
    see(read) {
      if (full) return
      const value = read(field)
      full = values.size >= mostValues && !values.has(value)
      if (read(conceptField) === '0') values.set(value, true)
      else if (!values.has(value)) values.set(value, false)
    },
    result() {
      if (full) return inError(plan.check, plan.place, `There are more than ${mostValues} distinct source values.`)
      let violated = 0
      for (const unmapped of values.values()) if (unmapped) violated++
      const denominator = 'distinct source values, empty counted as one'
      return judged(plan.check, plan.place, { violated, of: values.size, denominator, threshold: plan.threshold })
    },
  }
}

/** Persons of PERSON without any row in the table. */
export function measurePersonCompleteness(plan: MeasurePlan, facts: Facts): Measure {
  const met = new Set<number>()
  return {
    ...plan,
    see(read) {
      const person = facts.persons.find(read('person_id') ?? '')
      if (person >= 0) met.add(person)
    },
    result() {
      const of = facts.persons.size
      return judged(plan.check, plan.place, { violated: of - met.size, of, denominator: 'persons', threshold: plan.threshold })
    },
  }
}
