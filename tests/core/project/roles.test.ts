import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import { quarantine, quarantinedIn } from '../../../src/core/project/copies/quarantine.ts'
import { grantRole } from '../../../src/core/project/duties/grant-role.ts'
import { allowed, judgeRoles, type Role, roles } from '../../../src/core/project/duties/roles.ts'
import { waiveDuty } from '../../../src/core/project/duties/sign-waiver.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries, lastEntryOf, nextEntry } from '../../../src/core/project/ledger/chain.ts'
import { hashOf } from '../../../src/core/project/ledger/entry-hash.ts'
import { addVerdicts, drawSample, enrolKey, lockPlan, sign } from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { payloadOf, type Signer, signJson } from '../../../src/core/project/signing/signature.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { allSigned, withDevices } from './device-keys.ts'
import { exampleProject } from './example-project.ts'
import { drawnProject, exampleFrame, examplePlan, exampleSigner, judged, ok, words } from './review-walk.ts'

const handOf = (actor: string, device = `d-${actor}`): Hand => ({ device, actor, wall: '2026-03-02T09:00:00+01:00' })
// Who created the example project, on its device.
const admin = handOf('a-keller', 'd1')

interface Team {
  readonly project: Project
  readonly adminKey: Signer
  readonly keys: ReadonlyMap<string, Signer>
}

async function withTeam(
  people: readonly (readonly [actor: string, role: Role])[],
  start: Project = exampleProject(),
): Promise<Team> {
  const adminKey = await exampleSigner()
  const first = { actor: admin.actor, device: admin.device, role: 'admin' as const, key: digestOf(adminKey.publicKey) }
  const devices = [admin, ...people.map(([actor]) => handOf(actor))]
  let project = ok(await grantRole(await withDevices(start, ...devices), first, adminKey, webVerifier, admin))
  const keys = new Map<string, Signer>()
  for (const [actor, role] of people) {
    const key = keys.get(actor) ?? (await exampleSigner())
    keys.set(actor, key)
    const { device } = handOf(actor)
    project = ok(await grantRole(project, { actor, device, role, key: digestOf(key.publicKey) }, adminKey, webVerifier, admin))
  }
  return { project, adminKey, keys }
}

const check = async (project: Project) =>
  (await verifyProject(saveProject(await allSigned(project)), webVerifier))?.checks.find(({ id }) => id === 'V6')

async function enrolled({ project, keys }: Team, actor: string): Promise<Project> {
  const key = keys.get(actor)
  if (!key) throw new Error(actor)
  const { device, wall } = handOf(actor)
  return enrolKey(
    project,
    { id: `${actor}-${device}`, actor, name: actor, role: '', device, created: wall, publicKey: key.publicKey },
    handOf(actor),
  )
}

test('every role may do what the table says and nothing else, on its own device', async () => {
  const acts = [
    'mapping-confirmed',
    'run-finished',
    'plan-locked',
    'sample-drawn',
    'verdict',
    'adjudicated',
    'finding-accepted',
    'statement',
    'threshold-set',
    'merged',
    'exported',
    'fork-settled',
    'finding-assigned',
    'acceptance-withdrawn',
    // Not in the table: anybody who works here, and nobody who only looks.
    'input-removed',
    'cells-edited',
    'risk-set',
    'hazard-rated',
    // What looking leaves behind.
    'gate-changed',
    'reader-switched',
    'hazard-added',
    'hazard-accepted',
    'hazard-closed',
  ]
  const looking = ['gate-changed', 'reader-switched']
  const working = ['input-removed', 'cells-edited', 'risk-set', 'hazard-rated', ...looking]
  const answering = ['finding-accepted', 'finding-assigned', 'acceptance-withdrawn']
  const may: Readonly<Record<Role, readonly string[]>> = {
    viewer: looking,
    analyst: [...answering, 'statement', 'hazard-added', 'merged', 'exported', ...working],
    data: [
      'mapping-confirmed',
      'run-finished',
      'sample-drawn',
      ...answering,
      'statement',
      'hazard-added',
      'merged',
      'exported',
      ...working,
    ],
    reviewer: ['verdict', 'statement', 'hazard-added', 'merged', 'exported', ...working],
    adjudicator: ['verdict', 'adjudicated', 'statement', 'hazard-added', 'merged', 'exported', ...working],
    owner: [
      'plan-locked',
      'sample-drawn',
      ...answering,
      'statement',
      'hazard-added',
      'threshold-set',
      'merged',
      'exported',
      'fork-settled',
      ...working,
    ],
    'safety-officer': ['statement', 'hazard-added', 'hazard-accepted', 'hazard-closed', 'merged', 'exported', ...working],
    admin: ['merged', 'exported', 'fork-settled', ...working],
  }
  const { project } = await withTeam(roles.filter((role) => role !== 'admin').map((role) => [`p-${role}`, role]))
  const saved = await allSigned(project)
  for (const role of roles)
    for (const action of acts) {
      const wanted = may[role].includes(action)
      expect([role, action, allowed([role], action)]).toEqual([role, action, wanted])
      const hand = role === 'admin' ? admin : handOf(`p-${role}`)
      const judge = async (by: Hand): Promise<boolean> => {
        const { ledger } = record(saved, [{ action, object: 'x', digest: null }], by)
        return !(await judgeRoles(saved, ledger, webVerifier, { writing: by.device })).refused.has(ledger.length - 1)
      }
      // Settling a hazard takes the own key as well (hazards.test.ts): with the right alone it is refused.
      const isSettled = action === 'hazard-accepted' || action === 'hazard-closed'
      expect([role, action, await judge(hand)]).toEqual([role, action, wanted && !isSettled])
      // The same person on another device has no role there.
      expect([role, action, await judge({ ...hand, device: 'stolen' })]).toEqual([role, action, false])
    }
})

test('a whole review with every duty apart verifies; what is not kept apart is named by its rule', async () => {
  const people = [
    ['p-data', 'data'],
    ['p-owner', 'owner'],
    ['p-reader', 'reviewer'],
  ] as const
  const team = await withTeam(people)
  const frame = exampleFrame()
  const walk = async (
    rolled: readonly string[],
    order: readonly ('review' | 'approval')[],
    mapper = 'p-data',
  ): Promise<Project> => {
    let project = await enrolled(team, 'p-reader')
    project = await enrolled({ ...team, project }, 'p-owner')
    project = record(project, [{ action: 'mapping-confirmed', object: 'mapping', digest: null }], handOf(mapper))
    project = ok(lockPlan(project, examplePlan(frame), frame, handOf('p-owner')))
    project = ok(drawSample(project, '01234567890123456789', rolled, null, handOf('p-owner')))
    project = ok(
      addVerdicts(
        project,
        (project.review.draw?.records ?? []).map(({ id }) => judged(id)),
        handOf('p-reader'),
      ),
    )
    for (const meaning of order) {
      const actor = meaning === 'review' ? 'p-reader' : 'p-owner'
      const key = team.keys.get(actor)
      if (key) project = ok(await sign(project, { ...words, meaning, name: actor }, key, handOf(actor)))
    }
    return project
  }
  const apart = await verifyProject(
    saveProject(await allSigned(await walk(['p-owner', 'p-data'], ['review', 'approval']))),
    webVerifier,
  )
  expect(apart?.checks.filter((each) => !each.ok)).toEqual([])
  expect((await check(await walk(['p-owner'], ['review'])))?.why).toMatch(/^S7/)
  expect((await check(await walk(['p-owner', 'p-data'], ['approval'])))?.why).toMatch(/^S4/)
  // What a reader signed has changed before the approval.
  const read = await walk(['p-owner', 'p-data'], ['review'])
  const [one] = read.review.draw?.records ?? []
  const changed = ok(addVerdicts(read, [judged(one?.id ?? '', 'first', 'wrong')], handOf('p-reader')))
  const owner = team.keys.get('p-owner')
  if (!owner) throw new Error('no key')
  const over = ok(await sign(changed, { ...words, meaning: 'approval', name: 'p-owner' }, owner, handOf('p-owner')))
  expect((await check(over))?.why).toMatch(/^S4/)
  expect((await check(await walk(['p-owner', 'p-data'], ['review'], 'p-reader')))?.why).toContain(
    'does not allow mapping confirmed',
  )
})

/** A reader who confirmed the mapping, as S1 forbids; `before` stands between the draw and the first verdict. */
async function mapperReads(team: Team, before: (drawn: Project) => Promise<Project> = async (drawn) => drawn): Promise<Project> {
  const frame = exampleFrame()
  let project = await enrolled({ ...team, project: await enrolled(team, 'p-reader') }, 'p-owner')
  project = record(project, [{ action: 'mapping-confirmed', object: 'mapping', digest: null }], handOf('p-reader'))
  project = ok(lockPlan(project, examplePlan(frame), frame, handOf('p-owner')))
  project = ok(drawSample(project, '01234567890123456789', ['p-owner', 'p-data'], null, handOf('p-owner')))
  const acts = (project.review.draw?.records ?? []).map(({ id }) => judged(id))
  return ok(addVerdicts(await before(project), acts, handOf('p-reader')))
}

const smallTeam = [
  ['p-data', 'data'],
  ['p-owner', 'owner'],
  ['p-reader', 'reviewer'],
  ['p-reader', 'data'],
] as const

function keyIn({ keys }: Team, actor: string): Signer {
  const key = keys.get(actor)
  if (!key) throw new Error(actor)
  return key
}

test('a separation waived before is stated and printed instead of failing; a waiver that somebody altered is none', async () => {
  const team = await withTeam(smallTeam)
  const [ownerKey, readerKey] = [keyIn(team, 'p-owner'), keyIn(team, 'p-reader')]
  const why = 'One physician keeps the allergy list and maps it'
  const read = await mapperReads(team)
  expect((await check(read))?.why).toMatch(/^S1/)
  expect((await waiveDuty(read, 'S1', ' ', ownerKey, handOf('p-owner'))).ok).toBe(false)
  const waived = await mapperReads(team, async (drawn) => ok(await waiveDuty(drawn, 'S1', why, ownerKey, handOf('p-owner'))))
  expect(await check(waived)).toMatchObject({ ok: true, why: expect.stringContaining(`S1 was waived by p-owner: ${why}`) })
  const saying = { ...words, name: 'p-reader' }
  const signed = ok(await sign(waived, saying, readerKey, handOf('p-reader')))
  const last = signed.ledger.at(-1)
  const payload = last ? payloadOf(last) : null
  if (!payload) throw new Error('no page')
  expect(certificateText(certificateOf(payload))).toContain(`waived by p-owner on 02-Mar-2026 09:00 +01:00: ${why}`)
  const broken = async (project: Project) =>
    (await verifyProject(saveProject(await allSigned(project)), webVerifier))?.checks
      .filter((each) => !each.ok)
      .map(({ id, why }) => `${id} ${why}`)
  expect(await broken(signed)).toEqual([])
  // A page that keeps silent about it, or about anything else that a page of these rules states.
  for (const [part, name] of [
    ['waivers', 'waivers'],
    ['sensitivity', 'seeded defects'],
  ] as const) {
    const { [part]: _, ...silent } = signaturePayload(waived, saying)
    const signature = await signJson(jsonOf(silent), readerKey)
    const { device, actor } = handOf('p-reader')
    const time = { wall: '2026-03-02T11:00:00+01:00', counter: 0 }
    const draft = { device, actor, time, action: 'signed', object: 'review', digest: digestOf(signature.payload), signature }
    expect(await broken({ ...waived, ledger: appendEntries(waived.ledger, [draft]) })).toEqual([
      expect.stringMatching(new RegExp(`^V8 The ${name} of signature`)),
    ])
  }
  // Given when all was read, or even signed, it excuses nothing.
  for (const late of [read, ok(await sign(read, saying, readerKey, handOf('p-reader')))])
    expect(await check(ok(await waiveDuty(late, 'S1', why, ownerKey, handOf('p-owner'))))).toMatchObject({
      ok: false,
      why: expect.stringContaining('waived afterwards'),
    })
  // By somebody without the role, and with words that were not signed.
  expect((await check(ok(await waiveDuty(read, 'S1', why, readerKey, handOf('p-reader')))))?.ok).toBe(false)
  const altered = waived.ledger.map((each) =>
    each.action === 'duty-waived' ? { ...each, payload: { ...Object(each.payload), duty: 'S3' } } : each,
  )
  expect((await check({ ...waived, ledger: altered }))?.ok).toBe(false)
})

test('what a reader waived before roles were granted does not excuse that reader under roles; an owner can waive it then', async () => {
  const key = await exampleSigner()
  const reader = handOf('p-reader')
  const own = { id: 'k0', actor: reader.actor, name: reader.actor, role: '', device: reader.device, created: reader.wall }
  const started = enrolKey(exampleProject(), { ...own, publicKey: key.publicKey }, reader)
  const team = await withTeam(smallTeam, ok(await waiveDuty(started, 'S1', 'I do both', key, reader)))
  const read = await mapperReads(team)
  expect((await check(read))?.why).toMatch(/^S1/)
  const waived = await mapperReads(team, async (drawn) =>
    ok(await waiveDuty(drawn, 'S1', 'Nobody else is here', keyIn(team, 'p-owner'), handOf('p-owner'))),
  )
  expect(await check(waived)).toMatchObject({ ok: true, why: expect.stringContaining('I do both. This does not count') })
})

test('two readers of one record who share a device are named: nothing but their word tells them apart', async () => {
  const drawn = drawnProject()
  const record = drawn.review.draw?.records[0]?.id ?? ''
  const twice = (by: Hand): Project =>
    ok(addVerdicts(ok(addVerdicts(drawn, [judged(record)], handOf('p-one', 'd7'))), [judged(record, 'second')], by))
  expect((await check(twice(handOf('p-two', 'd7'))))?.why).toContain('p-one and p-two read the same records on one device')
  expect((await check(twice(handOf('p-two'))))?.why).not.toContain('on one device')
})

test('S5: an administrator gives itself nothing and judges nothing', async () => {
  const { project, adminKey, keys } = await withTeam([['p-reader', 'reviewer']])
  const key = digestOf(adminKey.publicKey)
  const own = await grantRole(project, { ...admin, role: 'reviewer', key }, adminKey, webVerifier, admin)
  expect(own).toMatchObject({ ok: false, problem: expect.stringContaining('S5') })
  const reader = digestOf(keys.get('p-reader')?.publicKey ?? null)
  const second = await grantRole(
    project,
    { actor: 'p-reader', device: 'd-p-reader', role: 'admin', key: reader },
    adminKey,
    webVerifier,
    admin,
  )
  expect(second).toMatchObject({ ok: false, problem: expect.stringContaining('S5') })
})

test('of roles forged in somebody else’s copy none takes effect, and what they allowed is held back and shown', async () => {
  const { project: here, adminKey } = await withTeam([['p-data', 'data']])
  const forger = await exampleSigner()
  const forgeries = fc.record({
    role: fc.constantFrom(...roles),
    /** How the grant was made: by the forger's own key, with no signature, with the administrator's key for something else, or altered. */
    how: fc.constantFrom('own key', 'no signature', 'copied signature', 'other project'),
    as: fc.constantFrom('x-forger', 'a-keller', 'p-data'),
    wall: fc.constantFrom('2016-01-01T00:00:00Z', '2026-03-02T09:00:00+01:00', '2036-01-01T00:00:00Z'),
  })
  await fc.assert(
    fc.asyncProperty(forgeries, async ({ role, how, as, wall }) => {
      const hand = { device: 'd-x', actor: as, wall }
      const grant = {
        format: 'carryover-role/1',
        project: how === 'other project' ? 'p-other' : here.manifest.id,
        actor: 'x-forger',
        role,
        device: 'd-x',
        key: digestOf(forger.publicKey),
      }
      const made = await signJson(jsonOf(grant), forger)
      const signature = how === 'copied signature' ? { ...made, publicKey: adminKey.publicKey } : made
      const draft = {
        device: hand.device,
        time: { wall, counter: 0 },
        actor: as,
        action: 'role-granted',
        object: 'roles/x',
        digest: digestOf(jsonOf(grant)),
        ...(how === 'no signature' ? {} : { signature }),
      }
      const forged = { ...here, ledger: appendEntries(here.ledger, [draft]) }
      const used = record(
        forged,
        [
          { action: 'threshold-set', object: 'board.json', digest: null },
          { action: 'verdict', object: 'x', digest: null },
        ],
        { ...hand, actor: 'x-forger' },
      )
      const { here: own, other, held, why } = await quarantine(await allSigned(here), await allSigned(used), webVerifier)
      expect(held).toHaveLength(3)
      expect(why).toHaveLength(1)
      const merged = mergeProjects(own, other)
      if (!merged.ok) throw new Error(merged.problem)
      expect(merged.project.ledger).toEqual(here.ledger)
      expect(quarantinedIn(merged.project)).toHaveLength(3)
      expect((await check(merged.project))?.ok).toBe(true)
      // Brought again, it is held back again, once.
      const again = await quarantine(await allSigned(merged.project), await allSigned(used), webVerifier)
      expect(quarantinedIn(again.here)).toHaveLength(3)
      // Without the quarantine the same bundle does not verify.
      expect((await check(used))?.ok).toBe(false)
    }),
    { numRuns: process.env.LONG ? 300 : 30 },
  )
})

test('verdicts of a person without a role are held back with their entries, whatever the clock says; others come in', async () => {
  const team = await withTeam([
    ['p-owner', 'owner'],
    ['p-reader', 'reviewer'],
  ])
  const frame = exampleFrame()
  const locked = ok(lockPlan(team.project, examplePlan(frame), frame, handOf('p-owner')))
  const here = ok(drawSample(locked, '01234567890123456789', ['p-owner', 'p-data'], null, handOf('p-owner')))
  const [first = '', second = ''] = here.review.draw?.records.map(({ id }) => id) ?? []
  const read = ok(addVerdicts(here, [judged(first)], handOf('p-reader')))
  const strange = nextEntry(lastEntryOf(read.ledger, 'd-x'), {
    device: 'd-x',
    time: { wall: '2010-01-01T00:00:00Z', counter: 0 },
    actor: 'x-nobody',
    action: 'verdict',
    object: 'review/verdicts.jsonl#d-x-1',
    digest: null,
  })
  const stranger = { id: 'd-x-1', at: strange.time, by: 'x-nobody', ...judged(second, 'first', 'harmful') } as const
  const event = {
    ...stranger,
    kind: 'record',
    record: second,
    verdict: 'harmful',
    differences: 0,
    reading: 'first',
    seconds: 3,
    comment: null,
  } as const
  const { hash: _, ...body } = { ...strange, digest: digestOf(jsonOf(event)) }
  const entry = { ...body, hash: hashOf(body) }
  const other = { ...read, ledger: [entry, ...read.ledger], review: { ...read.review, events: [...read.review.events, event] } }
  const kept = await quarantine(await allSigned(here), await allSigned(other), webVerifier)
  expect(kept.held.map(({ actor }) => actor)).toEqual(['x-nobody'])
  const merged = mergeProjects(kept.here, kept.other)
  if (!merged.ok) throw new Error(merged.problem)
  expect(merged.project.review.events.map(({ by }) => by)).toEqual(['p-reader'])
  expect((await verifyProject(saveProject(merged.project), webVerifier))?.ok).toBe(true)
})

test('a project created before anybody gave a name is taken on by name, on the device that made it and nowhere else', async () => {
  const example = exampleProject()
  const begun = { action: 'project-created', object: 'carryover.json', digest: null }
  const made = record({ ...example, ledger: [] }, [begun], handOf('unnamed', 'd1'))
  const key = await exampleSigner()
  const take = async (hand: Hand) => {
    const wish = { actor: hand.actor, device: hand.device, role: 'admin' as const, key: digestOf(key.publicKey) }
    return await grantRole(await withDevices(made, hand), wish, key, webVerifier, hand)
  }
  const named = ok(await take(handOf('n-named', 'd1')))
  expect((await judgeRoles(await allSigned(named), named.ledger, webVerifier)).grants.map(({ actor }) => actor)).toEqual([
    'n-named',
  ])
  const elsewhere = await take(handOf('n-named', 'd2'))
  expect(elsewhere.ok ? null : elsewhere.problem).toContain(
    'whoever works on d1, where it was made, can take on its administration',
  )
  expect((await take(handOf('unnamed', 'd1'))).ok).toBe(false)
  // Where somebody gave a name, that person alone can.
  const byName = { ...made, ledger: record({ ...example, ledger: [] }, [begun], handOf('a-keller', 'd1')).ledger }
  const other = handOf('n-named', 'd1')
  const wish = { actor: other.actor, device: other.device, role: 'admin' as const, key: digestOf(key.publicKey) }
  const refused = await grantRole(await withDevices(byName, other), wish, key, webVerifier, other)
  expect(refused.ok ? null : refused.problem).toContain('only who created the project can take on its administration first')
})
