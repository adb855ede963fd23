/** A seeded population with known truth: households, moves, marriages, slips of the pen; twins and namesakes of two generations as negatives. */
import { type Random, seededRandom } from '../../../../src/core/random.ts'

export interface PopulationRecord {
  readonly id: string
  readonly mrn: string
  readonly given: string
  readonly family: string
  readonly maiden: string
  readonly birth: string
  readonly sex: string
  readonly ssn: string
  readonly phone: string
  readonly address: string
  readonly postcode: string
}

export interface Population {
  /** In random order. */
  readonly records: readonly PopulationRecord[]
  /** Person behind each record, by position. */
  readonly persons: readonly number[]
  /** Twin of a person, and namesake of another generation. */
  readonly twins: ReadonlyMap<number, number>
  readonly namesakes: ReadonlyMap<number, number>
}

const women =
  'Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret Ashley Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Dorothy Amy Kathleen Angela Shirley Emma Brenda Pamela Nicole Anna Samantha Katherine Christine Helen Debra Rachel Carolyn Janet Maria Catherine Heather Diane Olivia Julie Joyce Victoria Ruth Virginia Lauren Kelly Christina Joan Evelyn Judith Andrea Hannah Megan Cheryl Jacqueline Martha Madison Teresa Gloria Sara Janice Ann Kathryn Abigail Sophia Frances Jean Alice Judy Isabella Julia Grace Amber Denise Danielle Marilyn Beverly Charlotte Natalie Theresa Diana Brittany Doris Kayla Alexis Lori Marie'.split(
    ' ',
  )
const men =
  'James Robert John Michael David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony Mark Donald Steven Andrew Paul Joshua Kenneth Kevin Brian George Timothy Ronald Jason Edward Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank Raymond Jack Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Zachary Douglas Peter Kyle Noah Ethan Jeremy Walter Christian Keith Roger Terry Austin Sean Gerald Carl Harold Dylan Arthur Lawrence Jordan Jesse Bryan Billy Bruce Gabriel Joe Logan Alan Juan Albert Willie Elijah Wayne Randy Vincent Mason Roy Ralph Bobby Russell Bradley Philip Eugene'.split(
    ' ',
  )
const starts =
  'Ander Bak Carl Dal El Fisch Green Hart Iver John Kel Lind Mor Nor Ol Peter Quin Robin Stan Thorn Ull Vander West York Zim Black Whit Brown Mc Fitz'.split(
    ' ',
  )
const middles = ['', 'en', 'er', 'in', 'ow', 'as', 'il', 'om', 'ard', 'ol']
const ends = 'son sen man ton ley field berg wood worth more ski er low by ford well stein mann dale ham'.split(' ')
const streets =
  'Oak Maple Cedar Pine Elm Washington Lake Hill Walnut Spring North Ridge Church Willow Mill Sunset Railroad Jackson River Lincoln'.split(
    ' ',
  )
const kinds = ['Street', 'Avenue', 'Road', 'Lane', 'Drive']

/** Common values are far more common: the n-th of a list about as often as 1/n. */
function skewed<T>(random: Random, list: readonly T[]): T {
  const at = Math.floor(list.length ** random.next()) - 1
  return list[Math.max(0, Math.min(list.length - 1, at))] as T
}

const families = starts.flatMap((start) => middles.flatMap((middle) => ends.map((end) => start + middle + end)))

interface Person {
  given: string
  family: string
  maiden: string
  year: number
  month: number
  day: number
  sex: string
  ssn: string
  phone: string
  address: string
  postcode: string
  mrn: number
}

class Maker {
  private readonly random: Random
  private nextMrn = 100_000
  private readonly scrambled: readonly string[]

  constructor(random: Random) {
    this.random = random
    // The same frequencies, on names that do not follow the alphabet.
    this.scrambled = families
      .map((family) => ({ family, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ family }) => family)
  }

  family(): string {
    return skewed(this.random, this.scrambled)
  }

  given(sex: string): string {
    return skewed(this.random, sex === 'F' ? women : men)
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.random.below(10)).join('')
  }

  home(): { address: string; postcode: string; phone: string } {
    const { random } = this
    return {
      address: `${1 + random.below(400)} ${random.pick(streets)} ${random.pick(kinds)}`,
      postcode: `0${1000 + random.below(900)}`,
      phone: `(${200 + random.below(700)}) 555-${this.digits(2)}${this.digits(2)}`,
    }
  }

  mrn(): number {
    this.nextMrn += 3 + this.random.below(7)
    return this.nextMrn
  }

  person(family: string, year: number, home: { address: string; postcode: string; phone: string }): Person {
    const { random } = this
    const sex = random.next() < 0.5 ? 'F' : 'M'
    const ssn = `9${this.digits(2)}-${this.digits(2)}-${this.digits(4)}`
    return {
      given: this.given(sex),
      family,
      maiden: '',
      year,
      month: 1 + random.below(12),
      day: 1 + random.below(28),
      sex,
      ssn: random.next() < 0.15 ? '' : ssn,
      mrn: this.mrn(),
      ...home,
    }
  }
}

/** @param size persons; about one in eight has a second record, one in fifty a third */
export function population(size: number, seed: string): Population {
  const random = seededRandom(seed)
  const maker = new Maker(random)
  const persons: Person[] = []
  const twins = new Map<number, number>()
  const namesakes = new Map<number, number>()
  while (persons.length < size) addHousehold(maker, random, persons, twins, namesakes)
  const rows: { readonly person: number; readonly value: Person; readonly at: number }[] = []
  persons.forEach((value, person) => {
    rows.push({ person, value, at: random.next() })
    const copies = random.next() < 0.125 ? (random.next() < 0.16 ? 2 : 1) : 0
    for (let i = 0; i < copies; i++) rows.push({ person, value: copyOf(value, maker, random), at: random.next() })
  })
  rows.sort((a, b) => a.at - b.at)
  return {
    records: rows.map(({ value }, at) => recordOf(value, at)),
    persons: rows.map(({ person }) => person),
    twins,
    namesakes,
  }
}

function addHousehold(
  maker: Maker,
  random: Random,
  persons: Person[],
  twins: Map<number, number>,
  namesakes: Map<number, number>,
): void {
  const family = maker.family()
  const home = maker.home()
  const year = 1935 + random.below(60)
  const first = maker.person(family, year, home)
  persons.push(first)
  if (random.next() < 0.5) {
    const partner = maker.person(family, year + random.below(7) - 3, home)
    if (partner.sex === 'F') partner.maiden = maker.family()
    persons.push(partner)
  }
  const children = random.below(3)
  for (let i = 0; i < children; i++) {
    const child = maker.person(family, Math.min(2025, year + 22 + random.below(15)), home)
    if (random.next() < 0.06 && first.sex === child.sex) {
      child.given = first.given
      namesakes.set(persons.length, persons.indexOf(first))
    }
    persons.push(child)
    if (random.next() < 0.08) addTwin(maker, random, persons, twins)
  }
}

function addTwin(maker: Maker, random: Random, persons: Person[], twins: Map<number, number>): void {
  const one = persons.at(-1)
  if (!one) return
  const sex = random.next() < 0.6 ? one.sex : one.sex === 'F' ? 'M' : 'F'
  const { address, postcode, phone } = one
  const other = { ...maker.person(one.family, one.year, { address, postcode, phone }), sex, month: one.month, day: one.day }
  // Registered one after the other in one night.
  if (random.next() < 0.5) other.mrn = one.mrn + 1
  do other.given = maker.given(sex)
  while (other.given === one.given)
  twins.set(persons.length, persons.length - 1)
  twins.set(persons.length - 1, persons.length)
  persons.push(other)
}

/** A second registration: one to three things are not what they were. */
function copyOf(person: Person, maker: Maker, random: Random): Person {
  const copy = { ...person, mrn: maker.mrn() }
  const slips = 1 + Math.floor(random.next() ** 1.5 * 3)
  for (let i = 0; i < slips; i++) slip(copy, maker, random)
  return copy
}

function slip(copy: Person, maker: Maker, random: Random): void {
  const which = random.next()
  if (which < 0.16) copy.given = typo(copy.given, random)
  else if (which < 0.32) copy.family = typo(copy.family, random)
  else if (which < 0.42) [copy.month, copy.day] = copy.day <= 12 ? [copy.day, copy.month] : [copy.month, copy.day]
  else if (which < 0.48) copy.year += random.pick([-1, 1, 10])
  else if (which < 0.58) {
    if (copy.sex === 'F' && copy.maiden === '') {
      if (random.next() < 0.6) copy.maiden = copy.family
      copy.family = maker.family()
    }
  } else if (which < 0.72) Object.assign(copy, maker.home())
  else if (which < 0.84) copy.ssn = ''
  else if (which < 0.9) copy.phone = ''
  else if (which < 0.94) [copy.given, copy.family] = [copy.family, copy.given]
  else if (which < 0.97) copy.sex = ''
  else copy.ssn = copy.ssn === '' ? '' : typo(copy.ssn, random)
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** One character left out, put in, replaced or swapped with its neighbour. */
function typo(text: string, random: Random): string {
  if (text.length < 3) return text
  const at = 1 + random.below(text.length - 1)
  const other = /\d/.test(text) ? String(random.below(10)) : (letters[random.below(26)] ?? 'x')
  const kind = random.below(4)
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1)
  if (kind === 1) return text.slice(0, at) + other + text.slice(at)
  if (kind === 2) return text.slice(0, at) + other + text.slice(at + 1)
  return text.slice(0, at - 1) + (text[at] ?? '') + (text[at - 1] ?? '') + text.slice(at + 1)
}

const two = (n: number): string => String(n).padStart(2, '0')

function recordOf(person: Person, at: number): PopulationRecord {
  const { given, family, maiden, sex, ssn, phone, address, postcode } = person
  const birth = `${person.year}-${two(person.month)}-${two(person.day)}`
  return { id: `r${at}`, mrn: String(person.mrn), given, family, maiden, birth, sex, ssn, phone, address, postcode }
}

const columns = ['id', 'mrn', 'given', 'family', 'maiden', 'birth', 'sex', 'ssn', 'phone', 'address', 'postcode'] as const

/** The population as a legacy table would have it. */
export function csvOf(records: readonly PopulationRecord[]): string {
  const lines = records.map((record) => columns.map((column) => record[column]).join(','))
  return `PATIENT_ID,MRN,FIRST_NAME,LAST_NAME,MAIDEN_NAME,DOB,SEX,SSN,PHONE,ADDRESS,ZIP\n${lines.join('\n')}\n`
}

export interface Score {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly truePairs: number
  readonly twinsJoined: number
  readonly namesakesJoined: number
}

/** Pairwise score of clusters, each a list of record positions. */
export function scoreOf({ persons, twins, namesakes }: Population, clusters: readonly (readonly number[])[]): Score {
  const counts = new Map<number, number>()
  for (const person of persons) counts.set(person, (counts.get(person) ?? 0) + 1)
  const truePairs = [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  let found = 0
  let right = 0
  let twinsJoined = 0
  let namesakesJoined = 0
  for (const cluster of clusters)
    cluster.forEach((a, i) => {
      for (const b of cluster.slice(i + 1)) {
        const [one, other] = [persons[a] ?? -1, persons[b] ?? -2]
        found++
        if (one === other) right++
        else if (twins.get(one) === other) twinsJoined++
        else if (namesakes.get(one) === other || namesakes.get(other) === one) namesakesJoined++
      }
    })
  const precision = found === 0 ? 1 : right / found
  const recall = truePairs === 0 ? 1 : right / truePairs
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { precision, recall, f1, truePairs, twinsJoined, namesakesJoined }
}
