/** Cells of patients to the form in which they are compared; null where a cell says nothing that tells people apart. */

/** Upper case, accents taken off, letters and blanks only. Scripts without case keep their letters. */
function letters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .replace(/ß/g, 'SS')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
}

const noName = new Set(['', 'UNKNOWN', 'UNK', 'NONE', 'NA', 'N A', 'NULL', 'TEST', 'X', 'XX', 'XXX'])

/** The first of several given names; "Baby Boy", "Baby A" and their like are kept whole, they tell twins apart. */
export function givenOf(text: string): string | null {
  const name = letters(text)
  if (noName.has(name)) return null
  if (isBabyName(name)) return name
  return name.split(' ')[0] ?? null
}

export function isBabyName(name: string): boolean {
  return /^(BABY|TWIN|INFANT|NEWBORN|BB|BG)( |$)/.test(name)
}

const generation = / (JR|SR|II|III|IV)$/

/** Family name without blanks, hyphens and the generation ("Jr"). */
export function familyOf(text: string): string | null {
  const name = letters(text).replace(generation, '')
  return noName.has(name) ? null : name.replaceAll(' ', '')
}

/** M, F or the first letter of what else is written; unknown is null. */
export function sexOf(text: string): string | null {
  const word = letters(text)
  if (word === '' || /^(U|UNK|UNKNOWN|N|NA|NOT KNOWN|NOT SPECIFIED)$/.test(word)) return null
  if (/^(W|WOMAN|FEMALE|F|FEMME|FRAU|WEIBLICH)$/.test(word)) return 'F'
  if (/^(M|MALE|MAN|MANN|HOMME|MAENNLICH|MANNLICH)$/.test(word)) return 'M'
  return word[0] ?? null
}

/** Letters and digits of an identifier of at least so many; a filler such as 000-00-0000 is null. */
export function identifierOf(text: string, least = 4): string | null {
  const id = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  const isFiller = id.length >= 4 && (/^(.)\1*$/.test(id) || /^0?123456789?0?$/.test(id))
  return id.length < least || id === '0' || isFiller || noName.has(id) ? null : id
}

/** Last ten digits of a telephone number: country codes and leading zeros are written or not. */
export function phoneOf(text: string): string | null {
  const digits = text.replace(/\D+/g, '')
  if (digits.length < 6 || /^(\d)\1*$/.test(digits)) return null
  return digits.slice(-10)
}

export function postcodeOf(text: string): string | null {
  const code = text.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '')
  return code === '' || /^0+$/.test(code) || noName.has(code)
    ? null
    : code.length === 9 && /^\d+$/.test(code)
      ? code.slice(0, 5)
      : code
}

const streetWords = new Map([
  ['STREET', 'ST'],
  ['ROAD', 'RD'],
  ['AVENUE', 'AV'],
  ['AVE', 'AV'],
  ['LANE', 'LN'],
  ['DRIVE', 'DR'],
  ['COURT', 'CT'],
  ['BOULEVARD', 'BLVD'],
  ['STRASSE', 'STR'],
  ['APARTMENT', 'APT'],
  ['UNIT', 'APT'],
])

/** Words of an address in alphabetical order, street kinds shortened: "12 High Street" is "12 HIGH ST". */
export function addressOf(text: string): string | null {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => streetWords.get(word) ?? word)
  const address = words.sort().join(' ')
  return noName.has(address) ? null : address
}

export type DateOrder = 'day-first' | 'month-first' | 'year-first'

/** A date of birth as year × 10000 + month × 100 + day; 0 for an unknown month or day, null where no date is readable. */
export function birthOf(text: string, order: DateOrder): number | null {
  const trimmed = text.trim()
  const compact = /^(\d{4})(\d{2})(\d{2})(?:\d{4,6})?$/.exec(trimmed)
  const iso = compact ?? /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?$/.exec(trimmed)
  if (iso) return dateOf(Number(iso[1]), Number(iso[2] ?? 0), Number(iso[3] ?? 0))
  const parts = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?$/.exec(trimmed)
  if (!parts) return null
  const [one, two, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (order === 'month-first') return dateOf(year, one, two) ?? dateOf(year, two, one)
  return dateOf(year, two, one) ?? dateOf(year, one, two)
}

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Dates that systems put where none is known. */
const fillers = new Set([19000101, 17530101, 18991230, 19700101, 99991231, 11110101])

function dateOf(year: number, month: number, day: number): number | null {
  if (year < 1850 || year > 2200 || month > 12 || day > (daysIn[month - 1] ?? 0)) return null
  const date = year * 10000 + month * 100 + day
  return fillers.has(date) ? null : date
}
