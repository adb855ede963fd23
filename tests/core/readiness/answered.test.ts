/** A green word needs a project that verifies and people who answer: broken chains, nameless acts and lent names prove nothing. */
import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import type { AcceptedFinding, Project } from '../../../src/core/project/format/project.ts'
import { jsonOf } from '../../../src/core/project/format/save.ts'
import { assess, type JudgedCriterion } from '../../../src/core/readiness/board/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import type { Verification } from '../../../src/core/readiness/evidence/evidence.ts'
import { inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { goLiveNamed, namedDays } from '../../../src/core/readiness/kept-files/go-live-moves.ts'
import { withInput } from '../../../src/core/readiness/kept-files/keep-input.ts'
import { originSentence } from '../../../src/core/readiness/kept-files/origin.ts'
import { goNoGo } from '../../../src/core/readiness/reports/go-no-go.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'
import { withSignedOrigins } from './signed-files.ts'

const ready = readyProject([])
const judged = (project: Project, verification: Verification | null = verified): readonly JudgedCriterion[] =>
  assess(project, asOf, null, criteria, verification).phases.flatMap((phase) => phase.criteria)
const proven = (list: readonly JudgedCriterion[]): readonly string[] =>
  list.filter(({ state }) => state === 'proven').map(({ criterion }) => criterion.code)
const needing = (kind: JudgedCriterion['evidence'][number]['kind'], list: readonly JudgedCriterion[]) =>
  list.filter(({ criterion }) => criterion.needs.includes(kind))

const hand: Hand = { device: 'd1', actor: 'noor-adeyemi', wall: '2026-07-19T08:00:00+02:00' }

test('where the project does not verify, nothing is proven, and every gate it moved is shut', () => {
  expect(proven(judged(ready)).length).toBeGreaterThan(80)
  const broken = judged(ready, { ...verified, broken: 'Entry d1/3 has another hash than its content.' })
  expect(proven(broken)).toEqual([])
  const allergies = broken.find(({ criterion }) => criterion.code === 'readiness/allergies-reconciled')
  expect(allergies).toMatchObject({
    state: 'claimed',
    lacksProof: true,
    reason: 'the project does not verify: Entry d1/3 has another hash than its content',
    action: { route: '/ledger' },
  })
})

/** The same acts as if nobody had said a name; hashes are the business of other checks. */
function nameless(action: string): Project {
  return { ...ready, ledger: ready.ledger.map((entry) => (entry.action === action ? { ...entry, actor: 'unnamed' } : entry)) }
}

test('a mapping, plan or draw in nobody’s name is claimed', () => {
  for (const [action, kind] of [
    ['mapping-confirmed', 'mapping'],
    ['plan-locked', 'plan'],
    ['sample-drawn', 'draw'],
  ] as const) {
    expect([kind, proven(needing(kind, judged(ready))).length > 0]).toEqual([kind, true])
    expect([kind, proven(needing(kind, judged(nameless(action))))]).toEqual([kind, []])
  }
  const [mapping] = needing('mapping', judged(nameless('mapping-confirmed')))
  expect(mapping?.reason).toContain('nobody who gave a name entered it')
})

test('verdicts of a reader without a name prove nothing', () => {
  const events = ready.review.events.map((event) => ({ ...event, by: 'unnamed' }))
  const held = { ...ready, review: { ...ready.review, events } }
  expect(proven(needing('verdicts', judged(ready))).length).toBeGreaterThan(0)
  expect(proven(needing('verdicts', judged(held)))).toEqual([])
})

const entry: AcceptedFinding = {
  fingerprint: 'f'.repeat(64),
  reason: '',
  by: '',
  expires: null,
  code: 'c',
  place: 'p',
  at: hand.wall,
}

function withBaseline(each: AcceptedFinding, action: string): Project {
  const act = { action, object: each.fingerprint, digest: digestOf(jsonOf(each)) }
  return record({ ...ready, baseline: [...ready.baseline, each] }, [act], hand)
}

test('who is to mend a finding takes no proof away, and gives none', () => {
  const assigned = { ...entry, owner: 'Mika Ito' }
  const before = proven(needing('baseline', judged(ready)))
  expect(before.length).toBeGreaterThan(5)
  expect(proven(needing('baseline', judged(withBaseline(assigned, 'finding-assigned'))))).toEqual(before)
})

test('an acceptance counts in the name of whoever entered it, and by the act of accepting', () => {
  const accepted = { ...entry, reason: 'Mended in load 3', expires: '2026-12-31' }
  const own = withBaseline({ ...accepted, by: 'Noor Adeyemi' }, 'finding-accepted')
  expect(proven(needing('baseline', judged(own))).length).toBeGreaterThan(5)
  const lent = judged(withBaseline({ ...accepted, by: 'Dr. Rita Haas' }, 'finding-accepted'))
  expect(proven(needing('baseline', lent))).toEqual([])
  expect(needing('baseline', lent)[0]?.reason).toContain('noor-adeyemi entered it under the name of Dr. Rita Haas')
  const assigned = withBaseline({ ...accepted, by: 'Noor Adeyemi' }, 'finding-assigned')
  expect(proven(needing('baseline', judged(assigned)))).toEqual([])
})

const milestones = (project: Project): string => new TextDecoder().decode(project.other.get(inputPath('milestones')))
const after = (list: readonly JudgedCriterion[]) => list.filter(({ criterion }) => criterion.phase === 'after-go-live')

test('another day of go-live in board.json hides nothing that has failed since', () => {
  const drifting = readyProject(['drift-conformance'])
  const failed = after(judged(drifting)).filter(({ state }) => state === 'failed')
  expect(failed.map(({ criterion }) => criterion.code)).toEqual(['readiness/drift-watch'])
  const moved = after(judged({ ...drifting, board: { ...drifting.board, goLive: '2030-01-01' } }))
  expect(moved.filter(({ state }) => state === 'failed').map(({ criterion }) => criterion.code)).toEqual([
    'readiness/drift-watch',
  ])
  expect(proven(moved)).toEqual([])
})

test('a day of go-live that nobody answers for proves nothing after it, and is told where something is not due', () => {
  const other = new Map([...ready.other].filter(([path]) => path !== inputPath('milestones')))
  const stated = after(judged({ ...ready, other, board: { ...ready.board, goLive: '2026-01-01' } }))
  expect(stated.length).toBeGreaterThan(10)
  expect(proven(stated)).toEqual([])
  expect(stated.some(({ reason }) => reason?.includes('go-live stands in board.json alone'))).toBe(true)
  const later = milestones(ready).replace('go-live,2026-01-01,2026-01-01', 'go-live,2028-01-01,')
  expect(later).not.toBe(milestones(ready))
  const edited = withInput(ready, 'milestones', later, { whole: false, hide: (number) => number, hand, reason: 'slipped' })
  for (const each of after(judged(edited))) {
    expect(each.state).toBe('not-due')
    expect(each.reason).toMatch(
      /^Counts from .+; Typed in milestones\.csv by noor-adeyemi, .+“2028-01-01” instead of “2026-01-01”/,
    )
  }
})

test('a day of go-live moved under a signature is told on the page of the committee, with what it takes out of sight', () => {
  const fixture = readyProject(['drift-conformance'])
  const drifting = withInput(fixture, 'milestones', milestones(fixture), { whole: true, hide: (number) => number, hand })
  const later = milestones(drifting).replace('go-live,2026-01-01,2026-01-01', 'go-live,2028-01-01,')
  const edited = withInput(drifting, 'milestones', later, { whole: false, hide: (number) => number, hand, reason: 'slipped' })
  const moved = withSignedOrigins(edited, ['milestones'], hand)
  const page = goNoGo(moved, assess(moved, asOf, null, criteria, verified))
  const text = JSON.stringify(page.sheet)
  expect(text).toContain('Go-live was moved (1 time)')
  expect(text).toContain('["01-Jan-2028","noor-adeyemi",')
  expect(text).toMatch(/By 01-Jan-2026, \d+ lines would be due that are not: [^"]+/)
  expect(text).toMatch(/\d+ of them fails?: [^"]*drift/)
  expect(page.data).toMatchObject({
    goLiveMoves: { former: '2026-01-01', failing: expect.arrayContaining(['readiness/drift-watch']) },
  })
  // Put there whole, with what it named taken out of the ledger, the day before is said to be unknown.
  const whole = withInput(moved, 'milestones', later.replace('2028', '2029'), { whole: true, hide: (number) => number, hand })
  const silent = { ...whole, ledger: whole.ledger.filter(({ action }) => action !== goLiveNamed) }
  expect(namedDays(silent).map(({ day }) => day)).toEqual(['unknown', '2029-01-01'])
  expect(JSON.stringify(goNoGo(silent, assess(silent, asOf, null, criteria, verified)).sheet)).toContain(
    'not known: no act names it',
  )
  expect(JSON.stringify(goNoGo(drifting, assess(drifting, asOf, null, criteria, verified)).sheet)).not.toContain('was moved')
})

test('a run that another device says it computed is claimed, until it is computed here, or signed for', () => {
  const runs = (list: readonly JudgedCriterion[]) =>
    list.flatMap(({ evidence }) => evidence.filter(({ run }) => run !== null).map(({ origin }) => origin))
  const unsigned: Project = { ...ready, ledger: ready.ledger.filter(({ action }) => action !== 'signed') }
  const told = judged(unsigned, { broken: null })
  expect(new Set(runs(told).map(({ kind }) => kind))).toEqual(new Set(['told']))
  const [first] = runs(told)
  expect(first && originSentence(first)).toMatch(/^Claimed by .+: run #\d+, .+; no role is granted, so nobody answers for it/)
  const resting = told.filter(({ evidence, state }) => evidence.some(({ run }) => run !== null) && state !== 'not-due')
  expect(resting.length).toBeGreaterThan(10)
  expect(proven(resting)).toEqual([])
  const run = ready.runs.find(({ partial }) => !partial)
  const vouched = runs(judged(ready, { broken: null }))
  expect(new Set(vouched.map(({ kind }) => kind))).toEqual(new Set(['vouched']))
  expect(vouched[0] && originSentence(vouched[0])).toMatch(/^Run #\d+ of .+, signed for by Clinical owner, owner, /)
  // Where nobody verified it, a signature is none.
  expect(new Set(runs(judged(ready, null)).map(({ kind }) => kind))).toEqual(new Set(['told']))
  const again = judged(unsigned, { broken: null, witness: { devices: [], runs: [digestOf(jsonOf(run ?? {}))] } })
  expect(new Set(runs(again).map(({ kind }) => kind))).toEqual(new Set(['computed']))
})
