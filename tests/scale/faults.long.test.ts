/** Faults on every engine, by the built command line: each ends in the report of a run alone, or in a named stop. */
import { type ChildProcess, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryover } from '../cli/command-line.ts'
import {
  type Ended,
  type EngineHere,
  endEngines,
  enginesHere,
  environmentOf,
  kill,
  newFolder,
  planted,
  processesOf,
  rowsSchema,
  start,
  Workers,
  writeRows,
} from './engines-here.ts'

const kills = Number(process.env.KILLS ?? 25)
const chosen = process.env.FAULT
const folder = newFolder()
const words = ['validate', 'rows.csv', '--schema', 'schema.json', '--as-of', '2026-01-01']
let alone = ''
let serial = 0

beforeAll(async () => {
  await writeRows(join(folder, 'rows.csv'), 250_000)
  writeFileSync(join(folder, 'schema.json'), JSON.stringify(rowsSchema))
  const run = await start(folder, words).ended
  expect(run.code).toBe(1)
  alone = run.out
}, 120_000)
afterAll(async () => {
  await endEngines()
  rmSync(folder, { recursive: true, force: true })
})

interface Running {
  readonly work: string
  readonly env: NodeJS.ProcessEnv
  readonly ended: Promise<Ended>
  readonly command: ChildProcess
  readonly workers: Workers | null
}

async function begin(engine: EngineHere, block = '512K'): Promise<Running> {
  const env = await environmentOf(engine)
  const work = join(folder, `work-${serial++}`)
  const { child, ended } = start(folder, ['run', ...words, '--engine', engine.address, '--work', work, '--block', block], env)
  return { work, env, ended, command: child, workers: workersOf(engine, { work, env }) }
}

function workersOf(engine: EngineHere, { work, env }: Pick<Running, 'work' | 'env'>): Workers | null {
  const given = ['worker', '--engine', engine.address, '--work', work]
  return engine.hasWorkers ? new Workers(2, () => start(folder, given, env)) : null
}

function resume(engine: EngineHere, { work, env }: Running): Promise<Ended> {
  return start(folder, ['run', '--resume', work, '--engine', engine.address], env).ended
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(20)
}

async function wait(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function names(work: string, inside: string): string[] {
  const path = join(work, inside)
  return existsSync(path) ? readdirSync(path).filter((name) => !name.endsWith('.partial')) : []
}

/** Of the tasks that did not end yet: how often the unluckiest was begun. */
function mostStarts(work: string): number {
  const ended = new Set(names(work, 'done'))
  const starts = new Map<string, number>()
  for (const name of names(work, 'attempts')) {
    const task = name.replace(/-\d+(-failed)?\.json$/, '')
    if (!ended.has(`${task}.json`)) starts.set(task, (starts.get(task) ?? 0) + 1)
  }
  return Math.max(0, ...starts.values())
}

/** Of one run: nothing of its rows is left, and the report is that of the run alone. */
function expectWhole({ work }: Running, run: Ended): void {
  expect(`${run.code} ${run.code === 1 ? '' : run.err}`.trim()).toBe('1')
  expect(run.out === alone).toBe(true)
  expect(names(work, 'shuffle')).toEqual([])
  expect(existsSync(join(work, 'key'))).toBe(false)
}

const available = enginesHere.filter(({ missing }) => missing === null)
test.each(enginesHere.filter(({ missing }) => missing !== null))('$name is left out', ({ name, missing }) => {
  console.log(`left out: ${name}, ${missing}`)
  expect(missing).not.toBe(null)
})

describe.each(available)('$name', (engine) => {
  const only = (name: string) => test.skipIf(chosen !== undefined && chosen !== name)

  only('kills')(
    `${kills} × kill -9 at random moments`,
    async () => {
      let left = kills
      let runs = 0
      let failedAttempts = 0
      while (left > 0) {
        const running = await begin(engine)
        runs++
        let isOver = false
        void running.ended.then(() => {
          isOver = true
        })
        while (!isOver && left > 0) {
          // No task is met three times: it would rightly be set aside.
          await wait(1_000 + Math.random() * 3_000)
          const pids = processesOf(running.work)
          const pid = pids[Math.floor(Math.random() * pids.length)]
          if (!isOver && pid !== undefined && mostStarts(running.work) < 2 && kill(pid)) left--
        }
        const run = await running.ended
        await running.workers?.end()
        expectWhole(running, run)
        failedAttempts +=
          names(running.work, 'attempts').length - names(running.work, 'done').filter((name) => /-\d+\.json$/.test(name)).length
      }
      console.log(
        `kills ${engine.name}: ${kills} kills in ${runs} runs, ${failedAttempts} tasks begun again, ${runs} of ${runs} reports as alone`,
      )
    },
    1_800_000,
  )

  only('queue-lost')(
    'the command killed and the queue emptied in mid-run, then --resume',
    async () => {
      const running = await begin(engine)
      await until(() => names(running.work, 'done').length >= 6)
      if (running.command.pid !== undefined) kill(running.command.pid)
      await engine.empty()
      await running.ended
      const before = names(running.work, 'done').length
      const run = await resume(engine, running)
      await running.workers?.end()
      expectWhole(running, run)
      console.log(
        `queue-lost ${engine.name}: lost after ${before} of ${names(running.work, 'done').length} tasks, resumed, report as alone`,
      )
    },
    300_000,
  )

  only('poison')(
    'a task that ends its process each time is set aside, and named',
    async () => {
      const running = await begin(engine)
      const victim = /^map-000005-\d\.json$/
      const killed = new Set<string>()
      let isOver = false
      void running.ended.then(() => {
        isOver = true
      })
      while (!isOver) {
        for (const name of names(running.work, 'attempts').filter((one) => victim.test(one) && !killed.has(one))) {
          const { pid } = JSON.parse(readFileSync(join(running.work, 'attempts', name), 'utf8') || '{}') as {
            readonly pid?: number
          }
          if (pid !== undefined) kill(pid)
          killed.add(name)
        }
        await wait(5)
      }
      const run = await running.ended
      await running.workers?.end()
      expect(killed.size).toBe(3)
      expect(run.code).toBe(3)
      expect(run.err).toContain('Not judged: map-000005, bytes 2,621,440 to 3,145,728')
      expect(run.out).toMatch(/Bytes 2,6[\d,]+ to 3,1[\d,]+ of rows.csv/)
      console.log(
        `poison ${engine.name}: exit ${run.code}, ${run.err
          .split('\n')
          .find((line) => line.includes('map-000005'))
          ?.trim()}`,
      )
    },
    300_000,
  )

  only('changed')(
    'an input that changes in mid-run stops the run with its name',
    async () => {
      const path = join(folder, 'rows.csv')
      const whole = readFileSync(path)
      const running = await begin(engine)
      await until(() => names(running.work, 'done').length >= 3)
      writeFileSync(path, Buffer.concat([whole, Buffer.from('P1,One more,1980-01-01,m,x\n')]))
      const run = await running.ended
      await running.workers?.end()
      writeFileSync(path, whole)
      expect(run.code).toBe(3)
      expect(run.err).toContain('rows.csv')
      console.log(`changed ${engine.name}: exit ${run.code}, ${run.err.trim().split('\n').at(-1)}`)
    },
    300_000,
  )

  only('cancel')(
    'a cancelled run has no process after 5 seconds, and no rows',
    async () => {
      const running = await begin(engine)
      await until(() => names(running.work, 'done').length >= 4)
      const cancelled = await start(folder, ['run', '--cancel', running.work, '--engine', engine.address], running.env).ended
      expect(cancelled.code).toBe(0)
      const started = performance.now()
      await until(() => processesOf(running.work).length === 0)
      const took = performance.now() - started
      await running.ended
      await running.workers?.end()
      expect(names(running.work, 'shuffle')).toEqual([])
      expect(existsSync(join(running.work, 'key'))).toBe(false)
      expect(names(running.work, 'parts').length).toBeGreaterThan(0)
      console.log(`cancel ${engine.name}: no process ${(took / 1000).toFixed(1)} s after it`)
    },
    300_000,
  )

  test.skipIf((chosen ?? 'full-disk') !== 'full-disk' || process.getuid?.() !== 0)(
    'no space left in mid-run',
    async () => {
      const work = join(folder, `work-${serial}`)
      mkdirSync(work, { mode: 0o700 })
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100k,mode=700', 'tmpfs', work])
      try {
        const running = await begin(engine)
        const stopped = await running.ended
        const before = names(work, 'done').length
        expect(stopped.code).toBe(3)
        expect(stopped.err).toContain('There is no space left')
        for (const inside of ['parts', 'done'])
          for (const name of names(work, inside))
            expect(() => JSON.parse(readFileSync(join(work, inside, name), 'utf8'))).not.toThrow()
        execFileSync('mount', ['-o', 'remount,size=100m', work])
        // The workers left with the run that stopped.
        const again = workersOf(engine, running)
        const run = await resume(engine, running)
        await again?.end()
        await running.workers?.end()
        expectWhole(running, run)
        console.log(`full-disk ${engine.name}: stopped after ${before} tasks by name, resumed, report as alone`)
      } finally {
        execFileSync('umount', ['--lazy', work])
      }
    },
    300_000,
  )

  only('planted')(
    'planted words stand in no queue, log or part',
    async () => {
      const running = await begin(engine)
      let lay = ''
      let isOver = false
      void running.ended.then(() => {
        isOver = true
      })
      let kept = ''
      while (!isOver) {
        lay += await engine.contents()
        for (const inside of ['parts', 'shuffle', 'attempts', 'done', 'slurm'])
          for (const name of names(running.work, inside))
            if (!kept.includes(`\n${inside}/${name}\n`))
              kept += `\n${inside}/${name}\n${await text(join(running.work, inside, name))}`
        await wait(200)
      }
      const run = await running.ended
      await running.workers?.end()
      expectWhole(running, run)
      const logs = [run.err, ...(running.workers?.said ?? [])].join('\n')
      const hits = (where: string): number => planted.reduce((sum, word) => sum + where.split(word).length - 1, 0)
      expect(hits(readFileSync(join(folder, 'rows.csv'), 'utf8'))).toBeGreaterThan(1000)
      expect([hits(lay), hits(logs), hits(kept)]).toEqual([0, 0, 0])
      console.log(
        `planted ${engine.name}: 0 hits in ${lay.length} characters of queue, ${logs.length} of logs, ${kept.length} of parts and rows on their way`,
      )
    },
    300_000,
  )
})

async function text(path: string): Promise<string> {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

test('the built program is there', () => {
  expect(carryover('--version').code).toBe(0)
})
