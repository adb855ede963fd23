import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { createFhirJudge } from '../../../src/core/data/fhir/judge.ts'
import { validate } from '../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { inputChange, readingDigest } from '../../../src/core/project/format/inputs-changed.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { summariseRun } from '../../../src/core/project/runs/run-summary.ts'
import { defaultPolicy } from '../../../src/core/workflow/map/policy.ts'
import { exampleProject } from './example-project.ts'

test('one torn line is said about its file and does not make the whole run worthless', async () => {
  const torn = '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Pat'
  const input = (name: string, content: string, format: 'csv' | 'ndjson') =>
    ({ source: bytesSource(name, utf8(content)), side: 'target', format, table: name, reading: {}, schema: null }) as const
  const inputs = [input('good.csv', 'id,name\n1,Ada\n2,Grace\n', 'csv'), input('torn.ndjson', torn, 'ndjson')]
  const validation = await finish(validate({ inputs }, new AbortController().signal, createFhirJudge))
  const summary = summariseRun({
    project: exampleProject(),
    started: '2026-03-01T08:00:00+01:00',
    tool: 'carryover 0.1.0',
    seed: '1',
    partial: false,
    validation,
    pairing: null,
    workflows: [],
    policy: defaultPolicy,
  })
  expect(summary.inputs.map(({ name, status }) => [name, status])).toEqual([
    ['good.csv', 'read'],
    ['torn.ndjson', 'partial'],
  ])
  expect(summary.partial).toBe(false)
})

test('a run keeps how each source was read, and two files of one name keep their own', async () => {
  const [source] = exampleProject().sources
  if (!source) throw new Error('no source')
  const text = ['id;name\n1;Ada\n', 'id,name\n1,Ada\n']
  const sources = [source, { ...source, id: 'allergies-2', reading: { delimiter: ',' } }]
  const inputs = sources.map(({ name, side, format, table, reading }, index) => ({
    source: bytesSource(name, utf8(text[index] ?? '')),
    side,
    format,
    table,
    reading,
    schema: null,
  }))
  const validation = await finish(validate({ inputs }, new AbortController().signal, createFhirJudge))
  const summary = summariseRun({
    project: { ...exampleProject(), sources },
    started: '2026-03-01T08:00:00+01:00',
    tool: 'carryover 0.1.0',
    seed: '1',
    partial: false,
    validation,
    pairing: null,
    workflows: [],
    policy: defaultPolicy,
  })
  expect(summary.inputs.map(({ reading }) => reading)).toEqual(sources.map(readingDigest))
  const read = sources.map((each, index) => ({ ...each, sha256: summary.inputs[index]?.sha256 ?? null }))
  expect(inputChange(read, summary)).toBeNull()
  const otherSchema = read.map((each) => ({ ...each, schema: null }))
  expect(inputChange(otherSchema, summary)).toEqual({ name: source.name, how: 'read otherwise' })
  const otherSide = read.map((each, index) => (index === 0 ? { ...each, side: 'target' as const } : each))
  expect(inputChange(otherSide, summary)?.how).toBe('read otherwise')
})

test('a run keeps patients and severities of its findings, and opens again as it was, with and without them', async () => {
  const schema = {
    fields: [{ name: 'id' }, { name: 'mrn' }],
    primaryKey: 'id',
    'x-carryover': { patient: 'mrn', safety: 'allergy' },
  }
  const text = 'id,mrn\na,1\na,2\na,\n'
  const inputs = [
    { source: bytesSource('a.csv', utf8(text)), side: 'legacy', format: null, table: 'a', reading: {}, schema },
  ] as const
  const validation = await finish(validate({ inputs }, new AbortController().signal))
  const rules = utf8('{"rules":[]}')
  const project = { ...exampleProject(), other: new Map([['rules/severity.json', rules]]) }
  const started = '2026-03-01T08:00:00+01:00'
  const materials = {
    project,
    started,
    tool: 'carryover 0.1.0',
    seed: '1',
    partial: false,
    pairing: null,
    workflows: [],
    policy: defaultPolicy,
  }
  const run = summariseRun({ ...materials, validation })
  const finding = run.findings.find(({ code }) => code === 'data/unique-key')
  expect(finding).toMatchObject({ severity: 'critical', patients: 1, withoutPatient: 1, safety: 'allergy' })
  expect(run.patientsAtRisk).toEqual([{ side: 'legacy', patients: 1, of: null, bySafety: { allergy: 1 } }])
  expect(run.severityRules).toMatch(/^sha256:[0-9a-f]{64}$/)
  const { patientsAtRisk: _risk, severityRules: _rules, findings, ...rest } = run
  const early = { ...rest, findings: findings.map(({ safety: _s, withoutPatient: _w, ...kept }) => kept) }
  for (const kept of [run, early]) {
    const opened = openProject(saveProject({ ...project, runs: [kept] }))
    expect(opened.problems).toEqual([])
    expect(opened.project?.runs).toEqual([kept])
  }
})
