/** Both sides read into groups per patient, one share of the patients at a time, with every row and resource that finds no place counted. */

import { utf8 } from '../canonical.ts'
import { valuesAt } from '../data/crosswalk/element-path.ts'
import type { PassOver } from '../data/read/ndjson.ts'
import { readResources } from '../data/read/read-resources.ts'
import { readTable } from '../data/read/table.ts'
import type { JsonValue, ResourceRecord } from '../data/record.ts'
import type { NotEvaluated } from '../data/validation.ts'
import type { ByteSource } from '../operation.ts'
import { stopIfAborted } from '../operation.ts'
import { hash32 } from '../random.ts'
import { member, patientReference, stateOfList } from './pair-elements.ts'
import { bindRows, keyText, legacyItem, patientOfRow, tableOfResource, targetItem } from './pair-items.ts'
import type { Group } from './pair-judge.ts'
import type { BoundTable, PairPlan } from './pair-plan.ts'
import type { PairSource } from './pair-types.ts'

/** Which patients a pass keeps. */
export type Keep = (patient: string) => boolean

/** Key of patients by target id; ids without an identifier keep `Patient/id`. */
export type PatientKeys = ReadonlyMap<string, string>

export interface ReadShare {
  readonly groups: Map<string, Group>
  /** Records per input that were paired. */
  readonly tested: Map<number, number>
  /** Reasons and counts of what could not be placed. */
  readonly unplaced: Map<string, number>
}

export function shareOf(shares: number, share: number): Keep {
  return shares === 1 ? () => true : (patient) => hash32(patient, 0x7061) % shares === share
}

type Reading = { readonly done: number; readonly label: string }

export function formatOf({ format, source }: PairSource): 'csv' | 'ndjson' | 'json' | 'bundle' | null {
  if (format !== null) return format === 'manifest' ? null : format
  if (/\.(csv|tsv|txt|psv)$/i.test(source.name)) return 'csv'
  return /\.ndjson$/i.test(source.name) ? 'ndjson' : /\.json$/i.test(source.name) ? 'json' : null
}

/** Reads all target patients once, so that references of any file can be followed. Yields bytes done. */
export async function* readPatientKeys(
  inputs: readonly PairSource[],
  plan: PairPlan,
  keys: Map<string, string>,
  signal: AbortSignal,
): AsyncGenerator<Reading> {
  const patients = plan.tables.find((table) => table.isPatients)
  if (!patients) return
  for (const [input, one] of inputs.entries()) {
    const format = formatOf(one)
    // A file named after another type may be passed over; any other may hold patients.
    if (one.side !== 'target' || format === null || format === 'csv') continue
    if (format === 'ndjson' && one.table !== 'Patient' && plan.byType.has(one.table)) continue
    for await (const event of readResources(one.source, format, signal, input)) {
      if (event.kind !== 'resources') continue
      for (const resource of event.resources) {
        if (resource.type !== 'Patient') continue
        const key = keyText(targetItem(resource, patients, input))
        keys.set(resource.id ?? '', key === '' ? `Patient/${resource.id ?? ''}` : key)
      }
      stopIfAborted(signal)
      yield { done: event.done, label: one.source.name }
    }
  }
}

/** Reads every input and keeps what belongs to the share. Yields bytes done of the file being read. */
export async function* readShare(
  inputs: readonly PairSource[],
  plan: PairPlan,
  keys: PatientKeys,
  keep: Keep,
  into: ReadShare,
  signal: AbortSignal,
  passOver?: PassOver,
): AsyncGenerator<Reading> {
  for (const [input, one] of inputs.entries()) {
    const format = formatOf(one)
    if (one.side === 'legacy' && format === 'csv') {
      const table = plan.bySource.get(one.table)
      if (table) yield* sparsely(readLegacy(one, table, input, keep, into, signal))
    } else if (one.side === 'target' && format !== null && format !== 'csv')
      yield* sparsely(readTarget(one.source, format, plan, keys, input, keep, into, signal, passOver))
    yield { done: one.source.size, label: one.source.name }
  }
}

/** Told after so many bytes: whoever shows progress has to be asked for the next step each time. */
const progressBytes = 256 << 10

async function* sparsely(readings: AsyncIterable<Reading>): AsyncGenerator<Reading> {
  let told = 0
  for await (const reading of readings) {
    if (reading.done - told < progressBytes) continue
    told = reading.done
    yield reading
  }
}

const marker = utf8('"Patient/')
const quote = 0x22

/**
 * Passes over lines that name patients by relative reference and none of the wanted ones (FHIR R4 references.html, literal references).
 * A line that names no patient that way is read: it may be a patient itself, or refer by identifier.
 */
export function withoutStrangers(wanted: ReadonlySet<string>): PassOver {
  const text = new TextDecoder()
  return (line) => {
    let named = false
    for (let at = line.indexOf(quote); at >= 0; at = line.indexOf(quote, at + 1)) {
      if (line[at + 1] !== marker[1] || !marker.every((byte, index) => line[at + index] === byte)) continue
      const from = at + marker.length
      const end = line.indexOf(quote, from)
      if (end < 0 || wanted.has(text.decode(line.subarray(from, end)).split('/')[0] ?? '')) return false
      named = true
      at = end
    }
    return named
  }
}

/** Files that take no part, with the reason; known before anything is read. */
export function notPaired(inputs: readonly PairSource[], plan: PairPlan): NotEvaluated[] {
  return inputs.flatMap((one) => {
    const format = formatOf(one)
    const why =
      one.side === null
        ? 'it has no side; say whether it is legacy or target'
        : format === null
          ? 'its format is not one that holds records'
          : one.side === 'legacy' && format !== 'csv'
            ? 'legacy records are paired from tables only'
            : one.side === 'target' && format === 'csv'
              ? 'migrated records are paired from FHIR resources only'
              : one.side === 'legacy' && !plan.bySource.has(one.table)
                ? 'the field map has no confirmed line for this table'
                : null
    return why === null ? [] : [{ what: one.source.name, why }]
  })
}

async function* readLegacy(
  { source, reading }: PairSource,
  table: BoundTable,
  input: number,
  keep: Keep,
  into: ReadShare,
  signal: AbortSignal,
): AsyncGenerator<Reading> {
  let bound: ReturnType<typeof bindRows> | null = null
  for await (const event of readTable(source, reading, signal, input)) {
    if (event.kind === 'structure') {
      bound = bindRows(table, event.structure.header, reading.nulls ?? [])
      for (const column of new Set(bound.missing))
        count(into.unplaced, `${source.name} has no column ${column}, which the field map names`)
    }
    if (event.kind !== 'rows' || !bound) continue
    for (const row of event.rows) {
      const patient = patientOfRow(row, bound)
      if (patient === '' && bound.patient.length > 0) {
        count(into.unplaced, `rows of ${source.name} name no patient`)
        continue
      }
      if (!keep(patient)) continue
      count(into.tested, input)
      groupOf(into.groups, patient).legacy.push(legacyItem(row, bound, input))
    }
    stopIfAborted(signal)
    yield { done: event.done, label: source.name }
  }
}

async function* readTarget(
  source: ByteSource,
  format: 'ndjson' | 'json' | 'bundle',
  plan: PairPlan,
  keys: PatientKeys,
  input: number,
  keep: Keep,
  into: ReadShare,
  signal: AbortSignal,
  passOver: PassOver | undefined,
): AsyncGenerator<Reading> {
  for await (const event of readResources(source, format, signal, input, undefined, passOver)) {
    if (event.kind !== 'resources') continue
    for (const resource of event.resources) placeResource(resource, plan, keys, input, keep, into)
    stopIfAborted(signal)
    yield { done: event.done, label: source.name }
  }
}

function placeResource(
  resource: ResourceRecord,
  plan: PairPlan,
  keys: PatientKeys,
  input: number,
  keep: Keep,
  into: ReadShare,
): void {
  const listed = resource.type === 'List' ? stateOfList(resource.value) : null
  const table = listed === null ? tableOfResource(plan, resource) : null
  if (listed === null && table === null) {
    count(into.unplaced, `${resource.type || 'untyped'} resources match no line of the field map`)
    return
  }
  const patient = patientOf(resource, table, keys)
  if (patient === null) {
    count(into.unplaced, `${resource.type} resources name a patient that the export does not hold`)
    return
  }
  if (!keep(patient)) return
  const group = groupOf(into.groups, patient)
  if (listed !== null) group.listed.push(listed)
  if (table === null) return
  count(into.tested, input)
  group.target.push(targetItem(resource, table, input))
}

/** Key of the patient a resource belongs to; empty for resources without patients, null where the reference leads nowhere. */
function patientOf(resource: ResourceRecord, table: BoundTable | null, keys: PatientKeys): string | null {
  if (table?.isPatients) return keys.get(resource.id ?? '') ?? null
  const links: readonly JsonValue[] = table?.patient
    ? valuesAt(resource.value, table.patient.path)
    : table === null
      ? [member(resource.value, 'subject') ?? null]
      : []
  if (table !== null && table.patient === null) return ''
  for (const link of links) {
    const named = patientReference(link)
    if (named === null) continue
    return 'id' in named ? (keys.get(named.id) ?? null) : named.identifier
  }
  return null
}

function groupOf(groups: Map<string, Group>, key: string): Group {
  let group = groups.get(key)
  if (!group) {
    group = { key, legacy: [], target: [], listed: [] }
    groups.set(key, group)
  }
  return group
}

function count<Key>(into: Map<Key, number>, key: Key): void {
  into.set(key, (into.get(key) ?? 0) + 1)
}
