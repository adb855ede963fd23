/** The records of the target before they are written: what damage is done to. */
import type { Chance } from './chance.ts'
import type { Choices } from './choices.ts'
import { type Concept, diastolic, pressure, systolic } from './codes.ts'
import type { Entry, Facts, Value } from './facts.ts'
import { keyOf } from './legacy-cells.ts'
import type { Person } from './people.ts'
import { elementOf } from './target-paths.ts'
import { targetEntry } from './views.ts'

export interface TargetPerson extends Person {
  readonly id: string
  readonly identifier: string
}

export interface TargetRecord extends Omit<Entry, 'uid' | 'person' | 'visit'> {
  /** Legacy records that it was made of; empty for a record that damage added. */
  readonly uids: readonly number[]
  readonly id: string
  /** Identifier carried over; empty where the target keeps none. */
  readonly identifier: string
  /** Id of the patient in the target. */
  readonly owner: string
  /** Id of the visit in the target. */
  readonly visit: string | null
  /** Values of a panel. */
  readonly parts: readonly { readonly concept: Concept; readonly value: Value | null }[]
}

export interface TargetState {
  readonly people: readonly TargetPerson[]
  readonly records: readonly TargetRecord[]
}

/** New number of a patient in targets that count for themselves. */
export function personNumber(person: Person): string {
  return String(50_011 + person.number * 3)
}

function personId(choices: Choices, person: Person, chance: Chance): string {
  if (choices.patientIds === 'carried') return person.key
  if (choices.target !== 'fhir') return personNumber(person)
  return choices.patientIds === 'hashed' ? chance.hex(40) : chance.uuid()
}

function personIdentifier(choices: Choices, person: Person): string {
  if (choices.patientIds === 'padded') return person.key.padStart(10, '0')
  return choices.patientIds === 'prefixed' ? `MRN-${person.key}` : person.key
}

/** What is rightly not migrated. */
export function isLeft(choices: Choices, entry: Entry): boolean {
  if (entry.person === null || entry.deleted) return true
  const certain = elementOf(choices, entry.kind, 'verification') !== null
  return (entry.kind === 'problem' || entry.kind === 'allergy') && !certain && entry.verification === 'refuted'
}

export function makeTarget(choices: Choices, facts: Facts, chance: Chance): TargetState {
  const people = facts.people.map((person) => ({
    ...person,
    id: personId(choices, person, chance),
    identifier: personIdentifier(choices, person),
  }))
  const kept = facts.entries.filter((entry) => !isLeft(choices, entry))
  const ids = new Map(kept.map((entry) => [entry.uid, recordId(choices, entry, chance)]))
  const records: TargetRecord[] = []
  const panels = new Set<number>()
  for (const entry of kept) {
    const { uid, person, visit, ...rest } = targetEntry(choices, entry)
    const record: TargetRecord = {
      ...rest,
      ...{ uids: [uid], id: ids.get(uid) ?? '', identifier: identifierOf(choices, entry), parts: [] },
      ...{ owner: people[person ?? 0]?.id ?? '', visit: visit === null ? null : (ids.get(visit) ?? null) },
    }
    const isPressure = choices.components && [systolic.code, diastolic.code].includes(entry.concept.code)
    if (!isPressure) records.push(record)
    else if (!panels.has(entry.session)) {
      panels.add(entry.session)
      const both = kept.filter(
        ({ session, kind, concept }) =>
          session === entry.session && kind === 'vital' && [systolic.code, diastolic.code].includes(concept.code),
      )
      records.push({
        ...record,
        ...{ uids: both.map((one) => one.uid), concept: pressure, value: null, id: chance.uuid(), identifier: '' },
        parts: both.map((one) => ({ concept: one.concept, value: targetEntry(choices, one).value })),
      })
    }
  }
  return { people, records }
}

function recordId(choices: Choices, entry: Entry, chance: Chance): string {
  const { recordIds } = choices
  const wide = entry.kind === 'vital' && choices.vitals === 'wide'
  if (recordIds === 'carried' && !wide) return keyOf(entry.uid)
  return choices.target === 'fhir' ? chance.uuid() : String(700_000 + entry.uid * 2)
}

function identifierOf(choices: Choices, entry: Entry): string {
  const wide = entry.kind === 'vital' && choices.vitals === 'wide'
  if (entry.kind === 'visit' && choices.recordIds !== 'carried') return keyOf(entry.uid)
  return choices.recordIds === 'identifier' && !wide ? keyOf(entry.uid) : ''
}
