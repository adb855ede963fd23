/** Runs on the queues that hospitals have: what they carry, and what becomes of a run when workers, tasks or the queue itself fail. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Cancelled } from '../../src/core/operation.ts'
import { diskFolder } from '../../src/scale/disk-folder.ts'
import type { Run } from '../../src/scale/engine.ts'
import { beginRun, callOff, openRun } from '../../src/scale/open-run.ts'
import type { RunPlan } from '../../src/scale/plan.ts'
import { QueueEngine } from '../../src/scale/queue-engine.ts'
import { queueNameOf } from '../../src/scale/queue-name.ts'
import { workOn } from '../../src/scale/queue-worker.ts'
import { withoutSecrets } from '../../src/scale/run-queue.ts'
import { runTask } from '../../src/scale/run-task.ts'
import { NotAsPlanned, type SpreadJob } from '../../src/scale/spread-verb.ts'
import { setAsideOf, statusOf } from '../../src/scale/status.ts'
import type { TaskWorker } from '../../src/scale/task-process.ts'
import { nameOf } from '../../src/scale/tasks.ts'
import { testQueues } from './queues.ts'

const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

const { signal } = new AbortController()
type Work = SpreadJob['run']

async function newRun(tasks: number): Promise<Run> {
  const path = mkdtempSync(join(tmpdir(), 'carryover-queue-'))
  made.push(path)
  const folder = diskFolder(path)
  const plan: RunPlan = {
    ...{ kind: 'carryover-run', format: 1, tool: '1', verb: 'letters', asked: null, bytes: 30 },
    command: { folder: '/records/of/Novak', words: ['Novak.csv'] },
    stages: [
      { name: 'census', tasks: 2 },
      { name: 'map', tasks },
    ],
  }
  await beginRun(folder, plan)
  return { folder, plan }
}

/** A worker whose tasks are done in this process; it ends as a child process does, with what it was at. */
function inside({ folder }: Run, work: Work): TaskWorker {
  const jobs = new Map([['letters', async () => ({ run: work })]])
  let end = (_: Error): void => undefined
  return {
    run: async (task) => {
      const ended = new Promise<never>((_, reject) => {
        end = reject
      })
      return await Promise.race([openRun(folder, jobs, '1').then((run) => runTask(run, task, signal)), ended])
    },
    end: async () => end(new Error('ended')),
  }
}

/** Follows a run that has these workers, and gives what went wrong; `seen` is told of each task that ended. */
async function done(
  address: string,
  run: Run,
  works: readonly Work[],
  seen: (count: number) => Promise<void> = async () => undefined,
): Promise<unknown> {
  const ending = new AbortController()
  const options = (work: Work) => ({ address, worker: inside(run, work), say: () => undefined })
  const engine = new QueueEngine(address)
  let count = 0
  const working: Promise<void>[] = []
  try {
    await engine.submit(run)
    working.push(...works.map((work) => workOn(run, options(work), ending.signal)))
    for await (const _ of engine.follow(run, signal)) await seen(++count)
    return null
  } catch (error) {
    // Of a run that was called off, workers let go by themselves.
    if (error instanceof Cancelled) await Promise.all(working)
    return error
  } finally {
    ending.abort()
    await Promise.all(working)
  }
}

const answering = testQueues.filter(({ address }) => address !== null)

describe.each(answering)('a run on $kind', ({ address, contents, empty }) => {
  const at = address ?? ''

  test('every stage waits for the one before, and the queue knows tasks alone, and none in the end', async () => {
    const run = await newRun(12)
    const begun: string[] = []
    const name = await queueNameOf(run.folder)
    let lay = ''
    const failures = new Set<string>()
    const work: Work = async (task, { write }) => {
      begun.push(task.stage)
      // A message may quote a cell: it belongs to the folder, not to the queue.
      if (task.index === 3 && !failures.has(task.stage)) {
        failures.add(task.stage)
        throw new Error('line 7 of Novak.csv')
      }
      await write(`parts/${nameOf(task)}`, new Uint8Array([task.index]))
    }
    const error = await done(at, run, [work, work], async () => {
      lay += await contents()
    })
    expect(error).toBe(null)
    expect(begun.slice(0, 2)).toEqual(['census', 'census'])
    expect(begun).toHaveLength(2 + 12 + 1)
    expect(await statusOf(run)).toMatchObject({ failedAttempts: 1, bytesWritten: 14 })
    expect(lay).toContain('map')
    expect(lay).not.toMatch(/Novak|records/)
    expect(lay).not.toContain(run.folder.where)
    expect(lay).toContain(name)
    // A mark of the last look at the queue, and no job.
    const left = (await contents()).split('\n').filter((line) => line.includes(name))
    expect(left.join()).not.toMatch(/map-|census-|gate-/)
  }, 60_000)

  test('a task that fails three times is set aside, and the run goes on', async () => {
    const run = await newRun(4)
    let tries = 0
    const work: Work = async (task) => {
      if (nameOf(task) !== 'map-000002') return
      tries++
      throw new Error('a broken block')
    }
    expect(await done(at, run, [work])).toBe(null)
    expect(tries).toBe(3)
    expect((await setAsideOf(run)).map(({ task, why }) => [task, why])).toEqual([['map-000002', 'a broken block']])
  }, 60_000)

  test('a queue that is emptied in mid-run is filled again', async () => {
    const run = await newRun(10)
    let times = 0
    const work: Work = async () => {
      times++
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    expect(await done(at, run, [work], async (count) => (count === 6 ? await empty() : undefined))).toBe(null)
    expect((await statusOf(run)).stages.map((stage) => stage.done)).toEqual([2, 10])
    expect(times).toBeLessThan(16)
  }, 90_000)

  test('an input that is another than planned ends the run with its name', async () => {
    const run = await newRun(4)
    const work: Work = async (task) => {
      if (task.stage === 'map') throw new NotAsPlanned('patients.csv is another file than at the start.')
    }
    const error = await done(at, run, [work, work])
    expect(error).toBeInstanceOf(NotAsPlanned)
    expect(String(error)).toContain('patients.csv is another file')
  }, 60_000)

  test('workers let go of a run that is called off, in the middle of a task', async () => {
    const run = await newRun(6)
    let isAtWork = false
    const work: Work = async (task) => {
      if (task.stage === 'census') return
      isAtWork = true
      await callOff(run.folder)
      await new Promise(() => undefined)
    }
    expect(await done(at, run, [work])).toBeInstanceOf(Cancelled)
    expect(isAtWork).toBe(true)
  }, 60_000)
})

test.skipIf(answering.length === 0)(
  'a worker that hangs on the last task is overtaken by a copy',
  async () => {
    const run = await newRun(20)
    let hung = 0
    const work: Work = async (task) => {
      if (nameOf(task) === 'map-000019' && hung++ === 0) await new Promise(() => undefined)
    }
    expect(await done(answering[0]?.address ?? '', run, [work, work])).toBe(null)
    expect(hung).toBe(2)
    expect((await statusOf(run)).stages.map((stage) => stage.done)).toEqual([2, 20])
  },
  60_000,
)

test.each(testQueues.filter(({ address }) => address === null))(
  '$kind answers nowhere, so runs on it are left out',
  ({ address }) => {
    expect(address).toBe(null)
  },
)

test('the name of an engine holds no password', () => {
  expect(withoutSecrets('postgres://queue:s%40cret@db:5432/carryover?sslmode=require')).toBe('postgres://db:5432/carryover')
})
