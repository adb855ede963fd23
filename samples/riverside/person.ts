/** One invented patient with everything both systems know about them, drawn from seed and position alone. */
import { type Random, seededRandom } from '../../src/core/random.ts'
import * as catalog from './catalog.ts'
import { addDays, type Day } from './dates.ts'
import { familyNames, femaleNames, maleNames, sites, streets, towns } from './names.ts'

interface Item {
  /** Row key in the legacy system; target ids are made from it. */
  readonly key: string
}
export interface Allergy extends Item {
  allergen: catalog.Allergen
  spelling: string
  reaction: readonly [text: string, code: string, display: string]
  severity: 'mild' | 'moderate' | 'severe'
  status: 'active' | 'inactive' | 'refuted'
  noted: Day
}
export interface Medicine extends Item {
  drug: catalog.Drug
  /** Number as typed in the legacy system. */
  dose: string
  unit: string
  frequency: (typeof catalog.frequencies)[number]
  started: Day
  stopped: Day | null
}
export interface Problem extends Item {
  code: string
  title: string
  /** A year alone where nobody knew better. */
  onset: string
  status: 'active' | 'resolved'
}
export interface Shot extends Item {
  vaccine: (typeof catalog.vaccines)[number]
  given: Day
  lot: string
}
export interface Measurement extends Item {
  lab: catalog.Lab
  comparator: '' | '<' | '>'
  value: string
  taken: Day
  time: string
}
export interface Visit extends Item {
  type: (typeof catalog.encounterTypes)[number]
  day: Day
  site: string
  provider: number
}
export interface Note extends Item {
  day: Day
  provider: number
  text: string
}
export interface Booking extends Item {
  day: Day
  time: string
  site: string
  provider: number
}
export interface Referral extends Item {
  day: Day
  provider: string
  specialty: string
  priority: 'routine' | 'urgent'
}
export interface ScannedDocument extends Item {
  day: Day
  title: string
}
export interface Person {
  readonly index: number
  readonly mrn: string
  readonly id: string
  family: string
  given: string
  sex: 'F' | 'M' | 'U'
  birth: Day
  phone: string
  readonly street: string
  readonly town: string
  readonly postcode: string
  site: string
  /** What was typed into the allergy column instead of an allergy; null with allergies, and where nobody asked. */
  statement: { text: string; means: 'none' | 'unavailable' } | null
  allergies: Allergy[]
  medicines: Medicine[]
  problems: Problem[]
  shots: Shot[]
  results: Measurement[]
  vitals: Measurement[]
  visits: Visit[]
  notes: Note[]
  bookings: Booking[]
  referrals: Referral[]
  policy: { key: string; payer: string; number: string } | null
  documents: ScannedDocument[]
}

export const providerCount = 24
const specialties = ['Cardiology', 'Dermatology', 'Physiotherapy', 'Ophthalmology', 'Endocrinology']
const payers = ['Harbour Mutual', 'Weir Valley Health', 'State Plan B']
const titles = ['Discharge letter', 'ECG scan', 'Consent form', 'Radiology report']

/** Eight digits that do not look like a counter, and a Luhn check digit; leading zeros are part of the number. */
export function mrnOf(index: number): string {
  const body = String((index * 7919 + 421977) % 9999991).padStart(8, '0')
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const digit = body.charCodeAt(i) - 48
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return body + String((10 - (sum % 10)) % 10)
}

export function patientId(index: number): string {
  return `oc-${String(100001 + index)}`
}

/** The patient at a position of a seed; the same whatever the size of the sample. */
export function drawPerson(seed: string, index: number, asOf: Day): Person {
  const random = seededRandom(`${seed}/patient/${index}`)
  const sex = random.below(100) < 1 ? 'U' : random.below(2) === 0 ? 'F' : 'M'
  const [town, postcode] = random.pick(towns)
  const site = random.pick(sites)[0]
  const age = 2 + random.below(93)
  const birth = addDays(asOf, -(age * 365 + random.below(365)))
  const person: Person = {
    index,
    mrn: mrnOf(index),
    id: patientId(index),
    family: random.pick(familyNames),
    given: random.pick(sex === 'M' ? maleNames : femaleNames),
    sex,
    birth,
    phone: random.below(12) === 0 ? '' : `555-01${String(random.below(100)).padStart(2, '0')}-${1000 + random.below(9000)}`,
    street: `${1 + random.below(120)} ${random.pick(streets)}`,
    town,
    postcode,
    site,
    statement: null,
    allergies: [],
    medicines: [],
    problems: [],
    shots: [],
    results: [],
    vitals: [],
    visits: [],
    notes: [],
    bookings: [],
    referrals: [],
    policy: null,
    documents: [],
  }
  drawAllergies(person, random, asOf)
  for (let n = count(random, age > 50 ? 3 : 1); n > 0; n--) addMedicine(person, random, asOf)
  for (let n = count(random, age > 50 ? 3 : 1); n > 0; n--) addProblem(person, random, asOf)
  for (let n = random.below(3); n > 0; n--) addShot(person, random, asOf)
  for (let n = random.below(5); n > 0; n--) addResult(person, random, asOf)
  for (let n = random.below(4); n > 0; n--) addVital(person, random, asOf)
  for (let n = 1 + random.below(2); n > 0; n--) addVisit(person, random, asOf)
  for (let n = random.below(2); n > 0; n--) addNote(person, random, asOf)
  if (random.below(3) === 0) addBooking(person, random, asOf)
  if (random.below(4) === 0) addReferral(person, random, asOf)
  if (random.below(3) > 0)
    person.policy = { key: keyOf(person, 'I', 1), payer: random.pick(payers), number: String(10000000 + random.below(89999999)) }
  if (random.below(3) === 0)
    person.documents.push({
      key: keyOf(person, 'D', 1),
      day: past(person, random, asOf, 1, 2000),
      title: random.pick(titles),
    })
  return person
}

function count(random: Random, mean: number): number {
  return random.below(mean + 1) + (random.below(6) === 0 ? 2 : 0)
}

/** A day at least `least` and less than `least + span` days ago, and after birth. */
function past(person: Person, random: Random, asOf: Day, least: number, span: number): Day {
  const day = addDays(asOf, -least - random.below(span))
  return day > person.birth ? day : addDays(asOf, -least - random.below(600))
}

function keyOf(person: Person, prefix: string, n: number): string {
  return `${prefix}${String(person.index + 1).padStart(6, '0')}${n}`
}

function drawAllergies(person: Person, random: Random, asOf: Day): void {
  const roll = random.below(100)
  if (roll < 36) for (let n = 1 + random.below(2) + (random.below(8) === 0 ? 1 : 0); n > 0; n--) addAllergy(person, random, asOf)
  else if (roll < 78) person.statement = { text: random.pick(catalog.allergyStatements.none), means: 'none' }
  else if (roll < 80) person.statement = { text: random.pick(catalog.allergyStatements.unavailable), means: 'unavailable' }
}

/** Adds an allergy to a substance the patient has none for yet. */
export function addAllergy(person: Person, random: Random, asOf: Day): Allergy {
  const allergen = pickNew(catalog.allergens, random, (one) => !person.allergies.some((held) => held.allergen === one))
  const allergy: Allergy = {
    key: keyOf(person, 'A', person.allergies.length + 1),
    allergen,
    spelling: random.pick(allergen.spellings),
    reaction: random.pick(catalog.reactions),
    severity: random.pick(['mild', 'moderate', 'severe'] as const),
    status: 'active',
    noted: past(person, random, asOf, 60, 4000),
  }
  person.statement = null
  person.allergies.push(allergy)
  return allergy
}

export function addMedicine(person: Person, random: Random, asOf: Day): Medicine {
  const drug = pickNew(catalog.drugs, random, (one) => !person.medicines.some((held) => held.drug === one))
  const started = past(person, random, asOf, 40, 1500)
  const medicine: Medicine = {
    key: keyOf(person, 'M', person.medicines.length + 1),
    drug,
    dose: String(random.pick(drug.doses)),
    unit: drug.unit,
    frequency: random.pick(catalog.frequencies),
    started,
    stopped: random.below(5) === 0 ? addDays(started, 10 + random.below(15)) : null,
  }
  person.medicines.push(medicine)
  return medicine
}

export function addProblem(person: Person, random: Random, asOf: Day): Problem {
  const [code, title] = pickNew(catalog.problems, random, ([one]) => !person.problems.some((held) => held.code === one))
  const onset = past(person, random, asOf, 40, 5000)
  const problem: Problem = {
    key: keyOf(person, 'P', person.problems.length + 1),
    code,
    title,
    onset: random.below(15) === 0 ? onset.slice(0, 4) : onset,
    status: random.below(5) === 0 ? 'resolved' : 'active',
  }
  person.problems.push(problem)
  return problem
}

function addShot(person: Person, random: Random, asOf: Day): void {
  const vaccine = pickNew(catalog.vaccines, random, (one) => !person.shots.some((held) => held.vaccine === one))
  const key = keyOf(person, 'S', person.shots.length + 1)
  person.shots.push({ key, vaccine, given: past(person, random, asOf, 20, 3000), lot: `L${1000 + random.below(9000)}` })
}

function measurement(person: Person, key: string, lab: catalog.Lab, random: Random, asOf: Day): Measurement {
  return {
    key,
    lab,
    comparator: '',
    value: decimal(lab.low + random.below(lab.high - lab.low), lab.decimals),
    taken: past(person, random, asOf, 2, 900),
    time: `${String(7 + random.below(10)).padStart(2, '0')}:${String(random.below(60)).padStart(2, '0')}`,
  }
}

export function addResult(person: Person, random: Random, asOf: Day, only?: (lab: catalog.Lab) => boolean): Measurement {
  const lab = random.pick(only ? catalog.labs.filter(only) : catalog.labs)
  const result = measurement(person, keyOf(person, 'R', person.results.length + 1), lab, random, asOf)
  person.results.push(result)
  return result
}

function addVital(person: Person, random: Random, asOf: Day): void {
  const key = keyOf(person, 'V', person.vitals.length + 1)
  person.vitals.push(measurement(person, key, random.pick(catalog.vitalSigns), random, asOf))
}

export function addVisit(person: Person, random: Random, asOf: Day): Visit {
  const visit: Visit = {
    key: keyOf(person, 'E', person.visits.length + 1),
    type: random.pick(catalog.encounterTypes),
    day: past(person, random, asOf, 5, 1000),
    site: person.site,
    provider: random.below(providerCount),
  }
  person.visits.push(visit)
  return visit
}

export function addNote(person: Person, random: Random, asOf: Day): Note {
  const text = [random.pick(catalog.noteOpenings), random.pick(catalog.noteMiddles), random.pick(catalog.noteEndings)].join('\n')
  const note: Note = {
    key: keyOf(person, 'N', person.notes.length + 1),
    day: past(person, random, asOf, 3, 1200),
    provider: random.below(providerCount),
    text,
  }
  person.notes.push(note)
  return note
}

export function addBooking(person: Person, random: Random, asOf: Day): Booking {
  const booking: Booking = {
    key: keyOf(person, 'B', person.bookings.length + 1),
    day: addDays(asOf, 1 + random.below(90)),
    time: `${String(8 + random.below(9)).padStart(2, '0')}:${random.pick(['00', '15', '30', '45'])}`,
    site: person.site,
    provider: random.below(providerCount),
  }
  person.bookings.push(booking)
  return booking
}

export function addReferral(person: Person, random: Random, asOf: Day): Referral {
  const referral: Referral = {
    key: keyOf(person, 'F', person.referrals.length + 1),
    day: past(person, random, asOf, 4, 400),
    provider: providerCode(random.below(providerCount)),
    specialty: random.pick(specialties),
    priority: random.below(4) === 0 ? 'urgent' : 'routine',
  }
  person.referrals.push(referral)
  return referral
}

export function providerCode(provider: number): string {
  return `DR${String(provider + 1).padStart(3, '0')}`
}

/** A whole number of last decimals as text, so that no binary fraction is ever printed. */
function decimal(units: number, decimals: number): string {
  if (decimals === 0) return String(units)
  const text = String(units).padStart(decimals + 1, '0')
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
}

function pickNew<T>(items: readonly T[], random: Random, fresh: (item: T) => boolean): T {
  const start = random.below(items.length)
  for (let i = 0; i < items.length; i++) {
    const item = items[(start + i) % items.length]
    if (item !== undefined && fresh(item)) return item
  }
  throw new Error('The sample vocabulary is exhausted')
}
