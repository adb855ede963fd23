/** PostgreSQL from version 13 on: a pool of connections, each transaction on one of them. It syncs by itself, so no journal is needed. */
import type { Pool, PoolClient } from 'pg'
import { errorWords } from '../../core/values/error-words.ts'
import { Conflict, countIn, type Database, type Row, type Scope, type Step, StorageProblem, type Value } from './database.ts'
import { loadPackage } from './load-package.ts'
import { migrate, type Plain } from './migrations.ts'
import { type StatementName, statementOf } from './statements.ts'

export interface PostgresSettings {
  /** `postgresql://user@host:5432/database` */
  readonly url: string
  /** Schema of the tables; `public` where none is named. */
  readonly schema?: string
  readonly connections?: number
}

const oldest = 130_000

/** Held while a server works on a schema: sockets of two servers would not hear of each other. */
const serverLock = 733_018

export class PostgresDatabase implements Database {
  readonly kind = 'postgresql'
  readonly version: string
  readonly #pool: Pool
  readonly #guard: PoolClient
  readonly #hasRole: boolean
  readonly #scopes = new WeakMap<PoolClient, Scope>()

  private constructor(pool: Pool, guard: PoolClient, version: string, hasRole: boolean) {
    this.#pool = pool
    this.#guard = guard
    this.version = version
    this.#hasRole = hasRole
  }

  /** @throws {StorageProblem} with a sentence where the database can not be reached, is too old or is in use by another server */
  static async open({ url, schema = 'public', connections = 10 }: PostgresSettings): Promise<PostgresDatabase> {
    const { default: pg } = await loadPackage('pg', () => import('pg'))
    // Whole numbers beyond 2^53 do not occur; they come as numbers, not as text.
    const types = {
      getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === 20 ? Number : pg.types.getTypeParser(oid, format)),
    }
    const pool = new pg.Pool({
      connectionString: url,
      max: connections,
      types,
      options: `-c search_path=${schema} -c client_min_messages=warning -c statement_timeout=60000 -c synchronous_commit=on`,
    })
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    pool.on('error', () => undefined)
    const guard = await pool.connect().catch(async (error: unknown) => {
      await pool.end()
      throw new StorageProblem(`The database can not be reached: ${errorWords(error)}. Look at DATABASE_URL.`)
    })
    try {
      const { rows } = await guard.query<Row>(
        "select current_setting('server_version_num')::int as n, current_setting('server_version') as v",
      )
      const version = String(rows[0]?.v)
      if (countIn(rows[0], 'n') < oldest) throw new StorageProblem(`PostgreSQL ${version} is too old; 13 or newer is needed.`)
      const { rows: locked } = await guard.query<Row>('select pg_try_advisory_lock($1, hashtext($2)) as taken', [
        serverLock,
        schema,
      ])
      if (locked[0]?.taken !== true)
        throw new StorageProblem(
          'Another server works on this database. Stop that one first; people on two servers would not see each other.',
        )
      await migrate(plainOf(guard))
      return new PostgresDatabase(pool, guard, version, await mayTakeRole(plainOf(guard)))
    } catch (error) {
      guard.release(true)
      await pool.end()
      throw error
    }
  }

  /** Without names, on one connection: for moving everything here. */
  get plain(): Plain {
    return plainOf(this.#guard)
  }

  async query(scope: Scope, name: StatementName, values: readonly Value[]): Promise<readonly Row[]> {
    const [rows = []] = await this.transaction(scope, [{ name, values }])
    return rows
  }

  async transaction(scope: Scope, steps: readonly Step[]): Promise<readonly (readonly Row[])[]> {
    const client = await this.#pool.connect()
    let broken = false
    try {
      await this.#enter(client, scope)
      const [first] = steps
      // One statement is a transaction of its own.
      if (first && steps.length === 1) return [await run(client, first)]
      await client.query('begin')
      try {
        const rows: (readonly Row[])[] = []
        for (const step of steps) rows.push(await run(client, step))
        await client.query('commit')
        return rows
      } catch (error) {
        await client.query('rollback').catch(() => {
          broken = true
        })
        throw error
      }
    } finally {
      client.release(broken)
    }
  }

  /** Scope and role stay with a connection: most of what follows is of the same project. */
  async #enter(client: PoolClient, scope: Scope): Promise<void> {
    if (this.#scopes.get(client) === scope) return
    this.#scopes.delete(client)
    const role = scope === null || !this.#hasRole ? 'none' : 'carryover_rows'
    await client.query("select set_config('carryover.scope', $1, false), set_config('role', $2, false)", [scope ?? '*', role])
    this.#scopes.set(client, scope)
  }

  async close(): Promise<void> {
    this.#guard.release(true)
    await this.#pool.end()
  }
}

/**
 * By trying: from PostgreSQL 16 on, who makes a role is its member and may still not take it on. Whoever can not is no superuser, and then
 * row-level security binds the owner of the tables as it is.
 */
export async function mayTakeRole(database: Plain): Promise<boolean> {
  await database.exec('begin')
  try {
    await database.query("select set_config('role', 'carryover_rows', true)", [])
    await database.query('select 1 from stream limit 1', [])
    return true
  } catch {
    return false
  } finally {
    await database.exec('rollback')
  }
}

async function run(client: PoolClient, { name, values }: Step): Promise<readonly Row[]> {
  const { sql, must } = statementOf(name)
  const { rows } = await client.query<Row>({ name, text: sql, values: values.map(sendable) })
  if (must && rows.length === 0) throw new Conflict(name)
  return rows
}

function plainOf(client: PoolClient): Plain {
  return {
    exec: async (text) => void (await client.query(text)),
    query: async (text, values) => (await client.query<Row>(text, values.map(sendable))).rows,
  }
}

function sendable(value: Value): string | number | boolean | null | Buffer {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length) : value
}
