/** What the server asks of a database: named statements, alone or several as one transaction. Embedded and PostgreSQL give the same answers. */
import type { StatementName } from './statements.ts'

export type Value = string | number | boolean | null | Uint8Array
export type Row = Readonly<Record<string, unknown>>

/** A statement of a transaction. A statement that has to change something and does not ends its transaction with `Conflict`. */
export interface Step {
  readonly name: StatementName
  readonly values: readonly Value[]
}

/** Rows of one project alone, or of the whole server (`null`): row-level security holds statements to it. */
export type Scope = string | null

export interface Database {
  readonly kind: 'embedded' | 'postgresql'
  /** Version of PostgreSQL, as it names itself. */
  readonly version: string
  /** Rows of one reading statement. What it gives is on disk. */
  query(scope: Scope, name: StatementName, values: readonly Value[]): Promise<readonly Row[]>
  /**
   * All steps or none; resolves when they are on disk, with the rows of each step.
   * @throws {Conflict} where a step that has to change something changed nothing
   */
  transaction(scope: Scope, steps: readonly Step[]): Promise<readonly (readonly Row[])[]>
  close(): Promise<void>
}

/** Somebody else was first: nothing of the transaction is stored. */
export class Conflict extends Error {
  readonly statement: StatementName

  constructor(statement: StatementName) {
    super(`The statement ${statement} changed nothing, so nothing of its transaction is stored.`)
    this.statement = statement
  }
}

/** Trouble with a sentence for whoever runs the server. */
export class StorageProblem extends Error {}

export function textIn(row: Row | undefined, name: string): string {
  const value = row?.[name]
  if (typeof value !== 'string') throw new StorageProblem(`The database gave no text as ${name}.`)
  return value
}

export function textOrNull(row: Row | undefined, name: string): string | null {
  const value = row?.[name]
  return value === null || value === undefined ? null : textIn(row, name)
}

/** A whole number; databases give large ones as text or BigInt. */
export function countIn(row: Row | undefined, name: string): number {
  const count = Number(row?.[name] ?? Number.NaN)
  if (!Number.isSafeInteger(count)) throw new StorageProblem(`The database gave no whole number as ${name}.`)
  return count
}

export function countOrNull(row: Row | undefined, name: string): number | null {
  const value = row?.[name]
  return value === null || value === undefined ? null : countIn(row, name)
}

export function bytesIn(row: Row | undefined, name: string): Uint8Array {
  const value = row?.[name]
  if (!(value instanceof Uint8Array)) throw new StorageProblem(`The database gave no bytes as ${name}.`)
  return value
}
