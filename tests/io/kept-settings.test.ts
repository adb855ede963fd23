/** Settings of a browser: two copies, either suffices; a new key seals them all, also those of which one copy is left. */
import type { IDBPDatabase } from 'idb'
import { beforeEach, expect, test } from 'vitest'
import { besideWork } from '../../src/io/store/beside-browser.ts'
import { KeptSettings } from '../../src/io/store/kept-settings.ts'
import { RestKeys } from '../../src/io/store/rest-keys.ts'
import type { StoreSchema } from '../../src/io/store/store-database.ts'
import { memoryOrigin } from './memory-origin.ts'

const { disk } = memoryOrigin()
const rows = new Map<string, unknown>()
const database = {
  get: async (_: string, name: string) => rows.get(name),
  getAll: async () => [...rows.values()],
  getAllKeys: async () => [...rows.keys()],
  transaction: () => ({
    store: {
      put: async (value: unknown, name: string) => void rows.set(name, value),
      delete: async (name: string) => void rows.delete(name),
    },
    done: Promise.resolve(),
  }),
} as unknown as IDBPDatabase<StoreSchema>

const opened = (write = besideWork): KeptSettings => new KeptSettings(database, new RestKeys(write), write)

beforeEach(() => rows.clear())

test('either copy of a setting suffices', async () => {
  await opened().keep('talk', 'Müller, “read”')
  expect(JSON.stringify([...rows.values(), ...disk.values()])).not.toContain('Müller')
  const before = new Map(rows)
  rows.clear()
  expect(await opened().read('talk')).toBe('Müller, “read”')
  for (const [name, value] of before) rows.set(name, value)
  for (const path of disk.keys()) if (path.startsWith('carryover-settings/')) disk.delete(path)
  expect(await opened().read('talk')).toBe('Müller, “read”')
})

test('a setting that only its second copy still has outlives a new key', async () => {
  await opened().keep('talk', 'one')
  await opened().keep('person', 'Ada')
  rows.delete('person')
  await opened().renew()
  expect([await opened().read('talk'), await opened().read('person')]).toEqual(['one', 'Ada'])
})

test('what was taken away opens under no key that is left, and a second copy that can not be written loses nothing', async () => {
  await opened().keep('talk', 'one')
  await opened().keep('person', 'Ada')
  const [stale, sealed] = [disk.get('carryover-settings/person'), rows.get('person')]
  await opened().keep('person', null)
  await opened(async (work) => {
    if (work.folder === 'carryover-settings') throw new Error('no room')
    await besideWork(work)
  }).renew()
  expect(await opened().read('talk')).toBe('one')
  rows.set('person', sealed)
  if (stale) disk.set('carryover-settings/person', stale)
  expect(await opened().read('person')).toBeNull()
})
