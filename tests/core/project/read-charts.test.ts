import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { latestMoment, nextMoment } from '../../../src/core/project/ledger/ledger.ts'
import {
  addVerdicts,
  drawSample,
  enrolKey,
  lockPlan,
  type ReviewAct,
  sign,
  undoVerdict,
} from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { payloadOf, signJson } from '../../../src/core/project/signing/signature.ts'
import type { Meaning, SignaturePayload } from '../../../src/core/project/signing/signature-page.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { pageFault } from '../../../src/core/project/verify/redacted.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { chartSections } from '../../../src/core/review/model/chart.ts'
import { isBlind } from '../../../src/core/review/plan/blind.ts'
import type { Blind } from '../../../src/core/review/plan/sampling-plan.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { drawnProject, exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const sections = chartSections.filter((id) => id !== 'other')
const confirmed = (record: string, section: string, seconds: number): ReviewAct => ({
  kind: 'section-confirmed',
  record,
  section,
  seconds,
  entries: 3,
  words: 50,
})
const closed = (record: string): ReviewAct => ({ ...judged(record), sections }) as ReviewAct
const whole = (record: string, seconds = 20): readonly ReviewAct[] => [
  ...sections.map((section) => confirmed(record, section, seconds)),
  closed(record),
]

const seed = '01234567890123456789'

async function signed(project: Project, meaning: Meaning = 'review') {
  const signer = await exampleSigner()
  const key = {
    id: 'k1',
    actor: 'r-haas',
    name: words.name,
    role: words.role,
    device: 'd1',
    created: hand.wall,
    publicKey: signer.publicKey,
  }
  return ok(await sign(enrolKey(project, key, hand), { ...words, meaning }, signer, hand))
}

test('a record is not closed while a section of its chart is not confirmed by whoever closes it', () => {
  const project = drawnProject()
  const [first] = project.review.draw?.records ?? []
  const record = first?.id ?? ''
  const rest = sections.filter((id) => id !== 'medicines').map((id) => confirmed(record, id, 20))
  const one = ok(addVerdicts(project, rest, hand))
  const refused = addVerdicts(one, [closed(record)], hand)
  expect(refused).toEqual({
    ok: false,
    problem: 'One section of this record is not confirmed: medicines. A record with unread sections is not read.',
  })
  expect(addVerdicts(one, [confirmed(record, 'medicines', 20), closed(record)], { ...hand, actor: 'a-keller' }).ok).toBe(false)
  expect(addVerdicts(one, [confirmed(record, 'medicines', 20), closed(record)], hand).ok).toBe(true)
  // Taken back, the section is open again.
  expect(addVerdicts(ok(undoVerdict(one, hand)), [confirmed(record, 'medicines', 20), closed(record)], hand).ok).toBe(false)
})

test('a chart is read whole: naming fewer sections than it has closes nothing', () => {
  const project = drawnProject()
  const record = project.review.draw?.records[0]?.id ?? ''
  const few = { ...judged(record), sections: ['allergies'] } as ReviewAct
  const refused = addVerdicts(project, [confirmed(record, 'allergies', 20), few], hand)
  expect(refused.ok ? '' : refused.problem).toMatch(/^7 sections of this record are not confirmed: problems, medicines,/)
})

test('the signed page states how charts were read, and verification recomputes it', async () => {
  const project = drawnProject()
  const records = project.review.draw?.records ?? []
  const acts = records.flatMap(({ id }, i) => whole(id, i === 0 ? 1 : 20))
  const done = await signed(ok(addVerdicts(project, acts, hand)))
  const payload = payloadOf(done.ledger.at(-1) ?? (done.ledger[0] as Project['ledger'][number]))
  expect(payload?.attention).toEqual([
    { reader: 'r-haas', records: records.length, sections: 8 * records.length, tooQuick: 8, unconfirmed: 0, unopened: 0 },
  ])
  const page = payload ? certificateText(certificateOf(payload)) : ''
  expect(page).toContain(`Dr. Rita Haas: 8 of ${8 * records.length} sections were confirmed too quickly.`)
  const files = saveProject(done)
  const report = await verifyProject(files, webVerifier)
  expect(report?.checks.filter(({ ok: holds }) => !holds)).toEqual([])
})

test('a time on the screen that is changed afterwards is found, as a verdict is', async () => {
  const project = drawnProject()
  const [first] = project.review.draw?.records ?? []
  const files = saveProject(ok(addVerdicts(project, whole(first?.id ?? '', 1), hand)))
  const text = new TextDecoder().decode(files.get('review/verdicts.jsonl'))
  expect(text).toContain('"seconds":1,')
  const forged = new Map([
    ...files,
    ['review/verdicts.jsonl', new TextEncoder().encode(text.replace('"seconds":1,', '"seconds":30,'))],
  ])
  const report = await verifyProject(forged, webVerifier)
  expect(report?.checks.find(({ id }) => id === 'V8')?.ok).toBe(false)
})

test('sections are kept and opened again with the project', () => {
  const project = drawnProject()
  const [first] = project.review.draw?.records ?? []
  const read = ok(addVerdicts(project, whole(first?.id ?? ''), hand))
  const opened = openProject(saveProject(read))
  expect(opened.problems).toEqual([])
  expect(opened.project?.review.events).toEqual(read.review.events)
})

test('a page of readers without charts says nothing about sections', async () => {
  const project = drawnProject()
  const acts = (project.review.draw?.records ?? []).map(({ id }) => judged(id))
  const done = await signed(ok(addVerdicts(project, acts, hand)))
  const payload = payloadOf(done.ledger.at(-1) ?? (done.ledger[0] as Project['ledger'][number]))
  expect(payload && 'attention' in payload).toBe(false)
  expect((await verifyProject(saveProject(done), webVerifier))?.ok).toBe(true)
})

test.each([
  ['random', true, false],
  ['all', true, true],
  ['none', false, false],
] as const)('a plan that is blind for %s is locked with it', (blind: Blind, atRandom, chosen) => {
  const frame = exampleFrame()
  const plan = { ...examplePlan(frame), blind }
  const locked = ok(lockPlan(exampleProject(), plan, frame, hand))
  expect(openProject(saveProject(locked)).project?.review.plan?.blind).toBe(blind)
  expect([isBlind(plan, 'all'), isBlind(plan, 'must-see')]).toEqual([atRandom, chosen])
})

test('a verdict changed after the notes were on the screen is counted beside the sentence that readers judged first', async () => {
  const frame = exampleFrame()
  const plan = { ...examplePlan(frame), blind: 'random' as const }
  const drawn = ok(drawSample(ok(lockPlan(exampleProject(), plan, frame, hand)), seed, ['r-haas', 'a-keller'], null, hand))
  const records = drawn.review.draw?.records ?? []
  const [one = '', two = '', three = ''] = records.flatMap(({ id, stratum }) => (stratum === 'all' ? [id] : []))
  const chosen = records.find(({ stratum }) => stratum === 'must-see')?.id ?? ''
  const said = (record: string, item: string, verdict: 'harmful' | 'acceptable'): ReviewAct => ({
    kind: 'difference',
    record,
    item,
    domain: 'medicines',
    class: 'changed',
    verdict,
    reason: verdict === 'harmful' ? 'dose' : null,
  })
  const acts = [
    // Judged, then otherwise: the note on the row was there from the first verdict on.
    said(one, 'medicines:1', 'acceptable'),
    said(one, 'medicines:1', 'harmful'),
    // The same again is no change, nor is what a record chosen on purpose shows at once.
    said(two, 'medicines:1', 'harmful'),
    said(two, 'medicines:1', 'harmful'),
    said(chosen, 'medicines:1', 'acceptable'),
    said(chosen, 'medicines:1', 'harmful'),
    // Passed over as the same, and called harmful once the section told what the program had found.
    confirmed(three, 'medicines', 20),
    said(three, 'medicines:2', 'harmful'),
    ...records.map(({ id }) => judged(id, 'first', [one, two, three, chosen].includes(id) ? 'harmful' : 'acceptable')),
  ]
  const done = await signed(ok(addVerdicts(drawn, acts, hand)), 'rejection')
  const payload = payloadOf(done.ledger.at(-1) ?? (done.ledger[0] as Project['ledger'][number]))
  expect(payload?.unblinded).toEqual([{ reader: 'r-haas', records: 2, verdicts: 2 }])
  expect(payload ? certificateText(certificateOf(payload)) : '').toContain(
    '2 verdicts in 2 records were changed after the program’s notes were seen (Dr. Rita Haas: 2).',
  )
  expect((await verifyProject(saveProject(done), webVerifier))?.checks.filter(({ ok: holds }) => !holds)).toEqual([])
})

test('nobody without a name gives a verdict', () => {
  const project = drawnProject()
  const [first] = project.review.draw?.records ?? []
  const nameless = addVerdicts(project, whole(first?.id ?? ''), { ...hand, actor: 'unnamed' })
  expect(nameless).toEqual({ ok: false, problem: 'Say who is reading before the first verdict.' })
})

test('a page says of how many records each reader judged with the notes hidden, as noted at reading, and what nobody noted is not known', async () => {
  const frame = exampleFrame()
  const plan = { ...examplePlan(frame), blind: 'all' as const }
  const drawn = ok(drawSample(ok(lockPlan(exampleProject(), plan, frame, hand)), seed, ['r-haas', 'a-keller'], null, hand))
  const records = (drawn.review.draw?.records ?? []).map(({ id }) => id)
  // Two were read by a version that noted nothing, one with the notes open although the plan hides them.
  const noted = (at: number) => (at < 2 ? {} : { notes: at === 2 ? ('open' as const) : ('hidden' as const) })
  const acts = records.map((id, at) => ({ ...judged(id), ...noted(at) }) as ReviewAct)
  const read = ok(addVerdicts(drawn, acts, hand))
  // Closed once more with the notes told: what counts is the first time.
  const done = await signed(ok(addVerdicts(read, [{ ...judged(records[3] ?? ''), notes: 'open' } as ReviewAct], hand)))
  const entry = done.ledger.at(-1) as Project['ledger'][number]
  const payload = payloadOf(entry)
  expect(payload?.notes).toEqual([{ reader: 'r-haas', hidden: records.length - 3, open: 1, unknown: 2 }])
  const page = payload ? certificateText(certificateOf(payload)) : ''
  expect(page).toContain(
    `Dr. Rita Haas: ${records.length - 3} of ${records.length} records judged with the program’s notes hidden, 1 with them open; of 2 it is not known.`,
  )
  expect(page).not.toContain('Readers judged every record before they saw')
  const report = await verifyProject(saveProject(done), webVerifier)
  expect(report?.checks.filter(({ ok: holds }) => !holds)).toEqual([])
})

test('a page can not leave out what was noted, nor state another count, and readers who enrolled no name are said to have none', async () => {
  const project = drawnProject()
  const records = project.review.draw?.records ?? []
  const acts = records.map(({ id }) => ({ ...judged(id), notes: 'hidden' as const }) as ReviewAct)
  const read = ok(addVerdicts(project, acts, hand))
  const signer = await exampleSigner()
  const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
  const enrolled = enrolKey(read, { ...key, publicKey: signer.publicKey }, hand)
  const { notes: own, ...page } = signaturePayload(enrolled, { ...words, meaning: 'review', signer: 'r-haas' })
  const failing = async (payload: object): Promise<readonly string[]> => {
    const signature = await signJson(jsonOf(payload), signer)
    const time = nextMoment(latestMoment(enrolled.ledger), hand.wall)
    const entry = { device: 'd1', time, actor: 'r-haas', action: 'signed', object: 'review' }
    const ledger = appendEntries(enrolled.ledger, [{ ...entry, digest: digestOf(signature.payload), signature }])
    const report = await verifyProject(saveProject({ ...enrolled, ledger }), webVerifier)
    return (report?.checks ?? []).filter((check) => !check.ok).map(({ id, why }) => `${id} ${why}`)
  }
  expect(await failing({ ...page, notes: own })).toEqual([])
  // Earlier versions noted nothing and signed by rules 2: beside readings that say it no page is one of theirs.
  for (const forged of [
    page,
    { ...page, rules: 2 },
    { ...page, notes: own?.map((each) => ({ ...each, hidden: each.hidden - 1, unknown: 1 })) },
  ])
    expect((await failing(forged)).join()).toMatch(/V8 The records read with the notes hidden/)
  const people = [{ reader: 'r-haas', name: 'Somebody Else' }]
  expect((await failing({ ...page, notes: own, people })).join()).toMatch(/V8 The names of readers/)
  // What is no list is no page, and is said as a fault of the entry.
  for (const odd of [{ people: {} }, { notes: {} }]) expect(payloadOf({ payload: { ...page, ...odd } })).toBeNull()
  const nameless = certificateText(certificateOf({ ...page, notes: own ?? [], people: [] } as SignaturePayload))
  expect(nameless).toContain('reader without a name (r-haas) read')
})

test('a page of a version that noted nothing still verifies, in its own words and in ours', async () => {
  const frame = exampleFrame()
  const plan = { ...examplePlan(frame), blind: 'random' as const }
  const drawn = ok(drawSample(ok(lockPlan(exampleProject(), plan, frame, hand)), seed, ['r-haas', 'a-keller'], null, hand))
  const read = ok(
    addVerdicts(
      drawn,
      (drawn.review.draw?.records ?? []).map(({ id }) => judged(id)),
      hand,
    ),
  )
  const signer = await exampleSigner()
  const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
  const enrolled = enrolKey(read, { ...key, publicKey: signer.publicKey }, hand)
  const { notes: _, people: __, ...page } = signaturePayload(enrolled, { ...words, meaning: 'review', signer: 'r-haas' })
  const payload = { ...page, rules: 2 }
  const signature = await signJson(jsonOf(payload), signer)
  const time = nextMoment(latestMoment(enrolled.ledger), hand.wall)
  const entry = { device: 'd1', time, actor: 'r-haas', action: 'signed', object: 'review' }
  const ledger = appendEntries(enrolled.ledger, [{ ...entry, digest: digestOf(signature.payload), signature }])
  const done = { ...enrolled, ledger }
  expect((await verifyProject(saveProject(done), webVerifier))?.checks.filter((check) => !check.ok)).toEqual([])
  const now = certificateText(certificateOf(payload))
  const then = certificateText(certificateOf(payload, 'earlier'))
  expect(now).toContain('What readers saw of it when they judged is not known')
  expect(then).toContain('Readers judged the random part before they saw')
  const path = `certificates/${ledger.at(-1)?.hash.slice(0, 16)}.txt`
  const beside = (text: string): Project => ({ ...done, other: new Map([...done.other, [path, utf8(text)]]) })
  const nearest = certificateText(certificateOf(payload, 'nearest'))
  expect([now, nearest, then, then.replace('random', 'whole')].map((text) => pageFault(beside(text)) === null)).toEqual([
    true,
    true,
    true,
    false,
  ])
})
