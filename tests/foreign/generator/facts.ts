/** What is true of the patients of one migration, before any system writes it down. */
import type { Chance } from './chance.ts'
import type { Choices } from './choices.ts'
import { day, instantOf, summerOf, type Zone } from './clock.ts'
import type { Concept, Measure } from './codes.ts'
import * as codes from './codes.ts'
import { makePeople, type Person } from './people.ts'

export const kinds = ['visit', 'problem', 'allergy', 'medicine', 'vaccine', 'result', 'vital', 'procedure'] as const
export type Kind = (typeof kinds)[number]

export type Value =
  | {
      readonly kind: 'quantity'
      readonly number: string
      readonly unit: string
      readonly comparator: string
      readonly measure: Measure
    }
  | { readonly kind: 'concept'; readonly concept: Concept }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly yes: boolean }
  | { readonly kind: 'integer'; readonly number: string }
  | { readonly kind: 'day'; readonly at: number }
  | { readonly kind: 'ratio'; readonly numerator: string; readonly denominator: string }

/** One record of one patient. Times are instants in ms; words are what a clinician reads. */
export interface Entry {
  readonly uid: number
  readonly kind: Kind
  /** Null where the old system does not say whose it is. */
  readonly person: number | null
  readonly visit: number | null
  readonly concept: Concept
  readonly start: number
  /** How much of the start is known. */
  readonly known: 'year' | 'month' | 'all'
  readonly end: number | null
  /** A code of FHIR's value set for the kind. */
  readonly status: string
  /** `confirmed` or `refuted` for problems and allergies. */
  readonly verification: string
  readonly value: Value | null
  /** Lot of a vaccine, dose of a medicine, else empty. */
  readonly detail: string
  readonly reaction: Concept | null
  /** Measured together: one row of a wide table, one panel. */
  readonly session: number
  /** Deleted in the old system: not to be migrated. */
  readonly deleted: boolean
}

export interface Facts {
  readonly people: readonly Person[]
  readonly entries: readonly Entry[]
}

const visitTypes: readonly Concept[] = ['AMB', 'EMER', 'IMP', 'HH'].map((code, i) => ({
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  code,
  local: ['O', 'E', 'I', 'H'][i] ?? '',
  words: ['ambulatory', 'emergency', 'inpatient encounter', 'home health'][i] ?? '',
}))

const doses = [
  '1-0-1 nach dem Essen',
  'one tablet twice daily, with food',
  '1 cp matin et soir, à jeun',
  '½ tablet at night',
  '2x daags 1 tablet, niet kauwen',
]

class Maker {
  readonly entries: Entry[] = []

  private readonly choices: Choices
  private readonly chance: Chance

  constructor(choices: Choices, chance: Chance) {
    this.choices = choices
    this.chance = chance
  }

  add(kind: Kind, person: number | null, concept: Concept, start: number, more: Partial<Entry> = {}): Entry {
    const uid = this.entries.length + 1
    const entry: Entry = {
      ...{ uid, kind, person, concept, start, visit: null, known: 'all', end: null, status: 'completed', verification: '' },
      ...{ value: null, detail: '', reaction: null, session: 0, deleted: false },
      ...more,
    }
    this.entries.push(entry)
    return entry
  }

  /** An instant whose wall time is unambiguous: office hours mostly, near midnight and on days when the clock changes at times. */
  instant(): number {
    const { chance } = this
    const { zone } = this.choices
    const year = chance.whole(2012, 2023)
    const changes = summerOf(zone, year)
    const clock = (): readonly [number, number, number] =>
      chance.yes(0.12)
        ? [chance.yes() ? 23 : 0, chance.whole(5, 55), chance.whole(0, 59)]
        : [chance.whole(7, 19), chance.whole(0, 59), chance.whole(0, 59)]
    if (changes && chance.yes(0.08)) return this.onDayOf(zone, chance.yes() ? changes.from : changes.to, clock())
    return instantOf(zone, year, chance.whole(1, 12), chance.whole(1, 28), ...clock())
  }

  private onDayOf(zone: Zone, change: number, clock: readonly [number, number, number]): number {
    const date = new Date(change + zone.winter * 60_000)
    const [hour, minute, second] = clock
    // The hour that is there twice or not at all is nobody's to tell.
    return instantOf(zone, date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), Math.max(hour, 7), minute, second)
  }

  quantity(measure: Measure, comparators = false): Value {
    const { chance, choices } = this
    const digits = choices.rounding === 'none' ? measure.decimals : measure.decimals + chance.whole(1, 4)
    const number = (measure.low + chance.draw() * (measure.high - measure.low)).toFixed(digits)
    const comparator = comparators && choices.comparators && chance.yes(0.06) ? chance.pick(['<', '>']) : ''
    return { kind: 'quantity', number, unit: measure.unit, comparator, measure }
  }

  results(person: number, visit: Entry): void {
    const { chance } = this
    for (const measure of chance.shuffled(codes.laboratory).slice(0, chance.whole(3, 6))) {
      const start = visit.start + chance.whole(5, 40) * 60_000
      const made = { visit: visit.uid, status: 'final', session: visit.uid }
      const first = this.add('result', person, measure, start, { ...made, value: this.quantity(measure, true) })
      // The same test again on the same day, and now and then the very same row.
      if (chance.yes(0.15)) this.add('result', person, measure, start + 60 * 60_000, { ...made, value: this.quantity(measure) })
      if (chance.yes(0.04)) this.add('result', person, measure, start, { ...made, value: first.value })
    }
    if (this.choices.mixedValues) this.answers(person, visit)
  }

  private answers(person: number, visit: Entry): void {
    const { chance } = this
    const made = { visit: visit.uid, status: 'final', session: visit.uid }
    const add = (concept: Concept, value: Value): Entry => this.add('result', person, concept, visit.start, { ...made, value })
    add(codes.smoking, { kind: 'concept', concept: chance.pick(codes.smokingAnswers) })
    if (chance.yes()) add(codes.remark, { kind: 'text', text: chance.pick(codes.remarks) })
    if (chance.yes()) add(codes.fever, { kind: 'boolean', yes: chance.yes() })
    if (chance.yes()) add(codes.parity, { kind: 'integer', number: String(chance.whole(0, 6)) })
    if (chance.yes()) add(codes.lastPeriod, { kind: 'day', at: visit.start - chance.whole(2, 30) * day })
    if (chance.yes())
      add(codes.titre, { kind: 'ratio', numerator: '1', denominator: chance.pick(['40', '80', '160', '320', '1280']) })
  }

  vitals(person: number, visit: Entry): void {
    const { chance } = this
    const made = { visit: visit.uid, status: 'final', session: visit.uid }
    const start = visit.start + 2 * 60_000
    if (chance.yes(0.8))
      for (const measure of [codes.systolic, codes.diastolic])
        this.add('vital', person, measure, start, { ...made, value: this.quantity(measure) })
    for (const measure of codes.vitals)
      if (chance.yes(0.6)) this.add('vital', person, measure, start, { ...made, value: this.quantity(measure) })
  }

  chart(person: number): void {
    const { chance, choices } = this
    const visits = Array.from({ length: chance.whole(3, 5) }, () => {
      const start = this.instant()
      return this.add('visit', person, chance.pick(visitTypes), start, {
        end: start + chance.whole(1, 6) * 15 * 60_000,
        status: 'finished',
      })
    })
    const visit = (): number => chance.pick(visits).uid
    for (const concept of chance.shuffled(choices.problemCodes).slice(0, chance.whole(2, 4))) {
      const ended = chance.yes(0.4)
      const start = this.instant()
      const known = choices.partialDates && chance.yes(0.3) ? chance.pick(['year', 'month'] as const) : 'all'
      this.add('problem', person, concept, start, {
        ...{ visit: visit(), known, end: ended ? start + chance.whole(20, 400) * day : null },
        ...{ status: ended ? 'resolved' : 'active', verification: chance.yes(0.12) ? 'refuted' : 'confirmed' },
      })
    }
    this.allergies(person)
    for (const concept of chance.shuffled(choices.drugCodes).slice(0, chance.whole(2, 4))) {
      const stopped = chance.yes(0.45)
      const status = stopped ? chance.pick(['stopped', 'completed']) : 'active'
      this.add('medicine', person, concept, this.instant(), { visit: visit(), status, detail: chance.pick(doses) })
    }
    for (const concept of chance.shuffled(codes.vaccines).slice(0, chance.whole(1, 3)))
      this.add('vaccine', person, concept, this.instant(), {
        visit: visit(),
        detail: `${chance.pick(['AB', 'XK', '00'])}${chance.digits(5)}`,
      })
    for (const one of visits) {
      if (chance.yes(0.6)) this.results(person, one)
      if (chance.yes(0.7)) this.vitals(person, one)
    }
    for (const concept of chance.shuffled(codes.procedures).slice(0, chance.whole(1, 3))) {
      const start = this.instant()
      this.add('procedure', person, concept, start, { visit: visit(), end: start + chance.whole(1, 8) * 10 * 60_000 })
    }
  }

  private allergies(person: number): void {
    const { chance } = this
    if (chance.yes(0.3)) {
      this.add('allergy', person, codes.noneKnown, this.instant(), { status: 'active', verification: 'confirmed' })
      return
    }
    for (const concept of chance.shuffled(codes.allergens).slice(0, chance.whole(1, 3)))
      this.add('allergy', person, concept, this.instant(), {
        ...{ status: chance.yes(0.15) ? 'inactive' : 'active', verification: chance.yes(0.12) ? 'refuted' : 'confirmed' },
        reaction: chance.yes(0.7) ? chance.pick(codes.reactions) : null,
      })
  }

  /** Rows that nobody migrates: deleted ones, and some that name no patient. */
  leftovers(): void {
    const { chance, choices } = this
    if (choices.deletedRows)
      for (let i = 0; i < 4; i++)
        this.add('medicine', chance.whole(0, choices.people - 1), chance.pick(choices.drugCodes), this.instant(), {
          ...{ status: 'active', detail: chance.pick(doses), deleted: true },
        })
    if (choices.orphans) for (let i = 0; i < 3; i++) this.add('procedure', null, chance.pick(codes.procedures), this.instant())
  }
}

export function makeFacts(choices: Choices, chance: Chance): Facts {
  const people = makePeople(choices.people, choices.style.language, choices.keyForm, chance.of('people'))
  const maker = new Maker(choices, chance.of('charts'))
  for (const { number } of people) maker.chart(number)
  maker.leftovers()
  return { people, entries: maker.entries }
}
