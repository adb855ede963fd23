/** The patients of both sides by their keys, read first: whether a target key is a stranger can not be said before all are known. */

import type { OpenSide } from '../../crosswalk/plan/open-sides.ts'
import type { PairPlan } from '../../crosswalk/plan/plan.ts'
import { type KeyMatch, matchKeys } from './match-keys.ts'
import { PatientNames, readPatients } from './patient-keys.ts'

export interface KnownPatients {
  /** Key of patients by target id, spelled as legacy has it; by `betweenName` also of the records that others name in their place. */
  readonly keys: ReadonlyMap<string, string>
  readonly match: KeyMatch
}

/** Keys of the target patients by what references call them. Yields the names of the files being read; returns the keys. */
export async function* readKnownPatients(
  inputs: readonly OpenSide[],
  plan: PairPlan,
  signal: AbortSignal,
): AsyncGenerator<string, KnownPatients> {
  const names = new PatientNames()
  for (const side of ['target', 'legacy'] as const)
    for (const [input, one] of inputs.entries())
      if (one.side === side) for await (const { label } of readPatients(one, input, plan, names, signal)) yield label
  return knownPatients(names)
}

export function knownPatients(names: PatientNames): KnownPatients {
  const { known } = names
  // A patient may hold several identifiers at the place of the key: the one that legacy knows is meant.
  const keys = new Map<string, string>()
  for (const [name, all] of names.names()) keys.set(name, all.find((text) => known.has(text)) ?? all[0] ?? '')
  const match = matchKeys(known, new Set(keys.values()))
  for (const [id, key] of keys) keys.set(id, match.alias.get(key) ?? key)
  for (const [name, { side, patients }] of names.ways) {
    const key = side === 'legacy' ? patients[0] : patients.map((one) => keys.get(one)).find((one) => one !== undefined)
    if (key !== undefined) keys.set(name, key)
  }
  return { keys, match }
}
