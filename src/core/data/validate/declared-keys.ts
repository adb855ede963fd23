/** Keys and references that the schema of a table declares: announced once all tables are open, or once all of them were read. */
import type { KeyRun } from '../keys/key-run.ts'
import type { KeyedTable } from '../keys/source-table.ts'
import type { Constraint } from '../model/constraint.ts'

/** A table of the run, as far as its keys ask for it. */
type KeyedRun = Pick<KeyedTable, 'input' | 'table' | 'side' | 'columnsOf'> & { readonly constraints: readonly Constraint[] }

export class DeclaredKeys {
  /** How many are held against the data. */
  announced = 0
  /** Inputs that the table refers to. */
  readonly targets: number[] = []
  /** Keys that can not be announced before every table of every file is known. */
  private late: Constraint[] = []
  private readonly of: KeyedRun
  private readonly keys: KeyRun
  /** Told of a key that is not held against the data, and why. */
  private readonly miss: (constraint: Constraint, why: string) => void

  constructor(of: KeyedRun, keys: KeyRun, miss: (constraint: Constraint, why: string) => void) {
    this.of = of
    this.keys = keys
    this.miss = miss
  }

  /** Says which keys of which tables must be indexed, once all tables are open. */
  announce(tables: readonly KeyedRun[]): void {
    for (const constraint of this.of.constraints)
      if (constraint.check === 'data/foreign-key' && mayFollow(String(constraint.params.table), tables))
        this.late.push(constraint)
      else this.announceOne(constraint, tables)
  }

  /** For a table that follows in a file: its keys wait until all such tables are known. */
  wait(): void {
    this.late.push(...this.of.constraints)
  }

  /** Announces the keys that had to wait, once every table was read; how many there are. */
  announceLate(tables: readonly KeyedRun[]): number {
    const before = this.announced
    for (const constraint of this.late.splice(0)) this.announceOne(constraint, tables)
    return this.announced - before
  }

  private announceOne(constraint: Constraint, tables: readonly KeyedRun[]): void {
    const { of, keys } = this
    if (constraint.check === 'data/foreign-key') this.announceReference(constraint, tables)
    else if (constraint.check !== 'data/unique-key') return
    else if (of.columnsOf(constraint.on.fields)) {
      keys.announceUnique(of.input, constraint)
      this.announced++
    } else this.miss(constraint, noColumn)
  }

  private announceReference(constraint: Constraint, tables: readonly KeyedRun[]): void {
    const { of, keys } = this
    const wanted = String(constraint.params.table)
    const fields = Array.isArray(constraint.params.fields) ? constraint.params.fields.map(String) : []
    const named = tables.filter(({ table }) => table === wanted)
    const target = named.find(({ side }) => side === of.side) ?? named[0]
    if (!target) this.miss(constraint, `The table ${wanted} is not part of this run.`)
    else if (!of.columnsOf(constraint.on.fields)) this.miss(constraint, noColumn)
    else if (!target.columnsOf(fields)) this.miss(constraint, `The table ${wanted} has no column ${fields.join(' + ')}.`)
    else {
      keys.announceReference(of.input, constraint, target.input, fields)
      this.targets.push(target.input)
      this.announced++
    }
  }
}

const noColumn = 'The file has no such column.'

/** True for `visits#2` where there is `visits`: whether its file holds a second table is known once it was read. */
function mayFollow(wanted: string, tables: readonly KeyedRun[]): boolean {
  const first = /^(.+)#\d+$/.exec(wanted)?.[1]
  return first !== undefined && tables.some(({ table }) => table === first) && !tables.some(({ table }) => table === wanted)
}
