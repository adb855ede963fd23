/** Patients of the findings of a run: numbered while reading, looked up through other tables afterwards, counted once each. */

import { DenseKeys } from '../../dense-keys.ts'
import type { Hash64 } from '../../hash64.ts'
import type { Side } from '../model/source.ts'
import { columnIn } from '../read/column-in.ts'
import type { RecordView } from '../read/text/record-view.ts'
import {
  declarationTrouble,
  depthOf,
  type PathTable,
  type PatientPath,
  patientPaths,
  primaryKey,
  safetyOf,
} from './patient-path.ts'
import { RecordPatient, saltedHash } from './record-patient.ts'
import type { ReportSink } from './report-sink.ts'

/** What the radius needs of a table beside its description. */
export interface RadiusTable extends PathTable {
  readonly name: string
  readonly size: number
  /** Hash of the cells of a key in a record; null where a part is empty. */
  keyOf(view: RecordView, columns: readonly number[]): Hash64 | null
  /** From now on every record and problem of the table passes by. */
  accompany(patient: RecordPatient): void
  /** Keys of each whole record once more, one per list of columns and null where a part is empty; yields the bytes done. */
  eachKeys(
    fields: readonly (readonly string[])[],
    signal: AbortSignal,
    see: (keys: readonly (Hash64 | null)[]) => void,
  ): AsyncIterable<number>
}

/** Keys of one table that findings of other tables wait for. */
interface LookUp {
  readonly table: RadiusTable
  readonly target: readonly string[]
  readonly depth: number
  readonly keys: DenseKeys
  /** Inputs whose patients are numbers of these keys. */
  readonly inputs: Set<number>
}

export class BlastRadius {
  private readonly paths = new Map<number, PatientPath>()
  private readonly lookUps = new Map<string, LookUp>()
  private readonly tables: RadiusTable[] = []
  private readonly sink: ReportSink

  constructor(tables: readonly RadiusTable[], sink: ReportSink) {
    this.sink = sink
    this.join(tables)
  }

  /** Tables that are met while reading, such as the second one of a file, find their way through those that are known. */
  join(tables: readonly RadiusTable[]): void {
    this.tables.push(...tables)
    for (const [input, path] of patientPaths(this.tables, this.paths)) this.paths.set(input, path)
    for (const table of tables) this.prepare(table)
  }

  private prepare(table: RadiusTable): void {
    const path = this.paths.get(table.input)
    const trouble = declarationTrouble(table)
    if (trouble !== null) this.sink.notEvaluated({ what: `x-carryover in the schema of ${table.table}`, why: trouble })
    const safety = safetyOf(table)
    const fields = path && path.kind !== 'none' ? path.fields : []
    this.sink.describe(table.input, {
      table: table.table,
      safety,
      patientFields: fields,
      keyFields: primaryKey(table),
    })
    if (!path || path.kind === 'none') return
    const numberOf = this.numbersOf(table, path)
    const columns = path.fields.map((field) => columnIn(table.header, field))
    const patient = new RecordPatient(numberOf, columns, (problem) => this.sink.problem(problem))
    this.sink.patientsOf(table.input, patient)
    table.accompany(patient)
  }

  /**
   * Where the run has the table of patients of a side, keys that it does not have are no patients: under an exchanged heading, say, stand
   * those of visits. Their findings are counted as being about unknown patients.
   */
  async *settle(signal: AbortSignal): AsyncGenerator<{ readonly name: string; readonly done: number }> {
    const { people } = this.sink.tally
    for (const side of new Set(this.tables.map((table) => table.side))) {
      const listed = this.patientTable(side)
      const patients = this.tables.find(({ input }) => input === listed)
      const path = listed === null ? undefined : this.paths.get(listed)
      const others = this.tables.filter((table) => table.input !== listed && table.side === side && this.hasWay(table))
      const found = new Set(this.sink.tally.findings().flatMap(({ input, patients: count }) => ((count ?? 0) > 0 ? [input] : [])))
      const asked = others.filter(({ input }) => found.has(input))
      if (!patients || path?.kind !== 'own' || asked.length === 0 || people.full) continue
      const known = new Int32Array(people.size + 1)
      for await (const done of patients.eachKeys([path.fields], signal, ([key = null]) => {
        const number = key === null ? 0 : people.find(saltedHash(key, side))
        known[number] = number
      }))
        yield { name: patients.name, done }
      this.sink.tally.renumber(new Set(asked.map(({ input }) => input)), known)
    }
  }

  private hasWay({ input }: RadiusTable): boolean {
    return this.paths.get(input)?.kind !== 'none'
  }

  /** How a record of the table gives its number: of the patient, or of the key that is looked up. */
  private numbersOf(table: RadiusTable, path: Exclude<PatientPath, { kind: 'none' }>): (view: RecordView) => number {
    const columns = path.fields.map((field) => columnIn(table.header, field))
    const numberOf = this.numbersOfKeys(table, path)
    return (view) => numberOf(table.keyOf(view, columns))
  }

  private numbersOfKeys(table: RadiusTable, path: Exclude<PatientPath, { kind: 'none' }>): (key: Hash64 | null) => number {
    if (path.kind === 'own') {
      const { people } = this.sink.tally
      return (key) => (key === null ? 0 : people.number(saltedHash(key, table.side)))
    }
    const { keys } = this.lookUp(path, table.input)
    this.sink.patientsKnown(table.input, false)
    return (key) => (key === null ? 0 : keys.number(key))
  }

  /** Lists of columns whose keys may be asked for once the table was read. */
  keysWanted(input: number): (readonly string[])[] {
    const table = this.tables.find((each) => each.input === input)
    const path = this.paths.get(input)
    const own = path && path.kind !== 'none' ? [path.fields] : []
    const targets = [...this.lookUps.values()].filter((lookUp) => lookUp.table === table).map(({ target }) => target)
    // Where no other table has a way to patients, nobody asks which of them are listed.
    const isAsked = this.tables.some((each) => each !== table && each.side === table?.side && this.hasWay(each))
    const isListed = isAsked && table !== undefined && this.patientTable(table.side) === input
    return targets.length > 0 ? [...targets, ...own] : isListed ? own : []
  }

  private lookUp(path: Extract<PatientPath, { kind: 'via' }>, input: number): LookUp {
    const name = JSON.stringify([path.input, path.target])
    const table = this.tables.find((each) => each.input === path.input)
    if (!table) throw new Error('A path leads to a table that is not there')
    const known = this.lookUps.get(name)
    const made = known ?? {
      table,
      target: path.target,
      depth: depthOf(path, this.paths),
      keys: new DenseKeys(),
      inputs: new Set(),
    }
    made.inputs.add(input)
    this.lookUps.set(name, made)
    return made
  }

  /** Bytes that will be read again, as far as it is known yet. */
  get waiting(): number {
    return this.wanted().reduce((sum, { table }) => sum + table.size, 0)
  }

  private wanted(): LookUp[] {
    return [...this.lookUps.values()].filter(({ keys }) => keys.size > 0).sort((a, b) => b.depth - a.depth)
  }

  /** After all tables were read: those farthest from the patient first, one reading of the table in between for each step; `done` is bytes. */
  async *resolve(signal: AbortSignal): AsyncGenerator<{ readonly name: string; readonly done: number }> {
    let before = 0
    const order = [...this.lookUps.values()].sort((a, b) => b.depth - a.depth)
    for (const lookUp of order) {
      const { keys, inputs, table } = lookUp
      if (keys.full) {
        this.sink.tally.renumber(inputs, null)
        for (const input of inputs) {
          this.sink.patientsKnown(input, true)
          this.giveUp(input)
        }
        continue
      }
      const map = new Int32Array(keys.size + 1)
      if (keys.size > 0) {
        for await (const done of this.fill(map, lookUp, signal)) yield { name: table.name, done: before + done }
        before += table.size
      }
      this.sink.tally.renumber(inputs, map)
      const next = this.paths.get(table.input)
      for (const input of inputs)
        if (next?.kind === 'via') this.lookUp(next, table.input).inputs.add(input)
        else this.sink.patientsKnown(input, true)
    }
  }

  private fill(map: Int32Array, { table, target, keys }: LookUp, signal: AbortSignal): AsyncIterable<number> {
    const path = this.paths.get(table.input)
    const hasPath = path !== undefined && path.kind !== 'none'
    const numberOf = hasPath ? this.numbersOfKeys(table, path) : () => 0
    return table.eachKeys(hasPath ? [target, path.fields] : [target], signal, ([key = null, own = null]) => {
      const number = key === null ? 0 : keys.find(key)
      // Of records with the same key the first counts; that the key is not unique is a finding of its own.
      if (number > 0 && map[number] === 0) map[number] = numberOf(own)
    })
  }

  /** Names the tables with findings whose patients can not be told, and why. */
  explain(): void {
    const found = new Set(this.sink.tally.findings().map(({ input }) => input))
    for (const { input, table } of this.tables) {
      const path = this.paths.get(input)
      if (path?.kind === 'none' && found.has(input)) this.sink.notEvaluated({ what: `Patients of ${table}`, why: path.why })
    }
  }

  private giveUp(input: number): void {
    const table = this.tables.find((each) => each.input === input)
    this.sink.notEvaluated({
      what: `Patients of ${table?.table ?? 'a table'}`,
      why: 'More different keys of this table have findings than are kept in memory; check the table together with fewer others.',
    })
  }

  /** The path in words a person can check. */
  sentence(input: number): string | null {
    const path = this.paths.get(input)
    if (!path || path.kind === 'none') return null
    const through: string[] = []
    for (let at: PatientPath | undefined = path; at?.kind === 'via'; at = this.paths.get(at.input))
      through.push(this.tables.find((each) => each.input === (at?.kind === 'via' ? at.input : -1))?.table ?? '')
    return `${path.fields.join(' + ')}${through.length > 0 ? ` through ${through.join(', ')}` : ''}: ${path.why}`
  }

  /** The input that lists the patients of a side, where one is known: its key is the patient's key. */
  patientTable(side: Side | null): number | null {
    const own = this.tables.filter((table) => table.side === side && this.paths.get(table.input)?.kind === 'own')
    const listed = own.find((table) => {
      const path = this.paths.get(table.input)
      return (
        path?.kind === 'own' && safetyOf(table)?.class === 'identity' && primaryKey(table).join('\n') === path.fields.join('\n')
      )
    })
    return listed?.input ?? null
  }
}
