import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project, ProjectFiles } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { hashOf, ledgerLine } from '../../../src/core/project/ledger/entry-hash.ts'
import { headOf } from '../../../src/core/project/ledger/head.ts'
import type { LedgerEntry } from '../../../src/core/project/ledger/ledger.ts'
import { readLedger } from '../../../src/core/project/ledger/ledger-file.ts'
import {
  addVerdicts,
  drawSample,
  enrolKey,
  lockPlan,
  openRecord,
  sign,
  undoVerdict,
} from '../../../src/core/project/review/review-steps.ts'
import { currentDigests, payloadOf, signJson } from '../../../src/core/project/signing/signature.ts'
import { coverage, signaturesOf } from '../../../src/core/project/verify/coverage.ts'
import { brokenIn, verifyProject } from '../../../src/core/project/verify/verify.ts'
import { buildFrame } from '../../../src/core/review/draw/frame.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { timesOf } from '../../threat-counts.ts'
import { exampleProject, exampleRun } from './example-project.ts'
import {
  drawnProject,
  exampleFrame,
  examplePlan,
  exampleSigner,
  hand,
  judged,
  ok,
  signedFiles,
  signedProject,
  words,
} from './review-walk.ts'

const signer = await exampleSigner()
const files = await signedFiles(signer)
const ledgerText = (of: ProjectFiles): string => new TextDecoder().decode(of.get('ledger.jsonl'))
const entries = readLedger(ledgerText(files)).entries
const expectedHead = headOf(entries).digest
const withLedger = (lines: readonly string[]): ProjectFiles => new Map(files).set('ledger.jsonl', utf8(lines.join('')))
const lines = entries.map(ledgerLine)

const [byBit, byLine, bySignature] = [0.6, 0.3, 0.1].map((share) => Math.round(timesOf('T5') * share)) as [number, number, number]
const strangers = exampleSigner()

/** As somebody would who knows how hashes are made, but not that of the entry behind it. */
function retimed(entry: LedgerEntry, prev = entry.prev): LedgerEntry {
  const body = { ...entry, prev, time: { ...entry.time, wall: '2026-01-01T00:00:00+01:00' } }
  return { ...body, hash: hashOf(body) }
}

async function report(of: ProjectFiles) {
  const result = await verifyProject(of, webVerifier, { expectedHead })
  if (!result) throw new Error('no project')
  return result
}

test('an untouched signed project verifies and is covered', async () => {
  const result = await report(files)
  expect(result.checks.filter((check) => !check.ok)).toEqual([])
  expect(result).toMatchObject({ ok: true, covers: 'current', signatures: 1, head: expectedHead })
})

test('a project without ledger, draw and signatures verifies, too', async () => {
  const result = await verifyProject(saveProject(exampleProject()), webVerifier)
  expect(result).toMatchObject({ ok: true, covers: 'none', signatures: 0 })
})

test('whatever bit of the ledger is flipped, it is found and placed', async () => {
  const bytes = files.get('ledger.jsonl') ?? new Uint8Array()
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
      const damaged = Uint8Array.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
      const result = await report(new Map(files).set('ledger.jsonl', damaged))
      const broken = result.checks.find((check) => !check.ok)
      expect(result.ok).toBe(false)
      // One device: the number of an entry is that of its line. A lost line end joins two lines, and a changed number is named as it stands.
      const line = ledgerText(files).slice(0, at).split('\n').length
      const stands = /"seq":(\d+)/.exec(new TextDecoder().decode(damaged).split('\n')[line - 1] ?? '')?.[1]
      const named = broken?.first?.line ?? broken?.first?.seq ?? 0
      expect([line, line + 1, Number(stands)], `bit ${bit} of byte ${at}: ${broken?.why}`).toContain(named)
    }),
    { numRuns: byBit },
  )
  console.log(`${byBit.toLocaleString('en')} random mutations by bit: all found and placed`)
})

test('dropped, swapped, doubled and re-timed entries are found and named', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(entries.length - 2), fc.constantFrom('drop', 'swap', 'double', 'cut', 'retime'), async (at, how) => {
      const changed = {
        retime: lines.with(at, ledgerLine(retimed(entries[at] as LedgerEntry))),
        drop: [...lines.slice(0, at), ...lines.slice(at + 1)],
        swap: [...lines.slice(0, at), lines[at + 1] ?? '', lines[at] ?? '', ...lines.slice(at + 2)],
        double: [...lines.slice(0, at + 1), ...lines.slice(at)],
        cut: lines.slice(0, at + 1),
      }[how]
      const result = await report(withLedger(changed))
      const broken = result.checks.find((check) => !check.ok)
      expect(result.ok, how).toBe(false)
      // Re-timed with a fresh hash, the last entry but one leaves a broken link behind it.
      expect(broken?.id).toBe(how === 'cut' ? 'V4' : 'V3')
      // The entry named is the first that does not stand where it should.
      const seq = { drop: at + 2, swap: at + 2, double: at + 1, cut: at + 1, retime: at + 2 }[how]
      expect(broken?.first).toMatchObject({ device: 'd1', seq })
    }),
    { numRuns: byLine },
  )
  console.log(`${byLine.toLocaleString('en')} random mutations by line: all found and named`)
})

test('a signature made anew with another key over the same or another page is found and named', async () => {
  const at = entries.findIndex(({ action }) => action === 'signed')
  const genuine = entries[at]
  const payload = genuine ? payloadOf(genuine) : null
  if (!genuine || !payload) throw new Error('no signature')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('same page', 'other words', 'other time', 'copied'),
      fc.constantFrom('stranger', 'own key'),
      fc.stringMatching(/^[a-z ]{1,20}$/),
      async (how, by, word) => {
        const page = {
          'same page': payload,
          'other words': { ...payload, statement: word },
          'other time': { ...payload, time: word },
          copied: payload,
        }[how]
        const made = await signJson(jsonOf(page), by === 'stranger' ? await strangers : signer)
        // The signature of somebody else beside the key that is enrolled.
        const signature = how === 'copied' && by === 'stranger' ? { ...made, publicKey: signer.publicKey } : made
        const forged = { ...genuine, ...signature, digest: digestOf(signature.payload) }
        const chain = [...entries.slice(0, at), { ...forged, hash: hashOf(forged) }, ...entries.slice(at + 1)]
        const result = await report(withLedger(chain.map(ledgerLine)))
        expect(result.ok, how).toBe(false)
        // The own key signing the same page anew leaves another entry than the one whose head is known.
        const broken = result.checks.filter((check) => !check.ok).map(({ id }) => id)
        expect(broken, `${how} by ${by}`).toContain(by === 'own key' ? 'V4' : 'V5')
      },
    ),
    { numRuns: bySignature },
  )
})

test('a re-timed entry with a fresh hash breaks the link behind it, and a wholly rewritten chain misses the head', async () => {
  const one = await report(withLedger(entries.map((entry, index) => ledgerLine(index === 3 ? retimed(entry) : entry))))
  expect(one.checks.find((check) => !check.ok)).toMatchObject({ id: 'V3', first: { device: 'd1', seq: 5 } })
  const chain: LedgerEntry[] = []
  for (const entry of entries) chain.push(retimed(entry, chain.at(-1)?.hash ?? entry.prev))
  const whole = await report(withLedger(chain.map(ledgerLine)))
  expect(whole.checks.find((check) => !check.ok)).toMatchObject({ id: 'V4', first: { device: 'd1', seq: entries.length } })
})

test('a signature by a key that nobody enrolled, and one copied to another project, fail', async () => {
  const stranger = await exampleSigner()
  const unsigned = ok(
    addVerdicts(
      drawnProject(),
      (drawnProject().review.draw?.records ?? []).map((each) => judged(each.id)),
      hand,
    ),
  )
  const refused = await sign(unsigned, words, stranger, hand)
  expect(refused).toEqual({ ok: false, problem: 'Enrol your key before you sign.' })
  const manifest = { ...(await signedProject(signer)).manifest, id: 'p-other' }
  const copied = await verifyProject(saveProject({ ...(await signedProject(signer)), manifest }), webVerifier)
  expect(copied?.checks.find((check) => !check.ok)).toMatchObject({ id: 'V5' })
})

test('a changed verdict, record of the sample, frame line or plan is found outside the ledger', async () => {
  const change = async (path: string, from: string, to: string) => {
    const text = new TextDecoder().decode(files.get(path))
    expect(text).toContain(from)
    return (await report(new Map(files).set(path, utf8(text.replace(from, to))))).checks
      .filter((check) => !check.ok)
      .map((check) => check.id)
  }
  expect(await change('review/verdicts.jsonl', '"seconds":20', '"seconds":21')).toEqual(['V8', 'V9'])
  expect(await change('review/draw.json', '"seed": "0', '"seed": "1')).toContain('V7')
  expect(await change('review/frame.tsv', 'all\trecord-01\n', '')).toContain('V7')
  expect(await change('review/plan.json', '"errorsAllowed": 0', '"errorsAllowed": 1')).toContain('V7')
})

test('a changed source, mapping or run leaves the signature valid but says what it no longer covers', async () => {
  const project = await signedProject(signer)
  const changedSource = { ...project, sources: project.sources.map((each) => ({ ...each, sha256: 'sha256:ab' })) }
  expect(signaturesOf(changedSource)[0]?.coverage).toEqual({
    covers: 'earlier',
    changed: [{ what: 'sources', sentence: 'A source file changed after signing: not covered.' }],
  })
  const again = { ...exampleRun, id: 'run-3', number: 3, started: '2026-03-03T09:00:00+01:00' }
  // The same inputs with the same result say nothing new: only number and time are others.
  expect(signaturesOf({ ...project, runs: [...project.runs, again] })[0]?.coverage).toEqual({ covers: 'current', changed: [] })
  const rerun = { ...project, runs: [...project.runs, { ...again, rulesRun: exampleRun.rulesRun + 1 }] }
  expect(signaturesOf(rerun)[0]?.coverage.changed[0]?.sentence).toBe('Signed for run #1. Current run is #3: not covered.')
  const partial = { ...project, runs: [...project.runs, { ...exampleRun, id: 'run-4', number: 4, partial: true }] }
  expect(signaturesOf(partial)[0]?.coverage.covers).toBe('current')
  const result = await verifyProject(saveProject(rerun), webVerifier)
  expect(result?.checks.filter((check) => !check.ok).map((check) => check.id)).toEqual(['V9'])
  // Data that moved on breaks nothing in the ledger.
  expect(result && brokenIn(result)).toBeNull()
  const [state] = signaturesOf(project)
  if (!state) throw new Error('no signature')
  expect(coverage(project, state.payload, currentDigests(project)).covers).toBe('current')
})

test('a signature survives saving and opening', async () => {
  const { project } = openProject(files)
  if (!project) throw new Error('not opened')
  expect(signaturesOf(project)[0]?.coverage.covers).toBe('current')
})

test('steps out of turn are refused in words', () => {
  const frame = exampleFrame()
  const plan = examplePlan(frame)
  const before = { ...exampleProject(), runs: [] }
  expect(lockPlan(before, plan, frame, hand)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('Run all checks once'),
  })
  expect(drawSample(exampleProject(), '01234567890123456789', [], null, hand)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('Lock the plan first'),
  })
  const built = buildFrame([['target-only', 'x']])
  if (!built.ok) throw new Error('no frame')
  expect(lockPlan(exampleProject(), examplePlan(built.frame), built.frame, hand)).toMatchObject({
    problem: expect.stringContaining('no record of the legacy system'),
  })
  const drawn = drawnProject()
  expect(drawSample(drawn, '01234567890123456789', ['a'], null, hand)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('needs a reason'),
  })
  const again = ok(drawSample(drawn, '11234567890123456789', ['a'], 'a die fell from the table', hand))
  expect(again.review.draw).toMatchObject({ times: 2, reason: 'a die fell from the table' })
  expect(addVerdicts(drawn, [judged('record-99')], hand)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('not in the sample'),
  })
})

test('a verdict can be taken back until it is signed', async () => {
  const drawn = drawnProject()
  const [first] = drawn.review.draw?.records ?? []
  if (!first) throw new Error('nothing drawn')
  const once = ok(addVerdicts(drawn, [judged(first.id)], hand))
  const back = ok(undoVerdict(once, hand))
  expect(back.review.events).toHaveLength(2)
  expect(undoVerdict(back, hand)).toEqual({ ok: false, problem: 'There is nothing of yours to take back.' })
  expect(await sign(back, words, signer, hand)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('You have read no record'),
  })
  expect(undoVerdict(await signedProject(signer), hand)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('can not be taken back'),
  })
})

test('with two readers planned nobody approves before the second reading and every disagreement is settled', async () => {
  const frame = exampleFrame()
  const plan = { ...examplePlan(frame), secondReaderPpm: 200_000 }
  const locked = ok(lockPlan(exampleProject(), plan, frame, hand))
  const drawn = ok(drawSample(locked, '01234567890123456789', ['r-haas', 'a-keller'], null, hand))
  const ids = (drawn.review.draw?.records ?? []).map(({ id }) => id)
  const once = ok(
    addVerdicts(
      drawn,
      ids.map((id) => judged(id)),
      hand,
    ),
  )
  const approval = { ...words, meaning: 'approval' as const }
  expect(await sign(once, approval, signer, hand)).toMatchObject({ problem: expect.stringContaining('wait for a second reader') })
  expect((await sign(once, { ...words, meaning: 'rejection' }, signer, hand)).ok).toBe(false)
  const second = { ...hand, actor: 'b-ito', device: 'd2' }
  const twice = ok(
    addVerdicts(
      once,
      ids.map((id, i) => judged(id, 'second', i === 0 ? 'wrong' : 'acceptable')),
      second,
    ),
  )
  expect(await sign(twice, approval, signer, hand)).toMatchObject({
    problem: expect.stringContaining('Two readers differ on 1 record'),
  })
  const third = { ...hand, actor: 'c-roy', device: 'd3' }
  const settled = ok(addVerdicts(twice, [judged(ids[0] ?? '', 'adjudication')], third))
  const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
  const enrolled = enrolKey(settled, { ...key, publicKey: signer.publicKey }, hand)
  const signed = ok(await sign(enrolled, words, signer, hand))
  const checked = await verifyProject(saveProject(signed), webVerifier)
  expect(checked?.checks.filter((check) => !check.ok)).toEqual([])
  const [state] = signaturesOf(signed)
  expect(state?.payload.double).toEqual({ wanted: ids.length, read: ids.length, disagreements: 1, adjudicated: 1 })
  expect(state?.payload.agreement?.records).toBe(ids.length)
})

test('the head that a certificate prints is found again when the ledger went on, and not in another ledger', async () => {
  const signer = await exampleSigner()
  const signed = await signedProject(signer)
  const payload = signaturesOf(signed).at(-1)?.payload
  const later = openRecord(signed, 'record-01', hand)
  const verify = async (project: Project, expectedHead: string) =>
    (await verifyProject(saveProject(project), webVerifier, { expectedHead }))?.checks.find(({ id }) => id === 'V4')
  expect(await verify(later, payload?.head.digest ?? '')).toMatchObject({
    ok: true,
    why: expect.stringContaining('2 entries followed'),
  })
  // So is one that was printed between two acts, and stands in no signature.
  const further = openRecord(later, 'record-02', hand)
  expect(await verify(further, headOf(later.ledger).digest)).toMatchObject({
    ok: true,
    why: expect.stringContaining(`first ${later.ledger.length} entries; 1 followed`),
  })
  // Another review of the same project has another head.
  const other = await signedProject(await exampleSigner())
  expect((await verify(other, headOf(later.ledger).digest))?.ok).toBe(false)
})
