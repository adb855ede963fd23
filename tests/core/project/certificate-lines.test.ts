/** Every line of a certificate that depends on the signed page, word by word, in one and in several. */
import { expect, test } from 'vitest'
import { addVerdicts } from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import type { SignaturePayload } from '../../../src/core/project/signing/signature-page.ts'
import { type CertificateWords, certificateOf } from '../../../src/core/project/verify/certificate.ts'
import { drawnProject, hand, judged, ok, words } from './review-walk.ts'

const drawn = drawnProject()
const read = ok(
  addVerdicts(
    drawn,
    (drawn.review.draw?.records ?? []).map(({ id }) => judged(id)),
    hand,
  ),
)
const payload = signaturePayload(read, { ...words, signer: hand.actor })
const [claim] = payload.claims
if (!claim || !payload.draw) throw new Error('The example has no claim or no draw.')
const { draw } = payload

function linesOf(title: string, change: Partial<SignaturePayload>, said?: CertificateWords): readonly string[] {
  return certificateOf({ ...payload, ...change }, said).sections.find((section) => section.title === title)?.lines ?? []
}
const meaningOf = (change: Partial<SignaturePayload>): string => certificateOf({ ...payload, ...change }).signature.meaning

test('an approval says how many claims do not hold, and its reason, before anything else', () => {
  const holds = { ...claim, holds: true }
  const fails = { ...claim, holds: false }
  expect(meaningOf({ meaning: 'approval', claims: [holds, holds] })).toBe('Approves')
  expect(meaningOf({ meaning: 'approval', claims: [holds, fails] })).toBe('Approves, although 1 of 2 claims does not hold')
  expect(meaningOf({ meaning: 'approval', claims: [fails, fails] })).toBe('Approves, although 2 of 2 claims do not hold')
  expect(meaningOf({ meaning: 'review', claims: [fails, fails] })).toBe('Reviewed the records')
  const first = (change: Partial<SignaturePayload>): string | undefined => linesOf('Result', change)[0]
  expect(first({ meaning: 'approval', claims: [holds, fails] })).toBe(
    'Approved although 1 of 2 claims does not hold. No reason is given.',
  )
  expect(first({ meaning: 'approval', claims: [fails, fails], reason: ' They are mended ' })).toBe(
    'Approved although 2 of 2 claims do not hold. Reason: They are mended',
  )
  expect(first({ meaning: 'approval', claims: [fails], reason: '  ' })).toContain('No reason is given.')
  const plain = linesOf('Result', { meaning: 'review', claims: [holds, holds] })
  expect(plain.join('\n')).not.toContain('Approved')
  expect(linesOf('Result', { meaning: 'approval', claims: [holds, holds] })).toEqual(plain)
  expect(linesOf('Result', { meaning: 'review', claims: [fails, fails] })).toHaveLength(plain.length)
  expect(first({ meaning: 'rejection' })).toBe('Not approved. No reason is given.')
  expect(first({ meaning: 'rejection', reason: 'Lost' })).toBe('Not approved. Reason: Lost')
})

test('a part says how much its signer read and what was missing, and proves no claim', () => {
  const progress = { ...payload.progress, sample: 1200, judged: 1000 }
  const reads = [{ reader: hand.actor, records: 12, second: 0, decided: 0 }]
  expect(meaningOf({ part: true, progress, reads })).toBe('Reviewed a part: 12 of 1,200 records')
  expect(meaningOf({ part: true, progress, reads: [] })).toBe('Reviewed a part: 0 of 1,200 records')
  expect(linesOf('Result', { part: true, progress })[0]).toBe(
    'Signed in part: 200 of 1,200 records had no verdict. This page proves no claim.',
  )
  const whole = { ...progress, judged: 1200 }
  expect(linesOf('Result', { part: true, progress: whole })[0]).toBe(
    'Signed in part: second readings were missing. This page proves no claim.',
  )
})

test('who signs, how much that person read, and who read beside', () => {
  const own = { reader: hand.actor, records: 18, second: 0, decided: 0 }
  const other = { reader: 'm-ito', records: 3, second: 0, decided: 0 }
  const lines = (reads: SignaturePayload['reads'], change: Partial<SignaturePayload> = {}) =>
    linesOf('Who read', { ...(reads && { reads }), people: [{ reader: 'm-ito', name: 'Mika Ito' }], ...change })
  expect(lines([own])[0]).toMatch(/^Dr\. Rita Haas, who signs, read 18 of the 18 records; nobody else read\.$/)
  expect(lines([own, other])[0]).toMatch(/; 1 other person read as well\.$/)
  expect(lines([own, other, { ...other, reader: 'a-keller' }])[0]).toMatch(/; 2 others read as well\.$/)
  expect(lines([other])[0]).toMatch(/^Dr\. Rita Haas, who signs, read none of the 18 records; 1 other person/)
  expect(lines([own, other])[2]).toMatch(/^Mika Ito .*read 3 of the 18 records/)
  // Pages of early versions: no signer, no reads, no names.
  const { signer: _, reads: __, people: ___, ...early } = { ...payload, readers: [{ reader: 'm-ito', records: 1500 }] }
  const said = certificateOf(early).sections.find(({ title }) => title === 'Who read')?.lines
  expect(said?.[0]).toBe('m-ito: 1,500 records')
})

test('how far readers agree, or why nobody knows', () => {
  const last = (change: Partial<SignaturePayload>): string => linesOf('Who read', change).at(-1) ?? ''
  expect(last({ double: null })).toBe('The plan asked for one reader: how far readers agree was not measured.')
  const double = { wanted: 4, read: 4, disagreements: 1, adjudicated: 1 }
  const agreement = {
    records: 4,
    percent: 0.75,
    ac1: 0.7,
    low: 0.5,
    high: 0.9,
    kappa: 0.4,
    onErrors: null,
    gate: 'too-few' as const,
  }
  const { agreement: _, double: __, ...bare } = payload
  const count = certificateOf(bare).sections.find(({ title }) => title === 'Who read')?.lines.length ?? 0
  expect(linesOf('Who read', { double, agreement: null })).toHaveLength(count + 1)
  expect(linesOf('Who read', { double, agreement })).toHaveLength(count + 2)
})

test('what readers saw of the program’s notes, in the words of this version and of earlier ones', () => {
  const of = (change: Partial<SignaturePayload>, said?: CertificateWords): string => {
    const { blind: _, notes: __, unblinded: ___, ...rest } = payload
    return (certificateOf({ ...rest, ...change }, said).sections.find(({ title }) => title === 'Who read')?.lines ?? []).join(
      '\n',
    )
  }
  const without = of({})
  const notes = [{ reader: hand.actor, hidden: 18, open: 0, unknown: 0 }]
  expect(of({ notes: [] })).toBe(without)
  expect(of({ notes })).not.toBe(without)
  expect(of({ notes }, 'earlier')).toBe(without)
  expect(of({ blind: 'all' })).toContain('What readers saw of it when they judged is not known: nobody noted it then.')
  expect(of({ blind: 'all', notes })).not.toContain('is not known: nobody noted it then')
  expect(of({ blind: 'all' }, 'earlier')).not.toBe(of({ blind: 'all' }))
  const unblinded = [{ reader: hand.actor, records: 2, verdicts: 1 }]
  expect(of({ unblinded })).toBe(without)
  expect(of({ blind: 'all', unblinded })).not.toBe(of({ blind: 'all' }))
})

test('how the sample was drawn, by whom, how often and why again', () => {
  const lines = (
    change: Partial<NonNullable<SignaturePayload['draw']>>,
    more: Partial<SignaturePayload> = {},
  ): readonly string[] => linesOf('How it was drawn', { ...more, draw: { ...draw, ...change } })
  expect(linesOf('How it was drawn', { draw: null })).toEqual(['No sample was drawn.'])
  const sizes = { claims: [{ ...claim, n: 1200, mustSee: 3 }], population: 40_000 }
  expect(lines({ rolledBy: ['a', 'b'] }, sizes)).toEqual([
    '1,200 at random and 3 chosen on purpose, out of 40,000 records.',
    `Seed ${draw.seed}, rolled by a and b after the list of records was committed. Drawn once.`,
    'Risk of accepting a worse migration: 5 % for each claim.',
  ])
  expect(lines({ rolledBy: ['a'] })[1]).toContain('rolled by a alone after')
  expect(lines({ rolledBy: [] })[1]).toContain('rolled by nobody named alone after')
  expect(lines({}, { claims: [] })).toHaveLength(1)
  expect(lines({ times: 2, total: 2, reason: 'Late data' })[1]).toMatch(
    /Drawn 2 times in this project\. Reason for drawing again: Late data\.$/,
  )
  expect(lines({ times: 1, total: 3, reason: null })[1]).toMatch(
    /Drawn 3 times in this project, once from this list\. Reason for drawing again: none was given\.$/,
  )
  expect(lines({ times: 2, total: 3, reason: null })[1]).toContain('Drawn 3 times in this project, 2 times from this list.')
  const { total: _, ...early } = draw
  expect(linesOf('How it was drawn', { draw: { ...early, times: 2, reason: 'x' } })[1]).toContain(
    'Drawn 2 times in this project. Reason',
  )
  expect(lines({ first: 1100 }, sizes)[2]).toBe(
    'The list drawn first held 1,100 records. They did not prove every claim, and it was extended to all 40,000, in the order of the same tickets.',
  )
  const risks = { claims: [claim, { ...claim, riskPpm: 10_000 }, claim] }
  expect(lines({}, risks).at(-1)).toBe('Risk of accepting a worse migration: 5 %, 1 % for each claim.')
})

test('findings of the run, the hazard log, and what was accepted', () => {
  const open = { critical: 1, error: 2000, warning: 3, info: 4 }
  const { hazards: _, ...bare } = payload
  const lines = (change: Partial<SignaturePayload>) =>
    certificateOf({ ...bare, ...change }).sections.find(({ title }) => title === 'Findings')?.lines
  expect(lines({ open, run: null, accepted: [] })).toEqual(['Open in no run: 1 critical, 2,000 errors, 3 warnings, 4 notes.'])
  const states = { open: [0, 0, 0, 1, 0], controlled: [0, 0, 0, 0, 0], accepted: [0, 0, 0, 0, 0], closed: [0, 0, 0, 0, 0] }
  expect(
    lines({
      open,
      run: { id: 'r', number: 7 },
      accepted: [{ fingerprint: 'f', reason: 'A quirk', by: 'a-keller' }],
      hazards: { states, signed: false },
    }),
  ).toEqual([
    'Open in run #7: 1 critical, 2,000 errors, 3 warnings, 4 notes.',
    'Hazard log of 1 hazard: 1 open (1 of risk 4). No safety officer has signed it as it is.',
    'Accepted by a-keller: A quirk',
  ])
})

test('digests stand in the order of the page, and what there is none of says so', () => {
  const digests = { sources: 's', plan: 'p', frame: null, mapping: 'm', run: 'r', sample: null, verdicts: 'v' }
  expect(linesOf('What was signed', { digests })).toEqual([
    `ledger head ${payload.head.digest}`,
    'plan p',
    'frame none',
    'sample none',
    'verdicts v',
    'run r',
    'mapping m',
    'sources s',
    'baseline none',
    'written by carryover 0.1.0',
  ])
})

test('limits of the page: waivers, accepted work, forks, another key, and what readers may have missed', () => {
  const { sensitivity: _, forks: __, waivers: ___, held: ____, keyReplaced: _____, ...bare } = payload
  const lines = (change: Partial<SignaturePayload> = {}): readonly string[] =>
    certificateOf({ ...bare, ...change }).sections.at(-1)?.lines ?? []
  const always = lines()
  expect(always).toEqual([
    'A local key proves that nothing was changed since signing. By itself it does not prove who signed, unless the team enrolled keys in person.',
    'The bounds assume that readers miss nothing. Their sensitivity was not measured with seeded defects.',
    'Nothing here claims compliance with a regulation.',
  ])
  const at = '2026-03-14T09:30:00+01:00'
  expect(
    lines({
      waivers: [
        { duty: 'S1', by: 'a', reason: 'Two people', at },
        { duty: 'S9', by: 'b', reason: 'x', at: '2026-03-14T09:30:00Z' },
      ],
    }).slice(0, 2),
  ).toEqual([
    'Duties were not kept apart (S1: who confirmed the mapping may read records), waived by a on 14-Mar-2026 09:30 +01:00: Two people',
    'Duties were not kept apart (S9: S9), waived by b on 14-Mar-2026 09:30 +00:00: x',
  ])
  const held = (entries: number) => lines({ held: [{ device: 'd-x', entries, by: 'a', reason: 'r', at }] })[0]
  expect(held(1)).toBe('Nobody on d-x had a role for one entry recorded there; a accepted them on 14-Mar-2026 09:30 +01:00: r')
  expect(held(1200)).toContain('for 1,200 entries recorded there')
  expect(lines({ forks: [{ device: 'd-x', seq: 4, by: 'a', reason: 'r', at: 'some day', entries: 1200 }] })[0]).toBe(
    'The ledger of d-x had two continuations; a settled on some day which one stands, and 1,200 entries were put aside: r',
  )
  expect(lines({ keyReplaced: at })[0]).toBe(
    'This was signed with another key than the one enrolled in this name on 14-Mar-2026 09:30 +01:00: ask the signer whether the key was changed.',
  )
  const sensitivity = {
    seeded: 4,
    caught: 3,
    readers: [
      { reader: 'm-ito', seeded: 2, caught: 1 },
      { reader: 'x', seeded: 2, caught: 2 },
    ],
  }
  const measured = (told?: number) =>
    lines({
      people: [{ reader: 'm-ito', name: 'Mika Ito' }],
      sensitivity: told === undefined ? sensitivity : { ...sensitivity, told },
    })[1]
  const base =
    'Sensitivity holds for the kinds of defects that were seeded: Mika Ito caught 1 of 2, reader without a name (x) caught 2 of 2.'
  expect(measured()).toBe(base)
  expect(measured(0)).toBe(base)
  expect(measured(1)).toBe(`${base} 1 was told because a reader wanted to look further.`)
  expect(measured(2)).toBe(`${base} 2 were told because a reader wanted to look further.`)
  expect(lines({ sensitivity: null })).toEqual(always)
})

test('a bound is rounded up, and pages that rounded it to the nearest keep their words', () => {
  const small = { ...claim, size: 300_000, upper: 14 }
  const of = (said?: CertificateWords): string => linesOf('Result', { claims: [small] }, said).join('\n')
  expect(of()).toContain('14 of 300,000 records (< 0.01 %)')
  for (const said of ['nearest', 'earlier'] as const) expect(of(said)).toContain('14 of 300,000 records (0.00 %)')
})
