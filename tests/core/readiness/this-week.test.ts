/** What to do this week: what blocks first, files that only lack a signature as one act, and what that leaves. */
import { expect, test } from 'vitest'
import type { Project } from '../../../src/core/project/format/project.ts'
import { assess, type ReadinessBoard } from '../../../src/core/readiness/board/board.ts'
import { afterWords, decisionOf, gateOfToday, thisWeek } from '../../../src/core/readiness/board/this-week.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { withInput } from '../../../src/core/readiness/kept-files/keep-input.ts'
import { makeReport, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

const boardOf = (project: Project): ReadinessBoard => assess(project, asOf, null, criteria, verified)

test('a failing line is the first act, with what it closes', () => {
  const project = readyProject(['rollback-unsigned'])
  const board = boardOf(project)
  const acts = thisWeek(board)
  expect(acts).toHaveLength(1)
  expect(acts[0]).toMatchObject({ codes: ['readiness/rollback-plan'], route: board.blockers[0]?.action.route })
  expect(acts[0]?.closes).toMatch(/^closes 1 of 1 blocked line of Pre-launch/)
  expect(afterWords(board, acts)).toBe('Pre-launch has no blocker. No blocker is left.')
  expect(decisionOf(project, board)).toMatchObject({ go: false, title: 'Go-live 01-Jan-2026: NO-GO, first blocked: Pre-launch' })
  expect(decisionOf(project, board).detail).toMatch(/1 line blocks go-live, 0 are only claimed$/)
  const ready = readyProject([])
  expect(decisionOf(ready, boardOf(ready))).toMatchObject({ go: true, title: 'Go-live 01-Jan-2026: GO' })
  expect(thisWeek(boardOf(ready))).toEqual([])
})

test('files that only lack a signature are one act, signed in one sitting', () => {
  const text = (kind: 'acknowledgements' | 'goals') =>
    new TextDecoder().decode(readyProject([]).other.get(inputPath(kind))).replace(/\n$/, '\n')
  const hand = { device: 'd9', actor: 'unnamed', wall: '2026-07-20T09:00:00Z' }
  const put = (project: Project, kind: 'acknowledgements' | 'goals', content: string): Project =>
    withInput(project, kind, content, { whole: true, hide: (number) => number, hand })
  const replaced = put(readyProject(['rollback-unsigned']), 'acknowledgements', text('acknowledgements'))
  const one = thisWeek(boardOf(replaced))
  expect(one).toHaveLength(1)
  expect(one[0]).toMatchObject({
    title: 'Collect 1 signature',
    label: 'Sign where it comes from',
    codes: ['readiness/rollback-plan'],
  })
  const both = thisWeek(boardOf(put(replaced, 'goals', text('goals').replace('calls', 'visits'))))
  expect(both).toHaveLength(1)
  expect(both[0]?.title).toBe('Collect 2 signatures')
  expect(both[0]?.codes).toHaveLength(2)
})

test('an empty project waits: the guide begins with the first phase, and no number calls a waiting line a blocker', () => {
  const empty: Project = {
    ...readyProject([]),
    other: new Map(),
    workflows: [],
    runs: [],
    mapping: new Map(),
    sources: [],
    review: { ...readyProject([]).review, plan: null, draw: null, frame: null, events: [] },
  }
  const board = boardOf(empty)
  const acts = thisWeek(board)
  expect(board.phases[0]?.gate).toBe('waiting')
  expect(acts.length).toBe(3)
  expect(acts.every(({ begins, closes }) => begins && /^begins 1 of \d+ lines that Discovery waits for/.test(closes))).toBe(true)
  expect(new Set(acts.map(({ route }) => route)).size).toBe(3)
  expect(afterWords(board, acts)).toBe('Discovery has its first evidence. Go-live stays no-go.')
  expect(decisionOf(empty, board).detail).toMatch(/\d+ wait for evidence$/)
})

test('the first act is in the phase that the headline names, and counts what its list shows', () => {
  // A critical line of pre-launch is blocked, too: phase by phase, the one word leads to the one act.
  const project = readyProject(['rollback-unsigned', 'owner-without-hours'])
  const board = boardOf(project)
  const [first] = thisWeek(board)
  const title = decisionOf(project, board).title
  const phase = board.phases.find(({ criteria }) => criteria.some(({ criterion }) => first?.codes.includes(criterion.code)))
  expect(title).toMatch(new RegExp(`first blocked: ${phase?.phase.title}$`))
  const blocked = phase?.criteria.filter(({ standing }) => standing === 'blocked').length
  expect(first?.closes).toContain(`closes 1 of ${blocked} blocked line`)
})

test('a day of go-live and an owner that stand in board.json alone are claimed, not in the ledger, on the board and on paper', () => {
  const ready = readyProject([])
  const other = new Map(ready.other)
  other.delete(inputPath('milestones'))
  const edited = {
    ...ready,
    other,
    board: { ...ready.board, goLive: '2026-12-14', owners: { 'readiness/rollback-plan': 'Dr. Paula Example' } },
  }
  const board = boardOf(edited)
  expect(decisionOf(edited, board).title).toContain('Go-live 14-Dec-2026 (claimed, not in the ledger)')
  const owned = board.phases.flatMap(({ criteria }) => criteria).filter(({ owner }) => owner !== null)
  expect(owned.map(({ owner }) => owner)).toEqual(['Dr. Paula Example (claimed, not in the ledger)'])
  const paper = writeReport(makeReport('go-no-go', edited, asOf, verified), 'text')
  expect(paper).toContain('go-live 14-Dec-2026 (claimed, not in the ledger)')
})

test('the go or no-go page says what clinicians read and prove, and whether that is stale', () => {
  const pageOf = (project: Project) => writeReport(makeReport('go-no-go', project, asOf, verified), 'text')
  const ready = readyProject([])
  const page = pageOf(ready)
  expect(page).toContain('1 of 1 records reviewed: 0 harmful, 0 wrong, 0 undecided.')
  expect(page).toMatch(/The claim "at most \d+ %" holds/)
  expect(page).toContain('Signed by Clinical owner (approves, 15-Jul-2026); it covers what is here now.')
  const moved = { ...ready, mapping: new Map([...ready.mapping].map(([path, text]) => [path, `${text}\n`])) }
  expect(pageOf(moved)).toContain('Stale: signed by Clinical owner (approves, 15-Jul-2026) over an earlier state.')
  const unsigned = { ...ready, ledger: ready.ledger.filter(({ action }) => action !== 'signed') }
  expect(pageOf(unsigned)).toContain('Nobody has signed it.')
})

test('where the signature is stale the go or no-go page gives the figures of now, and none of the page that was signed', () => {
  const pageOf = (project: Project) => writeReport(makeReport('go-no-go', project, asOf, verified), 'text')
  const ready = readyProject([])
  const [first] = ready.review.events
  if (first?.kind !== 'record') throw new Error('no verdict')
  const events = [first, { ...first, id: 'd1-2', at: { ...first.at, counter: 2 }, verdict: 'harmful' as const }]
  const page = pageOf({ ...ready, review: { ...ready.review, events } })
  expect(page).toContain('1 of 1 records reviewed: 1 harmful, 0 wrong, 0 undecided.')
  expect(page).not.toContain('1 of 1 records reviewed: 0 harmful')
  expect(page).toMatch(/The claim "at most \d+ %" does not hold/)
  expect(page).not.toMatch(/The claim "at most \d+ %" holds/)
  expect(page).toContain('Stale: signed by Clinical owner (approves, 15-Jul-2026) over an earlier state.')
  const undrawn = pageOf({ ...ready, review: { ...ready.review, draw: null } })
  expect(undrawn).toContain('No sample was drawn: clinicians have read nothing. Stale: signed by Clinical owner')
  expect(undrawn).not.toContain('records reviewed')
})

test('today stands before the first gate that is not known to lie behind', () => {
  const noDay = [null, null, null, null]
  expect(gateOfToday([...noDay, '2026-08-01', null], '2026-07-20')).toBe(0)
  expect(gateOfToday(['2026-05-01', '2026-06-01', '2026-07-01', '2026-07-10', '2026-08-01', null], '2026-07-20')).toBe(4)
  expect(gateOfToday(['2026-05-01', null, '2026-08-01'], '2026-07-20')).toBe(1)
  for (const ends of [[...noDay, null, null], ['2026-05-01']]) expect(gateOfToday(ends, '2026-07-20')).toBe(-1)
})
