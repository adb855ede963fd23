/** Which patient a target id stands for: read first, so that references of any file can be followed. */
import { stopIfAborted } from '../../../operation.ts'
import { valuesAt } from '../../crosswalk/mapping/element-path.ts'
import type { OpenSide } from '../../crosswalk/plan/open-sides.ts'
import type { BoundTable, PairPlan } from '../../crosswalk/plan/plan.ts'
import type { ResourceRecord } from '../../model/record.ts'
import { readLines } from '../../read/json/ndjson.ts'
import { readResources } from '../../read/json/read-resources.ts'
import { keyText, keyTexts, namesOfRow, tableOfResource, targetItem } from './items.ts'
import { betweenName, isByIdentifier, namesOf, namesOfReference } from './patient-names.ts'
import { type Reading, readSide, readTargetTable, type SideSink, type SideStretch, tableNamed } from './read-sides.ts'

/** Told of the patients of both sides in the order of the files. */
export interface PatientNotes {
  /** A patient of the target: what references call him, and every text that may be his key. */
  target(names: readonly string[], keys: readonly string[]): void
  /** The key of a patient of legacy. */
  legacy(key: string): void
  /** A record by which others find their patient: the side and table, what links call it, and what it calls its patient. */
  between(side: 'legacy' | 'target', table: string, names: readonly string[], patients: readonly string[]): void
}

/** Whether an input may hold patients: others are not read for their keys. */
export function mayHoldPatients({ side, records: format, table }: OpenSide, plan: PairPlan): boolean {
  const patients = patientsOf(plan)
  if (!patients || format === null) return false
  const wanted = [patients, ...betweenOf(plan)]
  if (side === 'legacy') return format === 'csv' && wanted.some(({ source }) => source === table)
  if (side !== 'target') return false
  if (format === 'csv') return wanted.some((one) => tableNamed(plan, table) === one)
  // A file named after another type may be passed over; any other may hold patients.
  return format !== 'ndjson' || wanted.some(({ type }) => type === table) || !plan.byType.has(table)
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
    yield* readSide(one, input, plan, new Map(), legacyKeys(patients, betweenOf(plan), notes), signal, undefined, part)
    return
  }
  const between = new Set(betweenOf(plan))
  const note = (resource: ResourceRecord, table: BoundTable | null): void => {
    if (table !== null && between.has(table))
      notes.between('target', table.type, namesOf(resource), patientNames(resource, table))
    if (table !== patients && resource.type !== patients.type) return
    const texts = keyTexts(targetItem(resource, patients, input))
    notes.target(namesOf(resource), texts.length > 0 ? texts : [`${resource.type}/${resource.id ?? ''}`])
  }
  if (format === 'csv') {
    const table = tableNamed(plan, one.table) ?? patients
    yield* readTargetTable(one, table, input, (record) => note(record, table), signal, undefined, part)
    return
  }
  const events =
    part?.kind === 'lines' ? readLines(one.source, part.stretch, signal, input) : readResources(one.source, format, signal, input)
  for await (const event of events) {
    if (event.kind !== 'resources') continue
    for (const resource of event.resources) {
      const isBetween = resource.type !== patients.type && [...between].some(({ type }) => type === resource.type)
      if (isBetween || resource.type === patients.type) note(resource, isBetween ? tableOfResource(plan, resource) : null)
    }
    stopIfAborted(signal)
    yield { done: event.done, label: one.source.name }
  }
}

/** Tables whose records others name in place of their patient. */
function betweenOf({ tables }: PairPlan): readonly BoundTable[] {
  const sources = new Set(tables.flatMap(({ through }) => through?.links ?? []))
  return tables.filter(({ source, patient }) => patient !== null && sources.has(source))
}

/** What a record calls its patient. */
function patientNames({ value }: ResourceRecord, { patient }: BoundTable): readonly string[] {
  return patient === null ? [] : valuesAt(value, patient.path).flatMap(namesOfReference)
}

function legacyKeys(patients: BoundTable, between: readonly BoundTable[], notes: PatientNotes): SideSink {
  return {
    keep: () => true,
    everyTable: false,
    legacy({ items, patient }) {
      for (const item of items) {
        if (item.table === patients && keyText(item) !== '') notes.legacy(keyText(item))
        if (between.includes(item.table)) notes.between('legacy', item.table.source, namesOfRow(item), [patient])
      }
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
  /** Records between a patient and others, by name: what they call their patient on their side. */
  readonly ways = new Map<string, { readonly side: 'legacy' | 'target'; readonly patients: readonly string[] }>()
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

  between(side: 'legacy' | 'target', table: string, names: readonly string[], patients: readonly string[]): void {
    for (const name of names) {
      const full = betweenName(side, table, name)
      const held = this.ways.get(full)
      // A record that is there twice names nobody where its copies name two.
      const isOne = held === undefined || held.patients.some((one) => patients.includes(one))
      this.ways.set(full, { side, patients: isOne ? patients : [] })
    }
  }

  /** By name every text that may be the key. */
  names(): ReadonlyMap<string, readonly string[]> {
    for (const name of this.shared) this.texts.delete(name)
    return this.texts
  }
}
