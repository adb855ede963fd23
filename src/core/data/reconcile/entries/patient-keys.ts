/** Which patient a target id stands for: read first, so that references of any file can be followed. */
import { stopIfAborted } from '../../../operation.ts'
import type { OpenSide } from '../../crosswalk/plan/open-sides.ts'
import type { BoundTable, PairPlan } from '../../crosswalk/plan/plan.ts'
import type { ResourceRecord } from '../../model/record.ts'
import { readLines } from '../../read/json/ndjson.ts'
import { readResources } from '../../read/json/read-resources.ts'
import { keyText, keyTexts, targetItem } from './items.ts'
import { isByIdentifier, namesOf } from './patient-names.ts'
import { type Reading, readSide, readTargetTable, type SideSink, type SideStretch, tableNamed } from './read-sides.ts'

/** Told of the patients of both sides in the order of the files. */
export interface PatientNotes {
  /** A patient of the target: what references call him, and every text that may be his key. */
  target(names: readonly string[], keys: readonly string[]): void
  /** The key of a patient of legacy. */
  legacy(key: string): void
}

/** Whether an input may hold patients: others are not read for their keys. */
export function mayHoldPatients({ side, records: format, table }: OpenSide, plan: PairPlan): boolean {
  const patients = patientsOf(plan)
  if (!patients || format === null) return false
  if (side === 'legacy') return format === 'csv' && table === patients.source
  if (side !== 'target') return false
  if (format === 'csv') return tableNamed(plan, table) === patients
  // A file named after another type may be passed over; any other may hold patients.
  return format !== 'ndjson' || table === patients.type || !plan.byType.has(table)
}

/** Tells of the patients that an input, or a stretch of it, holds. Yields bytes done. */
export async function* readPatients(
  one: OpenSide,
  input: number,
  plan: PairPlan,
  notes: PatientNotes,
  signal: AbortSignal,
  part: SideStretch | null = null,
): AsyncGenerator<Reading> {
  const patients = patientsOf(plan)
  const { records: format } = one
  if (!patients || format === null || !mayHoldPatients(one, plan)) return
  if (one.side === 'legacy') {
    yield* readSide(one, input, plan, new Map(), legacyKeys(patients, notes), signal, undefined, part)
    return
  }
  const note = (resource: ResourceRecord): void => {
    const texts = keyTexts(targetItem(resource, patients, input))
    notes.target(namesOf(resource), texts.length > 0 ? texts : [`${resource.type}/${resource.id ?? ''}`])
  }
  if (format === 'csv') {
    yield* readTargetTable(one, patients, input, note, signal, undefined, part)
    return
  }
  const events =
    part?.kind === 'lines' ? readLines(one.source, part.stretch, signal, input) : readResources(one.source, format, signal, input)
  for await (const event of events) {
    if (event.kind !== 'resources') continue
    for (const resource of event.resources) if (resource.type === patients.type) note(resource)
    stopIfAborted(signal)
    yield { done: event.done, label: one.source.name }
  }
}

function legacyKeys(patients: BoundTable, notes: PatientNotes): SideSink {
  return {
    keep: () => true,
    everyTable: false,
    legacy({ items }) {
      for (const item of items) if (item.table === patients && keyText(item) !== '') notes.legacy(keyText(item))
    },
    target() {},
    listed() {},
    unplaced() {},
  }
}

function patientsOf({ tables }: PairPlan): BoundTable | undefined {
  return tables.find(({ isPatients }) => isPatients)
}

/** Both sides' patients as they are told of. */
export class PatientNames implements PatientNotes {
  /** Keys of the patients of legacy. */
  readonly known = new Set<string>()
  private readonly texts = new Map<string, readonly string[]>()
  /** What two patients are called names neither. */
  private readonly shared = new Set<string>()

  target(names: readonly string[], keys: readonly string[]): void {
    for (const name of names) {
      const held = isByIdentifier(name) ? this.texts.get(name) : undefined
      if (held === undefined) this.texts.set(name, keys)
      else if (!held.some((text) => keys.includes(text))) this.shared.add(name)
    }
  }

  legacy(key: string): void {
    this.known.add(key)
  }

  /** By name every text that may be the key. */
  names(): ReadonlyMap<string, readonly string[]> {
    for (const name of this.shared) this.texts.delete(name)
    return this.texts
  }
}
