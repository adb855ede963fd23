/** Damage to patients as a whole: one becomes two, two become one, one is gone, and what stands in their own record. */

import type { DamageKind } from './damage-truth.ts'
import type { Damaged, DamageRoom, Planted, TargetName } from './damages.ts'
import { elementOf } from './target-paths.ts'
import type { TargetPerson, TargetRecord, TargetState } from './target-records.ts'

const day = 86_400_000

function names(records: readonly TargetRecord[]): { readonly uids: readonly number[]; readonly targets: readonly TargetName[] } {
  return { uids: records.flatMap(({ uids }) => uids), targets: records.map(({ kind, id }) => ({ kind, id })) }
}

const nothing = { uids: [], targets: [] }

function own(
  kind: DamageKind,
  person: TargetPerson,
  consequences: Planted['consequences'] = nothing,
  others: readonly TargetPerson[] = [],
): Planted {
  const people = [person, ...others]
  return {
    ...{ kind, uids: [], rows: people.map(({ number }) => number), consequences, people: people.map(({ number }) => number) },
    targets: people.map(({ id }): TargetName => ({ kind: 'person', id })),
  }
}

/** Null where the kind is none of these, or nothing here fits it. */
export function damagePerson(kind: DamageKind, state: TargetState, { choices, chance, freePeople }: DamageRoom): Damaged | null {
  const free = state.people.filter(({ number }) => freePeople.includes(number))
  const [first, second] = chance.shuffled(free)
  if (!first) return null
  const with_ = (changed: Partial<TargetPerson>): Damaged => ({
    state: { ...state, people: state.people.map((one) => (one.id === first.id ? { ...one, ...changed } : one)) },
    planted: own(kind, first),
  })
  const has = (field: string): boolean => elementOf(choices, 'person', field) !== null
  const of = (person: TargetPerson): TargetRecord[] => state.records.filter(({ owner }) => owner === person.id)
  switch (kind) {
    case 'patient-duplicated': {
      const id = choices.target === 'fhir' ? chance.uuid() : String(90_000 + first.number)
      const planted = own(kind, first)
      return {
        state: { ...state, people: [...state.people, { ...first, id }] },
        planted: { ...planted, targets: [...planted.targets, { kind: 'person', id }] },
      }
    }
    case 'patients-merged': {
      if (!second || choices.orders || state.people.length < 4) return null
      const records = state.records.map((one) => (one.owner === second.id ? { ...one, owner: first.id } : one))
      return {
        state: { people: state.people.filter(({ id }) => id !== second.id), records },
        // Findings about the patient who took in the other's records speak of those records, too.
        planted: own(kind, second, names([...of(first), ...of(second)]), [first]),
      }
    }
    case 'patient-dropped': {
      if (choices.orders || state.people.length < 4) return null
      return {
        state: {
          people: state.people.filter(({ id }) => id !== first.id),
          records: state.records.filter(({ owner }) => owner !== first.id),
        },
        planted: own(kind, first, names(of(first))),
      }
    }
    case 'zeros-lost': {
      const zeros = free.find(({ postcode }) => postcode.startsWith('0'))
      if (!zeros || !has('postcode')) return null
      const people = state.people.map((one) =>
        one.id === zeros.id ? { ...one, postcode: one.postcode.replace(/^0+/, '') } : one,
      )
      return { state: { ...state, people }, planted: own(kind, zeros) }
    }
    case 'sex-flipped':
      return with_({ sex: first.sex === 'female' ? 'male' : 'female' })
    case 'birth-changed': {
      const moved = Date.parse(`${first.birth}T00:00:00Z`) + chance.pick([-1, 1, 10, 365]) * day
      return with_({ birth: new Date(moved).toISOString().slice(0, 10) })
    }
    default:
      return null
  }
}
