import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { acceptFinding } from '../../../src/core/project/accept-finding.ts'
import { paths } from '../../../src/core/project/documents.ts'
import { grantRole } from '../../../src/core/project/grant-role.ts'
import { ledgerLine } from '../../../src/core/project/ledger.ts'
import { mergeProjects } from '../../../src/core/project/merge-projects.ts'
import type { Project } from '../../../src/core/project/project.ts'
import { quarantine } from '../../../src/core/project/quarantine.ts'
import { addCalibration, drawSample, type Hand, lockPlan, record } from '../../../src/core/project/review-steps.ts'
import type { Role } from '../../../src/core/project/roles.ts'
import { jsonOf, saveProject } from '../../../src/core/project/save.ts'
import { currentRun } from '../../../src/core/project/signature.ts'
import { verifyProject } from '../../../src/core/project/verify.ts'
import { webVerifier } from '../../../src/io/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { exampleFrame, examplePlan, exampleSigner, ok } from './review-walk.ts'

const handOf = (actor: string, device = `d-${actor}`): Hand => ({ device, actor, wall: '2026-03-02T09:00:00+01:00' })
const admin = handOf('a-keller', 'd1')
const stranger: Hand = { device: 'd-x', actor: 'x-other', wall: '2026-03-03T09:00:00+01:00' }

async function withTeam(people: readonly (readonly [actor: string, role: Role])[]): Promise<Project> {
  const adminKey = await exampleSigner()
  const first = { actor: admin.actor, device: admin.device, role: 'admin' as const, key: digestOf(adminKey.publicKey) }
  let project = ok(await grantRole(exampleProject(), first, adminKey, webVerifier, admin))
  for (const [actor, role] of people) {
    const key = digestOf((await exampleSigner()).publicKey)
    project = ok(await grantRole(project, { actor, device: `d-${actor}`, role, key }, adminKey, webVerifier, admin))
  }
  return project
}

async function merged(here: Project, other: Project): Promise<Project> {
  const trusted = await quarantine(here, other, webVerifier)
  const outcome = mergeProjects(trusted.here, trusted.other)
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome.project
}

const failing = async (project: Project) =>
  (await verifyProject(saveProject(project), webVerifier))?.checks.filter((check) => !check.ok)

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
