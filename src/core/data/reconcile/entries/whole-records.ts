/** Records of some patients as they were read, cell by cell and element by element, with those that no line of the field map takes. */

import { compareText } from '../../../finding.ts'
import { isList } from '../../../values/json.ts'
import { patientReference } from '../../crosswalk/plan/elements.ts'
import type { PairPlan } from '../../crosswalk/plan/plan.ts'
import type { SetAside } from '../../crosswalk/plan/plan-rows.ts'
import type { RowFilter } from '../../crosswalk/plan/row-rules.ts'
import type { ItemPlace } from '../../crosswalk/plan/sides.ts'
import type { JsonObject, ResourceRecord } from '../../model/record.ts'
import { Directory } from './directory.ts'
import { identifierName } from './patient-names.ts'
import { type LegacyRowRead, type PatientKeys, writtenKey } from './read-sides.ts'

/** One row with the names of its cells. */
export interface WholeRow {
  readonly table: string
  readonly header: readonly string[]
  readonly cells: readonly string[]
  /** What stands for "nothing recorded" in this file. */
  readonly nulls: ReadonlySet<string>
}

/** A row that no line of the field map takes, or that a filter leaves out by a rule. */
export interface UntakenRow extends WholeRow {
  readonly place: ItemPlace
  readonly filter: RowFilter | null
}

/** A target record that no line of the field map speaks of, or that the map sets aside. */
export interface UntakenResource {
  readonly type: string
  readonly place: ItemPlace
  readonly value: JsonObject
  readonly aside: SetAside | null
}

/** What was read of the wanted patients. */
export interface WholeView {
  /** What was read: of legacy its tables and the types that they become, of the target its types; in the order of reading. */
  readonly kinds: { readonly legacy: ReadonlySet<string>; readonly target: ReadonlySet<string> }
  row(place: ItemPlace): WholeRow | null
  resourceAt(place: ItemPlace): JsonObject | null
  /** What the same export calls somebody or something that a record points to; null where it does not say. */
  nameOf(reference: string): string | null
  /** Rows of the patient that nothing was made of, in the order of the files. */
  rowsWithoutLine(patient: string): readonly UntakenRow[]
  /** Target records of the patient that take no part, in the order of the files. */
  resourcesWithoutLine(patient: string): readonly UntakenResource[]
}

/** Rows of a table without lines that are looked at before its patient column is told by their values. */
const looked = 200

interface Unmapped {
  /** Cell of the patient; null while it is not told, -1 where the table has none. */
  column: number | null
  waiting: LegacyRowRead[]
}

export class WholeRecords implements WholeView {
  readonly kinds = { legacy: new Set<string>(), target: new Set<string>() }
  private readonly headers = new Map<number, Omit<WholeRow, 'cells'>>()
  private readonly rows = new Map<string, WholeRow>()
  private readonly resources = new Map<string, JsonObject>()
  private readonly untakenRows = new Map<string, UntakenRow[]>()
  private readonly untakenResources = new Map<string, UntakenResource[]>()
  private readonly unmapped = new Map<number, Unmapped>()
  private readonly directory = new Directory()
  private readonly wanted: ReadonlySet<string>
  private readonly keys: PatientKeys
  private readonly known: ReadonlySet<string>
  private readonly columns: ReadonlySet<string>
  private readonly targetColumns: ReadonlySet<string>
  private readonly written: (key: string) => string
  private readonly bySource: PairPlan['bySource']

  /** Keeps the records of the patients in `wanted`, by their keys. */
  constructor(wanted: ReadonlySet<string>, keys: PatientKeys, plan: PairPlan) {
    this.wanted = wanted
    this.keys = keys
    this.known = new Set([...keys.values(), ...wanted])
    const links = plan.tables.map(({ patient, isPatients, key }) => patient?.columns ?? (isPatients ? (key?.columns ?? []) : []))
    this.columns = new Set(links.flatMap((columns) => (columns.length === 1 ? columns.map((name) => name.toLowerCase()) : [])))
    const named = plan.tables.flatMap(({ patient, isPatients, positions, fields }) =>
      patient ? [patient.path] : isPatients ? [...positions.id, ...positions.key].flatMap((i) => fields[i]?.path ?? []) : [],
    )
    this.targetColumns = new Set(named.flatMap(({ steps }) => (steps.length === 1 ? [(steps[0]?.name ?? '').toLowerCase()] : [])))
    this.written = writtenKey(plan)
    this.bySource = plan.bySource
  }

  row(place: ItemPlace): WholeRow | null {
    return this.rows.get(nameOf(place)) ?? null
  }

  resourceAt(place: ItemPlace): JsonObject | null {
    return this.resources.get(nameOf(place)) ?? null
  }

  nameOf(reference: string): string | null {
    return this.directory.nameOf(reference)
  }

  rowsWithoutLine(patient: string): readonly UntakenRow[] {
    for (const [input, table] of this.unmapped) if (table.column === null) this.tell(input, table)
    return (this.untakenRows.get(patient) ?? []).toSorted(inOrder)
  }

  resourcesWithoutLine(patient: string): readonly UntakenResource[] {
    return (this.untakenResources.get(patient) ?? []).toSorted(inOrder)
  }

  header(input: number, table: string, header: readonly string[], nulls: readonly string[]): void {
    this.kinds.legacy.add(table)
    for (const { type } of this.bySource.get(table) ?? []) this.kinds.legacy.add(type)
    this.headers.set(input, { table, header, nulls: new Set(nulls) })
  }

  legacy(read: LegacyRowRead): void {
    const { input, row, patient, items, without, leftOf } = read
    const head = this.headers.get(input)
    if (!head) return
    if (items.length > 0) {
      if (this.wanted.has(patient)) for (const { place } of items) this.rows.set(nameOf(place), { ...head, cells: row.cells })
    } else if (leftOf !== undefined) this.keepRow(leftOf, read, head)
    else if (without !== 'no-patient' && patient === '') this.withoutLine(read, head)
  }

  /** Any target record, before it is known whose it is. */
  listed(resource: ResourceRecord): void {
    this.kinds.target.add(resource.type)
    this.directory.add(resource)
  }

  /** A target record that takes part. */
  resource(patient: string, place: ItemPlace, { type, value }: ResourceRecord): void {
    this.kinds.target.add(type)
    if (this.wanted.has(patient)) this.resources.set(nameOf(place), value)
  }

  /** A target record that takes no part. */
  unread({ record, line, byte, length, type, id, value }: ResourceRecord, input: number, aside: SetAside | null): void {
    const place = { input, record, line, byte, length, id: `${type}/${id ?? ''}` }
    for (const patient of this.patientsOf(value)) push(this.untakenResources, patient, { type, place, value, aside })
  }

  /** A row of a target table that no line of the field map speaks of; the column of the patient is called as in the others. */
  otherTable({ record, line, byte, length, type, value }: ResourceRecord, input: number): void {
    const place = { input, record, line, byte, length, id: null }
    this.kinds.target.add(type)
    for (const [name, cell] of Object.entries(value)) {
      const patient = this.targetColumns.has(name.toLowerCase()) && typeof cell === 'string' ? this.keys.get(cell) : undefined
      if (patient === undefined || !this.wanted.has(patient)) continue
      push(this.untakenResources, patient, { type, place, value, aside: null })
      return
    }
  }

  private withoutLine(read: LegacyRowRead, head: Omit<WholeRow, 'cells'>): void {
    let table = this.unmapped.get(read.input)
    if (!table) {
      const named = head.header.findIndex((name) => this.columns.has(name.toLowerCase()))
      table = { column: named < 0 ? null : named, waiting: [] }
      this.unmapped.set(read.input, table)
    }
    if (table.column !== null) {
      if (table.column >= 0) this.keepRow(this.written(read.row.cells[table.column] ?? ''), read, head)
      return
    }
    table.waiting.push(read)
    if (table.waiting.length >= looked) this.tell(read.input, table)
  }

  /** The column in which every filled cell is the key of a patient, where more than one patient stands in it or the table has one row each. */
  private tell(input: number, table: Unmapped): void {
    const head = this.headers.get(input)
    table.column = head?.header.findIndex((_, at) => this.isPatientColumn(table.waiting, at)) ?? -1
    const { column, waiting } = table
    table.waiting = []
    if (head && column >= 0) for (const read of waiting) this.keepRow(this.written(read.row.cells[column] ?? ''), read, head)
  }

  private isPatientColumn(rows: readonly LegacyRowRead[], at: number): boolean {
    const filled = rows.map(({ row }) => row.cells[at] ?? '').filter((cell) => cell !== '')
    // Short numbers are keys of many things.
    return filled.length > 0 && filled.every((cell) => cell.length > 3 && this.known.has(this.written(cell)))
  }

  private keepRow(patient: string, { row, input, without }: LegacyRowRead, head: Omit<WholeRow, 'cells'>): void {
    if (!this.wanted.has(patient)) return
    const { record, line, byte, length, cells } = row
    const filter = without !== null && typeof without === 'object' ? without : null
    push(this.untakenRows, patient, { ...head, cells, place: { input, record, line, byte, length, id: null }, filter })
  }

  /** The wanted patients that a record names in any of its elements of the first level. */
  private patientsOf(value: JsonObject): readonly string[] {
    const found = new Set<string>()
    for (const [name, member] of Object.entries(value)) {
      if (!patientElements.has(name)) continue
      for (const link of isList(member) ? member : [member ?? null]) {
        const named = patientReference(link)
        if (named === null) continue
        const key =
          'id' in named
            ? this.keys.get(named.id)
            : (this.keys.get(identifierName(named.identifier, named.system)) ??
              this.keys.get(identifierName(named.identifier)) ??
              named.identifier)
        if (key !== undefined && this.wanted.has(key)) found.add(key)
      }
    }
    return [...found].sort(compareText)
  }
}

/** Elements of FHIR R4 resources by which they are in the compartment of a patient (compartmentdefinition-patient). */
const patientElements: ReadonlySet<string> = new Set(['subject', 'patient', 'beneficiary', 'individual', 'for', 'target'])

function nameOf({ input, record, byte }: ItemPlace): string {
  return `${input}:${record}:${byte}`
}

function inOrder(a: { readonly place: ItemPlace }, b: { readonly place: ItemPlace }): number {
  return a.place.input - b.place.input || a.place.record - b.place.record || a.place.byte - b.place.byte
}

function push<T>(into: Map<string, T[]>, key: string, item: T): void {
  const held = into.get(key)
  if (held) held.push(item)
  else into.set(key, [item])
}
