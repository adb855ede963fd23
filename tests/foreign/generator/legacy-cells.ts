/** What the old system writes into the cell of a field. */
import type { Choices } from './choices.ts'
import type { Concept } from './codes.ts'
import type { Entry, Kind, Value } from './facts.ts'
import { clockText, dayText, legacyNumber, timeText } from './formats.ts'
import type { Person } from './people.ts'
import { wordOf } from './styles.ts'
import { legacyValue, precisionOf } from './views.ts'

export interface Source {
  readonly choices: Choices
  readonly people: readonly Person[]
}

/** Key of a record: numbers that other tables use again for records of their own are common, and are here. */
export function keyOf(uid: number): string {
  return String(1000 + uid)
}

export function usesLocal(choices: Choices, kind: Kind): boolean {
  return choices.localCodes && (kind === 'problem' || kind === 'result' || kind === 'vital' || kind === 'allergy')
}

export function codeText(choices: Choices, kind: Kind, concept: Pick<Concept, 'code' | 'local'>): string {
  return usesLocal(choices, kind) ? concept.local : concept.code
}

function partialDay(choices: Choices, entry: Entry): string {
  const iso = dayText(entry.start, choices.zone, 'iso')
  return entry.known === 'year' ? iso.slice(0, 4) : iso.slice(0, 7)
}

export function timeCell(choices: Choices, entry: Entry, field: 'start' | 'end'): string {
  const at = entry[field]
  if (at === null) return ''
  if (field === 'start' && entry.known !== 'all') return partialDay(choices, entry)
  return precisionOf(choices, 'legacy', entry.kind) === 'day'
    ? dayText(at, choices.zone, choices.day)
    : timeText(at, choices.zone, choices.time, choices.day)
}

export function clockCell(choices: Choices, entry: Entry, field: 'start' | 'end'): string {
  const at = entry[field]
  return at === null || (field === 'start' && entry.known !== 'all') ? '' : clockText(at, choices.zone)
}

/** Short names of value types, as messages have them. */
export const valueTypes: Readonly<Record<Value['kind'], string>> = {
  quantity: 'NM',
  concept: 'CE',
  text: 'ST',
  boolean: 'BL',
  integer: 'INT',
  day: 'DT',
  ratio: 'SN',
}

function spelling(choices: Choices, value: Value & { readonly kind: 'quantity' }): string {
  const { spellings } = value.measure
  return choices.unitSpelling ? (spellings[value.measure.code.length % spellings.length] ?? value.unit) : value.unit
}

export function unitCell(choices: Choices, entry: Entry): string {
  return entry.value?.kind === 'quantity' ? spelling(choices, entry.value) : ''
}

export function valueCell(choices: Choices, entry: Entry): string {
  if (entry.value === null) return ''
  const value = legacyValue(choices, entry.value)
  switch (value.kind) {
    case 'quantity': {
      const number = `${value.comparator}${legacyNumber(value.number, choices)}`
      return choices.units === 'in-value' ? `${number} ${spelling(choices, value)}` : number
    }
    case 'concept':
      return value.concept.local
    case 'text':
      return choices.file.breaks ? value.text.replace(', ', ',\n') : value.text
    case 'boolean':
      return wordOf(choices.style, value.yes ? 'yes' : 'no')
    case 'integer':
      return value.number
    case 'day':
      return dayText(value.at, choices.zone, choices.day)
    case 'ratio':
      return `${value.numerator}:${value.denominator}`
  }
}

export function entryCell({ choices, people }: Source, entry: Entry, field: string): string {
  switch (field) {
    case 'key':
      return keyOf(entry.uid)
    case 'person':
      return entry.person === null ? '' : (people[entry.person]?.key ?? '')
    case 'visit':
      return entry.visit === null ? '' : keyOf(entry.visit)
    case 'class':
      return entry.concept.local
    case 'code':
      return codeText(choices, entry.kind, entry.concept)
    case 'text':
      return entry.concept.words
    case 'status':
      return wordOf(choices.style, entry.status)
    case 'verification':
      return wordOf(choices.style, entry.verification)
    case 'value':
      return valueCell(choices, entry)
    case 'unit':
      return unitCell(choices, entry)
    case 'valueType':
      return entry.value === null ? '' : valueTypes[entry.value.kind]
    case 'detail':
      return choices.file.breaks ? entry.detail.replace(', ', ',\n') : entry.detail
    case 'reaction':
      return entry.reaction?.words ?? ''
    case 'kind':
      return entry.kind === 'allergy' ? 'A' : 'P'
    case 'order':
      return `${entry.session}`
    case 'deleted':
      return wordOf(choices.style, entry.deleted ? 'yes' : 'no')
    default:
      throw new Error(`no cell for ${field}`)
  }
}

export function personCell({ choices }: Source, person: Person, field: string): string {
  switch (field) {
    case 'key':
      return person.key
    case 'sex':
      return wordOf(choices.style, person.sex)
    case 'birth': {
      const [year = 0, month = 1, date = 1] = person.birth.split('-').map(Number)
      return dayText(Date.UTC(year, month - 1, date), { name: 'Z', winter: 0, summer: 'none' }, choices.day)
    }
    case 'family':
    case 'given':
    case 'postcode':
    case 'city':
    case 'phone':
      return person[field]
    default:
      throw new Error(`no cell for ${field}`)
  }
}
