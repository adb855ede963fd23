/** Rules about codes, their words, results and amounts. */

import { bodyMeasureOfColumn, bodyMeasures } from '../knowledge/body-measures.ts'
import { codeStem, isCodeName, isIdentifierName, isUnit, isValue, wordingStem } from '../knowledge/column-words.ts'
import { type Candidate, mayBeExchanged, rule, standsOut, type Tested } from './rule-to-test.ts'
import type { SurveyedColumn, SurveyedTable } from './survey.ts'

export function valueCandidatesOf(table: SurveyedTable): Candidate[] {
  return [...meaningsOf(table), ...resultsOf(table), ...measuresOf(table), ...sizesOf(table), ...checkDigitsOf(table)]
}

/** A code and the words for it follow from each other; so does the unit from the code. */
function meaningsOf({ columns }: SurveyedTable): Candidate[] {
  const list: Candidate[] = []
  const add = (from: SurveyedColumn, to: SurveyedColumn): void => {
    if (from.profile.distinct * 2 > from.profile.filled) return
    list.push({ rule: rule('data/dependent-value', [from.field, to.field]), isSupported: standsOut })
  }
  for (const code of columns) {
    const stem = codeStem(code.field)
    if (stem === null || code.isDate) continue
    for (const other of columns) {
      if (other === code || other.isDate) continue
      if (wordingStem(other.field) === stem) {
        const fields = [code.field, other.field]
        list.push({
          rule: rule('data/exchanged-columns', fields, { kind: 'code' }),
          isSupported: ({ tested, broken }) => tested >= 8 && broken > 0,
        })
        list.push({ rule: rule('data/exchanged-cells', fields, { kind: 'code' }), isSupported: mayBeExchanged })
        add(code, other)
        add(other, code)
      } else if (stem === '' && (isUnit(other.field) || /^(type|category|system|class|value_?type)$/i.test(other.field)))
        add(code, other)
    }
  }
  return list
}

/** Results against those of the same code and unit, and of the same patient before and after; against what living people can have. */
function resultsOf({ columns, patient }: SurveyedTable): Candidate[] {
  const value = columns.find(({ field }) => isValue(field))
  const code = columns.find(({ field }) => codeStem(field) === '' || /concept_id$/i.test(field))
  const unit = columns.find(({ field }) => isUnit(field))
  if (!value || !code) return []
  const date = columns.find(({ isDate }) => isDate)?.field
  const by = unit ? [code.field, unit.field] : [code.field]
  const params = { by, ...(patient === null ? {} : { patient }), ...(date === undefined ? {} : { date }) }
  const list: Candidate[] = [{ rule: rule('data/unlike-others', [value.field], params), isSupported: standsOut }]
  const stem = codeStem(code.field)
  const words = stem === null ? undefined : columns.find(({ field }) => wordingStem(field) === stem)
  if (patient !== null && date !== undefined) {
    const together = { code: code.field, patient, date }
    const more = { ...(unit ? { unit: unit.field } : {}), ...(words ? { words: words.field } : {}) }
    list.push({ rule: rule('data/derived-value', [value.field], { ...together, ...more }), isSupported: areDerived })
  }
  if (unit)
    list.push({
      rule: rule('data/plausible-range', [value.field], { unit: unit.field, code: code.field }),
      isSupported: ({ tested, broken }) => tested >= 5 && broken <= Math.max(1, tested * 0.05),
    })
  return list
}

/** The formula is known: the data only have to show that it holds here. */
function areDerived({ tested, broken }: Tested): boolean {
  return tested >= 8 && broken <= tested * 0.3
}

/** Weight, height and index as columns of one table. */
function measuresOf({ columns }: SurveyedTable): Candidate[] {
  const numbers = columns.filter(({ isNumber }) => isNumber)
  const fields = bodyMeasures.map((measure) => numbers.find(({ field }) => bodyMeasureOfColumn(field) === measure)?.field)
  return fields.includes(undefined) ? [] : [{ rule: rule('data/derived-value', fields.map(String)), isSupported: areDerived }]
}

/** Amounts, costs and days of supply a thousand times as large as all others. */
function sizesOf({ columns }: SurveyedTable): Candidate[] {
  return columns
    .filter(({ field, isNumber }) => isNumber && !isValue(field) && !isIdentifierName(field) && !isCodeName(field))
    .map(({ field }) => ({ rule: rule('data/unlike-others', [field]), isSupported: standsOut }))
}

/** Codes of SNOMED CT end in a check digit: where all of them keep it, a later one that does not was mistyped. */
function checkDigitsOf({ columns }: SurveyedTable): Candidate[] {
  return columns
    .filter(({ field, profile }) => isCodeName(field) && profile.distinct >= fewestCodes)
    .map(({ field }) => ({
      rule: rule('data/check-digit', [field], { scheme: 'verhoeff' }),
      isSupported: ({ tested, broken }) => tested >= 20 && broken === 0,
    }))
}

/** One in ten numbers keeps the digit by chance. */
const fewestCodes = 8
