/** A Questionnaire as what it asks of a response: one question per linkId, read once per run (FHIR R4 §14.1 Questionnaire). */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { objects } from '../profiles/read-structure-definition.ts'

/** An answer that may be given: its JSON name (`valueCoding`) and value. */
export interface Option {
  readonly name: string
  readonly value: JsonValue
}

export interface Condition {
  readonly question: string
  readonly operator: string
  readonly answer: Option | null
}

export interface Question {
  readonly linkId: string
  readonly type: string
  readonly required: boolean
  readonly least: number
  /** Infinity where it may be answered any number of times. */
  readonly most: number
  readonly maxLength: number | null
  readonly options: readonly Option[]
  readonly valueSet: string | null
  readonly minValue: Option | null
  readonly maxValue: Option | null
  readonly decimals: number | null
  /** `system|code` of units that may be used; empty where any may. */
  readonly units: readonly string[]
  readonly targets: readonly string[]
  readonly when: readonly Condition[]
  readonly anyWhen: boolean
  readonly children: readonly Question[]
}

export interface Form {
  readonly url: string
  readonly questions: readonly Question[]
  readonly byLinkId: ReadonlyMap<string, Question>
  /** Value sets that travel inside the questionnaire, by `#id`. */
  readonly contained: ReadonlyMap<string, JsonObject>
}

const deepest = 64
const extensionBase = 'http://hl7.org/fhir/StructureDefinition/'

export function formOf(questionnaire: JsonObject): Form {
  const byLinkId = new Map<string, Question>()
  const questions = questionsOf(questionnaire.item, byLinkId, 0)
  const contained = new Map<string, JsonObject>()
  for (const inner of objects(questionnaire.contained)) if (typeof inner.id === 'string') contained.set(`#${inner.id}`, inner)
  return { url: text(questionnaire.url) ?? '', questions, byLinkId, contained }
}

/** Questionnaires by address, and by address and version where they have one. */
export function byCanonical(resources: Iterable<JsonObject>): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>()
  for (const resource of resources) {
    const { resourceType, url, version } = resource
    if (resourceType !== 'Questionnaire' || typeof url !== 'string') continue
    found.set(url, resource)
    if (typeof version === 'string') found.set(`${url}|${version}`, resource)
  }
  return found
}

/** The form of a loaded questionnaire, read from it the first time it is asked for; null where it is not there. */
export function madeOnce(canonical: string, resources: ReadonlyMap<string, JsonObject>, forms: Map<string, Form>): Form | null {
  const known = forms.get(canonical)
  if (known !== undefined) return known
  const resource = resources.get(canonical)
  if (resource === undefined) return null
  const form = formOf(resource)
  forms.set(canonical, form)
  return form
}

function questionsOf(items: JsonValue | undefined, byLinkId: Map<string, Question>, depth: number): Question[] {
  if (depth > deepest) return []
  return objects(items).map((item) => {
    const question = questionOf(item, questionsOf(item.item, byLinkId, depth + 1))
    byLinkId.set(question.linkId, question)
    return question
  })
}

function questionOf(item: JsonObject, children: readonly Question[]): Question {
  const extension = (name: string): JsonObject[] => objects(item.extension).filter(({ url }) => url === extensionBase + name)
  const number = (name: string): number | null => {
    const value = extension(name)[0]?.valueInteger
    return typeof value === 'number' ? value : null
  }
  const required = item.required === true
  const repeats = item.repeats === true
  return {
    linkId: text(item.linkId) ?? '',
    type: text(item.type) ?? '',
    required,
    least: Math.max(number('questionnaire-minOccurs') ?? 0, required ? 1 : 0),
    most: Math.min(number('questionnaire-maxOccurs') ?? Number.POSITIVE_INFINITY, repeats ? Number.POSITIVE_INFINITY : 1),
    maxLength: typeof item.maxLength === 'number' ? item.maxLength : null,
    options: objects(item.answerOption).flatMap((option) => choiceIn(option) ?? []),
    valueSet: text(item.answerValueSet),
    minValue: extension('minValue').map((one) => choiceIn(one))[0] ?? null,
    maxValue: extension('maxValue').map((one) => choiceIn(one))[0] ?? null,
    decimals: number('maxDecimalPlaces'),
    units: extension('questionnaire-unitOption').flatMap(({ valueCoding }) =>
      isMembers(valueCoding) ? [`${text(valueCoding.system) ?? ''}|${text(valueCoding.code) ?? ''}`] : [],
    ),
    targets: extension('questionnaire-referenceResource').flatMap(({ valueCode }) => text(valueCode) ?? []),
    when: objects(item.enableWhen).map((condition) => ({
      question: text(condition.question) ?? '',
      operator: text(condition.operator) ?? '',
      answer: choiceIn(condition, 'answer'),
    })),
    anyWhen: item.enableBehavior === 'any',
    children,
  }
}

/** The choice element of an object: `valueCoding`, `answerBoolean`. */
export function choiceIn(holder: JsonObject, stem = 'value'): Option | null {
  for (const [name, value] of Object.entries(holder))
    if (value !== undefined && name.startsWith(stem) && /^[A-Z]/.test(name.slice(stem.length))) return { name, value }
  return null
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
