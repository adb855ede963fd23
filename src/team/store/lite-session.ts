/**
 * The one connection that PGlite has: whoever asks waits for who is there. Scope and role stay from one to the next, for most of what follows
 * is of the same project, and each round trip costs.
 */
import type { Row, Scope, Value } from './database.ts'

/** What is used of PGlite. */
export interface Lite {
  query(text: string, values: unknown[]): Promise<{ rows: Row[] }>
  exec(text: string): Promise<unknown>
  dumpDataDir(compression: 'gzip'): Promise<Blob>
  close(): Promise<void>
}

/** Statements while nobody else has the connection. */
export interface Inside {
  run(scope: Scope, sql: string, values: readonly Value[]): Promise<readonly Row[]>
}

export class LiteSession {
  readonly #lite: Lite
  #turn: Promise<unknown> = Promise.resolve()
  /** Undefined where it is not known, as after a transaction that was undone. */
  #scope: Scope | undefined

  constructor(lite: Lite) {
    this.#lite = lite
  }

  /** Rows of one reading statement. */
  query(scope: Scope, sql: string, values: readonly Value[]): Promise<readonly Row[]> {
    return this.#alone(() => this.#run(scope, sql, values))
  }

  /** All of it or nothing; `last` runs before it is committed. */
  transaction<T>(work: (inside: Inside) => Promise<T>, last: string): Promise<T> {
    return this.#alone(async () => {
      await this.#lite.exec('begin')
      try {
        const result = await work({ run: (scope, sql, values) => this.#run(scope, sql, values) })
        await this.#lite.exec(`${last}; commit`)
        return result
      } catch (error) {
        this.#scope = undefined
        await this.#lite.exec('rollback')
        throw error
      }
    })
  }

  /** As nobody found it: for who works on the connection by hand. */
  rest(): Promise<void> {
    return this.#alone(async () => {
      this.#scope = undefined
      await this.#lite.exec('reset role')
    })
  }

  async #run(scope: Scope, sql: string, values: readonly Value[]): Promise<readonly Row[]> {
    if (scope !== this.#scope) {
      // Rows of this project alone from here on.
      await this.#lite.query(
        "select set_config('carryover.scope', $1, false), set_config('role', case when $1 = '*' then 'none' else 'carryover_rows' end, false)",
        [scope ?? '*'],
      )
      this.#scope = scope
    }
    return (await this.#lite.query(sql, [...values])).rows
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
