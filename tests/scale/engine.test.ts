/** The contract of engines on the engine of this machine, with workers inside the test. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Cancelled } from '../../src/core/operation.ts'
import { markNotWhole, tryAgain } from '../../src/scale/again.ts'
import { diskFolder } from '../../src/scale/disk-folder.ts'
import { missingOf } from '../../src/scale/engine.ts'
import { LocalEngine } from '../../src/scale/local.ts'
import { beginRun, cancelRun, dropRows, openRun } from '../../src/scale/open-run.ts'
import type { RunPlan } from '../../src/scale/plan.ts'
import { BegunAgain } from '../../src/scale/round.ts'
import { RunKey, runKeyOf } from '../../src/scale/run-key.ts'
import { runTask } from '../../src/scale/run-task.ts'
import { NotAsPlanned, type SpreadJob } from '../../src/scale/spread-verb.ts'
import { setAsideOf, statusOf } from '../../src/scale/status.ts'
import type { TaskWorker } from '../../src/scale/task-process.ts'
import { nameOf, tasksOf } from '../../src/scale/tasks.ts'
import type { WorkFolder } from '../../src/scale/work-folder.ts'

const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

const plan: RunPlan = {
  kind: 'carryover-run',
  format: 1,
  tool: '1',
  verb: 'letters',
  command: { folder: '/', words: [] },
  asked: null,
  bytes: 30,
  stages: [
    { name: 'census', tasks: 3 },
    { name: 'map', tasks: 5 },
  ],
}
const { signal } = new AbortController()

function newFolder(): { readonly path: string; readonly folder: WorkFolder } {
  const path = mkdtempSync(join(tmpdir(), 'carryover-scale-'))
  made.push(path)
  return { path, folder: diskFolder(path) }
}

function workersOf(folder: WorkFolder, jobs: Parameters<typeof openRun>[1]): TaskWorker[] {
  return [{ run: async (task) => await runTask(await openRun(folder, jobs, '1'), task, signal), end: async () => undefined }]
}

/** Workers that do tasks in this process, as task processes do. */
function workers(count: number, folder: WorkFolder, run: SpreadJob['run']): TaskWorker[] {
  const jobs = new Map([['letters', async () => ({ run })]])
  return Array.from({ length: count }, () => workersOf(folder, jobs)).flat()
}

async function follow(engine: LocalEngine, folder: WorkFolder): Promise<void> {
  for await (const _ of engine.follow({ folder, plan }, signal)) {
    // Each task that ended.
  }
}

test('every task of a stage ends before the next stage begins, whatever the order, and a second run does nothing', async () => {
  const { folder } = newFolder()
  await beginRun(folder, plan)
  const begun: string[] = []
  const run: SpreadJob['run'] = async (task, work) => {
    begun.push(task.stage)
    work.read(10)
    await work.write(`parts/${nameOf(task)}`, new Uint8Array([task.index]))
  }
  await follow(new LocalEngine(workers(3, folder, run)), folder)
  expect(begun).toEqual(['census', 'census', 'census', 'map', 'map', 'map', 'map', 'map'])
  expect(await statusOf({ folder, plan })).toMatchObject({ bytesRead: 80, bytesWritten: 8, failedAttempts: 0 })
  await follow(new LocalEngine(workers(1, folder, run)), folder)
  expect(begun).toHaveLength(8)
})

test('a task that fails is repeated; after the third failure it is set aside with the reason and the run goes on', async () => {
  const { folder } = newFolder()
  await beginRun(folder, plan)
  const failures = new Map<string, number>()
  const run: SpreadJob['run'] = async (task) => {
    const failed = failures.get(nameOf(task)) ?? 0
    failures.set(nameOf(task), failed + 1)
    if (nameOf(task) === 'census-000001' && failed < 2) throw new Error('for a while')
    if (nameOf(task) === 'map-000003') throw new Error('always')
  }
  await follow(new LocalEngine(workers(2, folder, run)), folder)
  const { stages } = await statusOf({ folder, plan })
  expect(stages.map(({ done, setAside }) => [done, setAside])).toEqual([
    [3, 0],
    [4, 1],
  ])
  expect(failures.get('map-000003')).toBe(3)
  expect((await setAsideOf({ folder, plan })).map(({ task, why }) => [task, why])).toEqual([['map-000003', 'always']])
})

test('a task whose process ended each time without a word is set aside, too', async () => {
  const { folder } = newFolder()
  await beginRun(folder, plan)
  const [task] = tasksOf(plan, 'map')
  for (const attempt of [1, 2, 3]) await folder.write(`attempts/map-000000-${attempt}.json`, new Uint8Array())
  const opened = await openRun(folder, new Map([['letters', async () => ({ run: async () => undefined })]]), '1')
  expect(await runTask(opened, task ?? { stage: '', index: 0, plan: '' }, signal)).toMatchObject({ outcome: 'set-aside' })
})

test('a task of a round before writes nothing any more, nor does a process that was opened in it', async () => {
  const { folder } = newFolder()
  await beginRun(folder, plan)
  let goOn = (): void => undefined
  const slow = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const jobs = (until: Promise<void>): Parameters<typeof openRun>[1] =>
    new Map([
      [
        'letters',
        async () => ({
          run: async (task, work) => {
            await until
            if (nameOf(task) === 'map-000003') throw new Error('always')
            await work.write(`parts/${nameOf(task)}`, new Uint8Array([task.index]))
          },
        }),
      ],
    ])
  const early = await openRun(folder, jobs(slow), '1')
  const [first] = tasksOf(plan, 'map')
  const late = runTask(early, first ?? { stage: '', index: 0, plan: '' }, signal)
  await folder.write('attempts/map-000000-2.json', new Uint8Array())
  await follow(new LocalEngine(workersOf(folder, jobs(Promise.resolve()))), folder)
  expect((await setAsideOf({ folder, plan })).map(({ task }) => task)).toEqual(['map-000003'])
  expect(await tryAgain({ folder, plan })).toBe(0)
  await markNotWhole(folder)
  expect(await tryAgain({ folder, plan })).toBe(1)
  expect(await missingOf({ folder, plan }, 'map')).toHaveLength(1)
  await folder.remove('parts/map-000000')
  goOn()
  await expect(late).rejects.toBeInstanceOf(BegunAgain)
  expect(await folder.read('parts/map-000000')).toBe(null)
  await expect(runTask(early, first ?? { stage: '', index: 0, plan: '' }, signal)).rejects.toBeInstanceOf(BegunAgain)
  expect(await tryAgain({ folder, plan })).toBe(0)
})

test('a full disk stops the run by name; nothing half-written counts, and the run goes on once there is room', async () => {
  const { folder } = newFolder()
  await beginRun(folder, plan)
  let room = 9
  const small: WorkFolder = {
    ...folder,
    write: async (name, bytes) => {
      if (room-- <= 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
      return await folder.write(name, bytes)
    },
  }
  const run: SpreadJob['run'] = async (task, work) =>
    void (await work.write(`parts/${nameOf(task)}`, new Uint8Array([task.index])))
  const stopped = follow(new LocalEngine(workers(2, small, run)), small)
  await expect(stopped).rejects.toThrow('There is no space left')
  const { stages, failedAttempts } = await statusOf({ folder, plan })
  expect(stages.reduce((sum, { setAside }) => sum + setAside, 0)).toBe(0)
  expect(failedAttempts).toBe(0)
  room = Number.POSITIVE_INFINITY
  await follow(new LocalEngine(workers(2, small, run)), small)
  expect((await statusOf({ folder, plan })).stages.map(({ done }) => done)).toEqual([3, 5])
})

test('another version, another plan and a cancelled run are refused', async () => {
  const { folder } = newFolder()
  await beginRun(folder, plan)
  const jobs = new Map([['letters', async () => ({ run: async () => undefined })]])
  await expect(openRun(folder, jobs, '2')).rejects.toThrow('begun by version 1, and this is 2')
  await expect(beginRun(folder, { ...plan, bytes: 31 })).rejects.toThrow('holds another run')
  const opened = await openRun(folder, jobs, '1')
  await expect(runTask(opened, { stage: 'map', index: 0, plan: 'of another' }, signal)).rejects.toBeInstanceOf(NotAsPlanned)
  await cancelRun(folder)
  const [task] = tasksOf(plan, 'map')
  await expect(runTask(opened, task ?? { stage: '', index: 0, plan: '' }, signal)).rejects.toBeInstanceOf(Cancelled)
  await expect(openRun(folder, jobs, '1')).rejects.toThrow('The key of the run')
})

test('files are whole, for their owner alone, and the first one stays', async () => {
  const { path, folder } = newFolder()
  expect(await folder.write('parts/a', new Uint8Array([1, 2, 3]))).toBe(true)
  expect(await folder.write('parts/a', new Uint8Array([9]))).toBe(false)
  expect([...(await folder.slice('parts/a', 1, 3))]).toEqual([2, 3])
  expect(statSync(join(path, 'parts/a')).mode & 0o777).toBe(0o600)
  writeFileSync(join(path, 'parts/b.17.0.partial'), 'half')
  expect(await folder.list('parts/')).toEqual(['parts/a'])
  expect(await folder.read('parts/c')).toBe(null)
  await folder.remove('parts/')
  expect(readdirSync(join(path, 'parts'))).toEqual([])
})

test('rows are sealed by a key of the run, and gone with it', async () => {
  const { folder } = newFolder()
  await beginRun(folder, plan)
  const key = await runKeyOf(folder)
  const text = new TextEncoder().encode('Novak,1971-02-03')
  const sealed = key?.seal('shuffle/map-000000', text) ?? new Uint8Array()
  expect(Buffer.from(sealed).includes('Novak')).toBe(false)
  expect(Buffer.from(key?.open('shuffle/map-000000', sealed) ?? []).toString()).toBe('Novak,1971-02-03')
  expect(() => key?.open('shuffle/map-000001', sealed)).toThrow()
  expect(() => new RunKey(RunKey.random()).open('shuffle/map-000000', sealed)).toThrow()
  await folder.write('shuffle/map-000000', sealed)
  await dropRows(folder)
  expect([await runKeyOf(folder), await folder.list('shuffle/')]).toEqual([null, []])
})
