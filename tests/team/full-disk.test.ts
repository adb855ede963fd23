/** A disk that is full: nothing that was called saved is lost, and the server goes on by itself once there is room. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { startTeamServer } from '../../src/team/server/team-server.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { addMember, makeProject, personWithSession, TestClient } from './client.ts'

let folder: string
let files: FileHandle
const said: string[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-full-'))
  said.length = 0
  const file = await open(join(folder, 'any'), 'w')
  files = Object.getPrototypeOf(file)
  await file.close()
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const project = (id: string) => ({ name: 'make-project', values: [id, 'A project', 'somebody', 1] }) as const
const names = async (database: EmbeddedDatabase) =>
  (await database.query(null, 'projects', [])).map((row) => String(row.id)).sort()
const opened = () => EmbeddedDatabase.open({ folder, say: (sentence) => said.push(sentence) })

/** What is left counts alone. */
const dropAllButJournal = () => {
  for (const name of readdirSync(folder)) if (name !== 'journal') rmSync(join(folder, name), { recursive: true })
}

/** The journal takes half of what is written, as a disk does that fills up meanwhile. */
const fillUp = () =>
  vi.spyOn(files, 'appendFile').mockImplementation(async function (this: FileHandle, data) {
    const bytes = Buffer.from(String(data))
    await this.write(bytes, 0, Math.floor(bytes.length / 2))
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  })
/** PGlite can write no page. */
const fillUpPages = () =>
  vi.spyOn(PGlite.prototype, 'exec').mockImplementation(async () => {
    throw Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' })
  })

test('a journal that can not be written refuses that write alone, and takes the next one', async () => {
  const database = await opened()
  await database.transaction(null, [project('before')])
  const full = fillUp()
  for (const id of ['refused-1', 'refused-2'])
    await expect(database.transaction(null, [project(id)])).rejects.toThrow('The disk of the server is full')
  expect(await names(database)).toEqual(['before'])
  full.mockRestore()
  await database.transaction(null, [project('after')])
  await database.close()
  dropAllButJournal()
  const again = await opened()
  expect(await names(again)).toEqual(['after', 'before'])
  await again.close()
})

test('a torn end that could not be cut off at once is cut off before the next write', async () => {
  const database = await opened()
  await database.transaction(null, [project('before')])
  const full = fillUp()
  const uncut = vi.spyOn(files, 'truncate').mockRejectedValue(Object.assign(new Error('EIO'), { code: 'EIO' }))
  await expect(database.transaction(null, [project('refused')])).rejects.toThrow('The disk of the server is full')
  full.mockRestore()
  await expect(database.transaction(null, [project('refused')])).rejects.toThrow('It is tried again')
  uncut.mockRestore()
  await database.transaction(null, [project('after')])
  await database.close()
  dropAllButJournal()
  const again = await opened()
  expect(await names(again)).toEqual(['after', 'before'])
  await again.close()
})

test('a database that is behind its journal is opened again by itself and has all of it', async () => {
  const database = await opened()
  await database.transaction(null, [project('before')])
  const full = fillUpPages()
  await expect(database.transaction(null, [project('in the journal')])).rejects.toThrow('The disk of the server is full')
  // Nothing is shown and nothing taken while both differ.
  await expect(names(database)).rejects.toThrow('The disk of the server is full')
  await expect(database.transaction(null, [project('not in the journal')])).rejects.toThrow('The disk of the server is full')
  full.mockRestore()
  await expect
    .poll(() => names(database).catch(() => []), { timeout: 60_000, interval: 500 })
    .toEqual(['before', 'in the journal'])
  await database.transaction(null, [project('after')])
  expect(await names(database)).toEqual(['after', 'before', 'in the journal'])
  expect(said.join()).toContain('is open again')
  await database.close()
})

test('who works while the disk is full is told to wait, and everybody sees every item once there is room', async () => {
  const database = await opened()
  const serving = await startTeamServer({
    database,
    dataFolder: folder,
    appFolder: null,
    host: '127.0.0.1',
    port: 0,
    origin: null,
    tls: null,
  })
  try {
    const [ana, ben] = [await personWithSession(serving, database, 'ana'), await personWithSession(serving, database, 'ben')]
    await makeProject(serving, 'p', ana.headers)
    await addMember(serving, 'p', ben.id, 'data')
    const [a, b] = [await TestClient.open(serving, 'p', ana.headers), await TestClient.open(serving, 'p', ben.headers)]
    await b.follow('map/x')
    expect(await a.append('map/x', utf8('1'))).toMatchObject({ kind: 'saved', seq: 1 })
    // Rows of the access log are written in the background. One that met the full disk would put the database behind its journal, and
    // what is written next would be refused before the journal has it.
    await serving.state.notesKept()
    const full = fillUpPages()
    const lost = a.append('map/x', utf8('2'))
    expect(await lost).toMatchObject({
      kind: 'refused',
      code: 'trouble',
      why: expect.stringContaining('disk of the server is full'),
    })
    expect(await a.append('map/x', utf8('3'))).toMatchObject({ kind: 'refused', code: 'trouble' })
    full.mockRestore()
    // Another one is first; what was written and not answered comes in its place.
    const later = async () => (await b.append('map/x', utf8('4'))).kind
    await expect.poll(later, { timeout: 60_000, interval: 500 }).toBe('saved')
    expect(await a.append('map/x', utf8('2'))).toMatchObject({ kind: 'saved', seq: 2 })
    expect(await a.append('map/x', utf8('3'))).toMatchObject({ kind: 'saved', seq: 4 })
    const items = await b.untilItems('map/x', 4)
    expect(items.map(({ seq, body }) => [seq, new TextDecoder().decode(body)])).toEqual([
      [1, '1'],
      [2, '2'],
      [3, '4'],
      [4, '3'],
    ])
  } finally {
    await serving.close()
    await database.close()
  }
})
