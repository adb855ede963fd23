/** Verifying again what can be run again: the comparison behind a run on the files that it read, and pages that lie beside the project. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { finish } from '../../../src/core/operation.ts'
import { openProject } from '../../../src/core/project/open.ts'
import type { Project } from '../../../src/core/project/project.ts'
import { pairingPart } from '../../../src/core/project/run-summary.ts'
import { saveProject } from '../../../src/core/project/save.ts'
import { recheckPages, recheckPairing } from '../../../src/core/readiness/recheck.ts'
import { makeReport, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { pairAll } from '../../../src/core/review/pair.ts'
import { readSample } from '../../samples/riverside.ts'
import { asOf, run, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

const signal = new AbortController().signal
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const sample = readSample({ patients: 60 })
const files = new Map([...sample.files].map(([path, bytes]) => [path, new Uint8Array(bytes)]))
const opened = openProject(files).project as Project
const now = pairingPart(await finish(pairAll({ ...sample.pairInput, seed: '1' }, signal)))
const ran = { ...run, seed: '1', number: 1, started: `${sample.pairInput.asOf}T08:00:00Z`, ...now }
const project: Project = { ...opened, manifest: { ...opened.manifest, asOf: sample.pairInput.asOf } as never, runs: [ran] }

test('a run is compared with what its files give: a finding that was made smaller is found', async () => {
  expect(now.findings.length).toBeGreaterThan(3)
  expect(await recheckPairing(project, files, sha256, signal)).toMatchObject({ ok: true })
  const [first, ...rest] = now.findings
  const smaller = { ...ran, findings: [{ ...first, count: (first?.count ?? 0) - 1 }, ...rest] as typeof ran.findings }
  const told = await recheckPairing({ ...project, runs: [smaller] }, files, sha256, signal)
  expect(told).toMatchObject({ ok: false, why: expect.stringContaining(first?.code ?? '') })
})

test('where a source is not there, or is another one, nothing is claimed to have been run again', async () => {
  const without = new Map([...files].filter(([path]) => !path.endsWith('/allergies.csv')))
  expect(await recheckPairing(project, without, sha256, signal)).toMatchObject({
    ok: null,
    why: 'Not run again: allergies.csv is not in this project as it was read.',
  })
  const sources = project.sources.map((each) => ({ ...each, sha256: `sha256:${'0'.repeat(64)}` }))
  expect(await recheckPairing({ ...project, sources }, files, sha256, signal)).toMatchObject({ ok: null })
  expect(await recheckPairing({ ...project, runs: [] }, files, sha256, signal)).toMatchObject({ ok: null })
})

test('a go or no-go page beside the project is what the project gives for its day, or is named', () => {
  const ready = readyProject([])
  const report = makeReport('go-no-go', ready, asOf, verified)
  const beside = (text: string, name: string) =>
    recheckPages(ready, new Map([...saveProject(ready), [name, utf8(text)]]), null).map(({ what, ok }) => [what, ok])
  for (const [format, name] of [
    ['text', 'go.txt'],
    ['markdown', 'go.md'],
    ['html', 'go.html'],
    ['json', 'go.json'],
  ] as const) {
    const text = writeReport(report, format)
    expect(beside(text, name)).toEqual([[`Page ${name}`, true]])
    expect(beside(text.replace('at most', 'at least'), name)).toEqual([[`Page ${name}`, false]])
  }
  expect(recheckPages(ready, saveProject(ready), null)).toEqual([])
})
