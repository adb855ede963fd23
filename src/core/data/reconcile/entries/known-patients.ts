/** The patients of both sides by their keys, read first: whether a target key is a stranger can not be said before all are known. */

import type { OpenSide } from '../../crosswalk/plan/open-sides.ts'
import type { PairPlan } from '../../crosswalk/plan/plan.ts'
import { keyText } from './items.ts'
import { type KeyMatch, matchKeys } from './match-keys.ts'
import { readPatientKeys } from './patient-keys.ts'
import { readSides, type SideSink } from './read-sides.ts'

export interface KnownPatients {
  /** Key of patients by target id, spelled as legacy has it. */
  readonly keys: ReadonlyMap<string, string>
  readonly match: KeyMatch
}

/** Keys of the target patients by what references call them. Yields the names of the files being read; returns the keys. */
export async function* readKnownPatients(
  inputs: readonly OpenSide[],
  plan: PairPlan,
  signal: AbortSignal,
): AsyncGenerator<string, KnownPatients> {
  const texts = new Map<string, readonly string[]>()
  for await (const { label } of readPatientKeys(inputs, plan, texts, signal)) yield label
  const legacy = new Set<string>()
  for await (const label of readLegacyKeys(inputs, plan, legacy, signal)) yield label
  // A patient may hold several identifiers at the place of the key: the one that legacy knows is meant.
  const keys = new Map<string, string>()
  for (const [name, all] of texts) keys.set(name, all.find((text) => legacy.has(text)) ?? all[0] ?? '')
  const match = matchKeys(legacy, new Set(keys.values()))
  for (const [id, key] of keys) keys.set(id, match.alias.get(key) ?? key)
  return { keys, match }
}

async function* readLegacyKeys(
  inputs: readonly OpenSide[],
  plan: PairPlan,
  into: Set<string>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const patients = plan.tables.find(({ isPatients }) => isPatients)
  if (!patients) return
  const only = inputs.map((one) => (one.side === 'legacy' && one.table === patients.source ? one : { ...one, side: null }))
  const sink: SideSink = {
    keep: () => true,
    everyTable: false,
    legacy({ items }) {
      for (const item of items) if (item.table === patients && keyText(item) !== '') into.add(keyText(item))
    },
    target() {},
    listed() {},
    unplaced() {},
  }
  for await (const { label } of readSides(only, plan, new Map(), sink, signal)) yield label
}
