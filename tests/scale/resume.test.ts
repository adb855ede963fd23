/** A run that lost its command goes on with `--resume`, from any folder, and gives the report of the verb alone. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carryover, type Printed } from '../cli/command-line.ts'
import { csvOf, population } from '../core/data/linkage/population.ts'

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

test('a run that was stopped between its plan and its key is begun by --resume', () => {
  const words = ['validate', 'samples/data/patients.csv', '--schema', 'samples/data/datapackage.json', '--as-of', '2026-01-01']
  const work = join(folder, 'unbegun')
  carryover('run', ...words, '--work', work, '--print-job', 'kubernetes')
  for (const name of ['key', 'key-check.json']) rmSync(join(work, name))
  const run = carryover('run', '--resume', work, '--engine', 'local:1', '--quiet')
  const alone = carryover(...words)
  expect({ code: run.code, out: run.out }).toEqual({ code: alone.code, out: alone.out })
  // A run that is over has no key either, and gets none.
  carryover('run', '--resume', work, '--engine', 'local:1', '--quiet')
  expect(existsSync(join(work, 'key'))).toBe(false)
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

/** A run whose task died each time, then again once nothing is in its way. */
function poisoned(
  words: readonly string[],
  name: string,
  task: string,
  block: string,
): { readonly first: Printed; readonly again: () => Printed } {
  const work = join(folder, name)
  carryover('run', ...words, '--work', work, '--block', block, '--partitions', '3', '--print-job', 'kubernetes')
  mkdirSync(join(work, 'attempts'))
  for (const attempt of [1, 2, 3]) writeFileSync(join(work, `attempts/${task}-${attempt}.json`), '{}')
  const go = (): Printed => carryover('run', '--resume', work, '--engine', 'local:1', '--quiet')
  return { first: go(), again: go }
}

const people = join(folder, 'people.csv')
writeFileSync(people, csvOf(population(150, 'resume').records))
const clinic = ['--legacy', people, '--target', people, '--key', 'PATIENT_ID']

test.each([
  ['profile', ['profile', people], 'map-000001', '4000', 'Bytes [\\d,]+ to [\\d,]+ of people.csv: The task'],
  ['link', ['link', people], 'map-000001', '4000', 'Bytes [\\d,]+ to [\\d,]+ of people.csv: The task'],
  ['reconcile', ['reconcile', ...clinic], 'reduce-000001', '1M', 'Not compared: Share 2 of 3 of the patients: The task'],
])('%s reports what is left of a run, with exit code 3; --resume gives the whole report', (verb, words, task, block, named) => {
  const alone = carryover(...words)
  const { first, again: goOn } = poisoned(words, `poison-${verb}`, task, block)
  const again = goOn()
  expect([first.code, first.err]).toEqual([3, expect.stringContaining(`Not judged: ${task}, `)])
  expect(first.err).toContain('carryover run --resume ')
  expect(first.out).toMatch(new RegExp(named))
  expect(again.err).toContain('1 task was set aside before')
  expect({ code: again.code, out: again.out }).toEqual({ code: alone.code, out: alone.out })
})

test('a mapping that is not whole writes no file; --resume writes all of them, and the words of map alone', () => {
  const fields = join(folder, 'fields.csv')
  const line = (column: string, target: string): string => `people,${column},copy,,${target},,confirmed,,`
  const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
  writeFileSync(fields, [header, line('PATIENT_ID', 'person.id'), line('LAST_NAME', 'person.name'), ''].join('\n'))
  const words = (out: string): string[] => ['map', people, '--mapping', fields, '--out', join(folder, out)]
  const alone = carryover(...words('mapped'))
  const { first, again: goOn } = poisoned(words('spread'), 'poison-map', 'map1-000001', '4000')
  expect([first.code, existsSync(join(folder, 'spread'))]).toEqual([3, false])
  expect(first.err).toContain('spread: the mapping is not whole')
  expect(first.out).toMatch(/Not mapped: Bytes [\d,]+ to [\d,]+ of people.csv: The task was set aside/)
  const again = goOn()
  expect({ code: again.code, out: again.out }).toEqual({ code: alone.code, out: alone.out })
  const names = readdirSync(join(folder, 'mapped'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, 'mapped').length))
  expect(names.sort()).toEqual(['/map.json', '/origins/person.csv', '/person.csv'])
  for (const name of names)
    expect(readFileSync(join(folder, 'spread', name), 'utf8')).toBe(readFileSync(join(folder, 'mapped', name), 'utf8'))
})

test('an input of the same size with other bytes stops the run', () => {
  const input = join(folder, 'changed.csv')
  writeFileSync(input, 'id,born\n1,1950-01-01\n')
  const work = join(folder, 'changed-input')
  carryover('run', 'profile', input, '--work', work, '--print-job', 'kubernetes')
  writeFileSync(input, 'id,born\n1,1950-01-02\n')
  const run = carryover('run', '--resume', work, '--engine', 'local:1', '--quiet')
  expect([run.code, run.out]).toEqual([3, ''])
  expect(run.err).toContain('changed.csv is not in the state in which it was when the run began. Begin it again.')
})

test('a field map that changes in mid-run stops the run', () => {
  const fields = join(folder, 'fields-2.csv')
  const write = (target: string): void =>
    writeFileSync(
      fields,
      `legacy_source,legacy_field,rule,params,target,required,status,reason,by\npeople,PATIENT_ID,copy,,${target},,confirmed,,\n`,
    )
  write('person.id')
  const work = join(folder, 'other-map')
  carryover('run', 'map', people, '--mapping', fields, '--work', work, '--print-job', 'kubernetes')
  write('person.number')
  const run = carryover('run', '--resume', work, '--engine', 'local:1', '--quiet')
  expect([run.code, run.err]).toEqual([3, expect.stringContaining('The field map is not the one with which the run began')])
})

test('a ledger of a part of the records is not written', () => {
  const ledger = join(folder, 'ledger.json')
  const { first, again } = poisoned(['reconcile', ...clinic, '--ledger', ledger], 'no-ledger', 'reduce-000000', '1M')
  expect(first.err).toContain('--ledger writes nothing')
  expect(existsSync(ledger)).toBe(false)
  again()
  expect(existsSync(ledger)).toBe(true)
})

test('without the groundwork there is no report: the reason, the input and the way on are told', () => {
  const words = ['reconcile', ...clinic]
  const { first, again } = poisoned(words, 'no-patients', 'patients-000002', '1M')
  expect([first.code, first.out]).toEqual([3, ''])
  expect(first.err).toMatch(/There is no report: .*\n {2}Not judged: patients-000002, people.csv: The process/)
  expect(first.err).toContain('carryover run --resume ')
  expect(again().out).toBe(carryover(...words).out)
})

test.each([
  ['cut', (path: string) => truncateSync(path, 5)],
  ['gone', (path: string) => rmSync(path)],
])('a part that is %s is named: its records are not silently left out', (how, harm) => {
  const work = join(folder, `torn-${how}`)
  carryover('run', 'link', people, '--work', work, '--block', '4000', '--print-job', 'kubernetes')
  expect(carryover('worker', '--work', work, '--share', '0/1').code).toBe(0)
  harm(join(work, 'parts/map-000001.json'))
  const run = carryover('run', '--resume', work, '--engine', 'local:1', '--quiet')
  expect([run.code, run.out]).toEqual([3, ''])
  expect(run.err).toMatch(/map-000001.* can not be read any more. Begin the run again in an empty folder./)
})
