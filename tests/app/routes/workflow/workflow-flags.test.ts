/** Flags of an edited map do not wait for the simulation, and never call its older times current. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { flagSoon, isStale, keepResult, lastComparison } from '../../../../src/app/routes/workflow/acts/workflow-flags.ts'
import { useWorkspace, type WorkflowResult, workspace } from '../../../../src/app/session/state.ts'
import { finish } from '../../../../src/core/operation.ts'
import { apply, type Command } from '../../../../src/core/workflow/edit/edit.ts'
import { blankScenario } from '../../../../src/core/workflow/map/scenario.ts'
import type { Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { simulatePair } from '../../../../src/core/workflow/simulation/simulate.ts'
import { compare } from '../../../../src/core/workflow/survival/compare.ts'
import { workflowOf } from '../../../core/workflow/pair.ts'

const id = 'pair'
const drawn = workflowOf({
  current: 'Desk: Take call {phone 3m} -> MD: Sign slip {do paper 1m wait=18h} -> Desk: Send {fax 2m}',
  future: 'Desk: Take call {screen 3m} -> MD: Sign slip {do inbox 1m wait=18h} -> Desk: Send {screen 2m}',
  perHour: 1,
})
const workflow = { ...drawn, scenario: { ...blankScenario, ...drawn.scenario, replications: 3, cases: 100 } }
const approval: Command = {
  kind: 'together',
  commands: (['current', 'future'] as const).map((side) => ({
    kind: 'change-node',
    side,
    id: 'sign-slip',
    facts: { kind: 'approve' },
  })),
}
const start = useWorkspace.getState()

async function judged(of: Workflow): Promise<WorkflowResult> {
  const results = await finish(simulatePair(of, new AbortController().signal))
  return { workflow: of, results, comparison: compare(of, { results }) }
}

function edit(command: Command): Workflow {
  const open = workspace().workflows.get(id)
  if (!open) throw new Error('The pair is not open')
  const edited = apply(open, command).workflow
  useWorkspace.setState({ workflows: new Map([[id, edited]]) })
  return edited
}

const outcomes = (): readonly string[] =>
  lastComparison(workspace().results.get(id) ?? null)?.findings.map(({ code, outcome }) => `${code} ${outcome}`) ?? []

const digitized = 'workflow/digitized-approval digitized'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  useWorkspace.setState({ workflows: new Map([[id, workflow]]) })
})

afterEach(() => {
  vi.useRealTimers()
  useWorkspace.setState(start, true)
})

test('a step that becomes an approval is flagged in the next turn, with the times of the last simulation', async () => {
  const before = await judged(workflow)
  keepResult(id, before)
  expect(outcomes()).not.toContain(digitized)
  const edited = edit(approval)
  flagSoon(id)
  vi.runAllTimers()
  expect(outcomes()).toContain(digitized)
  const result = workspace().results.get(id) ?? null
  expect(result?.results).toBe(before.results)
  expect(result?.since?.comparison).toEqual(compare({ ...edited }, before.results ? { results: before.results } : {}))
  expect(isStale(result, edited)).toBe(true)

  const fresh = await judged(edited)
  keepResult(id, fresh)
  expect(workspace().results.get(id)).toBe(fresh)
  expect(isStale(fresh, edited)).toBe(false)
})

test('an answer about an older state of the map does not take the flags of the newer one away', async () => {
  const before = await judged(workflow)
  keepResult(id, before)
  const edited = edit(approval)
  keepResult(id, before)
  vi.runAllTimers()
  expect(outcomes()).toContain(digitized)
  expect(isStale(workspace().results.get(id) ?? null, edited)).toBe(true)
})

test('estimates by formula are those of the map as it is', () => {
  const never: WorkflowResult = { workflow, results: null, comparison: compare(workflow) }
  keepResult(id, never)
  const edited = edit(approval)
  expect(isStale(workspace().results.get(id) ?? null, edited)).toBe(true)
  flagSoon(id)
  vi.runAllTimers()
  expect(outcomes()).toContain(digitized)
  expect(isStale(workspace().results.get(id) ?? null, edited)).toBe(false)
})
