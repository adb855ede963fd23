/** Whether a question is asked, by the answers that are there: yes, no, or not to be told (FHIR R4 §14.1, Questionnaire.item.enableWhen). */
import { compareOptions, isSame } from './answers.ts'
import type { Condition, Option, Question } from './form.ts'

/** Answers of a response by linkId, wherever they stand. */
type Answers = ReadonlyMap<string, readonly Option[]>

/** Null where it can not be told. */
export function isEnabled({ when, anyWhen }: Question, answers: Answers): boolean | null {
  if (when.length === 0) return true
  const met = when.map((one) => isMet(one, answers))
  // Of conditions that all have to hold one that does not decides; of those of which any may, one that does.
  if (met.includes(anyWhen)) return anyWhen
  return met.includes(null) ? null : !anyWhen
}

/** Null where R4 does not say, or where dates are too coarse to compare. */
function isMet({ question, operator, answer }: Condition, answers: Answers): boolean | null {
  const given = answers.get(question) ?? []
  if (operator === 'exists') return given.length > 0 === (answer?.value !== false)
  if (answer === null) return true
  switch (operator) {
    case '=':
      return given.some((one) => isSame(one, answer))
    case '!=':
      return given.length === 0 ? null : !given.some((one) => isSame(one, answer))
    case '>':
      return isAny(given, answer, (order) => order > 0)
    case '<':
      return isAny(given, answer, (order) => order < 0)
    case '>=':
      return isAny(given, answer, (order) => order >= 0)
    case '<=':
      return isAny(given, answer, (order) => order <= 0)
    default:
      return true
  }
}

function isAny(given: readonly Option[], answer: Option, fits: (order: number) => boolean): boolean | null {
  const orders = given.map((one) => compareOptions(one.value, answer.value))
  if (orders.some((order) => order !== null && fits(order))) return true
  return orders.includes(null) ? null : false
}
