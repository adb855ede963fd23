/** A QuestionnaireResponse against its Questionnaire: nesting, order, required and surplus answers, conditions (FHIR R4 §14.2). */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import type { Definitions } from '../definitions/packs.ts'
import { LocalTerminology } from '../packages/terminology.ts'
import { objects } from '../profiles/read-structure-definition.ts'
import { type Coverage, listedAddress } from '../visit/coverage.ts'
import type { Place } from '../visit/places.ts'
import type { BundleScope, Visit } from '../visit/visit.ts'
import { answerTrouble, type CodesOf } from './answers.ts'
import { isEnabled } from './conditions.ts'
import { byCanonical, choiceIn, type Form, formOf, madeOnce, type Option, type Question } from './form.ts'

/** Responses that say they are finished; in others answers may still be missing. */
const finished: ReadonlySet<unknown> = new Set(['completed', 'amended'])

interface Response {
  readonly form: Form
  readonly isFinished: boolean
  /** Answers by linkId, wherever they stand. */
  readonly answers: ReadonlyMap<string, readonly Option[]>
  readonly codesOf: CodesOf
}

interface Answered {
  readonly item: JsonObject
  readonly index: number
}

export class QuestionnaireJudge {
  private readonly forms = new Map<string, Form>()
  /** By address, and by address and version. */
  private readonly loaded: ReadonlyMap<string, JsonObject>
  /** Those of each Bundle, found once for all of its responses. */
  private readonly inBundles = new WeakMap<
    BundleScope,
    { readonly resources: ReadonlyMap<string, JsonObject>; readonly forms: Map<string, Form> }
  >()
  private readonly definitions: Definitions
  private readonly coverage: Coverage

  constructor(loaded: readonly JsonObject[], definitions: Definitions, coverage: Coverage) {
    this.definitions = definitions
    this.coverage = coverage
    this.loaded = byCanonical(loaded)
  }

  judge(value: JsonObject, place: Place, visit: Visit): void {
    const { questionnaire } = value
    if (typeof questionnaire !== 'string') return
    const form = this.formFor(questionnaire, visit)
    if (form === null) {
      this.coverage.leaveOut('questionnaire', listedAddress(questionnaire))
      return
    }
    const answers = new Map<string, Option[]>()
    collect(value.item, answers, 0)
    const response: Response = {
      form,
      isFinished: finished.has(value.status),
      answers,
      codesOf: (set) => this.codesOf(set, form),
    }
    this.level(form.questions, value.item, response, place, visit)
  }

  /** Loaded ones, one that the response carries, or one in the same Bundle; where a version is named, that version only. */
  private formFor(canonical: string, visit: Visit): Form | null {
    if (canonical.startsWith('#')) {
      const inside = objects(visit.nearest.contained).find(({ id }) => id === canonical.slice(1))
      return inside?.resourceType === 'Questionnaire' ? formOf(inside) : null
    }
    return madeOnce(canonical, this.loaded, this.forms) ?? (visit.bundle && this.formInBundle(canonical, visit.bundle))
  }

  private formInBundle(canonical: string, bundle: BundleScope): Form | null {
    let here = this.inBundles.get(bundle)
    if (here === undefined) {
      here = { resources: byCanonical(bundle.resources.values()), forms: new Map() }
      this.inBundles.set(bundle, here)
    }
    return madeOnce(canonical, here.resources, here.forms)
  }

  private codesOf(valueSet: string, form: Form): ReturnType<CodesOf> {
    const inside = form.contained.get(valueSet)
    const expansion =
      inside === undefined ? this.definitions.expansion(valueSet.split('|')[0] ?? valueSet) : this.containedExpansion(inside)
    if (expansion === null) return null
    return { has: (system, code) => (system === null ? expansion.codes.has(code) : expansion.codings.has(`${system}|${code}`)) }
  }

  private containedExpansion(valueSet: JsonObject): ReturnType<LocalTerminology['expansion']> {
    const terminology = new LocalTerminology((url) => this.definitions.expansion(url))
    const url = 'urn:contained'
    terminology.add({ ...valueSet, url })
    return terminology.expansion(url)
  }

  /** Items on one level against the questions of that level. */
  private level(
    questions: readonly Question[],
    items: JsonValue | undefined,
    response: Response,
    place: Place,
    visit: Visit,
  ): void {
    const byLinkId = new Map<string, Answered[]>()
    const order = new Map(questions.map(({ linkId }, index) => [linkId, index]))
    let last = -1
    for (const [index, item] of (Array.isArray(items) ? items : []).entries()) {
      if (!isMembers(item)) continue
      const linkId = typeof item.linkId === 'string' ? item.linkId : ''
      const at = order.get(linkId)
      if (at === undefined) {
        const expected = response.form.byLinkId.has(linkId)
          ? 'the item under the one it stands under in the questionnaire'
          : 'a linkId of the questionnaire'
        this.tell(expected, item.linkId, ['item', index], place, visit)
        continue
      }
      if (at < last) this.tell('items in the order of the questionnaire', undefined, ['item', index], place, visit)
      last = Math.max(last, at)
      byLinkId.set(linkId, [...(byLinkId.get(linkId) ?? []), { item, index }])
    }
    for (const question of questions) this.question(question, byLinkId.get(question.linkId) ?? [], response, place, visit)
  }

  private question(question: Question, found: readonly Answered[], response: Response, place: Place, visit: Visit): void {
    const enabled = isEnabled(question, response.answers)
    const first = found[0]
    if (enabled === false) {
      if (first && holdsAnswers(first.item))
        this.tell(
          'no answer, because the question is not asked here (enableWhen)',
          undefined,
          ['item', first.index],
          place,
          visit,
        )
      return
    }
    const isGroup = question.type === 'group'
    const given = isGroup ? found.length : found.reduce((sum, { item }) => sum + answersOf(item).length, 0)
    const missing = `an answer to the required question ${question.linkId}`
    const lacks = given < question.least && response.isFinished && question.type !== 'display'
    if (lacks && enabled === null) this.coverage.leaveOut('condition', listedAddress(response.form.url))
    else if (lacks) {
      const expected = question.least === 1 ? missing : `at least ${question.least} answers to the question ${question.linkId}`
      if (first) this.tell(expected, undefined, ['item', first.index], place, visit)
      else this.tell(expected, undefined, [], place, visit)
    }
    const surplus = found[isGroup ? 1 : 0] ?? first
    if (given > question.most && surplus)
      this.tell(
        `at most ${question.most} ${isGroup ? 'groups' : 'answers'} for the question ${question.linkId}`,
        undefined,
        ['item', surplus.index],
        place,
        visit,
      )
    const second = found[1]
    if (!isGroup && second)
      this.tell('one item for a question, with its answers inside', undefined, ['item', second.index], place, visit)
    for (const { item, index } of found) {
      visit.path.push('item', index)
      this.content(question, item, response, place.child('item'), visit)
      visit.path.length -= 2
    }
  }

  private content(question: Question, item: JsonObject, response: Response, place: Place, visit: Visit): void {
    const answers = Array.isArray(item.answer) ? item.answer : []
    if (question.type === 'group' || question.type === 'display') {
      if (answers.length > 0) this.tell(`no answer, because the item is a ${question.type}`, undefined, [], place, visit)
      if (question.type === 'group') this.level(question.children, item.item, response, place, visit)
      return
    }
    if (item.item !== undefined) this.tell('items that follow from an answer inside that answer', undefined, [], place, visit)
    for (const [index, answer] of answers.entries()) {
      if (!isMembers(answer)) continue
      visit.path.push('answer', index)
      const here = place.child('answer')
      const value = choiceIn(answer)
      const trouble =
        value &&
        answerTrouble(value, question, response.codesOf, (set) => this.coverage.leaveOut('requiredValueSet', listedAddress(set)))
      if (value && trouble) this.tell(trouble, value.value, [value.name], here, visit)
      this.level(question.children, answer.item, response, here, visit)
      visit.path.length -= 2
    }
  }

  private tell(
    expected: string,
    value: JsonValue | undefined,
    below: readonly (string | number)[],
    place: Place,
    visit: Visit,
  ): void {
    visit.path.push(...below)
    const at = typeof below[0] === 'string' ? place.child(below[0]) : place
    visit.report(at, {
      code: 'data/fhir-questionnaire',
      facts: [{ name: 'expected', value: expected }],
      ...(value === undefined ? {} : { value }),
    })
    visit.path.length -= below.length
  }
}

function collect(items: JsonValue | undefined, answers: Map<string, Option[]>, depth: number): void {
  if (depth > 64) return
  for (const item of objects(items)) {
    const linkId = String(item.linkId)
    for (const answer of answersOf(item)) {
      const value = choiceIn(answer)
      if (value) answers.set(linkId, [...(answers.get(linkId) ?? []), value])
      collect(answer.item, answers, depth + 1)
    }
    collect(item.item, answers, depth + 1)
  }
}

function answersOf(item: JsonObject): JsonObject[] {
  return objects(item.answer).filter((answer) => choiceIn(answer) !== null)
}

function holdsAnswers(item: JsonObject): boolean {
  const below = [...objects(item.item), ...objects(item.answer).flatMap((answer) => objects(answer.item))]
  return answersOf(item).length > 0 || below.some(holdsAnswers)
}
