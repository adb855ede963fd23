/**
 * Every statement by name, in SQL that PostgreSQL 13 to 18 share. The journal of the embedded database holds names and values: a statement
 * never changes what it means, a changed one gets a new name. Times and random values are always values.
 */
import { keyStatements } from './statements/keys.ts'
import { ledgerStatements } from './statements/ledger.ts'
import { peopleStatements } from './statements/people.ts'
import { streamStatements } from './statements/streams.ts'

const all = { ...streamStatements, ...ledgerStatements, ...peopleStatements, ...keyStatements } as const

export type StatementName = keyof typeof all

export interface Statement {
  readonly sql: string
  /** Has to give a row, else its transaction is undone. */
  readonly must: boolean
}

export function statementOf(name: StatementName): Statement {
  return all[name]
}

export function isStatementName(name: string): name is StatementName {
  return Object.hasOwn(all, name)
}
