/** What a target says of a patient's allergies as a whole: damage to one entry may change it, and that is rightly told of the patient. */
import type { Choices } from './choices.ts'
import * as codes from './codes.ts'
import type { Planted, TargetName } from './damages.ts'
import { elementOf } from './target-paths.ts'
import type { TargetState } from './target-records.ts'

type State = 'known' | 'none known' | 'not recorded'

function statesOf(choices: Choices, { people, records }: TargetState): ReadonlyMap<string, State> {
  const hasStatus = elementOf(choices, 'allergy', 'status') !== null
  const states = new Map<string, State>(people.map(({ id }) => [id, 'not recorded']))
  for (const { kind, owner, concept, status, verification } of records) {
    // Without a status an entry reads as one that holds.
    const holds = verification !== 'refuted' && (!hasStatus || status === 'active' || status === '')
    if (kind !== 'allergy' || !holds || states.get(owner) === 'known') continue
    states.set(owner, concept.code === codes.noneKnown.code ? 'none known' : 'known')
  }
  return states
}

/** The damage with the patients among its consequences of whom another state is told than before. */
export function withAllergyStates(choices: Choices, before: TargetState, after: TargetState, planted: Planted): Planted {
  const was = statesOf(choices, before)
  const told = new Set(planted.targets.flatMap(({ kind, id }) => (kind === 'person' ? [id] : [])))
  const changed = [...statesOf(choices, after)].flatMap(([id, state]): TargetName[] => {
    const held = was.get(id)
    return held === undefined || held === state || told.has(id) ? [] : [{ kind: 'person', id }]
  })
  const { uids, targets } = planted.consequences
  return changed.length === 0 ? planted : { ...planted, consequences: { uids, targets: [...targets, ...changed] } }
}
