/** Whether data that a workflow needs is carried: from the link of an element through the crosswalk to the last run, and on to the rule. */
import { expect, test } from 'vitest'
import type { Project } from '../../../src/core/project/format/project.ts'
import type { RunFinding, RunSummary } from '../../../src/core/project/format/run.ts'
import { mappingDigest } from '../../../src/core/project/runs/opened-inputs.ts'
import {
  crosswalkLines,
  dataEvidenceOf,
  fieldJudge,
  suggestedFields,
} from '../../../src/core/readiness/evidence/data-evidence.ts'
import { readGraph } from '../../../src/core/workflow/map/read.ts'
import type { Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { graphText } from '../../../src/core/workflow/map/write.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import { workflowOf } from '../workflow/pair.ts'

const mapping = new Map([
  [
    'mapping/fields.csv',
    [
      'legacy_source,legacy_field,rule,params,target,required,status,reason,by',
      'allergies,ALLERGEN,copy,,AllergyIntolerance.code,yes,confirmed,,lead',
      'allergies,NOTE,copy,,,no,not-carried,free text,lead',
      'medicines,DOSE_TEXT,copy,,MedicationRequest.dosageInstruction.text,no,suggested,,',
      'patients,ADDR + CITY,copy,,Patient.address,no,confirmed,,lead',
      '',
    ].join('\n'),
  ],
])

const run = (findings: readonly RunFinding[], made = mappingDigest(mapping)): RunSummary => ({
  id: 'r1',
  number: 1,
  started: '2026-07-01T08:00:00Z',
  tool: 'test',
  seed: '1',
  partial: false,
  inputs: [],
  mapping: made,
  schemas: '',
  policy: '',
  findings,
  rulesRun: 1,
  notEvaluated: [],
  pairing: { patients: 1, items: 1, same: 1, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0, allergyStates: {} },
  workflows: [],
})

const lost: RunFinding = {
  code: 'data/allergy-lost',
  severity: 'critical',
  place: 'AllergyIntolerance',
  input: null,
  count: 3,
  denominator: 9,
  patients: 3,
  fingerprint: 'f',
  outcome: null,
}

type Looked = Pick<Project, 'mapping' | 'runs' | 'sources'>
const looked = (runs: readonly RunSummary[]): Looked => ({ mapping, runs, sources: [] })
const stateOf = (project: Looked, name: string) => fieldJudge(project)(name).state

test('a field is carried only when it is confirmed and a run of today found nothing against it', () => {
  const name = 'allergies.ALLERGEN'
  expect(stateOf(looked([]), name)).toBe('mapped')
  expect(stateOf(looked([run([])]), name)).toBe('carried')
  expect(stateOf(looked([run([lost])]), name)).toBe('mapped')
  expect(stateOf(looked([run([{ ...lost, severity: 'warning' }])]), name)).toBe('carried')
  expect(stateOf(looked([run([{ ...lost, place: 'Patient' }])]), name)).toBe('carried')
  expect(stateOf(looked([run([], 'sha256:another')]), name)).toBe('mapped')
  expect(stateOf(looked([{ ...run([]), partial: true }]), name)).toBe('mapped')
})

test('what is not there, not confirmed or deliberately left behind is missing', () => {
  const project = looked([run([])])
  for (const name of ['allergies.NOTE', 'medicines.DOSE_TEXT', 'allergies.SEVERITY'])
    expect(stateOf(project, name)).toBe('missing')
  expect(stateOf(project, 'patients.ADDR + CITY')).toBe('carried')
})

test('nothing found where nothing was compared is no evidence', () => {
  const name = 'allergies.ALLERGEN'
  const none = { patients: 4, items: 0, same: 0, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0, allergyStates: {} }
  const whyOf = (parts: Partial<RunSummary>, of = name) => fieldJudge(looked([{ ...run([]), ...parts }]))(of)
  expect(whyOf({ pairing: none })).toMatchObject({ state: 'mapped', why: expect.stringContaining('no pairs') })
  expect(whyOf({ pairing: none }, 'patients.ADDR + CITY').state).toBe('carried')
  expect(whyOf({ pairing: { ...none, items: 9, lost: 5, appeared: 4 } }).state).toBe('mapped')
  // Pairs of another table say nothing about this one.
  const pairs = { same: 7, sameAfterRule: 1, changed: 2, lost: 0, appeared: 0 }
  const apart = { ...none, items: 10, ...pairs, tables: { medicines: pairs } }
  expect(whyOf({ pairing: apart })).toMatchObject({
    state: 'mapped',
    why: expect.stringContaining('no pair of records of allergies'),
  })
  expect(whyOf({ pairing: { ...apart, tables: { allergies: pairs } } })).toMatchObject({
    state: 'carried',
    why: expect.stringContaining('10 pairs of allergies'),
  })
  const why = 'its records were not compared: no key'
  for (const what of ['allergies', 'allergies.ALLERGEN', 'allergies (partial)'])
    expect(whyOf({ notEvaluated: [{ what, why }] })).toMatchObject({ state: 'mapped', why: expect.stringContaining(why) })
  expect(whyOf({ notEvaluated: [{ what: 'medicines', why }] }).state).toBe('carried')
})

test('smaller differences are named, whatever their severity', () => {
  const warned = fieldJudge(looked([run([{ ...lost, severity: 'warning', count: 900 }])]))('allergies.ALLERGEN')
  expect(warned).toMatchObject({ state: 'carried', why: expect.stringContaining('900 differences') })
})

function linked(fields: readonly string[] | null): Workflow {
  const sketch = 'element allergies record safety\nMD: Prescribe {screen 1m reads=allergies writes=none}'
  const workflow = workflowOf({ current: sketch, future: sketch, perHour: 4 })
  if (fields === null) return workflow
  const elements = new Map([...workflow.future.elements].map(([id, element]) => [id, { ...element, fields }]))
  return { ...workflow, future: { ...workflow.future, elements } }
}

const outcomes = (project: Looked, workflow: Workflow) =>
  compare(workflow, { evidence: dataEvidenceOf(project, workflow.future) })
    .findings.filter(({ code }) => code === 'workflow/needed-data-not-carried')
    .map(({ outcome }) => outcome)

test('a link makes the rule judge where it could not; the weakest field of an element decides', () => {
  expect(outcomes(looked([run([])]), linked(null))).toEqual(['unjudged'])
  expect(outcomes(looked([run([])]), linked(['allergies.ALLERGEN']))).toEqual([])
  expect(outcomes(looked([run([lost])]), linked(['allergies.ALLERGEN']))).toEqual(['introduced'])
  expect(outcomes(looked([run([])]), linked(['allergies.ALLERGEN', 'allergies.NOTE']))).toEqual(['introduced'])
})

test('links are kept in the map, and maps without any keep their bytes', () => {
  const { future } = linked(['allergies.ALLERGEN'])
  expect(readGraph(JSON.parse(graphText(future)), 'future').value.elements).toEqual(future.elements)
  expect(graphText(linked(null).future)).not.toContain('fields')
})

test('fields are suggested by name and only by name', () => {
  const lines = crosswalkLines(looked([]))
  expect(suggestedFields({ id: 'dose', label: 'Dose' }, lines)).toContain('medicines.DOSE_TEXT')
  expect(suggestedFields({ id: 'x', label: 'Allergen' }, lines)[0]).toBe('allergies.ALLERGEN')
  expect(suggestedFields({ id: 'y', label: 'Blood pressure' }, lines)).toEqual([])
})

test('a column that no line speaks of is missing, and one whose line was not followed is not carried', () => {
  const told = (code: string, place: string): RunFinding => ({ ...lost, code, severity: 'error', place })
  const found = [
    told('data/not-mapped', 'medicines.DOSE'),
    told('data/not-compared', 'allergies.ALLERGEN → AllergyIntolerance.code'),
  ]
  const judge = fieldJudge(looked([run(found)]))
  expect(judge('medicines.DOSE')).toMatchObject({ state: 'missing', findings: [{ code: 'data/not-mapped' }] })
  expect(judge('allergies.ALLERGEN')).toMatchObject({ state: 'mapped', findings: [{ code: 'data/not-compared' }] })
})
