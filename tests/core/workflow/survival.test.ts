/** All eight outcomes, in the order of judgement. */
import { expect, test } from 'vitest'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import { outcomesOf, workflowOf } from './pair.ts'

const approval = 'workflow/digitized-approval'
const overload = 'workflow/overloaded-role'
const paper =
  'Desk: Print form {paper 1m writes=form} -> MD: Sign {approve paper 1m wait=18h} -> Desk: File {paper 1m writes=none}'

test('a signature that became an inbox click with the same wait was digitized', () => {
  const future = 'Desk: Open task {screen 1m} -> MD: Approve {approve inbox 1m wait=18h} -> Desk: Send {screen 1m}'
  const pair = { current: paper, future, trace: 'Print form => Open task\nSign => Approve\nFile => Send' }
  expect(outcomesOf(pair, approval)).toEqual(['digitized: Sign > Approve'])
  const finding = compare(workflowOf(pair)).findings.find((found) => found.code === approval)
  expect(finding?.sentence).toContain('Moved, not removed.')
  expect(finding?.metric).toMatchObject({ current: 1081, future: 1081, change: 0 })
})

test('a signature that stays on paper is kept', () => {
  expect(outcomesOf({ current: paper, future: paper }, approval)).toEqual(['kept: Sign > Sign'])
})

test('a signature handed to a machine with the same wait is kept, never digitized', () => {
  expect(outcomesOf({ current: paper, future: paper.replace('approve paper', 'approve interface') }, approval)).toEqual([
    'kept: Sign > Sign',
  ])
})

test('a wait cut by a fifth is reduced, by a tenth it is not', () => {
  const screen = (wait: string): string => paper.replace('approve paper 1m wait=18h', `approve inbox 1m wait=${wait}`)
  expect(outcomesOf({ current: paper, future: screen('14h') }, approval)).toEqual(['reduced: Sign > Sign'])
  expect(outcomesOf({ current: paper, future: screen('16h') }, approval)).toEqual(['digitized: Sign > Sign'])
})

test('a longer wait is worse', () => {
  expect(outcomesOf({ current: paper, future: paper.replace('18h', '21h') }, approval)).toEqual(['worsened: Sign > Sign'])
})

test('a step taken out with a reason and a name is eliminated, without one it is unjudged and goes nowhere', () => {
  const future = 'Desk: Print form {paper 1m writes=form} -> Desk: File {paper 1m writes=none}'
  expect(outcomesOf({ current: paper, future, trace: 'Sign =x refills fit the protocol' }, approval)).toEqual([
    'eliminated: Sign > ',
  ])
  const silent = { current: paper, future, trace: 'Sign =x' }
  expect(outcomesOf(silent, approval)).toEqual(['unjudged: Sign > '])
  expect(outcomesOf(silent, 'workflow/untraced-step')).toEqual(['unjudged: Sign > '])
})

test('a new approval is introduced', () => {
  const current = 'Desk: Print form {paper 1m}'
  const future = 'Desk: Print form {paper 1m} -> MD: Approve {approve inbox 1m wait=1h}'
  expect(outcomesOf({ current, future }, approval)).toEqual(['introduced:  > Approve'])
})

test('an approval that vanished here and appeared at the next role is relocated', () => {
  const current = 'Desk: Ask {screen 1m} -> MD: Sign {approve paper 1m wait=4h} -> Nurse: Call {phone 1m}'
  const future =
    'Desk: Ask {screen 1m} -> MD: Look {check inbox 1m} -> Nurse: Confirm {approve inbox 1m wait=4h} -> Nurse: Call {phone 1m}'
  expect(outcomesOf({ current, future, trace: 'Sign => Look' }, approval)).toEqual(['relocated: Sign > Confirm'])
})

test('a queue that left the desk and stands before the physician is relocated', () => {
  const current = 'lane Desk staff=1\nlane MD staff=1\nDesk: Sort {paper exp(27m)} -> MD: Read {paper exp(6m)}'
  const future = 'lane Desk staff=1\nlane MD staff=1\nDesk: Sort {screen exp(6m)} -> MD: Read {inbox exp(27m)}'
  expect(outcomesOf({ current, future, perHour: 2 }, overload)).toEqual(['relocated: Sort > Read'])
})

test('a missing working time makes the approval unjudged and is named', () => {
  const future = paper.replace('approve paper 1m', 'approve inbox')
  const finding = compare(workflowOf({ current: paper, future })).findings.find((found) => found.code === approval)
  expect(finding?.outcome).toBe('unjudged')
  expect(finding?.missing).toEqual(['working time of “Sign”'])
})

test('a role that never catches up on either side is compared by its load, never by a big number', () => {
  const map = (minutes: number): string => `lane MD staff=1\nMD: Read {inbox exp(${minutes}m)}`
  const comparison = compare(workflowOf({ current: map(70), future: map(90), perHour: 1 }))
  const finding = comparison.findings.find((found) => found.code === overload)
  expect(finding).toMatchObject({ outcome: 'worsened', severity: 'critical', metric: { current: null, future: null } })
})

test('a map that cases can not run through is mended before survival is judged', () => {
  const comparison = compare(workflowOf({ current: paper, future: 'bare\nMD: Sign {approve inbox 1m}' }))
  expect(comparison.findings).toEqual([])
  expect(comparison.blocked).toContain('This map has no start event.')
})

test('every finding names the threshold, the facts and their evidence level', () => {
  const future = paper.replace('approve paper', 'approve inbox')
  for (const finding of compare(workflowOf({ current: paper, future })).findings) expect(finding.level).toBe('assumed')
  const finding = compare(workflowOf({ current: paper, future })).findings.find((found) => found.code === approval)
  expect(finding?.facts.map((fact) => fact.name)).toContain('threshold digitized-approval.reject')
})

test('a load that falls from 160 to 120 % still never ends: it stays critical and both loads are said', () => {
  const at = (minutes: number): string => `lane Nurse staff=1\nNurse: Refill {exp(${minutes}m)}`
  const pair = { current: at(96), future: at(72), perHour: 1 }
  const finding = compare(workflowOf(pair)).findings.find(({ code }) => code === overload)
  expect(finding).toMatchObject({ outcome: 'reduced', severity: 'critical' })
  expect(finding?.sentence).toBe(
    'Nurse: asked for 160 % of the hours today and for 120 % of the hours in the future workflow; from 100 % on the queue never ends (25 % less). Smaller, but the queue still never ends.',
  )
  const mended = compare(workflowOf({ ...pair, future: at(54) })).findings.find(({ code }) => code === overload)
  expect(mended).toMatchObject({ outcome: 'reduced', severity: 'warning' })
  expect(mended?.sentence).toContain('160 % of the hours today and for 90 % of the hours')
})
