import { expect, test } from 'vitest'
import { packSealed, sealedPath, unpackProject } from '../../src/core/project/format/bundle.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import type { StretchPassphrase } from '../../src/io/keys/passphrase-cost.ts'
import { makeSeal, openSealed, sealWith } from '../../src/io/keys/seal.ts'
import { keptBackups, mayWrite, writeBackup } from '../../src/io/store/backup-folder.ts'
import { exampleProject } from '../core/project/example-project.ts'
import { MemoryFolder } from './memory-folder.ts'

/** Quick and weak: what is tested here is the backup, not the work of a passphrase. */
const quick: StretchPassphrase = async (passphrase, salt) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${passphrase} ${salt.join()}`)))

const bytes = new TextEncoder().encode('a project')
const stamps = Array.from({ length: 8 }, (_, n) => `2026030${n + 1}T080000`)

test('the newest five are left, and files of others are not touched', async () => {
  const { files, handle: folder } = new MemoryFolder('backups')
  files.set('notes.txt', new Blob([bytes]))
  files.set('Other-backup-20200101T000000.carryover', new Blob([bytes]))
  for (const stamp of stamps) await writeBackup(folder, 'Clinic-backup', stamp, bytes)
  const own = [...files.keys()].filter((name) => name.startsWith('Clinic')).sort()
  expect(own).toEqual(stamps.slice(-keptBackups).map((stamp) => `Clinic-backup-${stamp}.carryover`))
  expect(files.has('notes.txt')).toBe(true)
  expect(files.has('Other-backup-20200101T000000.carryover')).toBe(true)
})

test('a backup that can not be read back as written is removed, and the earlier ones stay', async () => {
  let broken = false
  const { files, handle: folder } = new MemoryFolder('backups', (given) => (broken ? given.slice(0, 3) : given))
  for (const stamp of stamps.slice(0, 5)) await writeBackup(folder, 'Clinic-backup', stamp, bytes)
  const before = [...files.keys()]
  broken = true
  await expect(writeBackup(folder, 'Clinic-backup', stamps[6] ?? '', bytes)).rejects.toThrow(/read back/)
  expect([...files.keys()]).toEqual(before)
})

test('a folder whose permission is gone is not written without a press of a button', async () => {
  const { handle: folder } = new MemoryFolder('backups')
  const asked: string[] = []
  const locked = Object.assign(folder, {
    queryPermission: async () => 'prompt' as const,
    requestPermission: async () => {
      asked.push('asked')
      return 'granted' as const
    },
  })
  expect(await mayWrite(locked, false)).toBe(false)
  expect(asked).toEqual([])
  expect(await mayWrite(locked, true)).toBe(true)
})

test('a backup restores the project with its private part, by passphrase or recovery key, and holds no word of it in clear', async () => {
  const project = exampleProject()
  const files = new Map(saveProject(project)).set('private/comments.json', new TextEncoder().encode('{"a":"MRN 4 limps"}\n'))
  const { seal, recoveryKey } = await makeSeal('four words on paper', quick, { memoryKiB: 1_024, passes: 1 })
  const hidden = new Map([...files].filter(([path]) => path.startsWith('private/')))
  // Two backups under one seal: neither asks for the passphrase again, and each has keys of its own.
  const sealed = [await sealWith(hidden, seal), await sealWith(hidden, seal)]
  const names = sealed.map((part) => new TextDecoder().decode(part.subarray(0, part.indexOf(0x0a))))
  expect(new Set(names.map((line) => JSON.parse(line).file)).size).toBe(2)
  for (const part of sealed) {
    const held = unpackProject(packSealed(files, part))
    if (!held.ok) throw new Error(held.problem)
    expect([...held.files.keys()].filter((path) => path.startsWith('private/'))).toEqual([])
    const stored = held.files.get(sealedPath) ?? new Uint8Array()
    expect(new TextDecoder('latin1').decode(stored)).not.toContain('limps')
    for (const secret of ['four words on paper', recoveryKey]) {
      const opened = await openSealed(stored, secret, quick)
      if (!opened.ok) throw new Error(opened.problem)
      const restored = new Map([...held.files, ...opened.files])
      restored.delete(sealedPath)
      expect(new Map([...restored].sort())).toEqual(new Map([...files].sort()))
    }
    expect((await openSealed(stored, 'four words on papers', quick)).ok).toBe(false)
  }
  expect(seal.key.extractable).toBe(false)
  const plain = unpackProject(packSealed(files, null))
  expect(plain.ok && [...plain.files.keys()].some((path) => path.startsWith('private'))).toBe(false)
})

test('what was just written stays, even where every earlier one seems newer', async () => {
  const { files, handle: folder } = new MemoryFolder('backups')
  for (let n = 0; n < 7; n++) await writeBackup(folder, 'Clinic-1-backup', `20261025T02500${n}Z`, bytes)
  const name = await writeBackup(folder, 'Clinic-1-backup', '20261025T020000Z', bytes)
  expect(files.has(name)).toBe(true)
  expect(files.size).toBe(keptBackups)
})
