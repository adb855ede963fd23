import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashOf } from '../../src/core/project/ledger.ts'
import { openProject } from '../../src/core/project/open.ts'
import { saveProject } from '../../src/core/project/save.ts'
import { makeReport, sheetFormats, writeReport } from '../../src/core/readiness/reports/index.ts'
import { readProject, writeProject } from '../../src/io/store-node.ts'
import { asOf, verified } from '../core/readiness/example-project.ts'
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
  const report = makeReport('go-no-go', project, asOf, verified)
  const outs = sheetFormats.flatMap((format) => ['--format', format, '--out', join(folder, `page.${format}`)])
  const { code, out, err } = carryover('report', path, '--as-of', asOf, ...outs)
  expect([code, out, err]).toEqual([0, '', ''])
  for (const format of sheetFormats)
    expect(readFileSync(join(folder, `page.${format}`), 'utf8')).toBe(writeReport(report, format))
  expect(readFileSync(join(folder, 'page.text'), 'utf8')).toContain('No-go: 1 blocker before go-live. Worst gate: blocked.')
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
  [['report', path, '--kind', 'weather'], "'weather' is invalid. Allowed choices are go-no-go"],
  [['report', path, '--format', 'pdf'], '--format got "pdf"; it takes text, markdown, html, json.'],
  [['readiness', path, '--input', 'roster=x.csv'], 'the file roster names persons'],
])('%j is refused in one sentence', (args, words) => {
  const { code, out, err } = carryover(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(words)
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
  const kept = join(path, 'readiness/tests.csv')
  expect(readFileSync(kept, 'utf8')).not.toContain('prints lists')
  readiness('--input', `tests=${junit}`, '--keep')
  expect(stateOf(readiness().out)).toBe('failed')
  expect(readFileSync(kept, 'utf8')).toContain('prints lists,unit,downtime,2026-07-18T10:00:00Z,fail')
  expect(statSync(join(path, 'private/readiness/tests.csv')).size).toBe(statSync(junit).size)
})

test('hostile XML is refused with its line, and nothing is judged', () => {
  const bomb = join(folder, 'bomb.xml')
  writeFileSync(bomb, '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n<testsuites/>')
  const { code, out, err } = carryover('readiness', path, '--input', `tests=${bomb}`)
  expect([code, out]).toEqual([3, ''])
  expect(err).toContain('Line 2 declares a document type')
})
