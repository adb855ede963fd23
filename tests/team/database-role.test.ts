/** Whoever the server signs in as at its database: rows of other projects stay hidden, and from PostgreSQL 16 on a role of one's own is not taken on unasked. */
import { PGlite } from '@electric-sql/pglite'
import { expect, test } from 'vitest'
import { migrate, type Plain } from '../../src/team/store/migrations.ts'
import { mayTakeRole, PostgresDatabase } from '../../src/team/store/postgres.ts'
import { execute, postgresUrl } from './databases.ts'

/** PostgreSQL 18, as a user who may make roles and is no superuser. */
test('who made the role and may not take it on works without it', async () => {
  const lite = await PGlite.create()
  const plain: Plain = {
    exec: async (text) => void (await lite.exec(text)),
    query: async (text, values) => (await lite.query<Record<string, unknown>>(text, [...values])).rows,
  }
  try {
    await plain.exec('create role keeper createrole; create schema own authorization keeper')
    await plain.exec('set session authorization keeper; set search_path = own')
    await migrate(plain)
    const [member] = await plain.query("select pg_has_role('keeper', 'carryover_rows', 'member') as is_member", [])
    expect(member).toEqual({ is_member: true })
    expect(await mayTakeRole(plain)).toBe(false)
    // Row-level security binds the owner of the tables as it is.
    await plain.exec("select set_config('carryover.scope', '*', false)")
    await plain.exec("insert into project (id, name, made_by, made_at) values ('a', 'A', 'x', 1), ('b', 'B', 'x', 1)")
    await plain.exec("insert into stream (project, name, last) values ('a', 'map/a', 1), ('b', 'map/b', 1)")
    await plain.exec("select set_config('carryover.scope', 'a', false)")
    expect(await plain.query('select project from stream', [])).toEqual([{ project: 'a' }])
    await plain.exec('reset session authorization; grant carryover_rows to keeper; set session authorization keeper')
    expect(await mayTakeRole(plain)).toBe(true)
  } finally {
    await lite.close()
  }
})

test.skipIf(postgresUrl === null)('a server whose user is no superuser keeps projects apart', async () => {
  const url = postgresUrl ?? ''
  const name = `keeper_${Math.random().toString(36).slice(2, 10)}`
  await execute(url, `create role ${name} login createrole password 'x'; create schema ${name} authorization ${name}`)
  try {
    const own = new URL(url)
    own.username = name
    own.password = 'x'
    const database = await PostgresDatabase.open({ url: own.href, schema: name })
    try {
      for (const id of ['one', 'two']) {
        await database.transaction(null, [{ name: 'make-project', values: [id, id, 'x', 1] }])
        await database.transaction(id, [{ name: 'open-stream', values: [id, `map/${id}`] }])
      }
      expect(await database.query('one', 'streams-of', ['one'])).toHaveLength(1)
      expect(await database.query('one', 'streams-of', ['two'])).toEqual([])
    } finally {
      await database.close()
    }
  } finally {
    await execute(url, `drop schema ${name} cascade; drop owned by ${name}; drop role ${name}`)
  }
})
