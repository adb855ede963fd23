/** A small project whose every kind of evidence is there, for the tests of the board. */
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import type { Project, WorkflowDocuments } from '../../../src/core/project/project.ts'
import type { RunSummary } from '../../../src/core/project/run.ts'
import { exampleLedger } from '../../../src/core/readiness/criteria/example-ledger.ts'
import { exampleDraw, examplePlan } from '../../../src/core/readiness/criteria/example-review.ts'
import { mappingDigest, openedWorkflow } from '../../../src/core/readiness/inputs.ts'

export const asOf = '2026-07-20'

const graph = (side: 'current' | 'future', label: string) => ({
  format: 'carryover-workflow/1',
  id: 'refill',
  side,
  label: 'Refill',
  lanes: [],
  elements: [],
  nodes: [
    { id: 'sign', type: 'step', label, kind: 'do', clicks: 3, evidence: { level: 'observed', source: 'walk-through', n: 9 } },
  ],
  edges: [{ id: 'late', from: 'sign', to: 'sign', timeout: 3600 }],
})

export function pairOf(label: string): WorkflowDocuments {
  return {
    id: 'refill',
    current: graph('current', 'Sign the slip'),
    future: graph('future', label),
    trace: [{ from: ['sign'], to: ['sign'], fate: 'kept' }],
    scenario: null,
  }
}

const source = (name: string, side: 'legacy' | 'target', sha256: string) => ({
  id: name.replace('.', '-'),
  name,
  side,
  format: 'csv' as const,
  table: name,
  bytes: 10,
  sha256,
  records: 5,
  schema: null,
  reading: {},
})

const mapping = new Map([
  [
    'mapping/fields.csv',
    'legacy_source,legacy_field,rule,params,target,required,status,reason,by\npatients,DOB,date,,Patient.birthDate,yes,confirmed,,lead\n',
  ],
])
const schemas = new Map([['schemas/patients.json', { fields: [] }]])
const workflows = [pairOf('Approve in inbox')]

export const run: RunSummary = {
  id: 'r3',
  number: 3,
  started: '2026-07-14T09:12:00+02:00',
  tool: 'carryover',
  seed: '1',
  partial: false,
  inputs: [
    { name: 'patients.csv', side: 'legacy', bytes: 10, sha256: 'sha256:aa', records: 5, status: 'read' },
    { name: 'Patient.ndjson', side: 'target', bytes: 10, sha256: 'sha256:bb', records: 5, status: 'read' },
  ],
  mapping: mappingDigest(mapping),
  schemas: digestOf([...schemas]),
  policy: 'sha256:00',
  findings: [],
  rulesRun: 40,
  notEvaluated: [],
  pairing: { patients: 5, items: 20, same: 20, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0, allergyStates: {} },
  workflows: workflows.map((each) => ({
    id: each.id,
    digest: openedWorkflow(each).digest,
    traced: { n: 1, of: 1 },
    leadTime: { current: 7200, future: 3600 },
    replications: 20,
  })),
}

export const project: Project = {
  manifest: {
    $schema: '',
    formatVersion: 1,
    id: 'p1',
    name: 'Example clinic',
    legacy: 'Old',
    target: 'New',
    created: '2026-07-01T00:00:00Z',
    tool: 'carryover',
    servers: [],
  },
  board: { goLive: null, owners: {}, thresholds: {}, statements: [] },
  workflows,
  sources: [source('patients.csv', 'legacy', 'sha256:aa'), source('Patient.ndjson', 'target', 'sha256:bb')],
  schemas,
  mapping,
  runs: [run],
  baseline: [],
  review: {
    plan: examplePlan(['first-open']),
    frame: 'first-open\tr0\n',
    draw: exampleDraw(['first-open']),
    events: [
      {
        kind: 'record',
        id: 'd1-1',
        at: { wall: '2026-07-15T09:00:00Z', counter: 1 },
        by: 'reader',
        record: 'r0',
        verdict: 'acceptable',
        differences: 0,
        reading: 'first',
        seconds: 20,
        comment: null,
      },
    ],
  },
  ledger: exampleLedger(),
  keys: [],
  private: new Map(),
  other: new Map([['README.md', utf8('kept')]]),
  readOnly: null,
  saved: new Map(),
}
