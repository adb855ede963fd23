/** DataQualityDashboard, Kahn category conformance: presence, types, keys, and the concepts that fields may hold. */
import type { Facts } from './facts.ts'
import { IdTable } from './id-table.ts'
import { type Measure, type MeasurePlan, rowMeasure } from './place-check.ts'
import { judged } from './result.ts'

const allRows = 'rows of the table'

export function isRequired(plan: MeasurePlan, field: string): Measure {
  return rowMeasure(plan, allRows, (read) => (read(field) === null ? 'wrong' : 'right'))
}

/** Only fields that are to hold integers are asked. */
export function cdmDatatype(plan: MeasurePlan, field: string): Measure {
  return rowMeasure(plan, allRows, (read) => {
    const text = read(field)
    return text === null || /^[-+]?\d+$/.test(text.trim()) ? 'right' : 'wrong'
  })
}

/** Every row of a key that occurs more than once is counted, as the dashboard does. */
export function isPrimaryKey(plan: MeasurePlan, field: string): Measure {
  const ids = new IdTable()
  let once = new Uint8Array(1024)
  let violated = 0
  let of = 0
  return {
    ...plan,
    see(read) {
      of++
      const text = read(field)
      if (text === null) return
      const before = ids.size
      const id = ids.add(text)
      if (id === once.length) {
        const larger = new Uint8Array(once.length * 2)
        larger.set(once)
        once = larger
      }
      if (ids.size > before) return
      violated += once[id] === 0 ? 2 : 1
      once[id] = 1
    },
    result: () => judged(plan.check, plan.place, { violated, of, denominator: allRows, threshold: plan.threshold }),
  }
}

export function isForeignKey(
  plan: MeasurePlan,
  field: string,
  facts: Facts,
  target: { readonly table: string; readonly field: string },
): Measure {
  return rowMeasure(plan, allRows, (read) => {
    const text = read(field)
    return text === null || facts.hasKey(target.table, target.field, text) ? 'right' : 'wrong'
  })
}

/** As in SQL, a concept whose domain is empty is compared with nothing. */
export function fkDomain(plan: MeasurePlan, field: string, facts: Facts, domain: string): Measure {
  return conceptMeasure(plan, field, facts, ({ domain: found }) => found === '' || found === domain)
}

export function fkClass(plan: MeasurePlan, field: string, facts: Facts, className: string): Measure {
  return conceptMeasure(plan, field, facts, ({ className: found }) => found === '' || found === className)
}

/** Concept 0 stands for "no matching concept" and is counted by the completeness checks instead. */
export function isStandardValidConcept(plan: MeasurePlan, field: string, facts: Facts): Measure {
  return conceptMeasure(plan, field, facts, (concept) => concept.valid)
}

function conceptMeasure(
  plan: MeasurePlan,
  field: string,
  facts: Facts,
  fits: (concept: NonNullable<ReturnType<Facts['conceptOf']>>) => boolean,
): Measure {
  return rowMeasure(plan, allRows, (read) => {
    const text = read(field)
    if (text === null || text === '0') return 'right'
    const concept = facts.conceptOf(text)
    // A concept that the vocabulary lacks is an orphan, which is what isForeignKey reports.
    return concept === null || fits(concept) ? 'right' : 'wrong'
  })
}
