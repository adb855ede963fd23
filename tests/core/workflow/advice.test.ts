/** Advice knows safety: whatever is unsafe is not offered, and whatever nobody knows is asked before it can be taken over. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Command } from '../../../src/core/workflow/edit/edit.ts'
import { isSafetyStep } from '../../../src/core/workflow/map/safety-step.ts'
import { blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import { classOf, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { remediesFor } from '../../../src/core/workflow/remedies/remedies.ts'
import type { Remedy } from '../../../src/core/workflow/remedies/remedy.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import { identity, steps } from './generated.ts'
import { type Pair, workflowOf } from './pair.ts'

const decision = { by: 'analyst', at: '2026-05-12' }

function offered(pair: Pair, code: string): readonly Remedy[] {
  const workflow = workflowOf(pair)
  return compare(workflow)
    .findings.filter((finding) => finding.code === `workflow/${code}` && finding.outcome !== 'unjudged')
    .flatMap((finding) => remediesFor(workflow, finding, decision))
}

test('a stand-in whose licence is not known is asked for, one with too low a licence is not offered', () => {
  const map = (desk: string, md: string): string =>
    `lane Desk staff=2${desk}\nlane MD staff=1${md}\nDesk: Take call {do phone 1m} -> MD: Decide {do paper 3m}`
  const pair = (desk: string, md: string): Pair => ({ current: map(desk, md), future: map(desk, md), perHour: 1 })
  const standIn = (desk: string, md: string) =>
    offered(pair(desk, md), 'single-point-of-failure').filter(({ label }) => label.startsWith('Train'))
  expect(standIn('', '').map(({ asks }) => asks)).toEqual([['May Desk do the work of MD? The licence of Desk is not known.']])
  expect(standIn('', ' licence=5').map(({ asks }) => asks.length)).toEqual([1])
  expect(standIn(' licence=1', ' licence=5')).toEqual([])
  expect(standIn(' licence=5', ' licence=5').map(({ asks }) => asks)).toEqual([[]])
})

test('an approval is not dropped before somebody has said that no second person is needed', () => {
  const map = 'Desk: Ask {do phone 1m} -> MD: Sign {approve paper 1m wait=2h} -> Desk: Send {do fax 1m}'
  const [remedy] = offered({ current: map, future: map }, 'digitized-approval')
  expect(remedy?.asks).toEqual(['Does a law, a contract or a rule of the house ask for a second person at “Sign”?'])
})

test('nothing runs beside an allergy check, and nobody is told that it stands in a row without need', () => {
  const map =
    'element allergies record safety\nNurse: Check allergies {check screen 9m wait=0s reads=allergies writes=none} -> Desk: Call patient {notify phone 12m wait=0s reads=none writes=none}'
  expect(compare(workflowOf({ current: map, future: map, perHour: 1 })).findings.map(({ code }) => code)).not.toContain(
    'workflow/needless-serial',
  )
})

function commandsIn(command: Command): readonly Command[] {
  return command.kind === 'together' ? command.commands.flatMap(commandsIn) : [command]
}

/** What a remedy would do that nobody may do unasked. */
function unsafe({ future }: Workflow, { command, asks }: Remedy): readonly string[] {
  return commandsIn(command).flatMap((each) => {
    if (each.kind === 'remove-nodes')
      return each.ids.flatMap((id) => {
        const node = future.nodes.get(id)
        if (!node) return []
        const judging = node.kind === 'check' || node.kind === 'decide'
        if (judging && isSafetyStep(future, node)) return [`takes out the clinical check ${id}`]
        return (judging || node.kind === 'approve' || node.minLicence !== null) && asks.length === 0
          ? [`takes out ${id} unasked`]
          : []
      })
    if (each.kind === 'change-node' && each.facts.medium && classOf(each.facts.medium) === 'machine') {
      const node = future.nodes.get(each.id)
      const judging = node?.kind === 'approve' || node?.kind === 'check' || node?.kind === 'decide'
      return node && judging && isSafetyStep(future, node) ? [`automates ${each.id}`] : []
    }
    if (each.kind === 'change-lane' && each.facts.substitutes && asks.length === 0) {
      const roles = each.facts.substitutes.flatMap((id) => future.lanes.get(id) ?? [])
      return roles.some(({ licence }) => licence === null) ? [`stands in with an unknown licence for ${each.id}`] : []
    }
    if (each.kind === 'set-lane' && asks.length === 0)
      return each.ids.some((id) => future.nodes.get(id)?.minLicence === null) ? ['delegates what nobody said who may do'] : []
    return []
  })
}

test('no remedy of any generated map does anything unsafe unasked', () => {
  const scenario = { ...blankScenario, arrivals: [{ node: 'start', perHour: 1 }] }
  fc.assert(
    fc.property(steps, fc.boolean(), (list, licences) => {
      const workflow: Workflow = {
        ...identity(list, (graph) => ({
          ...graph,
          lanes: licences ? graph.lanes : new Map([...graph.lanes].map(([id, lane]) => [id, { ...lane, licence: null }])),
        })),
        scenario,
      }
      for (const finding of compare(workflow).findings)
        for (const remedy of remediesFor(workflow, finding, decision)) expect(unsafe(workflow, remedy)).toEqual([])
    }),
    { numRuns: process.env.LONG ? 500 : 40 },
  )
})
