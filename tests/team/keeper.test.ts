/** Backup while the server runs, restore, move to PostgreSQL, doctor: what comes out is what went in, and damage is named. */
import { appendFileSync, chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { backUp, restore } from '../../src/team/keeper/backup.ts'
import { examine } from '../../src/team/keeper/doctor.ts'
import { holdingsOf } from '../../src/team/keeper/holdings.ts'
import { moveAll } from '../../src/team/keeper/move.ts'
import { backUpPostgres, restorePostgres } from '../../src/team/keeper/postgres-backup.ts'
import { startTeamServer } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { PostgresDatabase } from '../../src/team/store/postgres.ts'
import { ask, makeProject, personWithSession, TestClient } from './client.ts'
import { dropPlace, execute, newPlace, postgresUrl } from './databases.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-keeper-'))
  chmodSync(folder, 0o700)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const blob = utf8('kept document')

/** A server with a project, entries, items, a file and a checkpoint; the work is done while it runs. */
async function filled(database: Database, data: string, work: () => Promise<void> = async () => undefined): Promise<void> {
  const serving = await startTeamServer({
    database,
    dataFolder: data,
    appFolder: null,
    host: '127.0.0.1',
    port: 0,
    origin: null,
    tls: null,
  })
  try {
    const owner = await personWithSession(serving, database, 'owner', true)
    await makeProject(serving, 'p', owner.headers)
    const client = await TestClient.open(serving, 'p', owner.headers)
    let last: LedgerEntry | null = null
    for (let index = 0; index < 7; index++) {
      last = nextEntry(last, {
        device: 'd',
        actor: 'owner',
        action: 'statement',
        object: `o${index}`,
        digest: null,
        time: { wall: '2026-03-01T10:00:00Z', counter: 0 },
      })
      expect(await client.append('ledger', utf8(ledgerLine(last)))).toMatchObject({ kind: 'saved' })
      expect(await client.append('map/x', Uint8Array.from([index, 0, 255]))).toMatchObject({ kind: 'saved' })
    }
    const { createHash } = await import('node:crypto')
    const digest = createHash('sha256').update(blob).digest('hex')
    expect((await ask(serving, 'PUT', `/team/p/blob/${digest}`, owner.headers, blob)).status).toBe(201)
    expect((await ask(serving, 'GET', '/team/p/checkpoint', owner.headers)).status).toBe(200)
    client.close()
    await work()
  } finally {
    await serving.close()
  }
}

const expected = [
  expect.objectContaining({
    project: 'p',
    entries: 7,
    items: 7,
    faults: [],
    files: [expect.objectContaining({ size: blob.length })],
  }),
]
const findings = async (data: string, open: () => Promise<Database>): Promise<readonly string[]> => {
  const found: string[] = []
  for await (const { ok, what } of examine(data, open)) if (!ok) found.push(what)
  return found
}

test('a backup that was taken while the server ran gives the same server', async () => {
  const [data, to, again] = [join(folder, 'data'), join(folder, 'backup'), join(folder, 'again')]
  const database = await EmbeddedDatabase.open({ folder: data })
  await filled(database, data, async () => expect(await backUp(data, to)).toEqual(expected))
  await database.close()
  await expect(backUp(data, to)).rejects.toThrow('is not empty')
  expect(await restore(to, again)).toEqual(expected)
  expect(await findings(again, () => EmbeddedDatabase.open({ folder: again }))).toEqual([])
  await expect(restore(to, again)).rejects.toThrow('nothing is overwritten')
  // A backup that was changed is refused before anything is written.
  const journal = readdirSync(join(to, 'journal')).at(-1) ?? ''
  appendFileSync(join(to, 'journal', journal), 'x')
  await expect(restore(to, join(folder, 'third'))).rejects.toThrow('missing or was changed')
})

test('the doctor names a lost file, a torn dump and an open folder', async () => {
  const data = join(folder, 'data')
  const database = await EmbeddedDatabase.open({ folder: data })
  await filled(database, data)
  await database.close()
  const open = () => EmbeddedDatabase.open({ folder: data })
  expect(await findings(data, open)).toEqual([])
  chmodSync(data, 0o755)
  expect((await findings(data, open)).join()).toContain('chmod 700')
  chmodSync(data, 0o700)
  rmSync(join(data, 'blobs'), { recursive: true })
  expect((await findings(data, open)).join()).toContain('is not there')
  const dump = readdirSync(data).find((name) => name.startsWith('dump-')) ?? ''
  writeFileSync(join(data, dump), 'torn')
  expect((await findings(data, open)).join()).toContain('was changed')
})

test.skipIf(postgresUrl === null)('a move to PostgreSQL gives the same rows, once', async () => {
  const data = join(folder, 'data')
  const from = await EmbeddedDatabase.open({ folder: data })
  await filled(from, data)
  const place = newPlace('postgresql')
  await execute(place.url ?? '', `create schema ${place.schema}`)
  const to = await PostgresDatabase.open({ url: place.url ?? '', schema: place.schema })
  try {
    const moved = await moveAll(from.plain, to.plain, () => undefined)
    expect(moved.find(({ table }) => table === 'ledger_entry')?.rows).toBe(7)
    expect(await holdingsOf(to)).toEqual(await holdingsOf(from))
    await expect(moveAll(from.plain, to.plain, () => undefined)).rejects.toThrow('holds people already')
    // The log of access goes on behind the moved lines.
    await to.transaction('p', [{ name: 'note-access', values: ['p', 'x', null, 'open', 'p', 'ok', 1] }])
  } finally {
    await to.close()
    await from.close()
    await dropPlace(place)
  }
})

test.skipIf(postgresUrl === null)('PostgreSQL is dumped and restored by its own tools', async () => {
  const place = newPlace('postgresql')
  const url = place.url ?? ''
  const [to, again] = [join(folder, 'backup'), join(folder, 'again')]
  try {
    const database = await place.open()
    await filled(database, place.folder, async () => {
      expect(await backUpPostgres(url, place.schema, place.folder, to)).toBeGreaterThan(10)
    })
    const before = await holdingsOf(database)
    await database.close()
    await execute(url, `drop schema ${place.schema} cascade`)
    await restorePostgres(url, to, again)
    const restored = await PostgresDatabase.open({ url, schema: place.schema })
    expect(await holdingsOf(restored)).toEqual(before)
    expect(before).toEqual(expected)
    await restored.close()
    expect(await findings(again, () => PostgresDatabase.open({ url, schema: place.schema }))).toEqual([])
  } finally {
    await dropPlace(place)
  }
})
