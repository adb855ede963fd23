/** Damage done to the target on purpose: one kind per function, each tells exactly which records it touched. */
import { withAllergyStates } from './allergy-state.ts'
import type { Chance } from './chance.ts'
import type { Choices } from './choices.ts'
import { damagePerson } from './damage-people.ts'
import { damageRecord } from './damage-records.ts'
import { type DamageKind, damageKinds } from './damage-truth.ts'
import type { Facts } from './facts.ts'
import type { TargetRecord, TargetState } from './target-records.ts'

/** A record of the target by kind and id; `person` for a patient. */
export interface TargetName {
  readonly kind: TargetRecord['kind'] | 'person'
  readonly id: string
}

export interface Planted {
  readonly kind: DamageKind
  /** Legacy records concerned, and patients whose own row is. */
  readonly uids: readonly number[]
  readonly rows: readonly number[]
  readonly targets: readonly TargetName[]
  /** Numbers of the patients concerned. */
  readonly people: readonly number[]
  /** Records about which findings follow from the damage, though they are not the damaged ones. */
  readonly consequences: { readonly uids: readonly number[]; readonly targets: readonly TargetName[] }
}

export interface DamageRoom {
  readonly choices: Choices
  readonly facts: Facts
  readonly chance: Chance
  /** Legacy records and patients that other damage left alone. */
  readonly free: (record: TargetRecord) => boolean
  readonly freePeople: readonly number[]
  /** How many records of the clean target have patient, kind, code and time of this one. */
  readonly twins: (record: TargetRecord) => number
}

export interface Damaged {
  readonly state: TargetState
  readonly planted: Planted
}

const mostKinds = 7

const nameOf = ({ kind, id }: TargetRecord): string => `${kind}/${id}`
const twinOf = ({ owner, kind, concept, start }: TargetRecord): string => [owner, kind, concept.code, start].join('|')

/** Up to seven kinds, each once, on records and patients that no other damage touches. */
export function plantDamages(
  choices: Choices,
  facts: Facts,
  clean: TargetState,
  chance: Chance,
): { readonly state: TargetState; readonly planted: readonly Planted[] } {
  let state = clean
  const known = new Set(clean.records.map(nameOf))
  const counts = new Map<string, number>()
  for (const record of clean.records) counts.set(twinOf(record), (counts.get(twinOf(record)) ?? 0) + 1)
  const planted: Planted[] = []
  for (const kind of chance.shuffled(damageKinds)) {
    if (planted.length >= mostKinds) break
    const usedUids = new Set(planted.flatMap((one) => [...one.uids, ...one.consequences.uids]))
    const usedIds = new Set(planted.flatMap((one) => [...one.targets, ...one.consequences.targets].map(({ id }) => id)))
    const whole = new Set(
      planted.flatMap((one) =>
        one.kind === 'patients-merged' || one.kind === 'patient-dropped' || one.kind === 'patient-duplicated' ? one.people : [],
      ),
    )
    const touched = new Set(planted.flatMap((one) => one.people))
    const owners = new Set(state.people.filter(({ number }) => whole.has(number)).map(({ id }) => id))
    const room: DamageRoom = {
      ...{ choices, facts, chance: chance.of(kind) },
      free: (record) =>
        !owners.has(record.owner) &&
        !usedIds.has(record.id) &&
        !record.uids.some((uid) => usedUids.has(uid)) &&
        known.has(nameOf(record)),
      twins: (record) => counts.get(twinOf(record)) ?? 0,
      freePeople: facts.people.map(({ number }) => number).filter((number) => !touched.has(number)),
    }
    const done = damageRecord(kind, state, room) ?? damagePerson(kind, state, room)
    if (done === null) continue
    planted.push(withAllergyStates(choices, state, done.state, done.planted))
    state = done.state
  }
  return { state, planted }
}
