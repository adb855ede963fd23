import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { openProject } from '../../src/core/project/format/open.ts'
import { recordName } from '../../src/core/project/format/record-name.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { hashOf } from '../../src/core/project/ledger/entry-hash.ts'
import { ledgerTrouble } from '../../src/core/project/verify/ledger-trouble.ts'
import { formatsOf, makeReport, writeReport } from '../../src/core/readiness/reports/index.ts'
import { readProject, writeProject } from '../../src/io/store/store-node.ts'
import { asOf } from '../core/readiness/example-project.ts'
import { readyProject } from '../core/readiness/ready-project.ts'
import { carryover } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-report-'))
const path = join(folder, 'clinic')

beforeAll(async () => {
  await writeProject(path, saveProject(readyProject(['rollback-unsigned'])))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a report has the same bytes as the one of the app, in every format at once', async () => {
  const { project } = openProject(await readProject(path))
  if (!project) throw new Error('not opened')
  // On the command line nobody has seen the checks run: the signature that covers them speaks for them.
  const report = makeReport('go-no-go', project, asOf, { broken: null })
  const outs = formatsOf(report).flatMap((format) => ['--format', format, '--out', join(folder, `page.${format}`)])
  const { code, out, err } = carryover('report', path, '--as-of', asOf, ...outs)
  expect([code, out, err]).toEqual([0, '', ''])
  for (const format of formatsOf(report))
    expect(readFileSync(join(folder, `page.${format}`), 'utf8')).toBe(writeReport(report, format))
  expect(readFileSync(join(folder, 'page.text'), 'utf8')).toContain('No-go: 1 blocker before go-live. Worst gate: blocked.')
})

test('lists have a calendar or a table, and other reports say that they have none', () => {
  const plan = carryover('report', path, '--as-of', asOf, '--kind', 'plan', '--format', 'ics')
  expect([plan.code, plan.out.slice(0, 17), plan.err]).toEqual([0, 'BEGIN:VCALENDAR\r\n', ''])
  expect(carryover('report', path, '--as-of', asOf, '--kind', 'risks', '--format', 'csv').out).toMatch(/^id,what,why,/)
  const page = carryover('report', path, '--as-of', asOf, '--format', 'csv')
  expect([page.code, page.err]).toEqual([
    2,
    expect.stringContaining('--kind go-no-go has no format csv: it is no list. It has text, markdown, html, json.'),
  ])
})

test('a signature that does not verify is no evidence for the board either: said, blocked, exit code 1', async () => {
  const ready = readyProject([])
  const whole = join(folder, 'whole')
  await writeProject(whole, saveProject(ready))
  const judged = (place: string) => carryover('readiness', place, '--as-of', asOf)
  expect([judged(whole).code, judged(whole).err]).toEqual([0, ''])
  const at = ready.ledger.findIndex(({ action }) => action === 'signed')
  const signed = ready.ledger[at]
  if (!signed?.signature) throw new Error('not signed')
  const { hash: _, ...body } = {
    ...signed,
    signature: `${signed.signature.startsWith('A') ? 'B' : 'A'}${signed.signature.slice(1)}`,
  }
  const forged = join(folder, 'forged')
  await writeProject(forged, saveProject({ ...ready, ledger: [...ready.ledger.slice(0, -1), { ...body, hash: hashOf(body) }] }))
  expect(carryover('verify', forged).code).toBe(1)
  const { code, out, err } = judged(forged)
  expect(code).toBe(1)
  expect(err).toContain('The project does not verify:')
  expect(out).toContain('the project does not verify: ')
  expect(carryover('report', forged, '--as-of', asOf).out).toContain('No-go')
})

test.each([
  [['report', path, '--kind', 'weather'], '--kind got "weather"; it takes go-no-go'],
  [['report', path, '--format', 'pdf'], '--format got "pdf"; it takes text, markdown, html, json, csv, ics.'],
  [['readiness', path, '--input', 'weather=x.csv'], '--input got "weather=x.csv"; it takes KIND=FILE'],
])('%j is refused in one sentence', (args, words) => {
  const { code, out, err } = carryover(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(words)
})

test('a file of other columns is no file of the board: one sentence, exit code 3, and nothing is judged by it', () => {
  const foreign = join(folder, 'foreign.csv')
  writeFileSync(foreign, 'risk,note\nDelay,none\n')
  const { code, out, err } = carryover('readiness', path, '--as-of', asOf, '--input', `risks=${foreign}`)
  expect([code, out]).toEqual([3, ''])
  expect(err).toContain('is no file of risks: it lacks “id”, “what”.')
})

const stateOf = (out: string): string => {
  const { phases } = JSON.parse(out) as {
    phases: readonly { criteria: readonly { code: string; state: string }[] }[]
  }
  return phases.flatMap(({ criteria }) => criteria).find(({ code }) => code === 'readiness/test-matrix')?.state ?? 'none'
}

test('JUnit XML judges the board, is kept only when asked for, and says which suites were left out', () => {
  const junit = join(folder, 'junit.xml')
  writeFileSync(
    junit,
    '<testsuites><testsuite name="unit/downtime" timestamp="2026-07-18T10:00:00Z"><testcase name="prints lists"><failure/></testcase></testsuite><testsuite name="smoke"><testcase name="starts"/></testsuite></testsuites>',
  )
  const readiness = (...more: readonly string[]) => carryover('readiness', path, '--as-of', asOf, '--format', 'json', ...more)
  const judged = readiness('--input', `tests=${junit}`)
  expect([judged.code, stateOf(judged.out)]).toEqual([1, 'failed'])
  expect(judged.err).toContain('1 suite with 1 tests left out: smoke (line 1): no level, no area, no timestamp.')
  const local = join(folder, 'local.xml')
  writeFileSync(local, readFileSync(junit, 'utf8').replace('T10:00:00Z', 'T10:00:00'))
  expect(readiness('--input', `tests=${local}`, '--zone', 'Europe/Vienna').err).toContain(
    'The times of 1 suite say no offset from UTC and were read in the time zone Europe/Vienna.',
  )
  expect(readiness('--input', `tests=${local}`, '--zone', 'home').code).toBe(2)
  const kept = join(path, 'readiness/tests.csv')
  expect(readFileSync(kept, 'utf8')).not.toContain('prints lists')
  readiness('--input', `tests=${junit}`, '--keep')
  expect(stateOf(readiness().out)).toBe('failed')
  expect(readFileSync(kept, 'utf8')).toContain('prints lists,unit,downtime,2026-07-18T10:00:00Z,fail')
  expect(statSync(join(path, 'private/readiness/tests.csv')).size).toBe(statSync(junit).size)
})

test('the downtime kit is one page for each department, the same bytes each time, and is on record only when asked for', () => {
  const pages = join(folder, 'kit')
  const made = carryover('readiness', path, '--as-of', asOf, '--kit', pages)
  expect(made.err).toContain('5 pages of the downtime kit in')
  const names = ['01-family-medicine', '02-front-desk', '03-nursing', '04-systems', '05-vitals-room'].map(
    (name) => `${name}.html`,
  )
  expect(readdirSync(pages).sort()).toEqual(names)
  const [first] = names.map((name) => readFileSync(join(pages, name), 'utf8'))
  for (const words of ['ext. 11', 'Patient summary: one copy for each patient', 'Allergies']) expect(first).toContain(words)
  const record = join(path, 'readiness/downtime-kit.json')
  const before = readFileSync(record, 'utf8')
  // A page of a department that went is cleared; a file of another hand stays.
  writeFileSync(join(pages, '02-old-desk.html'), first ?? '')
  writeFileSync(join(pages, '01-notes.html'), 'notes')
  const later = carryover('readiness', path, '--as-of', '2026-07-21', '--kit', pages, '--keep')
  expect(readdirSync(pages).sort()).toEqual([...names, '01-notes.html'].sort())
  expect([later.code, readFileSync(record, 'utf8') === before]).toEqual([1, false])
  expect(JSON.parse(readFileSync(record, 'utf8')).day).toBe('2026-07-21')
  expect(carryover('readiness', path, '--as-of', asOf, '--keep').err).toContain('--keep goes with --input or --kit')
})

test('cells that can not be read are said with their places; a file that is torn keeps every file from being written', () => {
  const goals = join(folder, 'goals.csv')
  writeFileSync(goals, 'id,goal,baseline\nG1,Faster,12.500\n,Fuller,1\n')
  const torn = join(folder, 'torn.csv')
  writeFileSync(torn, 'rule,shown,overridden,records\n"x,1,1,1\n')
  const said = carryover('readiness', path, '--as-of', asOf, '--input', `goals=${goals}`)
  expect(
    said.err
      .split('\n')
      .slice(0, 2)
      .map((line) => line.replace(`${goals}: `, '').slice(0, 24)),
  ).toEqual(['Line 2: “baseline” can n', 'Line 3: “id” is empty.'])
  const before = readFileSync(join(path, 'readiness/goals.csv'), 'utf8')
  const both = carryover('readiness', path, '--as-of', asOf, '--keep', '--input', `goals=${goals}`, '--input', `alerts=${torn}`)
  expect([both.code, both.out]).toEqual([3, ''])
  expect(both.err).toContain(`${torn}: Line 2: a quote is opened and never closed`)
  expect(readFileSync(join(path, 'readiness/goals.csv'), 'utf8')).toBe(before)
})

test('files that name persons are hidden by the salt of the project, judged without one, and kept with one only', async () => {
  const roster = join(folder, 'roster.csv')
  writeFileSync(roster, 'person_id,role,department,badge\n4711,Nurse,Ward,blue\n')
  const given = ['--as-of', asOf, '--input', `roster=${roster}`] as const
  const bare = carryover('readiness', path, ...given)
  expect(bare.err).toContain('The project has no salt of its own (private/salt.json): persons of roster match only')
  const refused = carryover('readiness', path, ...given, '--keep')
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--keep can not write roster: the files name persons')])
  const { project } = openProject(await readProject(path))
  if (!project) throw new Error('not opened')
  const salt = 'ab'.repeat(32)
  const salted = join(folder, 'salted')
  const secret = utf8(JSON.stringify({ salt }))
  await writeProject(salted, saveProject({ ...project, private: new Map(project.private).set('private/salt.json', secret) }))
  const before = Math.floor(Date.now() / 1000) * 1000
  expect(carryover('readiness', salted, ...given, '--keep').code).toBe(1)
  const name = `id-${recordName(salt, '4711').slice(0, 16)}`
  expect(readFileSync(join(salted, 'readiness/roster.csv'), 'utf8')).toBe(`person_id,role,department\n${name},Nurse,Ward\n`)
  expect(readFileSync(join(salted, 'private/readiness/roster.csv'), 'utf8')).toContain('4711,Nurse,Ward,blue')
  const kept = openProject(await readProject(salted)).project
  // Under the clock of the machine, whatever day was asked for.
  const added = kept?.ledger.findLast(({ object }) => object === 'readiness/roster.csv')
  expect(added?.action).toBe('input-added')
  expect(Date.parse(added?.time.wall ?? '')).toBeGreaterThanOrEqual(before)
})

test('what --keep changes on the board is recorded once', async () => {
  const codes = join(folder, 'codes.csv')
  writeFileSync(codes, 'system,used,current,published_on,checked_on\nlab,1,2,2025-01-01,2026-07-01\n')
  const place = join(folder, 'recorded')
  await writeProject(place, saveProject(readyProject([])))
  const keep = (): string => {
    carryover('readiness', place, '--as-of', asOf, '--input', `codes=${codes}`, '--keep')
    return readFileSync(join(place, 'readiness/history.jsonl'), 'utf8')
  }
  const once = keep()
  // The board of today goes on record, not that of the day asked for.
  expect(once).toContain('"risk":"readiness/code-versions"')
  expect(once).not.toContain(`"at":"${asOf}`)
  expect(keep()).toBe(once)
  const { project } = openProject(await readProject(place))
  expect(project && ledgerTrouble(project.ledger)).toBeNull()
})

test('hostile XML is refused with its line, and nothing is judged', () => {
  const bomb = join(folder, 'bomb.xml')
  writeFileSync(bomb, '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n<testsuites/>')
  const { code, out, err } = carryover('readiness', path, '--input', `tests=${bomb}`)
  expect([code, out]).toEqual([3, ''])
  expect(err).toContain('Line 2 declares a document type')
})
