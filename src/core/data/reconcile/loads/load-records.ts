/** The records of one trial load, table by table, in the form in which two loads are compared. */
import { canonicalJson, type Json } from '../../../canonical.ts'
import { stopIfAborted } from '../../../operation.ts'
import { hash32 } from '../../../random.ts'
import { member, patientReference } from '../../crosswalk/plan/elements.ts'
import type { InputAccounts, OpenSide } from '../../crosswalk/plan/open-sides.ts'
import { joinedKey } from '../../crosswalk/plan/row-lines.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { readResources } from '../../read/json/read-resources.ts'
import { readTable } from '../../read/table.ts'

export interface LoadRecord {
  readonly table: string
  readonly key: string
  readonly patient: string
  readonly value: JsonObject
  /** What a server notes about a FHIR resource by itself is no content of it; columns of tables all are. */
  readonly isResource: boolean
}

export interface LoadBatch {
  readonly name: string
  readonly bytes: number
  readonly records: readonly LoadRecord[]
}

/** How records of tables are named. */
export interface LoadKeys {
  readonly keys?: ReadonlyMap<string, readonly string[]>
  readonly patients?: ReadonlyMap<string, string>
}

/** Who listens to a load being read for the first time. */
export interface LoadListener {
  readonly accounts: InputAccounts
  /** A table whose file does not have its key column: its rows are compared as wholes. */
  keyMissing(file: string, column: string): void
}

export async function* loadRecords(
  inputs: readonly OpenSide[],
  names: LoadKeys,
  listener: LoadListener | null,
  signal: AbortSignal,
): AsyncGenerator<LoadBatch> {
  for (const [input, one] of inputs.entries()) {
    if (one.records === null) continue
    if (one.records === 'csv') {
      yield* tableRecords(names, one, input, listener, signal)
      continue
    }
    let before = 0
    for await (const event of readResources(one.source, one.records, signal, input)) {
      if (event.kind === 'problem') listener?.accounts.problem(input, event.problem)
      if (event.kind === 'end') listener?.accounts.end(input, event.status, event.records)
      if (event.kind !== 'resources') continue
      const records = event.resources.map(({ type, id, value }) => ({
        table: type || one.table,
        key: id ?? canonicalJson(value as Json),
        patient: type === 'Patient' ? (id ?? '') : patientIn(value),
        value,
        isResource: true,
      }))
      stopIfAborted(signal)
      yield { name: one.source.name, bytes: event.done - before, records }
      before = event.done
    }
  }
}

async function* tableRecords(
  names: LoadKeys,
  one: OpenSide,
  input: number,
  listener: LoadListener | null,
  signal: AbortSignal,
): AsyncGenerator<LoadBatch> {
  const wanted = names.keys?.get(one.table)
  const patientColumn = names.patients?.get(one.table)
  let header: readonly string[] = []
  let keyAt: readonly number[] = []
  let before = 0
  for await (const event of readTable(one.source, one.reading, signal, input)) {
    if (event.kind === 'structure') {
      header = event.structure.header
      const lacks = wanted?.find((column) => !header.includes(column))
      keyAt = wanted === undefined || lacks !== undefined ? [] : wanted.map((column) => header.indexOf(column))
      if (lacks !== undefined) listener?.keyMissing(one.source.name, lacks)
    }
    if (event.kind === 'problem') listener?.accounts.problem(input, event.problem)
    if (event.kind === 'end') listener?.accounts.end(input, event.status, event.records)
    if (event.kind !== 'rows') continue
    const records = event.rows.map(({ cells }) => {
      const value = Object.fromEntries(header.map((column, i) => [column, cells[i] ?? '']))
      // Without a key a row is its own key: a changed one is then one gone and one added.
      const key = (keyAt.length === 0 ? '' : joinedKey(keyAt.map((at) => cells[at] ?? ''))) || JSON.stringify(cells)
      const patient = patientColumn === undefined ? '' : (value[patientColumn] ?? '')
      return { table: one.table, key, patient, value, isResource: false }
    })
    stopIfAborted(signal)
    yield { name: one.source.name, bytes: event.done - before, records }
    before = event.done
  }
}

const links = ['subject', 'patient', 'beneficiary', 'individual'] as const

function patientIn(value: JsonObject): string {
  for (const name of links) {
    const link = member(value, name)
    const found = link === undefined ? null : patientReference(link)
    if (found) return 'id' in found ? found.id : found.identifier
  }
  return ''
}

/** Members of a resource that a server writes by itself. */
const serverNotes: ReadonlySet<string> = new Set(['meta', 'text'])

export function hasNotes({ value, isResource }: LoadRecord): boolean {
  return isResource && (Object.hasOwn(value, 'meta') || Object.hasOwn(value, 'text'))
}

function contentOf({ value, isResource }: LoadRecord): [string, JsonValue][] {
  return Object.entries(value).flatMap(([name, one]) =>
    one === undefined || (isResource && serverNotes.has(name)) ? [] : [[name, one] as [string, JsonValue]],
  )
}

export function textOf(record: LoadRecord): string {
  return `${record.table}\n${record.key}\n${canonicalJson(Object.fromEntries(contentOf(record)) as Json)}`
}

/** A digest per member. */
export function membersOf(record: LoadRecord): ReadonlyMap<string, number> {
  return new Map(
    contentOf(record).map(([name, value]) => {
      const text = canonicalJson(value as Json)
      return [name, hash32(text, 1) * 2097152 + (hash32(text, 2) >>> 11)]
    }),
  )
}
