/** Rules across columns and tables that are worth testing on the data at hand, each with what must be seen before it is proposed. */

import {
  isAmount,
  isFamilyName,
  isGivenName,
  isIdentifierName,
  isSex,
  startOf,
  stopOf,
  wordingStem,
} from '../knowledge/column-words.ts'
import { safetyByName } from '../knowledge/data-dictionary.ts'
import { byData, byName, type Candidate, mayBeExchanged, rule, standsOut, type Tested } from './rule-to-test.ts'
import { type SurveyedColumn, type SurveyedTable, visitSpan } from './survey.ts'
import { valueCandidatesOf } from './value-candidates.ts'

export function candidatesOf(table: SurveyedTable, all: readonly SurveyedTable[]): Candidate[] {
  if (table.records < 3) return []
  return [
    ...ordersOf(table),
    ...lifeOf(table, all),
    ...presentOf(table),
    ...visitsOf(table, all),
    ...amountsOf(table),
    ...valueCandidatesOf(table),
    ...sexOf(table, all),
    ...namesOf(table),
    ...repeatsOf(table),
    ...shiftsOf(table),
  ]
}

const mostDates = 12

/** A start and its stop by their names, birth before death; any other two dates where the data say so. */
function ordersOf({ columns, birth, death }: SurveyedTable): Candidate[] {
  const dates = columns.filter(({ isDate }) => isDate)
  const list: Candidate[] = []
  const isNamed = (a: SurveyedColumn, b: SurveyedColumn): boolean =>
    (startOf(a.field) !== null && startOf(a.field) === stopOf(b.field)) || (a.field === birth && b.field === death)
  for (const [i, a] of dates.slice(0, mostDates).entries())
    for (const [j, b] of dates.slice(0, mostDates).entries()) {
      if (a === b || isNamed(b, a)) continue
      const fields = [a.field, b.field]
      if (isNamed(a, b)) {
        const family = `order ${fields.join(' ')}`
        // Against every record the headings are wrong, not the records.
        const isReversed = ({ tested, broken }: Tested): boolean => tested >= 8 && broken > 0
        list.push({ rule: rule('data/exchanged-columns', fields), isSupported: isReversed, family, choose: 'first' })
        list.push({ rule: rule('data/order', fields), isSupported: byName, family, choose: 'first' })
      } else if (i < j || a.field !== birth) {
        list.push({
          rule: rule('data/order', fields),
          isSupported: byData,
          family: `order ${[...fields].sort().join(' ')}`,
          choose: 'fewest',
        })
      }
    }
  return list
}

/** Certificates, results and bills come days after a death, insurance ends weeks after it. */
const graces = [0, 7, 30, 60]

/** Events between the birth and the death of their patient. */
function lifeOf(table: SurveyedTable, all: readonly SurveyedTable[]): Candidate[] {
  const { patient, columns, isPatients } = table
  if (patient === null || isPatients) return []
  const reference = table.references.find(({ field }) => field === patient)
  const people = all.find((one) => (reference ? one.table === reference.table : one.isPatients))
  if (!people?.isPatients || people.key === null) return []
  const path = { patient, table: people.table, key: people.key }
  const isCare = safetyByName(table.table) !== 'administrative'
  return columns
    .filter(({ isDate }) => isDate)
    .flatMap(({ field }) => {
      const list: Candidate[] = []
      if (people.birth !== null)
        list.push({ rule: rule('data/after-birth', [field], { ...path, birth: people.birth }), isSupported: byName })
      if (people.death !== null)
        for (const graceDays of graces) {
          const made = rule('data/before-death', [field], { ...path, death: people.death, graceDays })
          list.push({
            rule: { ...made, id: `${made.id} ${graceDays} d` },
            // Without grace only where every record keeps it; those that come weeks later are what should be found.
            isSupported: ({ tested, broken }) =>
              tested >= 2 && (broken === 0 || (graceDays > 0 && broken <= (isCare ? Math.max(1, tested * 0.1) : tested * 0.02))),
            family: `death ${field}`,
            choose: 'first',
          })
        }
      return list
    })
}

/** Not after the day of the extract. */
function presentOf({ columns, birth, death }: SurveyedTable): Candidate[] {
  return (
    columns
      // An end may be planned.
      .filter(({ isDate, field }) => isDate && stopOf(field) === null)
      .map(({ field }) => ({
        rule: rule('data/after-extract', [field]),
        isSupported: (seen) =>
          field === birth || field === death ? byName(seen) : seen.tested >= 20 && seen.broken <= seen.tested * 0.02,
      }))
  )
}

const spans = [1, 7, 14, 30]

/** Events within the days of their visit, or some days around it, whichever the data keep. */
function visitsOf(table: SurveyedTable, all: readonly SurveyedTable[]): Candidate[] {
  return table.references.flatMap((reference) => {
    const visits = all.find((one) => one.table === reference.table)
    const span = visits && visits !== table ? visitSpan(visits) : null
    if (span === null) return []
    return table.columns
      .filter(({ isDate, field }) => isDate && stopOf(field) === null)
      .flatMap(({ field }) =>
        spans.map((days) => {
          const made = rule('data/within-encounter', [field], {
            encounter: reference.field,
            table: reference.table,
            key: reference.key,
            ...span,
            days,
          })
          return {
            rule: { ...made, id: `${made.id} ${days} d` },
            isSupported: ({ tested, broken }: Tested) => tested >= 20 && broken <= Math.max(1, tested * 0.005),
            family: `visit ${field}`,
            choose: 'fewest' as const,
          }
        }),
      )
  })
}

const mostAmounts = 8

/** One amount that bounds another, such as what is paid of a cost. */
function amountsOf({ columns }: SurveyedTable): Candidate[] {
  const amounts = columns
    .filter(({ isNumber, field }) => isNumber && isAmount(field) && !isIdentifierName(field))
    .slice(0, mostAmounts)
  return amounts.flatMap((a) =>
    amounts
      .filter((b) => b !== a)
      .map((b) => ({
        rule: rule('data/order', [a.field, b.field]),
        isSupported: (seen: Tested) => seen.tested >= 100 && (seen.broken === 0 || (isPartOf(a.field, b.field) && byName(seen))),
        family: `amounts ${[a.field, b.field].sort().join(' ')}`,
        choose: 'fewest' as const,
      })),
  )
}

/** What is paid of something, and the whole of it. */
function isPartOf(part: string, whole: string): boolean {
  return (
    /coverage|paid|payment|reimburse/i.test(part) && /cost|total|amount|price|charge|fee/i.test(whole) && !/base/i.test(whole)
  )
}

/** What is said of a patient's body against the patient's sex. */
function sexOf(table: SurveyedTable, all: readonly SurveyedTable[]): Candidate[] {
  const { patient, columns, isPatients } = table
  const reference = table.references.find(({ field }) => field === patient)
  const people = all.find((one) => (reference ? one.table === reference.table : one.isPatients))
  const sex = people?.columns.find(({ field }) => isSex(field))
  if (patient === null || isPatients || !people?.isPatients || people.key === null || !sex) return []
  const params = { patient, table: people.table, key: people.key, sex: sex.field }
  return columns
    .filter(({ field, isDate, isNumber }) => !isDate && !isNumber && wordingStem(field) !== null)
    .map(({ field }) => ({ rule: rule('data/implausible-sex', [field], params), isSupported: standsOut }))
}

/** First and last names that changed places in some records. */
function namesOf({ columns }: SurveyedTable): Candidate[] {
  const texts = columns.filter(({ isDate, isNumber, profile }) => !isDate && !isNumber && profile.filled > 0)
  const first = texts.find(({ field }) => isGivenName(field) && !/middle/i.test(field))
  const family = texts.filter(({ field }) => isFamilyName(field))
  const last = family.find(({ field }) => !/maiden|second/i.test(field))
  const pairs: Candidate[] = []
  if (first && last) {
    const likeSecond = family.filter((one) => one !== last).map(({ field }) => field)
    const params = likeSecond.length > 0 ? { likeSecond } : {}
    pairs.push({ rule: rule('data/exchanged-cells', [first.field, last.field], params), isSupported: mayBeExchanged })
    const sex = columns.find(({ field }) => isSex(field))
    if (sex)
      pairs.push({
        rule: rule('data/exchanged-columns', [first.field, last.field], { kind: 'name', sex: sex.field }),
        isSupported: ({ broken }) => broken > 0,
      })
  }
  const places = texts.filter(({ field }) => /^(city|town|county|state|country|district)$/i.test(field))
  for (const [i, a] of places.entries())
    for (const b of places.slice(i + 1))
      pairs.push({ rule: rule('data/exchanged-cells', [a.field, b.field]), isSupported: mayBeExchanged })
  return pairs
}

/** Whole records that are there twice; in tables that say of whom or when, since others may repeat themselves on purpose. */
function repeatsOf({ table, columns, patient }: SurveyedTable): Candidate[] {
  const isEvent = patient !== null || columns.some(({ isDate }) => isDate)
  if (!isEvent || columns.length < 3) return []
  const fields = columns.map(({ field }) => field)
  const made: Candidate['rule'] = { id: `repeated-record: ${table}`, check: 'data/repeated-record', fields }
  return [{ rule: made, isSupported: ({ tested, broken }) => tested >= 5 && broken <= tested * 0.3 }]
}

/** Records whose cells stand one column beside their own. */
function shiftsOf({ table, columns }: SurveyedTable): Candidate[] {
  if (columns.length < 4) return []
  const fields = columns.map(({ field }) => field)
  const made: Candidate['rule'] = { id: `shifted-record: ${table}`, check: 'data/shifted-record', fields }
  return [{ rule: made, isSupported: ({ tested, broken }) => tested >= 20 && broken <= Math.max(1, tested * 0.1) }]
}
