/** Rows and key of a run are gone 24 hours after somebody worked at it last, and the run can be done anew. */
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { diskFolder } from '../../src/scale/disk-folder.ts'
import { isExpired, renewRows, rowsLive, sweepRows } from '../../src/scale/expiry.ts'
import { beginRun, cancelRun } from '../../src/scale/open-run.ts'
import type { RunPlan } from '../../src/scale/plan.ts'
import { runKeyOf } from '../../src/scale/run-key.ts'
import { statusOf } from '../../src/scale/status.ts'
import type { WorkFolder } from '../../src/scale/work-folder.ts'
import { carryover } from '../cli/command-line.ts'

const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
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
}, 90_000)
