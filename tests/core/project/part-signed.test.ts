import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import { waiveDuty } from '../../../src/core/project/duties/sign-waiver.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { hashOf } from '../../../src/core/project/ledger/entry-hash.ts'
import { digestOfRoots } from '../../../src/core/project/ledger/head.ts'
import type { LedgerEntry } from '../../../src/core/project/ledger/ledger.ts'
import { hasEndedReading, whyNotSigned } from '../../../src/core/project/review/may-sign.ts'
import { unfinishedReading } from '../../../src/core/project/review/readings-missing.ts'
import { addVerdicts, enrolKey, sign } from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { signPayload } from '../../../src/core/project/signing/signature.ts'
import type { SignaturePayload } from '../../../src/core/project/signing/signature-page.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { signaturesOf } from '../../../src/core/project/verify/coverage.ts'
import { meaningsSentence } from '../../../src/core/project/verify/signed-meanings.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { certificateReport } from '../../../src/core/readiness/reports/certificate-report.ts'
import { goNoGo } from '../../../src/core/readiness/reports/go-no-go.ts'
import { packOf } from '../../../src/core/readiness/reports/hand-over-pack.ts'
import { clinicalResult } from '../../../src/core/readiness/reports/review-section.ts'
import { validationReport } from '../../../src/core/readiness/reports/validation-report.ts'
import { countedSentence } from '../../../src/core/review/result/result.ts'
import { statementText } from '../../../src/core/review/result/statement.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { drawnProject, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const signer = await exampleSigner()
const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
const drawn = enrolKey(drawnProject(), { ...key, publicKey: signer.publicKey }, hand)
const ids = (drawn.review.draw?.records ?? []).map(({ id }) => id)
const read = (project: Project, from: number, to: number): Project =>
  ok(
    addVerdicts(
      project,
      ids.slice(from, to).map((id) => judged(id)),
      hand,
    ),
  )
const twelve = read(drawn, 0, 12)
const part = ok(await sign(twelve, words, signer, hand))
const failures = async (project: Project) =>
  (await verifyProject(saveProject(project), webVerifier))?.checks.filter((check) => !check.ok)

test('twelve records that were read are signed as twelve, and the page proves nothing about the rest', async () => {
  const rest = ids.length - 12
  const [page] = signaturesOf(part)
  if (!page) throw new Error('not signed')
  expect(page.payload.part).toBe(true)
  expect(page.coverage.covers).toBe('current')
  const text = certificateText(certificateOf(page.payload))
  expect(text).toContain(`Dr. Rita Haas, Reviewer. Reviewed a part: 12 of ${ids.length} records.`)
  expect(text).toContain(`Signed in part: ${rest} of ${ids.length} records had no verdict. This page proves no claim.`)
  expect(page.payload.claims.some(({ holds }) => holds)).toBe(false)
  expect(await failures(part)).toEqual([])
  const report = await verifyProject(saveProject(part), webVerifier)
  expect(report?.signed).toMatchObject([{ meaning: 'review', part: true, covers: 'current' }])
  const { progress, claims, population } = page.payload
  const own = { records: 12, second: 0, decided: 0 }
  const facts = {
    ...{ legacy: 'MedTrack', target: 'OpenChart', covers: [], population, progress, claims, openFindings: 0, runNumber: 1 },
    ...{ reads: { name: words.name, own, others: [], sample: ids.length }, unfinished: unfinishedReading(twelve) },
  }
  expect(statementText('review', facts)).toContain(
    `read 12 of the ${ids.length} records. Nobody else read. I sign a part of the review: ${rest} of ${ids.length} records have no verdict yet, and nothing is claimed about them. A part proves no claim, so no bound stands here.`,
  )
  // Beside "no claim" stands no bound, neither in the text nor on the page.
  expect(`${statementText('review', facts)} ${text}`).not.toMatch(/confidence|count as wrong/)
  expect(statementText('rejection', facts)).toMatch(/From the verdicts of all readers together: With 95 % confidence/)
  const attention = { records: 3, sections: 9, tooQuick: 0, unconfirmed: 0, unopened: 0 }
  const mine = { ...attention, reader: 'r-haas', tooQuick: 2 }
  const said = statementText('review', { ...facts, attention: { own: mine, others: [{ ...attention, reader: 'Mika Ito' }] } })
  expect(said).toContain('Nobody else read. My own reading: 2 of 9 sections were confirmed too quickly. I sign a part')
  expect(said).toContain('undecided. Mika Ito: All 9 sections were opened and confirmed')
})

test('a part ends nothing: whoever signed it reads on, the part holds for what it covered, and the whole is signed at the end', async () => {
  expect(hasEndedReading(part, hand.actor)).toBe(false)
  const more = read(part, 12, 14)
  const sentence = 'The signed part holds; later verdicts on 2 records are not part of it.'
  expect(signaturesOf(more)[0]?.coverage).toEqual({
    covers: 'earlier',
    changed: [{ what: 'verdicts', sentence }],
    part: { broken: 0, later: 2 },
  })
  const report = await verifyProject(saveProject(more), webVerifier)
  // Everything that was signed stands, and nobody has signed the rest: that is neither verified nor refused.
  expect(report).toMatchObject({ ok: true, standing: 'partly', covers: 'earlier', part: { later: 2 } })
  expect(report?.checks.find(({ id }) => id === 'V9')).toMatchObject({ ok: true, why: sentence })
  expect(report?.checks.find(({ id }) => id === 'V8')?.why).toContain('1 signed pages recomputed')
  expect(report?.cannotProve).toEqual([expect.stringContaining('stands unsigned')])
  const whole = ok(await sign(read(more, 14, ids.length), words, signer, hand))
  expect(signaturesOf(whole).at(-1)?.payload).not.toHaveProperty('part')
  expect(await verifyProject(saveProject(whole), webVerifier)).toMatchObject({ standing: 'verified', covers: 'current' })
  expect(hasEndedReading(whole, hand.actor)).toBe(true)
  expect(hasEndedReading(whole, 'somebody-else')).toBe(false)
})

const later: Hand = { ...hand, wall: '2026-03-02T11:00:00+01:00' }
const other: Hand = { device: 'd2', actor: 'm-ito', wall: '2026-03-02T11:30:00+01:00' }
const [about = ''] = ids
const about0 = { record: about, item: 'allergies:1', domain: 'allergies', class: 'lost' } as const

const takenBack = { kind: 'undo', record: ids.at(-1) ?? '', undoes: part.review.events[0]?.id ?? '' } as const

test.each<[string, () => Project]>([
  [
    'its reader closes a record of it with another verdict',
    () => ok(addVerdicts(part, [judged(about, 'first', 'harmful')], later)),
  ],
  ['its reader closes a record of it once more', () => ok(addVerdicts(part, [judged(about)], later))],
  ['a verdict of it is taken back, under the name of another record', () => ok(addVerdicts(part, [takenBack], later))],
  [
    'its reader judges a difference in it anew',
    () => ok(addVerdicts(part, [{ kind: 'difference', ...about0, verdict: 'harmful', reason: 'missing' }], later)),
  ],
  ['a second reader contradicts it', () => ok(addVerdicts(part, [judged(about, 'second', 'wrong')], other))],
])('a part is broken where %s', async (_, change) => {
  const changed = change()
  for (const project of [changed, read(changed, 12, 13)]) {
    const [state] = signaturesOf(project)
    expect(state?.coverage.part).toBeUndefined()
    expect(state?.coverage.changed).toMatchObject([
      { sentence: expect.stringContaining('verdicts on 1 record in it were changed') },
    ])
    expect(await failures(project)).toMatchObject([{ id: 'V9' }])
    expect(await verifyProject(saveProject(project), webVerifier)).toMatchObject({ ok: false, standing: 'refused' })
  }
})

/** A part in which one record has a row that was called harmful, in a confirmed section. */
const row = { kind: 'difference', ...about0, verdict: 'harmful', reason: 'missing' } as const
const confirmed = { kind: 'section-confirmed', record: about, section: 'allergies', seconds: 9, entries: 1, words: 4 } as const
const rows = ok(
  await sign(ok(addVerdicts(drawn, [row, confirmed, judged(about, 'first', 'harmful')], hand)), words, signer, hand),
)
const undoOf = (kind: string) =>
  ({ kind: 'undo', record: about, undoes: rows.review.events.find((each) => each.kind === kind)?.id ?? '' }) as const

test.each<[string, Parameters<typeof addVerdicts>[1], Hand]>([
  ['a confirmed section is taken back', [undoOf('section-confirmed')], later],
  ['its reader confirms a section of it again', [confirmed], later],
  ['its reader calls the same row the same once more', [row], later],
  ['its reader finds another row, no worse than the record', [{ ...row, item: 'allergies:2' }], later],
  ['a second reader calls the row milder', [{ ...row, verdict: 'acceptable', reason: null }], other],
  ['a second reader closes the record milder', [judged(about, 'second')], other],
  ['a second reader finds another row, no worse than the record', [{ ...row, item: 'allergies:2' }], other],
])('a part is broken where %s', async (_, acts, by) => {
  const changed = ok(addVerdicts(rows, acts, by))
  expect(signaturesOf(changed)[0]?.coverage.part).toBeUndefined()
  expect(signaturesOf(changed)[0]?.coverage.changed[0]?.sentence).toContain('verdicts on 1 record in it were changed')
  expect(await verifyProject(saveProject(changed), webVerifier)).toMatchObject({ standing: 'refused' })
})

test('a second reader who says the same of a row and of its record takes nothing from a part', () => {
  const agreed = ok(addVerdicts(rows, [row, judged(about, 'second', 'harmful')], other))
  expect(signaturesOf(agreed)[0]?.coverage.part).toEqual({ broken: 0, later: 1 })
})

test('of a part that holds nothing is said where another check refuses the project', async () => {
  const more = read(part, 12, 14)
  const refused = { ...more, keys: [] }
  expect(signaturesOf(refused)[0]?.coverage.part).toBeDefined()
  const report = await verifyProject(saveProject(refused), webVerifier)
  expect(report).toMatchObject({ ok: false, standing: 'refused', cannotProve: [], signed: [{ part: true, holds: false }] })
  expect(report).not.toHaveProperty('part')
})

test('a part takes the place of no page that speaks for the whole: an approval that went stale stays named', async () => {
  const whole = ok(await sign(read(drawn, 0, ids.length), words, signer, hand))
  const approved = ok(await sign(whole, { ...words, meaning: 'approval' }, signer, hand))
  expect(await verifyProject(saveProject(approved), webVerifier)).toMatchObject({ standing: 'verified' })
  const undo = { kind: 'undo', record: about, undoes: approved.review.events[0]?.id ?? '' } as const
  for (const signed of [whole, approved]) {
    const stale = ok(addVerdicts(signed, [undo], later))
    const again = ok(await sign(stale, words, signer, later))
    expect(signaturesOf(again).at(-1)).toMatchObject({ payload: { part: true }, coverage: { covers: 'current' } })
    const report = await verifyProject(saveProject(again), webVerifier)
    expect(report).toMatchObject({ standing: 'refused', covers: 'earlier' })
    expect(await failures(again)).toMatchObject([
      { id: 'V9', why: 'Verdicts were added or taken back after signing: not covered.' },
    ])
  }
})

test('a part that is of now verifies in part: nothing is signed as a whole', async () => {
  const report = await verifyProject(saveProject(part), webVerifier)
  expect(report).toMatchObject({ ok: true, standing: 'partly', covers: 'current' })
  expect(report?.cannotProve).toEqual([expect.stringContaining('nobody has signed the whole')])
})

test('a second reader who agrees takes nothing from a part', async () => {
  const twice = ok(addVerdicts(part, [judged(about, 'second')], other))
  expect(signaturesOf(twice)[0]?.coverage.part).toEqual({ broken: 0, later: 1 })
  expect(await failures(twice)).toEqual([])
})

test('a part that was read on from is broken by all that breaks another page, and its numbers are still recomputed', async () => {
  const more = read(part, 12, 13)
  const { mapping } = more
  expect(await failures({ ...more, mapping: new Map(mapping).set('mapping/mapping.csv', 'legacy,target\n') })).toMatchObject([
    { id: 'V9' },
  ])
  // A verdict that was signed is gone from its file, and from the page that named it.
  const [first, ...rest] = more.review.events
  const lost = { ...more, review: { ...more.review, events: rest } }
  expect(signaturesOf(lost)[0]?.coverage.part).toBeUndefined()
  expect((await failures(lost))?.map(({ id }) => id)).toEqual(['V8', 'V9'])
  expect(first?.record).toBe(about)
  const payload = signaturePayload(twelve, { ...words, signer: hand.actor })
  const fields = await signPayload({ ...payload, progress: { ...payload.progress, judged: 13 } }, signer)
  const entry = record(twelve, [{ action: 'signed', object: 'review', digest: digestOf(fields.payload) }], hand).ledger.at(-1)
  if (!entry) throw new Error('no entry')
  const { hash: __, ...body } = { ...entry, ...fields }
  const padded = read({ ...twelve, ledger: [...twelve.ledger, { ...body, hash: hashOf(body) }] }, 12, 13)
  expect(await failures(padded)).toMatchObject([{ id: 'V8', why: expect.stringContaining('numbers') }])
})

test('a verdict in a record that nobody closed is in no count, so it is not signed over in silence', () => {
  const about = { record: ids[12] ?? '', item: 'allergies:1', domain: 'allergies', class: 'lost' }
  const said = ok(addVerdicts(twelve, [{ kind: 'difference', ...about, verdict: 'harmful', reason: 'missing' }], hand))
  expect(whyNotSigned(said, 'review', hand.actor)).toMatch(
    /^Record 13 holds verdicts of yours, and is not closed: no count has them\./,
  )
  expect(whyNotSigned(read(said, 12, 13), 'review', hand.actor)).toBeNull()
})

test('what can not be signed is known with its reason before it is offered', async () => {
  expect(whyNotSigned(drawn, 'review', hand.actor)).toContain('You have read no record')
  expect(whyNotSigned(twelve, 'review', 'm-ito')).toContain('You have read no record')
  expect(whyNotSigned(twelve, 'review', hand.actor)).toBeNull()
  expect(whyNotSigned(twelve, 'approval', hand.actor)).toContain('have no verdict yet')
  expect(whyNotSigned(drawn, 'rejection', hand.actor)).toBeNull()
  const no = ok(await sign(twelve, { ...words, meaning: 'rejection', reason: 'Enough' }, signer, hand))
  expect(hasEndedReading(no, hand.actor)).toBe(false)
})

test('a part that says it is the whole is found', async () => {
  const { part: _, ...payload } = signaturePayload(twelve, { ...words, signer: hand.actor })
  const fields = await signPayload(payload, signer)
  const entry = record(twelve, [{ action: 'signed', object: 'review', digest: digestOf(fields.payload) }], hand).ledger.at(-1)
  if (!entry) throw new Error('no entry')
  const { hash: __, ...body } = { ...entry, ...fields }
  const forged = { ...twelve, ledger: [...twelve.ledger, { ...body, hash: hashOf(body) }] }
  expect(await failures(forged)).toMatchObject([{ why: expect.stringContaining('part that was read') }])
})

test('a part of somebody else that is broken is named beside the part that was signed last', async () => {
  const ito = enrolKey(
    part,
    { ...key, id: 'k2', actor: 'm-ito', name: 'Mika Ito', device: 'd2', publicKey: signer.publicKey },
    other,
  )
  const against = ok(addVerdicts(ito, [judged(about, 'second', 'wrong')], other))
  const both = ok(await sign(against, { ...words, name: 'Mika Ito' }, signer, other))
  const report = await verifyProject(saveProject(both), webVerifier)
  expect(report).toMatchObject({ standing: 'partly', covers: 'current' })
  expect(meaningsSentence(report?.signed ?? [])).toBe(
    'The signed meaning is: reviewed in part by Dr. Rita Haas (Reviewer) on 02-Mar-2026, changed since; reviewed in part by Mika Ito (Reviewer) on 02-Mar-2026.',
  )
})

test('no page for a committee prints a bound beside a part, and each says that it is one', async () => {
  for (const project of [part, read(part, 12, 14)]) {
    const board = assess(project, '2026-03-03')
    expect(clinicalResult(project)[0]).toBe(countedSentence(signaturePayload(project, words).progress))
    for (const make of [goNoGo, validationReport, certificateReport]) {
      const { sheet, data } = make(project, board)
      const text = JSON.stringify(make === certificateReport ? sheet.verdict : sheet)
      expect(text).not.toMatch(/With 95 % confidence|the claim holds|count as wrong/)
      expect(JSON.stringify(data)).toContain('"signedAsPart":true')
    }
    expect(JSON.stringify(packOf(project, board))).toContain('"signedAsPart":true')
    expect(JSON.stringify(certificateReport(project, board).sheet.verdict)).toContain('only if the ledger verifies')
  }
  const whole = ok(await sign(read(drawn, 0, ids.length), words, signer, hand))
  expect(JSON.stringify(validationReport(whole, assess(whole, '2026-03-03')))).toMatch(/With 95 % confidence/)
})

/** Signed by hand over this project, with another page than the one that follows from it. */
async function forged(project: Project, change: (page: SignaturePayload) => SignaturePayload, by: Hand = hand): Promise<Project> {
  const fields = await signPayload(change(signaturePayload(project, { ...words, signer: by.actor })), signer)
  const entry = record(project, [{ action: 'signed', object: 'review', digest: digestOf(fields.payload) }], by).ledger.at(-1)
  if (!entry) throw new Error('no entry')
  const { hash: _, ...body } = { ...entry, ...fields }
  return { ...project, ledger: [...project.ledger, { ...body, hash: hashOf(body) }] }
}
const withDevices = (page: SignaturePayload, devices: SignaturePayload['head']['devices']): SignaturePayload => ({
  ...page,
  head: { ...page.head, devices },
})

test('a part states its own chain to its end, and every other once', async () => {
  expect(await failures(await forged(twelve, (page) => page))).toEqual([])
  // The page of eleven verdicts, signed when twelve had been given.
  const eleven = signaturePayload(read(drawn, 0, 11), { ...words, signer: hand.actor })
  expect(await failures(await forged(twelve, () => eleven))).toMatchObject([
    { id: 'V8', why: expect.stringContaining('leaves out entries of the device that it was signed on') },
  ])
  for (const size of [0, 1.5, -1])
    expect(
      (
        await failures(
          await forged(twelve, (page) => withDevices(page, [...page.head.devices, { device: 'd9', size, root: 'sha256:0' }])),
        )
      )?.find(({ id }) => id === 'V8')?.why,
    ).toContain('does not name the end of each chain once')
})

test('nobody signs a part who has read nothing of it', async () => {
  const ito = enrolKey(twelve, { ...key, id: 'k2', actor: 'm-ito', device: 'd2', publicKey: signer.publicKey }, other)
  expect(await failures(await forged(ito, (page) => page, other))).toMatchObject([
    { id: 'V8', why: expect.stringContaining('whoever signs it has read no record') },
  ])
})

test('a part that was read on from admits the waivers before it, whatever its head leaves out', async () => {
  const own = (page: SignaturePayload): SignaturePayload => {
    const { waivers: _, ...rest } = page
    const devices = page.head.devices.filter(({ device }) => device === hand.device)
    return { ...rest, head: { digest: digestOfRoots(devices), devices } }
  }
  const ito = enrolKey(twelve, { ...key, id: 'k2', actor: 'm-ito', device: 'd2', publicKey: signer.publicKey }, other)
  const waiver = ok(await waiveDuty(ito, 'S3', 'We are two', signer, other))
  expect(signaturePayload(waiver, words).waivers).toHaveLength(1)
  const on = read(await forged(waiver, own), 12, 13)
  expect(signaturesOf(on)[0]?.coverage.part).toEqual({ broken: 0, later: 1 })
  expect((await failures(on))?.find(({ id }) => id === 'V8')?.why).toContain('The waivers of signature')
})

test('beside a part a verdict is dated as the entry that names it', async () => {
  const [first, ...rest] = part.review.events
  if (!first) throw new Error('no verdict')
  const event = { ...first, at: { ...first.at, wall: '2026-03-02T08:00:00+01:00' } }
  const at = part.ledger.findIndex(({ object }) => object.endsWith(`#${first.id}`))
  const ledger = [...part.ledger]
  for (let index = at; index < ledger.length; index++) {
    const { hash: _, ...body } = ledger[index] ?? ({} as LedgerEntry)
    const changed = { ...body, ...(index === at ? { digest: digestOf(jsonOf(event)) } : { prev: ledger[index - 1]?.hash ?? '' }) }
    ledger[index] = { ...changed, hash: hashOf(changed) }
  }
  const found = await failures({ ...part, ledger, review: { ...part.review, events: [event, ...rest] } })
  expect(found?.find(({ id }) => id === 'V8')?.why).toContain('is dated otherwise than entry')
})
