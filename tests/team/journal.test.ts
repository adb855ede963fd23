/** The embedded database after a kill, without its folder, with a torn or changed journal, and beside a second server. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { countIn } from '../../src/team/store/database.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { lockFolder } from '../../src/team/store/folder-lock.ts'
import { Journal, journalFiles, readJournal } from '../../src/team/store/journal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const project = (id: string) => ({ name: 'make-project', values: [id, 'A project', 'somebody', 1] }) as const
const names = async (database: EmbeddedDatabase) =>
  (await database.query(null, 'projects', [])).map((row) => String(row.id)).sort()

test('a thrown-away database comes back from the journal, and from dump and journal', async () => {
  const first = await EmbeddedDatabase.open({ folder })
  await first.transaction(null, [project('a')])
  await first.dump()
  await first.transaction(null, [project('b'), { name: 'open-stream', values: ['b', 'map/x'] }])
  await first.close()
  expect(readdirSync(folder).filter((name) => name.startsWith('dump-'))).toHaveLength(2)
  rmSync(join(folder, 'database'), { recursive: true })
  const second = await EmbeddedDatabase.open({ folder })
  expect(await names(second)).toEqual(['a', 'b'])
  await second.transaction(null, [project('c')])
  await second.close()
  // Without the newest dump the one before and the journal since then are enough.
  rmSync(join(folder, 'database'), { recursive: true })
  const newest =
    readdirSync(folder)
      .filter((name) => name.startsWith('dump-'))
      .sort()
      .at(-1) ?? ''
  writeFileSync(join(folder, newest), 'torn')
  const third = await EmbeddedDatabase.open({ folder })
  expect(await names(third)).toEqual(['a', 'b', 'c'])
  expect((await third.query('b', 'streams-of', ['b'])).map((row) => countIn(row, 'last'))).toEqual([0])
  await third.close()
})

test('a database that is ahead of its journal is not believed', async () => {
  const database = await EmbeddedDatabase.open({ folder })
  await database.transaction(null, [project('a')])
  await database.transaction(null, [project('b')])
  await database.close()
  const [file] = await journalFiles(join(folder, 'journal'))
  expect(file).toBeDefined()
  // The dump of the close goes as well: what is left is a journal that ends after its first transaction.
  for (const name of readdirSync(folder)) if (name.startsWith('dump-')) rmSync(join(folder, name))
  for (const { path } of (await journalFiles(join(folder, 'journal'))).slice(1)) rmSync(path)
  const [line = ''] = readFileSync(file?.path ?? '', 'utf8').split('\n')
  writeFileSync(file?.path ?? '', `${line}\n`)
  const said: string[] = []
  const again = await EmbeddedDatabase.open({ folder, say: (sentence) => said.push(sentence) })
  expect(await names(again)).toEqual(['a'])
  expect(said.join()).toContain('built again')
  await again.close()
})

test('a torn end of the journal is cut off, a changed line is refused by its place', async () => {
  const place = join(folder, 'journal')
  const journal = await Journal.open(place)
  await journal.write([1, 2, 3].map((n) => ({ scope: null, steps: [project(`p${n}`)] })))
  await journal.close()
  const [file] = await journalFiles(place)
  const path = file?.path ?? ''
  const whole = readFileSync(path, 'utf8')
  appendFileSync(path, '0123456789abcdef [4,null,[["make-pro')
  const opened = await Journal.open(place)
  expect(opened.next).toBe(4)
  await opened.close()
  expect(readFileSync(path, 'utf8')).toBe(whole)
  writeFileSync(path, whole.replace('p2', 'p9'))
  await expect(Journal.open(place)).rejects.toThrow(/line 2 can not be read, and whole ones follow/)
  await expect(
    (async () => {
      for await (const written of readJournal(place, 1)) expect(written.number).toBe(1)
    })(),
  ).rejects.toThrow(/Line 2 of .* was changed/)
})

test('what a failed write left behind is cut off before the journal goes on in a new file', async () => {
  const place = join(folder, 'journal')
  const journal = await Journal.open(place)
  await journal.write([{ scope: null, steps: [project('a')] }])
  const [file] = await journalFiles(place)
  const path = file?.path ?? ''
  const whole = readFileSync(path, 'utf8')
  const handle = await open(path)
  // Of the class of every file handle: the disk takes bytes, syncs none and cuts none off.
  const disk = Object.getPrototypeOf(handle)
  await handle.close()
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  const broken = [vi.spyOn(disk, 'datasync').mockRejectedValue(full), vi.spyOn(disk, 'truncate').mockRejectedValue(full)]
  await expect(journal.write([{ scope: null, steps: [project('lost')] }])).rejects.toThrow('ENOSPC')
  for (const each of broken) each.mockRestore()
  expect(readFileSync(path, 'utf8')).not.toBe(whole)
  await journal.turn()
  await journal.write([{ scope: null, steps: [project('b')] }])
  await journal.close()
  expect(readFileSync(path, 'utf8')).toBe(whole)
  const read = []
  for await (const { number, steps } of readJournal(place, 1)) read.push([number, steps[0]?.values[0]])
  expect(read).toEqual([
    [1, 'a'],
    [2, 'b'],
  ])
})

test('bytes come back from the journal as they were', async () => {
  const place = join(folder, 'journal')
  const journal = await Journal.open(place)
  const body = Uint8Array.from({ length: 256 }, (_, index) => index)
  const steps = [{ name: 'append-item', values: ['p', 'map/x', 'digest', body, null, 5] }] as const
  await journal.write([{ scope: 'p', steps }])
  await journal.close()
  const read = []
  for await (const written of readJournal(place, 1)) read.push(written)
  expect(read).toEqual([{ number: 1, scope: 'p', steps }])
})

test('one server per folder, and a lock of a process that is gone does not count', async () => {
  const lock = await lockFolder(folder)
  expect(lock.machineWentDown).toBe(false)
  await expect(lockFolder(folder)).rejects.toThrow(/in use by another server \(process \d+/)
  await lock.release()
  const own = JSON.parse(JSON.stringify({ pid: 2 ** 22 + 1, boot: '', host: '', began: '' }))
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ ...own, host: (await import('node:os')).hostname() }))
  const after = await lockFolder(folder)
  expect(after.machineWentDown).toBe(true)
  await after.release()
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ ...own, host: 'another-machine' }))
  await expect(lockFolder(folder)).rejects.toThrow(/another-machine/)
})

test('a second server on an open folder is refused before it touches anything', async () => {
  const database = await EmbeddedDatabase.open({ folder })
  await expect(EmbeddedDatabase.open({ folder })).rejects.toThrow(/Stop that one first/)
  await database.transaction(null, [project('still-here')])
  expect(await names(database)).toEqual(['still-here'])
  await database.close()
})
