/** A small project whose every kind of evidence is there, for the tests of the board. */
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import type { Project, WorkflowDocuments } from '../../../src/core/project/format/project.ts'
import type { RunSummary } from '../../../src/core/project/format/run.ts'
import { jsonOf } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { mappingDigest, openedWorkflow } from '../../../src/core/project/runs/opened-inputs.ts'
import { mappingDigest as mappingAct } from '../../../src/core/project/signing/signature.ts'
import { exampleLedger } from '../../../src/core/readiness/criteria/examples/example-ledger.ts'
import { examplePlan } from '../../../src/core/readiness/criteria/examples/example-review.ts'
import { makeKit } from '../../../src/core/readiness/downtime/kit.ts'
import { kitMade, kitPath, kitText } from '../../../src/core/readiness/downtime/kit-record.ts'
import { agree, agreedKinds } from '../../../src/core/readiness/evidence/agreements.ts'
import { inputFiles, inputKindNames, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { withPairSearch } from '../../../src/core/readiness/kept-files/pair-search.ts'
import { documentOfDraw, draw } from '../../../src/core/review/draw/draw.ts'
import { parseFrame } from '../../../src/core/review/draw/frame.ts'
import type { ReviewEvent } from '../../../src/core/review/model/review-event.ts'
import { drawCounts } from '../../../src/core/review/plan/sampling-plan.ts'
import { withSignedOrigins } from './signed-files.ts'

export const asOf = '2026-07-20'

/** The outcome of `verify` for a project whose signatures are not what a test is about, on the device that ran its checks. */
export const verified = { broken: null, witness: { devices: ['d1', 'd-runs'], runs: [] } }

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

const patientsSchema = 'schemas/patients.json'
const source = (name: string, side: 'legacy' | 'target', sha256: string) => ({
  id: name.replace('.', '-'),
  name,
  side,
  format: name.endsWith('.ndjson') ? ('ndjson' as const) : ('csv' as const),
  table: name,
  bytes: 10,
  sha256,
  records: 5,
  schema: side === 'legacy' ? patientsSchema : null,
  reading: {},
})

const mapping = new Map([
  [
    'mapping/fields.csv',
    'legacy_source,legacy_field,rule,params,target,required,status,reason,by\npatients,DOB,date,,Patient.birthDate,yes,confirmed,,lead\n',
  ],
])
const schemas = new Map([[patientsSchema, { fields: [{ name: 'DOB', type: 'date' }] }]])
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
  pairing: {
    ...{ patients: 5, items: 20, same: 20, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0 },
    allergyStates: { 'known → known': 5 },
    bySafety: { allergy: 5, 'active-medication': 7, result: 8 },
  },
  workflows: workflows.map((each) => ({
    id: each.id,
    digest: openedWorkflow(each).digest,
    traced: { n: 1, of: 1 },
    leadTime: { current: 7200, future: 3600 },
    replications: 20,
  })),
}

const act = (action: string, object: string, digest: string | null, counter: number) => ({
  device: 'd1',
  time: { wall: '2026-07-14T10:00:00+02:00', counter },
  actor: 'owner',
  action,
  object,
  digest,
})
const verdict: ReviewEvent = {
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
}

const frame = 'first-open\tr0\n'
const read = parseFrame(frame)
const plan = {
  ...examplePlan(['first-open']),
  strata: [{ id: 'first-open', rule: '', size: 1, minimum: 0, n: 1, takeAll: false, booked: 1 }],
}
const seed = '01234567890123456789'
const drawn = read.ok ? draw(read.frame, seed, drawCounts(plan)) : read
if (!read.ok || !drawn.ok) throw new Error('no sample')
const sample = documentOfDraw(read.frame, seed, ['a', 'b'], drawn.records)
const ledger = appendEntries(exampleLedger(), [
  act('run-finished', 'runs/r3/summary.json', digestOf(jsonOf(run)), 2),
  act('mapping-confirmed', 'mapping', mappingAct(mapping), 3),
  act('plan-locked', 'review/plan.json', digestOf(jsonOf(plan)), 4),
  act('frame-committed', 'review/frame.tsv', sample.frame, 5),
  act('seed-rolled', 'review/draw.json', digestOf([seed, 'a', 'b']), 6),
  act('sample-drawn', 'review/draw.json', digestOf(jsonOf(sample)), 7),
  { ...act('verdict', 'review/verdicts.jsonl#d1-1', digestOf(jsonOf(verdict)), 8), actor: 'reader' },
])

const files = new Map([
  ['README.md', utf8('kept')] as const,
  ...inputKindNames.map((kind) => [inputPath(kind), utf8(inputFiles[kind].example)] as const),
])
const kit = makeKit({ ledger: [], other: files, workflows }, '2026-07-19')

/** With an agreement to each file that asks for one, long before go-live: the first entries of the ledger. */
export function agreedTo(project: Project): Project {
  let held = project
  // Prepended one by one, the ledger stands by device where times are equal.
  for (const kind of agreedKinds.toSorted().toReversed()) {
    // On a device of its own, whose clock has seen nothing yet.
    const hand = { device: `d-${kind}`, actor: 'medical-director', wall: '2025-09-01T10:00:00Z' }
    const alone = agree({ ...held, ledger: [] }, kind, { name: 'Medical director', role: 'owner' }, hand)
    if (typeof alone === 'string') throw new Error(alone)
    held = { ...held, other: alone.other, ledger: [...alone.ledger, ...held.ledger] }
  }
  return held
}

/** In it nobody has signed yet where its files come from. */
const unsigned: Project = {
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
    plan,
    frame,
    draw: sample,
    events: [verdict],
  },
  ledger,
  heads: [],
  keys: [],
  unread: new Map(),
  private: new Map(),
  other: kit === null ? files : new Map(files).set(kitPath, utf8(kitText(kit))),
  readOnly: null,
  saved: new Map(),
}

const made = kit === null ? [] : [{ ...act(kitMade, kitPath, kit.digest, 9) }]
const byHand = { device: 'd-files', wall: '2026-07-14T10:30:00+02:00' }

export const project: Project = agreedTo(
  searched(withSignedOrigins({ ...unsigned, ledger: appendEntries(ledger, made) }, inputKindNames, byHand)),
)

/** With a search for duplicate patients in the target that found none. */
export function searched(of: Project): Project {
  const [target] = of.sources.filter(({ side }) => side === 'target')
  const by = { device: 'd-pairs', wall: '2026-07-14T10:40:00+02:00', actor: 'dana-reed' }
  return target ? withPairSearch(of, target, { records: run.pairing?.patients ?? 0, pairs: 9, groups: 0 }, by) : of
}

/** With another run in the place of its own, which the ledger names as the app names it. */
export function ranAgain(of: Project, next: RunSummary): Project {
  const time = { wall: '2026-07-14T10:00:00+02:00', counter: 0 }
  const entry = { device: 'd-runs', time, actor: 'owner', action: 'run-finished', object: `runs/${next.id}/summary.json` }
  return { ...of, runs: [next], ledger: appendEntries(of.ledger, [{ ...entry, digest: digestOf(jsonOf(next)) }]) }
}
