/** From the embedded database to PostgreSQL: every table in one transaction, then both are compared row by row, and only then it counts. */
import { createHash } from 'node:crypto'
import { countIn, type Row, StorageProblem, textIn } from '../store/database.ts'
import type { Plain } from '../store/migrations.ts'

/** In an order in which each row finds what it refers to, each with the columns that tell its rows apart. Sessions stay: everybody signs in again. */
const tables: readonly (readonly [name: string, key: string])[] = [
  ['project', 'id'],
  ['person', 'id'],
  ['identity', 'issuer, subject'],
  ['passkey', 'id'],
  ['device', 'id, person'],
  ['invite', 'digest'],
  ['member', 'project, person, role, source'],
  ['stream', 'project, name'],
  ['item', 'project, stream, seq'],
  ['snapshot', 'project, stream, upto'],
  ['blob', 'project, digest'],
  ['ledger_entry', 'project, seq'],
  ['device_key', 'project, device, person'],
  ['checkpoint', 'project, size'],
  ['key_wrap', 'project, epoch, device, key, made_by'],
  ['access_log', 'id'],
]

const page = 500

export interface MovedTable {
  readonly table: string
  readonly rows: number
}

/** @throws {StorageProblem} where the other database is not empty, or a row differs; nothing is stored then */
export async function moveAll(from: Plain, to: Plain, say: (sentence: string) => void): Promise<readonly MovedTable[]> {
  for (const side of [from, to]) await side.query("select set_config('carryover.scope', '*', false)", [])
  const [there] = await to.query('select count(*) as n from person', [])
  if (countIn(there, 'n') > 0)
    throw new StorageProblem('The other database holds people already. Name an empty one; nothing is overwritten.')
  await to.exec('begin')
  try {
    const moved: MovedTable[] = []
    for (const [table, key] of tables) {
      const rows = await copyTable(from, to, table, key)
      const [a, b] = [await digestOf(from, table, key), await digestOf(to, table, key)]
      if (a !== b) throw new StorageProblem(`The table ${table} differs after it was copied. Nothing was stored.`)
      if (rows > 0) say(`${table}: ${rows} rows, the same on both sides`)
      moved.push({ table, rows })
    }
    await to.query(
      "select setval(pg_get_serial_sequence('access_log', 'id'), 1 + coalesce((select max(id) from access_log), 0), false)",
      [],
    )
    await to.exec('commit')
    return moved
  } catch (error) {
    await to.exec('rollback')
    throw error
  }
}

async function* rowsOf(side: Plain, table: string, key: string): AsyncGenerator<Row> {
  for (let from = 0; ; from += page) {
    const rows = await side.query(`select * from ${table} order by ${key} limit ${page} offset ${from}`, [])
    yield* rows
    if (rows.length < page) return
  }
}

async function copyTable(from: Plain, to: Plain, table: string, key: string): Promise<number> {
  let count = 0
  for await (const row of rowsOf(from, table, key)) {
    const columns = Object.keys(row)
    const places = columns.map((_, index) => `$${index + 1}`).join(', ')
    await to.query(
      `insert into ${table} (${columns.join(', ')}) values (${places})`,
      columns.map((column) => sendable(row[column])),
    )
    count++
  }
  return count
}

/** Over all rows in the order of their texts by code units: two databases may sort words in two ways. */
async function digestOf(side: Plain, table: string, key: string): Promise<string> {
  const sums: string[] = []
  for await (const row of rowsOf(side, table, key)) {
    const members = Object.keys(row)
      .sort()
      .map((name) => [name, textOf(row[name])])
    sums.push(createHash('sha256').update(JSON.stringify(members)).digest('hex'))
  }
  return createHash('sha256').update(sums.sort().join()).digest('hex')
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return `b${Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64')}`
  return value === null ? 'null' : `${typeof value === 'boolean' ? 'o' : 't'}${String(value)}`
}

function sendable(value: unknown): string | number | boolean | null | Uint8Array {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof Uint8Array) return value
  if (typeof value === 'bigint') return String(value)
  return textIn({ value }, 'value')
}
