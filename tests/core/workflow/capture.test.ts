/** What was watched on the floor becomes steps, times and flows. */
import { expect, test } from 'vitest'
import { captureCommand, stepsSeen } from '../../../src/core/workflow/edit/capture.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { nothingWatched, readWatched, watchedText } from '../../../src/core/workflow/edit/watched.ts'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { emptyWorkflow } from '../../../src/core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../src/core/workflow/map/write.ts'

const seen = (label: string, role: string, from: number, to: number, clicks = 0) => ({
  label,
  role,
  from: from * 1000,
  to: to * 1000,
  clicks,
  screens: 0,
})
const shift = [
  seen('Take call', 'Desk', 0, 180),
  seen('Write slip', 'Desk', 180, 240),
  seen('Take call', 'Desk', 300, 420),
  seen('take call ', 'Desk', 430, 460),
  seen('Book', 'Desk', 460, 520, 9),
  seen('Sign', 'Clinician', 600, 630),
]

test('the same work by the same role is one step with every time it was seen', () => {
  expect(stepsSeen(shift).map(({ label, seconds }) => [label, seconds])).toEqual([
    ['Take call', [180, 120, 30]],
    ['Write slip', [60]],
    ['Book', [60]],
    ['Sign', [30]],
  ])
})

test('steps come into known lanes, with observed times and the shares of their ways, as one change', () => {
  const { graph } = readSketch('Desk: Open door {verbal 1m}\nbare')
  const before = { ...emptyWorkflow('w'), current: graph }
  const done = apply(before, captureCommand(graph, shift, 'watched 03-May'))
  expect(done.refused).toBeNull()
  const { nodes, edges, lanes } = done.workflow.current
  expect([...lanes.values()].map(({ label }) => label)).toEqual(['Desk', 'Clinician'])
  expect(nodes.get('take-call')).toMatchObject({
    lane: 'desk',
    service: { dist: 'empirical', values: [180, 120, 30] },
    evidence: { level: 'observed', source: 'watched 03-May', n: 3 },
  })
  expect(nodes.get('book')).toMatchObject({ clicks: 9, medium: 'screen' })
  expect([...edges.values()].map(({ from, to, probability }) => [from, to, probability])).toEqual([
    ['take-call', 'write-slip', 0.5],
    ['take-call', 'book', 0.5],
    ['write-slip', 'take-call', 1],
    ['book', 'sign', 1],
  ])
  expect(workflowDigest(apply(done.workflow, done.inverse).workflow)).toBe(workflowDigest(before))
})

test('shares of the ways out of a step add up to all cases, however many ways there are', () => {
  const list = ['B', 'C', 'D'].flatMap((label, n) => [
    seen('A', 'Desk', n * 100, n * 100 + 10),
    seen(label, 'Desk', n * 100 + 10, n * 100 + 20),
  ])
  const done = apply(emptyWorkflow('w'), captureCommand(emptyWorkflow('w').current, list, 'watched'))
  const shares = [...done.workflow.current.edges.values()]
    .filter(({ from }) => from === 'a')
    .map(({ probability }) => probability ?? 0)
  expect(shares).toHaveLength(3)
  expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-9)
})

test('what was seen is written and read again; work without an end is named by its place and left out', () => {
  const watched = { seen: shift, running: { label: '', role: 'Desk', from: 700_000, clicks: 2, screens: 1 } }
  const written = JSON.parse(watchedText(watched))
  expect(readWatched(written)).toEqual({ value: watched, problems: [] })
  const damaged = { ...written, seen: [written.seen[0], { ...written.seen[1], to: 'later' }] }
  const { value, problems } = readWatched(damaged)
  expect(value.seen).toEqual([shift[0]])
  expect(problems.map(({ place }) => place)).toContain('$.seen[1]')
  expect(readWatched({ ...written, format: 'carryover-watched-shift/9' })).toMatchObject({
    value: nothingWatched,
    problems: [{ place: '$.format' }],
  })
})
