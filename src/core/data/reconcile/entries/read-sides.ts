/** Both sides read into groups per patient, one share of the patients at a time, with every row and resource that finds no place counted. */

import { utf8 } from '../../../canonical.ts'
import type { NotEvaluated } from '../../../finding.ts'
import { progressBytes, stopIfAborted } from '../../../operation.ts'
import { speaksOf, valuesAt } from '../../crosswalk/mapping/element-path.ts'
import { member, patientReference, stateOfList } from '../../crosswalk/plan/elements.ts'
import { type OpenSide, openSides } from '../../crosswalk/plan/open-sides.ts'
import type { BoundField, BoundTable, PairPlan } from '../../crosswalk/plan/plan.ts'
import type { SetAside } from '../../crosswalk/plan/plan-rows.ts'
import type { RowFilter } from '../../crosswalk/plan/row-rules.ts'
import type { AllergyState, PairSource } from '../../crosswalk/plan/sides.ts'
import type { ReadEnd, ReadProblem, ReadStatus, ResourceEvent, TableEvent } from '../../model/events.ts'
import type { JsonValue, ResourceRecord, Row } from '../../model/record.ts'
import { type LineCounts, type LineStretch, type PassOver, readLines } from '../../read/json/ndjson.ts'
import { readResources } from '../../read/json/read-resources.ts'
import { rowsOfStretch, type TableStretch } from '../../read/stretches/rows-of-stretch.ts'
import type { StretchEnds } from '../../read/stretches/stretch-gate.ts'
import { type OpenTable, openTable, rowsOf } from '../../read/table.ts'
import {
  type BoundRows,
  bindRows,
  itemsOfRow,
  keyText,
  type LegacyItem,
  patientOfRow,
  type TargetItem,
  type TargetTable,
  tableOfResource,
  tableRecord,
  targetItem,
} from './items.ts'
import { betweenName, identifierName, idOf, namesOfReference } from './patient-names.ts'

/** Key of patients by target id; ids without an identifier keep `Patient/id`. */
export type PatientKeys = ReadonlyMap<string, string>

/** One legacy row as it was met; `items` are the target records it must have become. */
export interface LegacyRowRead {
  readonly input: number
  readonly source: string
  readonly row: Row
  readonly patient: string
  readonly items: readonly LegacyItem[]
  /** What kept it from becoming an item; null where nothing did. */
  readonly without: 'no-patient' | 'no-line' | RowFilter | null
  /** The patient of a row that a filter leaves out. */
  readonly leftOf?: string
}

/** Who listens to both sides being read. */
export interface SideSink {
  /** Whether records of this patient are wanted; others are passed over. */
  keep(patient: string): boolean
  /** True where legacy tables count that no line of the field map speaks of. */
  readonly everyTable: boolean
  header?(input: number, source: string, header: readonly string[], nulls: readonly string[]): void
  problem?(input: number, problem: ReadProblem): void
  /** A file was read to its end, or as far as it goes. */
  end?(input: number, status: ReadStatus, records: number): void
  legacy(read: LegacyRowRead): void
  /** Every target record, before it is known whose it is. */
  everyResource?(resource: ResourceRecord): void
  target(patient: string, item: TargetItem, resource: ResourceRecord): void
  listed(patient: string, state: AllergyState, resource: ResourceRecord, input: number): void
  /** A target record that the field map says legacy does not account for. */
  setAside?(resource: ResourceRecord, by: SetAside, input: number): void
  /** A row of a target table that no line of the field map has as its target; such tables are read only where somebody listens. */
  otherTable?(record: ResourceRecord, input: number): void
  /** A target record that belongs to no patient of the export, or to no line of the field map. */
  unplaced(what: string, resource: ResourceRecord | null, input: number, orphan: Orphan | null): void
}

/** A record of the target without a patient: it names none, or one that the export does not hold. */
export type Orphan = 'unnamed' | 'unknown'

export type Reading = { readonly done: number; readonly label: string }

/** The target table of the field map that a file holds; names of tables differ in case between systems. */
export function tableNamed(plan: PairPlan, name: string): BoundTable | undefined {
  const small = name.toLowerCase()
  return plan.tables.find(({ type }) => type.toLowerCase() === small)
}

export async function* readTargetTable(
  { source, reading }: PairSource,
  table: TargetTable,
  input: number,
  each: (record: ResourceRecord) => void,
  signal: AbortSignal,
  tell?: (event: { readonly kind: 'problem'; readonly problem: ReadProblem } | ReadEnd) => void,
  part: SideStretch | null = null,
): AsyncGenerator<Reading, ReadStretch | null> {
  const open = await openTable(source, reading, input, signal)
  const { header } = open.structure
  const nulls = new Set(reading.nulls ?? [])
  for (const problem of isFirst(part) ? open.problems : []) tell?.({ kind: 'problem', problem })
  return yield* readRows(open, part, source.name, signal, {
    rows: (rows) => {
      for (const row of rows) each(tableRecord(row, header, nulls, table))
    },
    tell: (event) => tell?.(event),
  })
}

/** What is told of a file before its first record is told with its first stretch. */
function isFirst(part: SideStretch | null): boolean {
  return part?.kind !== 'table' || part.stretch.place === null
}

/** The rows of a table, or of a stretch of it. */
async function* readRows(
  open: OpenTable,
  part: SideStretch | null,
  label: string,
  signal: AbortSignal,
  to: {
    rows(rows: readonly Row[]): void
    tell(event: { readonly kind: 'problem'; readonly problem: ReadProblem } | ReadEnd): void
  },
): AsyncGenerator<Reading, ReadStretch | null> {
  const events: AsyncGenerator<Exclude<TableEvent, { kind: 'structure' }>, StretchEnds | undefined> = part?.kind === 'table'
    ? rowsOfStretch(open, part.stretch, signal)
    : rowsOf(open, (sink) => open.read(sink, signal))
  for (;;) {
    const step = await events.next()
    if (step.done === true) return step.value ? { kind: 'table', ends: step.value } : null
    const event = step.value
    if (event.kind !== 'rows') {
      to.tell(event)
      continue
    }
    to.rows(event.rows)
    stopIfAborted(signal)
    yield { done: event.done, label }
  }
}

/** Reads every input and tells the sink each row, record and statement. Yields bytes done of the file being read. */
export async function* readSides(
  inputs: readonly PairSource[],
  plan: PairPlan,
  keys: PatientKeys,
  sink: SideSink,
  signal: AbortSignal,
  passOver?: PassOver,
): AsyncGenerator<Reading> {
  for (const [input, one] of (await openSides(inputs, signal)).entries()) {
    yield* sparsely(readSide(one, input, plan, keys, sink, signal, passOver))
    yield { done: one.source.size, label: one.source.name }
  }
}

/** A part of a file that is read by itself. */
export type SideStretch =
  | { readonly kind: 'table'; readonly stretch: TableStretch }
  | { readonly kind: 'lines'; readonly stretch: LineStretch }

/** What a part of a file was found to be; null where nothing of the file takes part, or all of it was read. */
export type ReadStretch =
  | { readonly kind: 'table'; readonly ends: StretchEnds }
  | { readonly kind: 'lines'; readonly counts: LineCounts & { readonly bytes: number } }

/** Reads one input, or a stretch of it: then how the file ends is left to those who know all stretches. */
export async function* readSide(
  one: OpenSide,
  input: number,
  plan: PairPlan,
  keys: PatientKeys,
  sink: SideSink,
  signal: AbortSignal,
  passOver?: PassOver,
  part: SideStretch | null = null,
): AsyncGenerator<Reading, ReadStretch | null> {
  const { records: format } = one
  const tell = tellerOf(sink, input)
  if (one.side === 'legacy' && format === 'csv') {
    if (!sink.everyTable && !plan.bySource.has(one.table)) return null
    return yield* readLegacy(one, plan, keys, input, sink, signal, part)
  }
  if (one.side !== 'target' || format === null) return null
  if (format !== 'csv') return yield* readTarget(one, format, plan, keys, input, sink, signal, passOver, part)
  const table = tableNamed(plan, one.table)
  const place = (record: ResourceRecord): void => placeResource(record, plan, keys, input, sink)
  if (table) return yield* readTargetTable(one, table, input, place, signal, tell, part)
  if (sink.otherTable)
    yield* readTargetTable(one, bareTable(one.table), input, (record) => sink.otherTable?.(record, input), signal)
  return null
}

/** What reading a row needs to know of a table that the field map does not have. */
function bareTable(type: string): TargetTable {
  return { type, fields: [], positions: { id: [], key: [] } }
}

function tellerOf(sink: SideSink, input: number) {
  return (event: { readonly kind: 'problem'; readonly problem: ReadProblem } | ReadEnd): void => {
    if (event.kind === 'problem') sink.problem?.(input, event.problem)
    else sink.end?.(input, event.status, event.records)
  }
}

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
export function notPaired(inputs: readonly OpenSide[], plan: PairPlan): NotEvaluated[] {
  return inputs.flatMap((one) => {
    const { records: format, refusal } = one
    const why =
      one.side === null
        ? 'it has no side; say whether it is legacy or target'
        : format === null
          ? `it is ${(refusal?.words ?? 'no file of records').replace(/\.$/, '')}`
          : one.side === 'legacy' && format !== 'csv'
            ? 'legacy records are paired from tables only'
            : one.side === 'target' && format === 'csv' && !tableNamed(plan, one.table)
              ? (asideWords(plan, one.table) ?? 'no line of the field map has this table as its target')
              : one.side === 'legacy' && !plan.bySource.has(one.table)
                ? 'the field map has no confirmed line for this table'
                : null
    return why === null ? [] : [{ what: one.source.name, why }]
  })
}

/** Why a whole target table is set aside; null where it is not. */
function asideWords(plan: PairPlan, table: string): string | null {
  const found = plan.setAside.find(({ path }) => path.type.toLowerCase() === table.toLowerCase() && path.where === null)
  return found === undefined ? null : `not made of legacy records: ${found.reason} (${found.by})`
}

async function* readLegacy(
  { source, reading, table }: PairSource,
  plan: PairPlan,
  keys: PatientKeys,
  input: number,
  sink: SideSink,
  signal: AbortSignal,
  part: SideStretch | null,
): AsyncGenerator<Reading, ReadStretch | null> {
  const tables = plan.bySource.get(table) ?? []
  const written = writtenKey(plan)
  const through = tables.find(({ patient }) => patient === null)?.through
  // A row that names its visit belongs to the patient of that visit.
  const keyOf = through ? (name: string) => keys.get(betweenName('legacy', through.links ?? '', name)) ?? '' : written
  const open = await openTable(source, reading, input, signal)
  const { header } = open.structure
  const bound = tables.map((one) => bindRows(one, header, reading.nulls ?? []))
  const tell = tellerOf(sink, input)
  if (isFirst(part))
    for (const column of new Set(bound.flatMap(({ missing }) => missing)))
      sink.unplaced(`${source.name} has no column ${column}, which the field map names`, null, input, null)
  sink.header?.(input, table, header, reading.nulls ?? [])
  for (const problem of isFirst(part) ? open.problems : []) tell({ kind: 'problem', problem })
  return yield* readRows(open, part, source.name, signal, {
    rows: (rows) => {
      for (const row of rows) {
        const read = rowOf(row, bound, keyOf, input, source.name, table, plan.leftBehind.get(table) ?? null, sink)
        if (read) sink.legacy(read)
      }
    },
    tell,
  })
}

/** The key of a patient as the target writes it: other tables name the patient by the cell that the rule of the key was given. */
export function writtenKey(plan: PairPlan): (key: string) => string {
  const field = plan.tables.find(({ isPatients }) => isPatients)?.key
  if (!field || field.rule === 'copy' || field.columns.length !== 1) return (key) => key
  return (key) => {
    const made = key === '' ? null : field.apply([key])
    return made?.kind === 'text' || made?.kind === 'number' ? made.text : key
  }
}

/** The row with the items it makes; null where its patient is not wanted. */
function rowOf(
  row: Row,
  bound: readonly BoundRows[],
  written: (key: string) => string,
  input: number,
  file: string,
  table: string,
  left: RowFilter | null,
  sink: SideSink,
): LegacyRowRead | null {
  const [first] = bound
  if (!first) return { input, source: table, row, patient: '', items: [], without: left ?? 'no-line' }
  const linked = bound.find(({ patient }) => patient.length > 0)
  const name = linked ? patientOfRow(row, linked) : ''
  const patient = written(name)
  // A row that names no visit belongs to nobody, as one of a table without patients.
  const isNobodys = name === '' && linked?.table.through != null
  if (patient === '' && linked && !isNobodys) {
    // A filter may say why such rows stay behind.
    const left = itemsOfRow(row, bound, input)
    if ('takes' in left) return { input, source: table, row, patient, items: [], without: left }
    return { input, source: file, row, patient, items: [], without: 'no-patient' }
  }
  if (!sink.keep(patient)) return null
  const items = itemsOfRow(row, bound, input)
  if ('takes' in items) return { input, source: table, row, patient: '', items: [], without: items, leftOf: patient }
  return { input, source: table, row, patient, items, without: null }
}

async function* readTarget(
  { source }: OpenSide,
  format: 'ndjson' | 'json' | 'bundle',
  plan: PairPlan,
  keys: PatientKeys,
  input: number,
  sink: SideSink,
  signal: AbortSignal,
  passOver: PassOver | undefined,
  part: SideStretch | null,
): AsyncGenerator<Reading, ReadStretch | null> {
  const lines = part?.kind === 'lines' ? readLines(source, part.stretch, signal, input, undefined, passOver) : null
  const events: AsyncIterator<ResourceEvent, (LineCounts & { readonly bytes: number }) | undefined> =
    lines ?? readResources(source, format, signal, input, undefined, passOver)[Symbol.asyncIterator]()
  const tell = tellerOf(sink, input)
  for (;;) {
    const step = await events.next()
    if (step.done === true) return step.value ? { kind: 'lines', counts: step.value } : null
    const event = step.value
    if (event.kind === 'problem' || event.kind === 'end') tell(event)
    if (event.kind !== 'resources') continue
    for (const resource of event.resources) {
      sink.everyResource?.(resource)
      placeResource(resource, plan, keys, input, sink)
    }
    stopIfAborted(signal)
    yield { done: event.done, label: source.name }
  }
}

function placeResource(resource: ResourceRecord, plan: PairPlan, keys: PatientKeys, input: number, sink: SideSink): void {
  const listed = resource.type === 'List' ? stateOfList(resource.value) : null
  const table = listed === null ? tableOfResource(plan, resource) : null
  if (listed === null && table === null) {
    const aside = plan.setAside.find(({ path }) => speaksOf(path, resource.type, resource.value))
    if (aside) {
      sink.setAside?.(resource, aside, input)
      return
    }
    sink.unplaced(`${resource.type || 'untyped'} resources match no line of the field map`, resource, input, null)
    return
  }
  const patient = patientOf(resource, table, plan, keys)
  if (patient === null) {
    const names = table?.patient ? valuesAt(resource.value, table.patient.path).flatMap(namesOfReference) : null
    const orphan = names?.length === 0 ? 'unnamed' : 'unknown'
    sink.unplaced(`${resource.type} resources name a patient that the export does not hold`, resource, input, orphan)
    return
  }
  if (!sink.keep(patient)) return
  if (listed !== null) sink.listed(patient, listed, resource, input)
  if (table !== null) sink.target(patient, targetItem(resource, table, input), resource)
}

/** Key of the patient a resource belongs to; empty for resources without patients, null where the reference leads nowhere. */
function patientOf(resource: ResourceRecord, table: BoundTable | null, plan: PairPlan, keys: PatientKeys): string | null {
  if (table?.isPatients) return keys.get(idOf(resource)) ?? null
  const links: readonly JsonValue[] = table?.patient
    ? valuesAt(resource.value, table.patient.path)
    : table === null
      ? [member(resource.value, 'subject') ?? null]
      : []
  if (table?.through) return keyThrough(table.through, resource, plan, keys)
  if (table !== null && table.patient === null) return ofPatients(resource, table, plan)
  for (const link of links) {
    const named = patientReference(link)
    if (named === null) continue
    if ('id' in named) return keys.get(named.id) ?? null
    const { identifier, system } = named
    return keys.get(identifierName(identifier, system)) ?? keys.get(identifierName(identifier)) ?? identifier
  }
  return null
}

/** Key of the patient of the record that a link leads to; empty where it names none, null where it leads to none. */
function keyThrough({ path, links }: BoundField, { value }: ResourceRecord, plan: PairPlan, keys: PatientKeys): string | null {
  const names = valuesAt(value, path).flatMap(namesOfReference)
  if (names.length === 0) return ''
  const types = (plan.bySource.get(links ?? '') ?? []).map(({ type }) => type)
  for (const type of types)
    for (const name of names) {
      const key = keys.get(betweenName('target', type, name))
      if (key !== undefined) return key
    }
  return null
}

/** A further record made of the row of a patient carries the key of the patient itself; any other without a link belongs to nobody. */
function ofPatients(resource: ResourceRecord, table: BoundTable, plan: PairPlan): string {
  const patients = plan.tables.find(({ isPatients }) => isPatients)
  return patients?.source === table.source ? keyText(targetItem(resource, table, 0)) : ''
}
