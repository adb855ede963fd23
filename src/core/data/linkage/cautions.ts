/** What forbids joining two records by weight alone: twins, parent and child of one name, contradictory identifiers. */
import { comparisons } from './comparisons.ts'
import type { LinkCaution } from './linkage-types.ts'
import { isBabyName } from './normalise.ts'
import { type ComparedField, fieldAt, type People } from './people.ts'
import { isOneEdit, jaroWinkler } from './similarity.ts'

const at = (name: (typeof comparisons)[number]['name']): number => comparisons.findIndex((one) => one.name === name)
const levelAt = { given: at('given'), family: at('family'), birth: at('birth'), sex: at('sex'), nationalId: at('nationalId') }
const levelOf = (comparison: number, level: string): number =>
  comparisons[comparison]?.levels.findIndex((one) => one.level === level) ?? -1
const silentBirth = -1
const oneDigit = levelOf(levelAt.birth, 'one-digit')
const nickname = levelOf(levelAt.given, 'nickname')
const idElse = levelOf(levelAt.nationalId, 'else')
/** Years between a parent and a child of the same name. */
const generationYears = 12
/** Given names below this are two names, not two spellings. */
const oneName = 0.85
/** Given names from here on are one name, even where more than one character differs. */
const oneSpelling = 0.92
/** Records, and share of all records, from which on a given name is no slip of the pen. */
const inUse = 5
const inUseShare = 0.001
const dayMilliseconds = 86_400_000

export function cautionsOf(people: People, levels: Int8Array, a: number, b: number): LinkCaution[] {
  const cautions: LinkCaution[] = []
  if (mayBeTwins(people, levels, a, b)) cautions.push('possible-twins')
  if (mayBeParentAndChild(people, levels, a, b)) cautions.push('parent-and-child')
  if (levels[levelAt.nationalId] === idElse) cautions.push('conflicting-ids')
  return cautions
}

/** Born together under one last name or at one address, with other given names, other sex, or numbers in sequence. */
export function mayBeTwins(people: People, levels: Int8Array, a: number, b: number): boolean {
  if (!bornTogether(people, levels, a, b)) return false
  if ((levels[levelAt.family] as number) > 2 && !same(people, a, b, 'address')) return false
  const [one, two] = [people.text(a, 'given'), people.text(b, 'given')]
  const given = levels[levelAt.given] as number
  if (isSlipOfThePen(levels, one, two)) return false
  if (one !== null && two !== null && (isBabyName(one) || isBabyName(two)) && one !== two) return true
  const otherName = one !== null && two !== null && given > 0 && given !== nickname && one.length > 1 && two.length > 1
  if (isSwapped(given)) return false
  if (otherName && areTwoNames(people, a, b, one, two)) return true
  if ((levels[levelAt.sex] as number) === 1 && given !== 0) return true
  return given !== 0 && inSequence(people.text(a, 'mrn'), people.text(b, 'mrn'))
}

/** Two names, not two spellings: unlike, or both of them in use among other people, as Maria and Marie are. */
function areTwoNames(people: People, a: number, b: number, one: string, two: string): boolean {
  const similarity = jaroWinkler(one, two)
  if (similarity < oneName || (similarity < oneSpelling && !isOneEdit(one, two))) return true
  const { counts } = people.values.given
  const least = Math.max(inUse, people.size * inUseShare)
  return [a, b].every((record) => (counts[people.value(record, fieldAt.given)] ?? 0) >= least)
}

/** Births at most a day apart, or as far as a slip of the pen makes them. */
function bornTogether(people: People, levels: Int8Array, a: number, b: number): boolean {
  const level = levels[levelAt.birth] as number
  if (level === silentBirth) return false
  if (level <= oneDigit) return true
  const [one, two] = [dayOf(people.text(a, 'birth')), dayOf(people.text(b, 'birth'))]
  return one !== null && two !== null && Math.abs(one - two) <= 1
}

/** One national identifier and sex, and first names that are spellings of one: no two babies. */
function isSlipOfThePen(levels: Int8Array, one: string | null, two: string | null): boolean {
  if (levels[levelAt.nationalId] !== 0 || levels[levelAt.sex] === 1 || one === null || two === null) return false
  if (isBabyName(one) || isBabyName(two)) return false
  return isOneEdit(one, two) || jaroWinkler(one, two) >= oneName
}

function isSwapped(given: number): boolean {
  return given === levelOf(levelAt.given, 'swapped')
}

/** One name in two generations: births at least twelve years apart. */
function mayBeParentAndChild(people: People, levels: Int8Array, a: number, b: number): boolean {
  const [one, two] = [people.text(a, 'birth'), people.text(b, 'birth')]
  if (one === null || two === null || (levels[levelAt.family] as number) > 2 || (levels[levelAt.given] as number) > 2)
    return false
  return Math.abs(Number(one.slice(0, 4)) - Number(two.slice(0, 4))) >= generationYears
}

function same(people: People, a: number, b: number, field: ComparedField): boolean {
  const value = people.value(a, fieldAt[field])
  return value !== 0 && value === people.value(b, fieldAt[field])
}

/** Days since 1970; null where month or day is unknown. */
function dayOf(birth: string | null): number | null {
  if (birth === null || birth.slice(4, 6) === '00' || birth.slice(6, 8) === '00') return null
  return Date.UTC(Number(birth.slice(0, 4)), Number(birth.slice(4, 6)) - 1, Number(birth.slice(6, 8))) / dayMilliseconds
}

/** Numbers given one after the other, as to two babies in one night. */
function inSequence(a: string | null, b: string | null): boolean {
  if (a === null || b === null || a.length > 15 || b.length > 15) return false
  const [one, two] = [/^(\D*)(\d+)$/.exec(a), /^(\D*)(\d+)$/.exec(b)]
  return one !== null && two !== null && one[1] === two[1] && Math.abs(Number(one[2]) - Number(two[2])) === 1
}
