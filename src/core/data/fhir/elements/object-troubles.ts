/** What is said of the members of an object that are not as they should be: foreign, missing, of another choice or form. */
import type { ElementRule } from '../../schema/structure-definition.ts'
import type { Place } from '../visit/places.ts'
import type { Visit } from '../visit/visit.ts'

/** Names that R4 does not know may be values, so they are excerpts: the place is that of the object they stand in. */
export function reportForeign(names: readonly string[], place: Place, visit: Visit): void {
  visit.report(place, {
    code: 'data/fhir-unknown-element',
    facts: [{ name: 'unknown elements', value: names.length }],
    value: names.join(', '),
  })
}

/** The choice that a name with another type stands for. */
export function choiceOf(name: string, choices: readonly ElementRule[]): ElementRule | undefined {
  return choices.find((rule) => name === rule.name || (name.startsWith(rule.name) && /^[A-Z]/.test(name.slice(rule.name.length))))
}

export function reportMissing(label: string, place: Place, visit: Visit): void {
  visit.report(place, {
    code: 'data/fhir-cardinality',
    facts: [
      { name: 'missing', value: label },
      { name: 'at least', value: 1 },
    ],
    below: label,
    ofParent: true,
  })
}

export function reportWrongChoice(name: string, choice: ElementRule, place: Place, visit: Visit): void {
  const types = choice.types.length > 12 ? 'the R4 data types' : choice.types.map((type) => type.code).join(', ')
  visit.report(place, {
    code: 'data/fhir-choice',
    facts: [{ name: 'expected', value: `${choice.name}[x] with one of ${types}` }],
    value: name,
    below: `${choice.name}[x]`,
    ofParent: true,
  })
}

export function reportSecondChoice(rule: ElementRule, place: Place, visit: Visit): void {
  visit.report(place, {
    code: 'data/fhir-choice',
    facts: [{ name: 'expected', value: `one ${rule.name}[x], not two` }],
    below: `${rule.name}[x]`,
    ofParent: true,
  })
}

export function reportForm(expected: string, place: Place, visit: Visit): void {
  visit.report(place, { code: 'data/fhir-json-type', facts: [{ name: 'expected', value: expected }] })
}
