import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import { acceptHeld, heldWork } from '../../../src/core/project/copies/accept-held-work.ts'
import { quarantine } from '../../../src/core/project/copies/quarantine.ts'
import { grantRole } from '../../../src/core/project/duties/grant-role.ts'
import { judgeRoles, type Role } from '../../../src/core/project/duties/roles.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { ledgerLine } from '../../../src/core/project/ledger/entry-hash.ts'
import {
  addCalibration,
  addVerdicts,
  drawSample,
  enrolKey,
  lockPlan,
  sign,
} from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { acceptFinding } from '../../../src/core/project/runs/accept-finding.ts'
import { currentRun } from '../../../src/core/project/signing/signature.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { allSigned, withDevices } from './device-keys.ts'
import { exampleProject } from './example-project.ts'
import { exampleFrame, examplePlan, exampleSigner, judged, ok, words } from './review-walk.ts'

const handOf = (actor: string, device = `d-${actor}`): Hand => ({ device, actor, wall: '2026-03-02T09:00:00+01:00' })
const admin = handOf('a-keller', 'd1')
const stranger: Hand = { device: 'd-x', actor: 'x-other', wall: '2026-03-03T09:00:00+01:00' }

async function withTeam(people: readonly (readonly [actor: string, role: Role])[]): Promise<Project> {
  const adminKey = await exampleSigner()
  const first = { actor: admin.actor, device: admin.device, role: 'admin' as const, key: digestOf(adminKey.publicKey) }
  const devices = [admin, ...people.map(([actor]) => handOf(actor))]
  let project = ok(await grantRole(await withDevices(exampleProject(), ...devices), first, adminKey, webVerifier, admin))
  for (const [actor, role] of people) {
    const key = digestOf((await exampleSigner()).publicKey)
    project = ok(await grantRole(project, { actor, device: `d-${actor}`, role, key }, adminKey, webVerifier, admin))
  }
  return project
}

async function merged(here: Project, other: Project): Promise<Project> {
  const trusted = await quarantine(await allSigned(here), await allSigned(other), webVerifier)
  const outcome = mergeProjects(trusted.here, trusted.other)
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome.project
}

const failing = async (project: Project) =>
  (await verifyProject(saveProject(await allSigned(project)), webVerifier))?.checks.filter((check) => !check.ok)

test('acceptance, run and calibration of a person without a role do not take effect', async () => {
  const people = [
    ['p-data', 'data'],
    ['p-owner', 'owner'],
  ] as const
  const frame = exampleFrame()
  const plan = { ...examplePlan(frame), calibration: 10 }
  const locked = ok(lockPlan(await withTeam(people), plan, frame, handOf('p-owner')))
  const here = ok(drawSample(locked, '01234567890123456789', ['p-owner', 'p-data'], null, handOf('p-owner')))
  const given = {
    fingerprint: 'a'.repeat(64),
    reason: 'It is fine as it is',
    by: stranger.actor,
    expires: '2026-05-01',
    code: 'x/y',
    place: 'a',
    at: '2026-03-03',
  }
  const run = { ...exampleRunOf(here), id: 'run-0099', number: 99, findings: [] }
  const calibrated = (by: Hand, start = here): Project => ok(addCalibration(start, { kind: 'skip', reason: 'Late' }, by))
  const finished = (by: Hand, start: Project): Project =>
    record(
      { ...start, runs: [...start.runs, run] },
      [{ action: 'run-finished', object: `runs/${run.id}/summary.json`, digest: digestOf(jsonOf(run)) }],
      by,
    )
  const accepted = acceptFinding(calibrated(stranger), given, stranger)
  if (typeof accepted === 'string') throw new Error(accepted)
  const after = await merged(here, finished(stranger, accepted))
  expect(after.baseline).toEqual(here.baseline)
  expect(currentRun(after)?.number).toBe(1)
  expect(after.review.calibration ?? []).toEqual([])
  expect(await failing(after)).toEqual([])
  // The same acts of a person with the role do.
  const own = await merged(here, finished({ ...stranger, device: 'd-p-data', actor: 'p-data' }, here))
  expect(currentRun(own)?.number).toBe(99)
})

function exampleRunOf(project: Project) {
  const run = currentRun(project)
  if (!run) throw new Error('no run')
  return run
}

test('a document that no entry names does not come in, neither does an entry hidden among those put aside', async () => {
  const here = await withTeam([['p-data', 'data']])
  const run = { ...exampleRunOf(here), id: 'run-0099', number: 99 }
  const acting = record(here, [{ action: 'mapping-confirmed', object: 'mapping', digest: null }], stranger)
  const hidden = acting.ledger.slice(here.ledger.length)
  const other: Project = {
    ...here,
    runs: [...here.runs, run],
    baseline: [...here.baseline, { fingerprint: 'zz', reason: 'It is fine', by: 'nobody', expires: '2027-01-01' }],
    other: new Map(here.other).set(paths.givenUp, utf8(hidden.map(ledgerLine).join(''))),
  }
  const after = await merged(here, other)
  expect(currentRun(after)?.number).toBe(1)
  expect(after.baseline).toEqual(here.baseline)
  expect(after.ledger).toEqual(here.ledger)
})

test('work of an old copy comes in once an entitled person accepts it by name, with its documents, and nothing else does', async () => {
  const keys = { owner: await exampleSigner(), reader: await exampleSigner(), admin: await exampleSigner() }
  const frame = exampleFrame()
  const locked = ok(lockPlan(exampleProject(), examplePlan(frame), frame, admin))
  const drawn = ok(drawSample(locked, '01234567890123456789', ['a-keller', 'p-data'], null, admin))
  const [first = '', second = '', third = ''] = (drawn.review.draw?.records ?? []).map(({ id }) => id)
  // A colleague takes a copy before any role is granted, reads and signs a rejection there.
  const colleague: Hand = { device: 'd-x', actor: 'm-ito', wall: '2026-03-02T12:00:00+01:00' }
  const key = {
    id: 'm-ito',
    actor: 'm-ito',
    name: 'Mika Ito',
    role: '',
    device: 'd-x',
    created: colleague.wall,
    publicKey: keys.reader.publicKey,
  }
  const readThere = enrolKey(
    ok(addVerdicts(drawn, [judged(first), judged(second, 'first', 'harmful')], colleague)),
    key,
    colleague,
  )
  const old = ok(await sign(readThere, { ...words, name: 'Mika Ito', meaning: 'rejection' }, keys.reader, colleague))
  // Roles come into force here.
  const grants = [
    { actor: 'a-keller', device: 'd1', role: 'admin', key: digestOf(keys.admin.publicKey) },
    { actor: 'p-owner', device: 'd-p-owner', role: 'owner', key: digestOf(keys.owner.publicKey) },
  ] as const
  let here = await withDevices(drawn, admin, handOf('p-owner'))
  for (const grant of grants) here = ok(await grantRole(here, grant, keys.admin, webVerifier, admin))
  const held = await merged(here, old)
  expect(held.review.events).toEqual([])
  expect(heldWork(held)).toMatchObject([{ device: 'd-x', actors: ['m-ito'] }])
  // Not without a reason, not by somebody without the role, not with another key.
  const accept = (by: Hand, signer = keys.owner, reason = 'Read on 2 March, before roles were granted') =>
    acceptHeld(held, 'd-x', reason, signer, webVerifier, by)
  expect((await accept(handOf('p-owner'), keys.owner, ' ')).ok).toBe(false)
  expect((await accept(handOf('p-nobody'))).ok).toBe(false)
  expect((await accept(handOf('p-owner'), keys.admin)).ok).toBe(false)
  expect((await accept(colleague, keys.reader)).ok).toBe(false)
  const accepted = ok(await accept(handOf('p-owner')))
  expect(await failing(accepted)).toEqual([])
  const joined = await merged(accepted, old)
  expect(joined.review.events.map(({ record, by }) => [record, by])).toEqual([
    [first, 'm-ito'],
    [second, 'm-ito'],
  ])
  // What the colleague signed stays out: nobody accepts that for another, however often it is brought.
  expect(joined.ledger.filter(({ action }) => action === 'signed')).toEqual([])
  expect(heldWork(joined)).toMatchObject([{ entries: [{ action: 'signed' }], acceptable: [] }])
  expect(await acceptHeld(joined, 'd-x', 'It is a signature', keys.owner, webVerifier, handOf('p-owner'))).toMatchObject({
    ok: false,
    problem: expect.stringContaining('nobody accepts these for another'),
  })
  expect(await failing(joined)).toEqual([])
  const v6 = (await verifyProject(saveProject(await allSigned(joined)), webVerifier))?.checks.find(({ id }) => id === 'V6')
  expect(v6?.why).toContain('4 held back of d-x were accepted by p-owner: Read on 2 March')
  const page = certificateText(certificateOf(signaturePayload(joined, words)))
  expect(page).toContain('Nobody on d-x had a role for 4 entries recorded there; p-owner accepted them')
  // The other way round the union is the same, and what the colleague adds later is judged anew.
  expect((await merged(joined, old)).ledger).toEqual(joined.ledger)
  const later = await merged(joined, ok(addVerdicts(old, [judged(third)], colleague)))
  expect(later.review.events).toHaveLength(2)
  expect(heldWork(later)[0]?.entries).toHaveLength(2)
  // An acceptance that somebody altered lets nothing in.
  const at = accepted.ledger.length - 1
  const forged = accepted.ledger.map((entry, index) =>
    index === at ? { ...entry, payload: { ...Object(entry.payload), entries: 99 } } : entry,
  )
  const { refused } = await judgeRoles(accepted, forged, webVerifier)
  expect(refused.get(at)).toContain('names another acceptance')
})

test('a waiver or an acceptance that never holds is held back even where no role is in force', async () => {
  const here = ok(lockPlan(exampleProject(), examplePlan(exampleFrame()), exampleFrame(), admin))
  for (const action of ['duty-waived', 'held-accepted']) {
    const bogus = record(here, [{ action, object: 'x', digest: 'sha256:aa' }], stranger)
    expect((await failing(bogus))?.map(({ id }) => id)).toEqual(['V6'])
    const after = await merged(here, bogus)
    expect(heldWork(after)).toMatchObject([{ device: stranger.device, entries: [{ action }] }])
    expect(await failing(after)).toEqual([])
  }
})
