/** Rows and key of a run are gone 24 hours after somebody worked at it last, and the run can be done anew. */
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { bucketFolder } from '../../src/scale/bucket-folder.ts'
import { diskFolder } from '../../src/scale/disk-folder.ts'
import { isExpired, renewRows, rowsLive, sweepRows } from '../../src/scale/expiry.ts'
import { beginRun, cancelRun } from '../../src/scale/open-run.ts'
import { digestOfPlan, type RunPlan } from '../../src/scale/plan.ts'
import { runKeyOf } from '../../src/scale/run-key.ts'
import { runTask, signEvery } from '../../src/scale/run-task.ts'
import { statusOf } from '../../src/scale/status.ts'
import { type WorkFolder, writeJson } from '../../src/scale/work-folder.ts'
import { carryover } from '../cli/command-line.ts'
import { storeDouble } from '../io/s3/store-double.ts'

const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

afterEach(() => {
  vi.useRealTimers()
})

const plan: RunPlan = {
  ...{ kind: 'carryover-run', format: 1, tool: '1', verb: 'letters', asked: null, bytes: 30 },
  command: { folder: '/', words: [] },
  stages: [{ name: 'map', tasks: 1 }],
}

async function begun(): Promise<{ readonly path: string; readonly folder: WorkFolder }> {
  const path = mkdtempSync(join(tmpdir(), 'carryover-expiry-'))
  made.push(path)
  const folder = diskFolder(path)
  await beginRun(folder, plan)
  for (const name of ['shuffle/map-000000', 'parts/map-000000.json', 'attempts/map-000000-1.json', 'done/map-000000.json'])
    await folder.write(name, new Uint8Array([1]))
  return { path, folder }
}

/** As if nobody had written into the folder since. */
function age(path: string, hours: number): void {
  const then = new Date(Date.now() - hours * 3_600_000)
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
    utimesSync(join(entry.parentPath, entry.name), then, then)
}

test('rows stay for 24 hours after the last write, and go with key and parts then', async () => {
  const { folder } = await begun()
  const last = (await folder.newest('shuffle/')) ?? 0
  expect(await sweepRows(folder, last + rowsLive - 1_000)).toBe(false)
  expect(await folder.list('shuffle/')).toHaveLength(1)
  expect(await sweepRows(folder, last + rowsLive + 60_000)).toBe(true)
  for (const name of ['shuffle/', 'parts/', 'attempts/', 'done/']) expect(await folder.list(name)).toEqual([])
  expect(await runKeyOf(folder)).toBe(null)
  expect(await statusOf({ folder, plan })).toMatchObject({ expired: true })
  expect(await sweepRows(folder, last + 2 * rowsLive)).toBe(false)
})

test('a run at which somebody works does not expire, however old it is', async () => {
  const { path, folder } = await begun()
  age(path, 100)
  await folder.write('attempts/map-000001-1.json', new Uint8Array([1]))
  expect(await sweepRows(folder)).toBe(false)
  expect(await runKeyOf(folder)).not.toBe(null)
})

test('an expired run begins anew under another key; a cancelled one does not', async () => {
  const { path, folder } = await begun()
  const before = await folder.read('key')
  age(path, 25)
  expect(await sweepRows(folder)).toBe(true)
  expect(await renewRows(folder)).toBe(true)
  expect(await isExpired(folder)).toBe(false)
  expect(await folder.read('key')).not.toEqual(before)
  expect(await renewRows(folder)).toBe(false)
  const other = await begun()
  await cancelRun(other.folder)
  expect(await sweepRows(other.folder, Date.now() + 10 * rowsLive)).toBe(false)
  expect(await renewRows(other.folder)).toBe(false)
})

test('a run of unknown age in a bucket is not swept; one whose times are known is', async () => {
  const store = await storeDouble()
  try {
    const folder = bucketFolder('s3://extract/runs/one', store.env, { firstPause: 1, patience: 10_000 })
    await writeJson(folder, 'plan.json', plan)
    for (const name of ['shuffle/map-000000', 'shuffle/map-000001', 'done/map-000000.json'])
      await folder.write(name, new Uint8Array([1]))
    const old = Date.now() - 100 * 3_600_000
    const names = [...store.objects.keys()]
    const sweptWith = async (timeOf: (name: string) => number): Promise<boolean> => {
      for (const name of names) store.written.set(name, timeOf(name))
      return await sweepRows(folder)
    }
    const yearOne = Date.parse('0001-01-01T00:00:00Z')
    for (const unknown of [Number.NaN, yearOne]) {
      expect(await sweptWith(() => unknown)).toBe(false)
      expect(await sweptWith((name) => (name.endsWith('shuffle/map-000001') ? unknown : old))).toBe(false)
      expect(await sweptWith((name) => (name.endsWith('plan.json') ? unknown : old))).toBe(false)
    }
    expect([...store.objects.keys()]).toEqual(names)
    expect(await sweptWith(() => old)).toBe(true)
    expect(await folder.list('shuffle/')).toEqual([])
  } finally {
    await store.close()
  }
})

test('a folder that does not say when its plan was written is not swept', async () => {
  const { path, folder } = await begun()
  age(path, 100)
  const silent: WorkFolder = { ...folder, newest: async (name) => (name === 'plan.json' ? null : await folder.newest(name)) }
  expect(await sweepRows(silent)).toBe(false)
  expect(await sweepRows(folder)).toBe(true)
})

test('a folder without a plan is left as it is, and files whose names begin like the key stay', async () => {
  const path = mkdtempSync(join(tmpdir(), 'carryover-expiry-'))
  made.push(path)
  const other = diskFolder(path)
  for (const name of ['key', 'shuffle/songs', 'done/list', 'parts/engine']) await other.write(name, new Uint8Array([1]))
  await writeJson(other, 'plan.json', { kind: 'floor plan' })
  age(path, 100)
  const before = readdirSync(path, { recursive: true }).sort()
  expect(await sweepRows(other)).toBe(false)
  expect(readdirSync(path, { recursive: true }).sort()).toEqual(before)

  const run = await begun()
  for (const name of ['key.pem', 'keys/one']) await run.folder.write(name, new Uint8Array([1]))
  // What a write of the key leaves that was killed holds the key.
  writeFileSync(join(run.path, 'key.17.0.partial'), 'digits')
  age(run.path, 100)
  expect(await sweepRows(run.folder)).toBe(true)
  expect(readdirSync(run.path).filter((name) => name.startsWith('key'))).toEqual(['key.pem', 'keys'])
})

test.each(['parts/', 'key'])(
  'a run that is begun anew while the sweep removes %s can go on, or be begun anew again',
  async (name) => {
    const { path, folder } = await begun()
    age(path, 25)
    const overtaken: WorkFolder = {
      ...folder,
      remove: async (removed) => {
        if (removed === name && (await renewRows(folder))) await folder.write('done/map-000000.json', new Uint8Array([2]))
        await folder.remove(removed)
      },
    }
    await sweepRows(overtaken)
    await renewRows(folder)
    expect(await runKeyOf(folder)).not.toBe(null)
    expect(await isExpired(folder)).toBe(false)
  },
)

test('a run begun anew keeps nothing that was made under the key before', async () => {
  const { folder } = await begun()
  const before = await folder.read('key')
  // As a sweep leaves it that was killed at its first step.
  await writeJson(folder, 'expired.json', {})
  expect(await renewRows(folder)).toBe(true)
  for (const name of ['shuffle/', 'parts/', 'attempts/', 'done/']) expect(await folder.list(name)).toEqual([])
  expect(await folder.read('key')).not.toEqual(before)
})

test('a task that takes longer than a day keeps its rows by its signs', async () => {
  const { path, folder } = await begun()
  await folder.remove('done/')
  const key = await runKeyOf(folder)
  if (key === null) throw new Error('no key')
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const swept: boolean[] = []
  const job = {
    run: async () => {
      age(path, 100)
      vi.advanceTimersByTime(signEvery)
      await vi.waitFor(async () => expect(await folder.list('alive/')).toHaveLength(1))
      swept.push(await sweepRows(folder))
    },
  }
  await runTask(
    { folder, plan, key, job, round: 0 },
    { plan: digestOfPlan(plan), stage: 'map', index: 0 },
    new AbortController().signal,
  )
  expect(swept).toEqual([false])
  vi.advanceTimersByTime(10 * signEvery)
  expect(await folder.list('alive/')).toHaveLength(1)
})

test('--status removes expired rows and says so; --resume does the tasks anew and gives the report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-expiry-'))
  made.push(folder)
  const work = join(folder, 'work')
  const words = ['validate', 'samples/data/patients.csv', '--schema', 'samples/data/datapackage.json', '--as-of', '2026-01-01']
  const alone = carryover(...words)
  carryover('run', ...words, '--work', work, '--print-job', 'kubernetes')
  expect(carryover('worker', '--work', work, '--share', '0/1').code).toBe(0)
  expect(readdirSync(join(work, 'shuffle')).length).toBeGreaterThan(0)
  age(work, 25)
  expect(carryover('run', '--status', work).out).toContain('its rows expired after 24 hours without work')
  expect(readdirSync(join(work, 'shuffle'))).toEqual([])
  expect(readdirSync(work)).not.toContain('key')
  const run = carryover('run', '--resume', work, '--engine', 'local:1', '--quiet')
  expect({ code: run.code, out: run.out }).toEqual({ code: alone.code, out: alone.out })
  expect(run.err).toContain('All tasks are done anew')
})
