/** Verifying again what can be run again: the comparison behind a run on the files that it read, and pages that lie beside the project. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { finish } from '../../../src/core/operation.ts'
import { readingDigest } from '../../../src/core/project/format/inputs-changed.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { mappingDigest } from '../../../src/core/project/runs/opened-inputs.ts'
import { pairingPart } from '../../../src/core/project/runs/run-summary.ts'
import { makeReport, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { recheckPages, recheckPairing } from '../../../src/core/readiness/reports/recheck.ts'
import { pairAll } from '../../../src/core/review/pair/pair.ts'
import { readSample } from '../../samples/riverside.ts'
import { asOf, run, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

const signal = new AbortController().signal
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const sample = readSample({ patients: 60 })
const files = new Map([...sample.files].map(([path, bytes]) => [path, new Uint8Array(bytes)]))
const opened = openProject(files).project as Project
const now = pairingPart(await finish(pairAll({ ...sample.pairInput, seed: '1' }, signal)))
const inputs = opened.sources.map((source) => {
  const bytes = files.get(`private/${source.side}/${source.name}`) ?? new Uint8Array()
  const { side, name } = source
  const known = { sha256: `sha256:${sha256(bytes)}`, reading: readingDigest(source) }
  return { name, side, bytes: bytes.length, ...known, records: 1, status: 'read' as const }
})
const mapping = mappingDigest(opened.mapping)
const ran = { ...run, seed: '1', number: 1, started: `${sample.pairInput.asOf}T08:00:00Z`, inputs, mapping, ...now }
const project: Project = { ...opened, runs: [ran] }

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

test('a mapping or a reading that changed after the run is progress, and no run is refused for it', async () => {
  const [path = '', text = ''] = [...project.mapping][0] ?? []
  const moved = { ...project, mapping: new Map([...project.mapping, [path, `${text}\n`]]) }
  expect(await recheckPairing(moved, files, sha256, signal)).toMatchObject({
    ok: null,
    why: expect.stringContaining('the mapping changed since'),
  })
  const sources = project.sources.map((each) => ({ ...each, reading: { ...each.reading, decimal: 'comma' as const } }))
  expect(await recheckPairing({ ...project, sources }, files, sha256, signal)).toMatchObject({
    ok: null,
    why: expect.stringMatching(/how .* is read changed since/),
  })
  const later = { ...project, manifest: { ...project.manifest, asOf: '2031-05-06' } }
  expect(await recheckPairing(later, files, sha256, signal)).toMatchObject({ ok: true })
})

test('a file counts as there only by the digest that the run recorded', async () => {
  const sources = project.sources.map((each) => ({ ...each, sha256: null }))
  const bytes = new Uint8Array(files.get('private/legacy/allergies.csv') ?? [])
  const last = bytes.length - 2
  bytes[last] = (bytes[last] ?? 0) === 0x31 ? 0x32 : 0x31
  const other = new Map([...files, ['private/legacy/allergies.csv', bytes]])
  const refused = { ok: null, why: 'Not run again: allergies.csv is not in this project as it was read.' }
  expect(await recheckPairing({ ...project, sources }, files, sha256, signal)).toMatchObject({ ok: true })
  expect(await recheckPairing({ ...project, sources }, other, sha256, signal)).toMatchObject(refused)
  const unread = inputs.map((each) => (each.name === 'allergies.csv' ? { ...each, sha256: '' } : each))
  const half = { ...project, sources, runs: [{ ...ran, inputs: unread }] }
  expect(await recheckPairing(half, files, sha256, signal)).toMatchObject(refused)
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
  // The project moves on by any act: the page of before is an earlier one, and not a changed one.
  const time = { wall: '2026-07-20T09:00:00+02:00', counter: 99 }
  const act = { actor: 'owner', device: 'd1', action: 'finding-looked-at', object: 'f0', digest: null, time }
  const after = { ...ready, ledger: appendEntries(ready.ledger, [act]) }
  const files = new Map([...saveProject(after), ['go.txt', utf8(writeReport(report, 'text'))]])
  expect(recheckPages(after, files, null)).toMatchObject([{ ok: null, why: expect.stringContaining('the project moved on') }])
})
