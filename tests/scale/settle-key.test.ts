/** The key of a run: one that is given to several runs is another one in each, and another one than the first is refused by name. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { diskFolder } from '../../src/scale/disk-folder.ts'
import { renewRows } from '../../src/scale/expiry.ts'
import { beginRun, dropRows, keyIfUnbegun, openRun } from '../../src/scale/open-run.ts'
import type { RunPlan } from '../../src/scale/plan.ts'
import { queueNameOf } from '../../src/scale/queue-name.ts'
import { keyFile, keyVariable } from '../../src/scale/run-key.ts'
import { checkKey } from '../../src/scale/settle-key.ts'
import { type WorkFolder, writeJson } from '../../src/scale/work-folder.ts'

const [first, second] = ['5a'.repeat(32), 'b7'.repeat(32)]
const plan: RunPlan = {
  ...{ kind: 'carryover-run', format: 1, tool: '1', verb: 'letters', asked: null, bytes: 30 },
  command: { folder: '/', words: [] },
  stages: [{ name: 'map', tasks: 1 }],
}
const jobs = new Map([['letters', async () => ({ run: async () => undefined })]])
const made: string[] = []
afterEach(() => vi.unstubAllEnvs())
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true })
})

function newFolder(): WorkFolder {
  made.push(mkdtempSync(join(tmpdir(), 'carryover-key-')))
  return diskFolder(made.at(-1) ?? '')
}

test('two runs with one given key share no queue and open no row of each other', async () => {
  const [one, two] = [newFolder(), newFolder()]
  vi.stubEnv(keyVariable, first)
  for (const folder of [one, two]) await beginRun(folder, plan)
  expect(await queueNameOf(one)).not.toBe(await queueNameOf(two))
  const sealed = (await checkKey(one)).seal('map-000000:0', new Uint8Array([1]))
  expect([...(await checkKey(one)).open('map-000000:0', sealed)]).toEqual([1])
  const other = await checkKey(two)
  expect(() => other.open('map-000000:0', sealed)).toThrow()
  expect(await one.read(keyFile)).toBe(null)
})

test('another key than the first is refused, also where the folder keeps none, and nothing is lost by it', async () => {
  const folder = newFolder()
  await beginRun(folder, plan, first)
  vi.stubEnv(keyVariable, second)
  for (const attempt of [() => openRun(folder, jobs, '1'), () => beginRun(folder, plan), () => queueNameOf(folder)])
    await expect(attempt()).rejects.toThrow('is not the key with which the run')
  vi.unstubAllEnvs()
  // Nobody gives it a second key.
  await keyIfUnbegun(folder)
  expect(await folder.read(keyFile)).toBe(null)
  await expect(openRun(folder, jobs, '1')).rejects.toThrow(`Set ${keyVariable} to that one`)
  vi.stubEnv(keyVariable, first)
  expect((await openRun(folder, jobs, '1')).plan.verb).toBe('letters')
})

test('a worker that looks before the run has its key claims nothing', async () => {
  const folder = newFolder()
  await writeJson(folder, 'plan.json', plan)
  vi.stubEnv(keyVariable, second)
  await expect(openRun(folder, jobs, '1')).rejects.toThrow('The key of the run')
  vi.stubEnv(keyVariable, first)
  await beginRun(folder, plan)
  expect(await checkKey(folder)).toBeDefined()
})

test('what can not be a key leaves no plan behind', async () => {
  const folder = newFolder()
  await expect(beginRun(folder, plan, '5a')).rejects.toThrow('takes 64 hexadecimal digits')
  await expect(beginRun({ ...folder, keepsKey: false }, plan)).rejects.toThrow('does not lie in')
  expect(await folder.list('')).toEqual([])
})

test('a run that is over has no key, given or not; one whose rows expired gets another', async () => {
  for (const given of [first, undefined]) {
    const folder = newFolder()
    vi.stubEnv(keyVariable, given)
    await beginRun(folder, plan)
    const before = await queueNameOf(folder)
    await writeJson(folder, 'attempts/map-000000-1.json', {})
    await dropRows(folder)
    await keyIfUnbegun(folder)
    await expect(checkKey(folder)).rejects.toThrow('is gone')
    await writeJson(folder, 'expired.json', {})
    expect(await renewRows(folder)).toBe(true)
    expect(await queueNameOf(folder)).not.toBe(before)
  }
})
