/** What two records are compared by: each comparison gives the level of agreement, or none where a side says nothing. */
import { type ComparedField, fieldAt, type People, type Values } from './people.ts'
import { isOneEdit, jaroWinkler, letterBits, mayReach, soundex } from './similarity.ts'

/** No level: a side says nothing, or another comparison has spoken for this one. */
export const silent = -1

export interface Comparison {
  readonly name: 'given' | 'family' | 'birth' | 'sex' | 'nationalId' | 'phone' | 'address' | 'postcode' | 'mrn'
  /** Best first; the last one is "else". The first may weigh by the frequency of the value. */
  readonly levels: readonly { readonly level: string; readonly words: string }[]
  readonly byFrequency: boolean
}

const alike = (what: string): Comparison['levels'] => [
  { level: 'exact', words: `same ${what}` },
  { level: 'very-close', words: `${what} almost the same` },
  { level: 'close', words: `${what} similar` },
]
const identifier = (what: string): Comparison['levels'] => [
  { level: 'exact', words: `same ${what}` },
  { level: 'one-edit', words: `${what} differs in one character or two swapped ones` },
  { level: 'else', words: `${what} differs` },
]

export const comparisons: readonly Comparison[] = [
  {
    name: 'given',
    byFrequency: true,
    levels: [
      ...alike('first name'),
      { level: 'nickname', words: 'first names are spellings of one name' },
      { level: 'swapped', words: 'first and last name swapped' },
      { level: 'sounds', words: 'first names sound alike' },
      { level: 'initial', words: 'first name is the initial of the other' },
      { level: 'else', words: 'first name differs' },
    ],
  },
  {
    name: 'family',
    byFrequency: true,
    levels: [
      ...alike('last name'),
      { level: 'former', words: 'last name is a former name of the other' },
      { level: 'part', words: 'last name is part of the other' },
      { level: 'sounds', words: 'last names sound alike' },
      { level: 'else', words: 'last name differs' },
    ],
  },
  {
    name: 'birth',
    byFrequency: true,
    levels: [
      { level: 'exact', words: 'same birth date' },
      { level: 'swapped', words: 'day and month of birth swapped' },
      { level: 'one-digit', words: 'one digit of the birth date differs' },
      { level: 'imputed', words: 'same birth year, one date is 1 January or incomplete' },
      { level: 'near', words: 'birth date at most a year apart, same day or month' },
      { level: 'else', words: 'birth date differs' },
    ],
  },
  {
    name: 'sex',
    byFrequency: false,
    levels: [
      { level: 'exact', words: 'same sex' },
      { level: 'else', words: 'sex differs' },
    ],
  },
  { name: 'nationalId', byFrequency: false, levels: identifier('national identifier') },
  { name: 'phone', byFrequency: false, levels: identifier('telephone number') },
  {
    name: 'address',
    byFrequency: false,
    levels: [
      { level: 'exact', words: 'same address' },
      { level: 'most-words', words: 'most words of the address are the same' },
      { level: 'else', words: 'address differs' },
    ],
  },
  { name: 'postcode', byFrequency: true, levels: identifier('postcode') },
  {
    name: 'mrn',
    byFrequency: false,
    // Record numbers are given one after the other: one edit means nothing.
    levels: [
      { level: 'exact', words: 'same record number' },
      { level: 'else', words: 'record number differs' },
    ],
  },
]

const [exact, veryClose, close] = [0, 1, 2]
const given = { nickname: 3, swapped: 4, sounds: 5, initial: 6, else: 7 }
const family = { former: 3, part: 4, sounds: 5, else: 6 }
const birth = { swapped: 1, oneDigit: 2, imputed: 3, near: 4, else: 5 }

/** Jaro-Winkler similarity of spellings of one name. */
const veryCloseFrom = 0.92
const closeFrom = 0.85

/** Slots of a direct-mapped memory of compared values. */
const rememberedSlots = 1 << 18

/** Levels of pairs of values, remembered: names repeat far more often than people. */
class Remembered {
  private readonly keys = new Float64Array(rememberedSlots).fill(-1)
  private readonly levels = new Int8Array(rememberedSlots)

  of(a: number, b: number, level: (a: number, b: number) => number): number {
    const low = Math.min(a, b)
    const high = Math.max(a, b)
    const key = low * 0x4000000 + high
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) & (rememberedSlots - 1)
    if (this.keys[slot] === key) return this.levels[slot] as number
    const found = level(low, high)
    this.keys[slot] = key
    this.levels[slot] = found
    return found
  }
}

/** What is needed of every name more than once. */
class Names {
  readonly texts: readonly string[]
  private readonly bits: Int32Array
  private readonly sounds: readonly string[]

  constructor(values: Values) {
    this.texts = values.texts
    this.bits = Int32Array.from(values.texts, letterBits)
    this.sounds = values.texts.map(soundex)
  }

  /** Level of two spellings, or null where they are not alike. */
  nearness(a: number, b: number): number | null {
    const one = this.texts[a] ?? ''
    const two = this.texts[b] ?? ''
    if (!mayReach(closeFrom, one, this.bits[a] as number, two, this.bits[b] as number)) return null
    const similarity = jaroWinkler(one, two)
    return similarity >= veryCloseFrom ? veryClose : similarity >= closeFrom ? close : null
  }

  /** True where the name is nearly one of another dictionary. */
  isNear(own: number, others: Names, other: number): boolean {
    const one = this.texts[own] ?? ''
    const two = others.texts[other] ?? ''
    if (!mayReach(veryCloseFrom, one, this.bits[own] as number, two, others.bits[other] as number)) return false
    return jaroWinkler(one, two) >= veryCloseFrom
  }

  soundAlike(a: number, b: number): boolean {
    return this.sounds[a] !== '' && this.sounds[a] === this.sounds[b]
  }
}

/** Compares records of one store; `levels` is filled in the order of `comparisons`. */
export class Comparer {
  readonly levels = new Int8Array(comparisons.length)
  private readonly people: People
  private readonly nicknames: ReadonlyMap<string, number>
  private readonly givenMemory = new Remembered()
  private readonly familyMemory = new Remembered()
  /** Family name of the same spelling as a given name, and the other way round; 0 for none. */
  private readonly familyOfGiven: Int32Array
  private readonly givens: Names
  private readonly families: Names
  private readonly births: Int32Array
  private readonly words: readonly Int32Array[]

  constructor(people: People, nicknames: readonly (readonly string[])[] = []) {
    this.people = people
    this.nicknames = new Map(nicknames.flatMap((names, group) => names.map((name) => [name.toUpperCase(), group] as const)))
    const { given: givens, family: families } = people.values
    this.familyOfGiven = Int32Array.from(givens.texts, (name) => families.find(name))
    this.givens = new Names(givens)
    this.families = new Names(families)
    this.births = Int32Array.from(people.values.birth.texts, Number)
    this.words = wordNumbers(people.values.address.texts)
  }

  compare(a: number, b: number): Int8Array {
    const { levels, people } = this
    levels[0] = this.given(people.value(a, fieldAt.given), people.value(b, fieldAt.given))
    levels[1] = this.family(a, b)
    if ((levels[0] as number) > close && (levels[1] as number) > close && this.areSwapped(a, b)) {
      levels[0] = given.swapped
      levels[1] = silent
    }
    levels[2] = this.birth(people.value(a, fieldAt.birth), people.value(b, fieldAt.birth))
    levels[3] = equality(people.value(a, fieldAt.sex), people.value(b, fieldAt.sex))
    levels[4] = this.identifier(a, b, 'nationalId')
    levels[5] = this.identifier(a, b, 'phone')
    levels[6] = this.address(people.value(a, fieldAt.address), people.value(b, fieldAt.address))
    levels[7] = this.identifier(a, b, 'postcode')
    levels[8] = equality(people.value(a, fieldAt.mrn), people.value(b, fieldAt.mrn))
    return levels
  }

  /** First name of each is the last name of the other, or nearly so. */
  private areSwapped(a: number, b: number): boolean {
    const { people } = this
    return (
      this.crosses(people.value(a, fieldAt.given), people.value(b, fieldAt.family)) &&
      this.crosses(people.value(b, fieldAt.given), people.value(a, fieldAt.family))
    )
  }

  private crosses(firstName: number, lastName: number): boolean {
    if (firstName === 0 || lastName === 0) return false
    return this.familyOfGiven[firstName] === lastName || this.givens.isNear(firstName, this.families, lastName)
  }

  private given(a: number, b: number): number {
    if (a === 0 || b === 0) return silent
    return a === b ? exact : this.givenMemory.of(a, b, (one, two) => this.givenLevel(one, two))
  }

  private givenLevel(a: number, b: number): number {
    const { givens } = this
    const one = givens.texts[a] ?? ''
    const two = givens.texts[b] ?? ''
    const group = this.nicknames.get(one)
    if (group !== undefined && group === this.nicknames.get(two)) return given.nickname
    if (Math.min(one.length, two.length) === 1) return one[0] === two[0] ? given.initial : given.else
    return givens.nearness(a, b) ?? (givens.soundAlike(a, b) ? given.sounds : given.else)
  }

  private family(a: number, b: number): number {
    const { people } = this
    const [one, two] = [people.value(a, fieldAt.family), people.value(b, fieldAt.family)]
    const [maidenA, maidenB] = [people.value(a, fieldAt.maiden), people.value(b, fieldAt.maiden)]
    if (one === 0 || two === 0) return silent
    if (one === two) return exact
    const level = this.familyMemory.of(one, two, (x, y) => this.familyLevel(x, y))
    const former = (maidenA !== 0 && (maidenA === two || maidenA === maidenB)) || (maidenB !== 0 && maidenB === one)
    return former && level > family.former ? family.former : level
  }

  private familyLevel(a: number, b: number): number {
    const { families } = this
    const near = families.nearness(a, b)
    if (near !== null) return near
    const one = families.texts[a] ?? ''
    const two = families.texts[b] ?? ''
    const [short, long] = one.length < two.length ? [one, two] : [two, one]
    if (short.length >= 4 && (long.startsWith(short) || long.endsWith(short))) return family.part
    return families.soundAlike(a, b) ? family.sounds : family.else
  }

  private birth(a: number, b: number): number {
    if (a === 0 || b === 0) return silent
    if (a === b) return exact
    return birthLevel(this.births[a] as number, this.births[b] as number)
  }

  private identifier(a: number, b: number, field: ComparedField): number {
    const one = this.people.value(a, fieldAt[field])
    const two = this.people.value(b, fieldAt[field])
    if (one === 0 || two === 0) return silent
    if (one === two) return exact
    const values = this.people.values[field]
    return isOneEdit(textOf(values, one), textOf(values, two)) ? 1 : 2
  }

  private address(a: number, b: number): number {
    if (a === 0 || b === 0) return silent
    if (a === b) return exact
    return sharedWords(this.words[a] as Int32Array, this.words[b] as Int32Array) >= mostWords ? 1 : 2
  }
}

function textOf(values: Values, number: number): string {
  return values.texts[number] ?? ''
}

function equality(a: number, b: number): number {
  return a === 0 || b === 0 ? silent : a === b ? 0 : 1
}

/** Levels of two different dates, each year × 10000 + month × 100 + day. */
export function birthLevel(a: number, b: number): number {
  const [yearA, yearB] = [Math.floor(a / 10000), Math.floor(b / 10000)]
  const [monthA, monthB] = [Math.floor(a / 100) % 100, Math.floor(b / 100) % 100]
  const [dayA, dayB] = [a % 100, b % 100]
  if (yearA === yearB && monthA === dayB && dayA === monthB) return birth.swapped
  if (isOneDigit(a, b)) return birth.oneDigit
  const imputed = (month: number, day: number): boolean => day === 0 || (month === 1 && day === 1)
  if (yearA === yearB && (imputed(monthA, dayA) || imputed(monthB, dayB))) return birth.imputed
  if (Math.abs(yearA - yearB) <= 1 && (monthA === monthB || dayA === dayB)) return birth.near
  return birth.else
}

/** One of the eight digits differs, or two neighbours are swapped. */
function isOneDigit(a: number, b: number): boolean {
  let differing = 0
  let sum = 0
  let last = -2
  let neighbours = true
  for (let at = 0, one = a, two = b; at < 8; at++) {
    const difference = (one % 10) - (two % 10)
    if (difference !== 0) {
      if (differing > 0 && last !== at - 1) neighbours = false
      last = at
      differing++
      sum += difference
      if (differing > 2) return false
    }
    one = Math.floor(one / 10)
    two = Math.floor(two / 10)
  }
  if (differing === 1) return true
  return neighbours && sum === 0 && isOneEdit(String(a), String(b))
}

/** Share of its words that an address must have in common with another one. */
const mostWords = 0.6

/** The words of each address as ascending numbers. */
function wordNumbers(addresses: readonly string[]): Int32Array[] {
  const numbers = new Map<string, number>()
  return addresses.map((address) =>
    Int32Array.from(new Set(address.split(' ')), (word) => {
      const known = numbers.get(word) ?? numbers.size
      numbers.set(word, known)
      return known
    }).sort(),
  )
}

/** Share of words that both have, of those that either has. */
function sharedWords(a: Int32Array, b: Int32Array): number {
  let shared = 0
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = (a[i] as number) - (b[j] as number)
    if (difference === 0) shared++
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return shared / (a.length + b.length - shared)
}
