/** A run that lost its command goes on with `--resume`, from any folder, and gives the report of the verb alone. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carryover } from '../cli/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-resume-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a run is begun without an engine, and completed by --resume', () => {
  const words = ['validate', 'samples/data/patients.csv', '--schema', 'samples/data/datapackage.json', '--as-of', '2026-01-01']
  const alone = carryover(...words)
  const work = join(folder, 'work')
  const job = carryover('run', ...words, '--work', work, '--print-job', 'kubernetes', '--pods', '3')
  expect(JSON.parse(job.out)).toMatchObject({ kind: 'Job', spec: { completions: 3 } })
  expect(carryover('run', '--status', work).out).toContain('not finished')
  // What the pods of the job would do.
  expect(carryover('worker', '--work', work, '--share', '0/1').code).toBe(0)
  const run = carryover('run', '--resume', work, '--engine', 'local:1', '--quiet')
  expect({ code: run.code, out: run.out }).toEqual({ code: alone.code, out: alone.out })
})

test('a task whose process died each time is set aside; the report comes with what was not judged, and exit code 3', () => {
  const words = ['validate', 'samples/data/patients.csv', '--schema', 'samples/data/datapackage.json', '--as-of', '2026-01-01']
  const work = join(folder, 'poison')
  carryover('run', ...words, '--work', work, '--block', '64', '--print-job', 'kubernetes')
  mkdirSync(join(work, 'attempts'))
  for (const attempt of [1, 2, 3]) writeFileSync(join(work, `attempts/map-000001-${attempt}.json`), '{}')
  const run = carryover('run', '--resume', work, '--engine', 'local:1', '--quiet', '--no-color')
  expect(run.code).toBe(3)
  expect(run.err).toContain('Not judged: map-000001, bytes 64 to 128 of patients.csv')
  expect(run.out).toMatch(/Bytes [\d,]+ to [\d,]+ of patients.csv/)
  expect(run.out).toContain('Uniqueness of')
})
