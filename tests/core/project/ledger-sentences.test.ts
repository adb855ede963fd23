/** Times, links and pages of a ledger, each held against its rule alone: what is just allowed, what is just not, and the sentence that says so. */
import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { jsonOf } from '../../../src/core/project/format/save.ts'
import { appendEntries, checkChains, checkHashes } from '../../../src/core/project/ledger/chain.ts'
import { ledgerLine, plainEntry } from '../../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../../src/core/project/ledger/ledger.ts'
import { addVerdicts } from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { pageFault, replacedKey } from '../../../src/core/project/signing/check-signatures.ts'
import { currentDigests, mappingDigest } from '../../../src/core/project/signing/signature.ts'
import type { SignaturePayload } from '../../../src/core/project/signing/signature-page.ts'
import { checkTimes, pageTimeFault } from '../../../src/core/project/verify/check-times.ts'
import { exampleProject } from './example-project.ts'
import { drawnProject, exampleSigner, hand, judged, ok, signedProject, words } from './review-walk.ts'

const place = (index: number) => ({ device: null, seq: index, line: null })
const zero = '0'.repeat(64)

interface At {
  readonly device?: string
  readonly wall?: string
  readonly counter?: number
}

/** Entries of chains, at these times. */
function entriesAt(...times: readonly At[]): readonly LedgerEntry[] {
  const ends = new Map<string, number>()
  return times.map(({ device = 'd1', wall = '2026-03-02T09:00:00Z', counter = 0 }, i) => {
    const seq = (ends.get(device) ?? 0) + 1
    ends.set(device, seq)
    return { device, seq, prev: zero, hash: `h${i}`, time: { wall, counter }, actor: 'a', action: 'x', object: '', digest: null }
  })
}
const timeFault = (times: readonly At[], now?: string): string => {
  const verdict = checkTimes(entriesAt(...times), place, now)
  return verdict.ok ? 'ok' : `${verdict.first?.seq}: ${verdict.why}`
}
const nine = '2026-03-02T09:00:00Z'

test('a chain never runs back: a later time, or a larger counter at the same time', () => {
  expect(timeFault([{}, { counter: 1 }, { wall: '2026-03-02T09:00:01Z' }])).toBe('ok')
  expect(timeFault([{ counter: 1 }, { counter: 1 }])).toContain('1: Entry d1/2 is dated 02-Mar-2026')
  expect(timeFault([{ counter: 2 }, { counter: 1 }])).toContain('no clock of a ledger runs back.')
  expect(timeFault([{ wall: '2026-03-03T09:00:00Z' }, { counter: 9 }])).toBe(
    '1: Entry d1/2 is dated 02-Mar-2026, and the entry before it on that device 03-Mar-2026: no clock of a ledger runs back.',
  )
  expect(timeFault([{ wall: '2026-03-02T10:00:00+01:00' }, { counter: 1 }])).toBe('ok')
  for (const at of [{ wall: 'yesterday' }, { counter: -1 }, { counter: 0.5 }])
    expect(timeFault([at])).toBe('0: Entry d1/1 has no time that can be read.')
})

test('lines stand by time, counter and device', () => {
  const b = { device: 'd2' }
  expect(timeFault([{}, b])).toBe('ok')
  expect(timeFault([b, {}])).toBe('1: Entry d1/1 stands behind d2/1, which is later: lines of the ledger were moved.')
  expect(timeFault([b, { counter: 1 }])).toBe('ok')
  expect(timeFault([{ ...b, counter: 1 }, {}])).toContain('lines of the ledger were moved')
  expect(timeFault([{ ...b, wall: '2026-03-02T09:00:01Z' }, { counter: 9 }])).toContain('lines of the ledger were moved')
})

test('nothing is from more than a day to come', () => {
  expect(timeFault([{}], '2026-03-01T09:00:00Z')).toBe('ok')
  expect(timeFault([{}], '2026-03-01T08:59:59Z')).toBe(
    '0: Entry d1/1 is dated 02-Mar-2026, which is still to come: a clock was wrong, or the entry is made up.',
  )
  const said = (now?: string): string => checkTimes(entriesAt({}, { counter: 1 }), place, now).why
  expect(said()).toBe('2 times in order.')
  expect(said('2026-03-05T10:00:00Z')).toBe('2 times in order, none after 2026-03-05.')
})

const signer = await exampleSigner()
const signed = await signedProject(signer)
const at = signed.ledger.findLastIndex(({ action }) => action === 'signed')
const entry = signed.ledger[at]
if (!entry) throw new Error('not signed')
const page = (): SignaturePayload => JSON.parse(JSON.stringify(entry.payload))

/** The ledger with another page in the place of the signed one. */
function withPage(change: Partial<SignaturePayload>, own: Partial<LedgerEntry> = {}): readonly LedgerEntry[] {
  const now = jsonOf({ ...page(), ...change })
  return signed.ledger.with(at, { ...entry, payload: now, digest: digestOf(now), ...own } as LedgerEntry)
}

test('a page is from between its key, what it stands on, and its entry, with a quarter of an hour and a day of slack', () => {
  const fault = (time: string): string | null => pageTimeFault(withPage({ time }), at)
  const recorded = Date.parse(entry.time.wall)
  const iso = (moment: number): string => new Date(moment).toISOString()
  const day = 86_400_000
  expect(fault(iso(recorded))).toBeNull()
  expect(fault(iso(recorded + day))).toBeNull()
  expect(fault(iso(recorded + day + 1000))).toMatch(/^holds a page dated .*, and was recorded on .*, before that\.$/)
  expect(fault('soon')).toBe('holds a page without a time that can be read.')
  const enrolled = Date.parse(signed.ledger.find(({ action }) => action === 'key-enrolled')?.time.wall ?? '')
  expect(fault(iso(enrolled - 900_000))).toBeNull()
  expect(fault(iso(enrolled - 901_000))).toMatch(/and its key was enrolled on .*, after that\.$/)
  expect(pageTimeFault(signed.ledger, 0)).toBeNull()
  expect(pageTimeFault(signed.ledger, 99_999)).toBeNull()
  // Without a key of that person the end of the chain that it stands on decides.
  const stranger = withPage({ time: iso(enrolled - 901_000) }, { actor: 'nobody' })
  expect(pageTimeFault(stranger, at)).toMatch(/and stands on entry .*, which came after that\.$/)
})

test('a page does not count for each of its faults alone', () => {
  const known = { id: signed.manifest.id, keys: signed.keys }
  const fault = (
    change: Partial<SignaturePayload>,
    own?: Partial<LedgerEntry>,
    inside: Parameters<typeof pageFault>[0] = known,
  ): string | null => pageFault(inside, withPage(change, own), at)
  expect(fault({})).toBeNull()
  expect(fault({}, {}, null)).toBeNull()
  const { publicKey: _, ...keyless } = entry
  expect(pageFault(known, signed.ledger.with(at, keyless), at)).toBe('has no readable payload or key.')
  expect(fault({}, { payload: { format: 'x' } })).toBe('has no readable payload or key.')
  expect(pageFault(known, signed.ledger, 99_999)).toBe('has no readable payload or key.')
  expect(fault({ signer: 'm-ito' })).toBe('stands in the name of r-haas and says that m-ito signs.')
  const claims = page().claims.map((claim) => ({ ...claim, holds: false }))
  const against = 'approves although a claim does not hold, and gives no reason.'
  expect(fault({ signer: 'r-haas', meaning: 'approval', claims })).toBe(against)
  expect(fault({ signer: 'r-haas', meaning: 'approval', claims, reason: ' ' })).toBe(against)
  expect(fault({ signer: 'r-haas', meaning: 'approval', claims, reason: 'Mended' })).toBeNull()
  expect(fault({ signer: 'r-haas', meaning: 'review', claims })).toBeNull()
  expect(fault({}, { digest: 'sha256:aa' })).toBe('names another content than the one it carries.')
  expect(fault({ project: { ...page().project, id: 'q' } })).toBe('was made for another project (q).')
  expect(fault({ project: { ...page().project, id: 'q' } }, {}, null)).toBeNull()
  expect(
    pageFault(
      known,
      withPage({}).filter(({ action }) => action !== 'key-enrolled'),
      at - 1,
    ),
  ).toBe('was made with a key that nobody had enrolled by then.')
  const { signer: ___, ...unsaid } = page()
  const named = jsonOf(unsaid)
  expect(
    pageFault(known, signed.ledger.with(at, { ...entry, actor: 'm-ito', payload: named, digest: digestOf(named) }), at),
  ).toBe('stands in the name of m-ito and was made with the key of r-haas.')
  expect(fault({}, {}, { ...known, keys: [] })).toBe(
    'was made with a key whose file is missing: nobody can say for whom it was enrolled.',
  )
  const moved = signed.keys.map((key) => ({ ...key, device: 'd9' }))
  expect(fault({}, {}, { ...known, keys: moved })).toBe(
    'was made with a key whose file (keys/k1.pub.json) names the device d9, where it was not enrolled.',
  )
  expect(fault({ name: 'Dr. Mika Ito' })).toBe('is printed as Dr. Mika Ito, and its key was enrolled for Dr. Rita Haas.')
  expect(fault({ keyReplaced: '2026-01-01T00:00:00Z' })).toBe('says of its key what the ledger does not say.')
})

test('a key took the place of another where the same person had enrolled another on the same device', () => {
  const enrolment = signed.ledger.find(({ action }) => action === 'key-enrolled')
  if (!enrolment?.digest) throw new Error('no key')
  const other = { ...enrolment, digest: 'sha256:other' }
  expect(replacedKey([enrolment], entry)).toBeNull()
  expect(replacedKey([other, enrolment], entry)).toBe(other)
  expect(replacedKey([enrolment, other], entry)).toBeNull()
  expect(replacedKey([{ ...other, actor: 'm-ito' }], entry)).toBeNull()
  expect(replacedKey([{ ...other, device: 'd9' }], entry)).toBeNull()
  expect(replacedKey([{ ...other, action: 'x' }], entry)).toBeNull()
  const { publicKey: _, ...keyless } = entry
  expect(replacedKey([other], keyless)).toBeNull()
})

test('digests of a project do not depend on the order in which its parts lie', () => {
  const drawn = drawnProject()
  const read = ok(
    addVerdicts(
      drawn,
      (drawn.review.draw?.records ?? []).map(({ id }) => judged(id)),
      hand,
    ),
  )
  const [source] = read.sources
  if (!source) throw new Error('no source')
  const mapping = new Map([
    ['mapping/a.csv', '1'],
    ['mapping/b.csv', '2'],
  ])
  const project: Project = { ...read, mapping, sources: [source, { ...source, id: 'a-first' }] }
  const turned: Project = {
    ...project,
    mapping: new Map([...mapping].toReversed()),
    sources: project.sources.toReversed(),
    review: { ...project.review, events: project.review.events.toReversed() },
  }
  expect(currentDigests(turned)).toEqual(currentDigests(project))
  // Pages that were signed earlier name verdicts in the order of their ids.
  const byId = project.review.events.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  expect(currentDigests(project).verdicts).toBe(digestOf(jsonOf(byId)))
  expect(mappingDigest(turned.mapping)).not.toBe(
    mappingDigest(
      new Map([
        ['mapping/a.csv', '2'],
        ['mapping/b.csv', '1'],
      ]),
    ),
  )
  const bare = exampleProject()
  expect(currentDigests(bare)).toMatchObject({ frame: null, plan: null, sample: null })
  expect(currentDigests({ ...bare, runs: [] }).run).toBeNull()
  expect(signaturePayload(project, words).digests).toEqual(currentDigests(project))
})

test('a plain line is read by its look as it is read by its members, and any other line is not', () => {
  const drafts = ['sample-drawn', 'verdict'].map((action, counter) => ({
    device: 'd1',
    time: { wall: nine, counter },
    actor: 'a',
    action,
    object: 'x y',
    digest: counter === 0 ? null : 'sha256:aa',
  }))
  for (const one of appendEntries([], drafts)) {
    const line = ledgerLine(one).trimEnd()
    expect(plainEntry(line)).toEqual(one)
    for (const other of [
      ` ${line}`,
      `${line} `,
      line.replace('"seq":', '"seq": '),
      line.replace('"device":"d1"', '"device":"d\\u0031"'),
      line.replace('"seq":', '"seq":0'),
      line.replace(one.hash, one.hash.toUpperCase()),
      line.slice(0, -1),
    ])
      if (other !== line) expect(plainEntry(other), other).toBeNull()
  }
})

test('a changed entry, a missing one, a fork and a link to another entry are told apart', () => {
  const chain = appendEntries(
    [],
    [1, 2, 3].map((counter) => ({
      device: 'd1',
      time: { wall: nine, counter },
      actor: 'a',
      action: 'x',
      object: '',
      digest: null,
    })),
  )
  const [one, two, three] = chain
  if (!one || !two || !three) throw new Error('no chain')
  expect(checkHashes(chain, place)).toEqual({ ok: true, why: '3 hashes match.' })
  expect(checkHashes([one, { ...two, actor: 'b' }], place)).toEqual({
    ok: false,
    first: place(1),
    why: 'Entry d1/2 was changed: its hash does not match its content.',
  })
  expect(checkChains(chain, place).ok).toBe(true)
  expect(checkChains([one, three], place)).toEqual({
    ok: false,
    first: place(1),
    why: 'Entry d1/3 stands where entry 2 of d1 should.',
  })
  expect(checkChains([one, two, two], place).why).toContain('There are two entries d1/2: the chain is forked')
  expect(checkChains([{ ...one, prev: 'f'.repeat(64) }], place).ok).toBe(false)
  expect(checkChains([one, { ...two, prev: zero }], place).ok).toBe(false)
  expect(checkChains([two], place, new Map([['d1', one]])).ok).toBe(true)
})
