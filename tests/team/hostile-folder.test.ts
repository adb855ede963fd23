/** A folder of the server that was damaged: nothing is thrown away, and no key is replaced. */
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { restore } from '../../src/team/keeper/backup.ts'
import { withoutPassword } from '../../src/team/keeper/postgres-backup.ts'
import { Checkpoints } from '../../src/team/ledger/checkpoints.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { groupSize } from '../../src/team/store/group-size.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-hostile-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a database whose journal is gone is not thrown away, and a key that can not be read is not replaced', async () => {
  const first = await EmbeddedDatabase.open({ folder })
  expect(statSync(join(folder, 'database')).mode & 0o077).toBe(0)
  await first.transaction(null, [{ name: 'make-project', values: ['a', 'A', 'somebody', 1] }])
  await first.close()
  renameSync(join(folder, 'journal'), join(folder, 'elsewhere'))
  for (const name of readdirSync(folder)) if (name.startsWith('dump-')) rmSync(join(folder, name))
  await expect(EmbeddedDatabase.open({ folder })).rejects.toThrow(/no journal.*Nothing was changed/)
  mkdirSync(join(folder, 'journal'))
  await expect(EmbeddedDatabase.open({ folder })).rejects.toThrow(/no journal/)
  expect(existsSync(join(folder, 'database', 'PG_VERSION'))).toBe(true)
  rmSync(join(folder, 'journal'), { recursive: true })
  renameSync(join(folder, 'elsewhere'), join(folder, 'journal'))
  const second = await EmbeddedDatabase.open({ folder })
  expect(await second.query(null, 'projects', [])).toHaveLength(1)
  mkdirSync(join(folder, 'keys'))
  const key = join(folder, 'keys', 'checkpoints.pem')
  symlinkSync(key, key)
  await expect(Checkpoints.open(second, folder, 'http://localhost:1', null)).rejects.toThrow(
    /can not be read.*Nothing was changed/,
  )
  expect(lstatSync(key).isSymbolicLink()).toBe(true)
  await second.close()
})

test('a backup whose list was changed writes nothing outside of the folder', async () => {
  const from = join(folder, 'from', 'backup')
  mkdirSync(from, { recursive: true })
  mkdirSync(join(folder, 'to'))
  writeFileSync(join(folder, 'from', 'planted'), 'planted')
  const sha256 = createHash('sha256').update('planted').digest('hex')
  for (const path of ['../planted', 'journal/../../planted', 'planted', '/planted']) {
    const list = { format: 'carryover-team-backup/1', files: [{ path, size: 7, sha256 }] }
    writeFileSync(join(from, 'backup.json'), JSON.stringify(list))
    await expect(restore(from, join(folder, 'to', 'server')), path).rejects.toThrow(/is no backup/)
  }
  expect(existsSync(join(folder, 'to', 'planted'))).toBe(false)
})

test('a password of the database is in no words that others on the machine see', () => {
  expect(withoutPassword('postgresql://keeper:s%40cret@db:5432/team?sslmode=require')).toEqual({
    words: 'postgresql://keeper@db:5432/team?sslmode=require',
    environment: { PGPASSWORD: 's@cret' },
  })
  expect(withoutPassword('postgresql://keeper@db/team').environment).toEqual({})
})

test('what is written together stays under both limits, and one always goes', () => {
  const size = (...bytes: number[]): number => groupSize(bytes, 3, 10, (each) => each)
  expect([size(), size(50), size(50, 1), size(5, 5, 1), size(1, 1, 1, 1), size(1, 1)]).toEqual([0, 1, 1, 2, 3, 2])
})
