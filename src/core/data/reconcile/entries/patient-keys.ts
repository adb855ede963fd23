/** Which patient a target id stands for: read first, so that references of any file can be followed. */
import { stopIfAborted } from '../../../operation.ts'
import { openSides } from '../../crosswalk/plan/open-sides.ts'
import type { PairPlan } from '../../crosswalk/plan/plan.ts'
import type { PairSource } from '../../crosswalk/plan/sides.ts'
import type { ResourceRecord } from '../../model/record.ts'
import { readResources } from '../../read/json/read-resources.ts'
import { keyTexts, targetItem } from './items.ts'
import { isByIdentifier, namesOf } from './patient-names.ts'
import { type Reading, readTargetTable, tableNamed } from './read-sides.ts'

/** Reads all target patients once, so that references of any file can be followed. Yields bytes done. */
export async function* readPatientKeys(
  inputs: readonly PairSource[],
  plan: PairPlan,
  keys: Map<string, readonly string[]>,
  signal: AbortSignal,
): AsyncGenerator<Reading> {
  const patients = plan.tables.find((table) => table.isPatients)
  if (!patients) return
  // What two patients are called names neither.
  const shared = new Set<string>()
  for (const [input, one] of (await openSides(inputs, signal)).entries()) {
    const { records: format } = one
    if (one.side !== 'target' || format === null) continue
    const note = (resource: ResourceRecord): void => {
      const names = namesOf(resource)
      const texts = keyTexts(targetItem(resource, patients, input))
      const all = texts.length > 0 ? texts : [`${resource.type}/${resource.id ?? ''}`]
      for (const name of names) {
        const held = isByIdentifier(name) ? keys.get(name) : undefined
        if (held === undefined) keys.set(name, all)
        else if (!held.some((text) => all.includes(text))) shared.add(name)
      }
    }
    if (format === 'csv') {
      if (tableNamed(plan, one.table) !== patients) continue
      yield* readTargetTable(one, patients, input, note, signal)
      continue
    }
    // A file named after another type may be passed over; any other may hold patients.
    if (format === 'ndjson' && one.table !== patients.type && plan.byType.has(one.table)) continue
    for await (const event of readResources(one.source, format, signal, input)) {
      if (event.kind !== 'resources') continue
      for (const resource of event.resources) if (resource.type === patients.type) note(resource)
      stopIfAborted(signal)
      yield { done: event.done, label: one.source.name }
    }
  }
  for (const name of shared) keys.delete(name)
}
