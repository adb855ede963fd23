/** What to do this week: what blocks first, files that only lack a signature as one act, and what that leaves. */
import { expect, test } from 'vitest'
import type { Project } from '../../../src/core/project/project.ts'
import { assess, type ReadinessBoard } from '../../../src/core/readiness/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { withInput } from '../../../src/core/readiness/input-files/keep-input.ts'
import { afterWords, decisionOf, thisWeek } from '../../../src/core/readiness/this-week.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

const boardOf = (project: Project): ReadinessBoard => assess(project, asOf, null, criteria, verified)

test('a failing line is the first act, with what it closes', () => {
  const project = readyProject(['rollback-unsigned'])
  const board = boardOf(project)
  const acts = thisWeek(board)
  expect(acts).toHaveLength(1)
  expect(acts[0]).toMatchObject({ codes: ['readiness/rollback-plan'], route: board.blockers[0]?.action.route })
  expect(acts[0]?.closes).toMatch(/^closes 1 of 1 that keeps Pre-launch shut/)
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
