/** A project in which everything that is no input file holds: maps, runs, mapping, a reviewed sample and a signature over it. */
import { webcrypto } from 'node:crypto'
import { exampleClinic, exampleFiles } from '../../../samples/readiness/example-files.ts'
import type { Flaw } from '../../../samples/readiness/flaws.ts'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import type { Project, WorkflowDocuments } from '../../../src/core/project/format/project.ts'
import { recordName } from '../../../src/core/project/format/record-name.ts'
import { jsonOf } from '../../../src/core/project/format/save.ts'
import { addHazard } from '../../../src/core/project/hazards/hazard-acts.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { openedWorkflow } from '../../../src/core/project/runs/opened-inputs.ts'
import { mappingDigest, type Signer, signPayload } from '../../../src/core/project/signing/signature.ts'
import { exampleLedger } from '../../../src/core/readiness/criteria/examples/example-ledger.ts'
import { examplePlan } from '../../../src/core/readiness/criteria/examples/example-review.ts'
import { withKit } from '../../../src/core/readiness/downtime/kit-record.ts'
import { type InputKind, inputFiles, inputKindNames, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { keptInput } from '../../../src/core/readiness/input-files/write-input.ts'
import { inputAdded } from '../../../src/core/readiness/kept-files/input-acts.ts'
import { documentOfDraw, draw } from '../../../src/core/review/draw/draw.ts'
import { parseFrame } from '../../../src/core/review/draw/frame.ts'
import type { ReviewEvent } from '../../../src/core/review/model/review-event.ts'
import { drawCounts } from '../../../src/core/review/plan/sampling-plan.ts'
import { salts } from '../project/salts.ts'
import { agreedTo, asOf, project as base, run as baseRun, searched } from './example-project.ts'
import { withSignedOrigins } from './signed-files.ts'

const seen = { level: 'observed', source: 'walk-through', n: 9 }
const step = (id: string, label: string, parts: object = {}) => ({
  id,
  type: 'step',
  label,
  kind: 'do',
  clicks: 3,
  evidence: seen,
  ...parts,
})

const graph = (side: 'current' | 'future', labels: readonly string[]) => ({
  format: 'carryover-workflow/1',
  id: 'refill',
  side,
  label: 'Refill',
  lanes: [{ id: 'nurse', label: 'Nurse' }],
  elements: [],
  nodes: [
    { id: 'begin', type: 'start' },
    ...labels.map((label, n) =>
      step(`s${n}`, label, { lane: 'nurse', place: 'mobile', ...(n === 2 ? { documents: 's1' } : {}) }),
    ),
    { id: 'end', type: 'end' },
  ],
  edges: [
    ...['begin', ...labels.map((_, n) => `s${n}`)].map((from, n, all) => ({ id: `e${n}`, from, to: all[n + 1] ?? 'end' })),
    { id: 'late', from: 's0', to: 'end', timeout: 3600 },
  ],
})

const workflow: WorkflowDocuments = {
  id: 'refill',
  current: graph('current', ['Take call', 'Look up', 'Write slip', 'Send fax']),
  future: graph('future', ['Open task', 'Check record', 'Note result', 'Send order']),
  trace: [0, 1, 2, 3].map((n) => ({ from: [`s${n}`], to: [`s${n}`], fate: 'kept' })),
  scenario: null,
}

const run = {
  ...baseRun,
  workflows: [
    {
      ...baseRun.workflows[0],
      id: 'refill',
      digest: openedWorkflow(workflow).digest,
      traced: { n: 4, of: 4 },
      leadTime: { current: 7200, future: 3600 },
      replications: 20,
    },
  ],
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
  strata: [{ id: 'first-open', rule: '', size: 1, minimum: 0, n: 1, takeAll: true, booked: 1 }],
}
const seed = '01234567890123456789'
const drawn = read.ok ? draw(read.frame, seed, drawCounts(plan)) : read
if (!read.ok || !drawn.ok) throw new Error('no sample')
const sample = documentOfDraw(read.frame, seed, ['a', 'b'], drawn.records)
const ledger = appendEntries(exampleLedger(), [
  act('run-finished', 'runs/r3/summary.json', digestOf(jsonOf(run)), 2),
  act('mapping-confirmed', 'mapping', mappingDigest(base.mapping), 3),
  act('plan-locked', 'review/plan.json', digestOf(jsonOf(plan)), 4),
  act('frame-committed', 'review/frame.tsv', sample.frame, 5),
  act('seed-rolled', 'review/draw.json', digestOf([seed, 'a', 'b']), 6),
  act('sample-drawn', 'review/draw.json', digestOf(jsonOf(sample)), 7),
  { ...act('verdict', 'review/verdicts.jsonl#d1-1', digestOf(jsonOf(verdict)), 8), actor: 'reader' },
])

const accepted = { fingerprint: 'f0', reason: 'Known quirk of the old system', by: 'owner', expires: '2027-01-31' }

const controlled = {
  hazard: 'An allergy is not shown',
  cause: 'Only coded allergies are shown',
  effect: 'A drug is given that the patient does not tolerate',
  severity: 5,
  likelihood: 3,
  controls: 'Free text is shown as well',
  residualSeverity: 3,
  residualLikelihood: 2,
  owner: 'Clinical owner',
} as const

const logged: Project = {
  ...base,
  workflows: [workflow],
  runs: [run],
  review: { ...base.review, plan, frame, draw: sample, events: [verdict] },
  baseline: [accepted],
  ledger: appendEntries(ledger, [{ ...act('finding-accepted', 'f0', digestOf(jsonOf(accepted)), 9), actor: 'owner' }]),
  other: new Map(),
}
const added = addHazard(
  logged,
  controlled,
  'Seen in the first run',
  { device: 'd1', actor: 'owner', wall: '2026-07-14T10:00:00+02:00' },
  salts,
)
if (!added.ok) throw new Error(added.problem)
const unsigned = added.project

/** Signed with a fresh key: whose hand it is does not matter here, that it covers what is there does. */
async function signed(): Promise<Pick<Project, 'keys' | 'ledger'>> {
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty = '', crv = '', x = '', y = '' } = await webcrypto.subtle.exportKey('jwk', pair.publicKey)
  const signer: Signer = {
    publicKey: { kty, crv, x, y },
    sign: async (bytes) =>
      new Uint8Array(await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes)),
  }
  const words = {
    statement: 'The sample holds.',
    meaning: 'approval',
    name: 'Clinical owner',
    role: 'owner',
    time: '2026-07-15T10:00:00+02:00',
    covers: [],
    tool: 'carryover',
  } as const
  const key = act('key-enrolled', 'keys/owner.pub.json', digestOf(signer.publicKey), 21)
  const enrolled = { ...unsigned, ledger: appendEntries(unsigned.ledger, [key]) }
  const signature = await signPayload(signaturePayload(enrolled, words), signer)
  const created = '2026-07-14T10:00:00+02:00'
  return {
    keys: [
      { id: 'owner', actor: 'owner', name: words.name, role: words.role, device: 'd1', created, publicKey: signer.publicKey },
    ],
    ledger: appendEntries(enrolled.ledger, [{ ...act('signed', 'review', digestOf(signature.payload), 22), signature }]),
  }
}

const { keys, ledger: signedLedger } = await signed()
const workflows = [openedWorkflow(workflow).workflow]
const sources = run.inputs.filter(({ side }) => side === 'legacy').map(({ name, records }) => ({ name, records }))

const later = { device: 'd1', actor: 'owner', wall: '2026-07-18T08:30:00+02:00' }

/** With another text of a file put in its place as the app does, in the ledger too, though as it is given; nobody signs for it. */
export function withUnsignedFile(project: Project, kind: InputKind, text: string): Project {
  const other = new Map(project.other).set(inputPath(kind), utf8(text))
  return record({ ...project, other }, [{ action: inputAdded, object: inputPath(kind), digest: digestOf(text) }], later)
}

/** The same, with its origin signed: what it says decides, not where it comes from. */
export function withFile(project: Project, kind: InputKind, text: string): Project {
  return withSignedOrigins(withUnsignedFile(project, kind, text), [kind], later)
}

const hide = (number: string): string => recordName('00'.repeat(32), number)

/** The project with the example files of the board for its own maps and sources, with what is planted in them. */
export function readyProject(flaws: readonly Flaw[]): Project {
  const texts = exampleFiles(exampleClinic(asOf, flaws, { workflows, sources }))
  const files = new Map([...texts].map(([kind, text]) => [kind, keptInput(inputFiles[kind], text, hide)]))
  const added = [...files].map(([kind, text], n) => ({
    ...act(inputAdded, inputPath(kind), digestOf(text), 20 + n),
    time: { wall: '2026-07-18T08:00:00+02:00', counter: n },
  }))
  const given = {
    ...unsigned,
    keys,
    ledger: appendEntries(signedLedger, added),
    other: new Map([...unsigned.other, ...[...files].map(([kind, text]) => [inputPath(kind), utf8(text)] as const)]),
  }
  const whole = searched(agreedTo(withSignedOrigins(given, inputKindNames, { device: 'd1', wall: '2026-07-18T08:10:00+02:00' })))
  return withKit(whole, '2026-07-18', { device: 'd1', actor: 'owner', wall: '2026-07-18T09:00:00+02:00' }) ?? whole
}
