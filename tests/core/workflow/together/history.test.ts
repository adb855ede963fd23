/** Who changed what, how two states differ, and an earlier state brought back as one change. */
import { expect, test } from 'vitest'
import { seededRandom } from '../../../../src/core/random.ts'
import type { Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../../src/core/workflow/map/write.ts'
import { beginLog, logBytes, nextEdit, readLog, updatesOf, withEdit } from '../../../../src/core/workflow/together/edit-log.ts'
import { changesIn, differences, restoring } from '../../../../src/core/workflow/together/history.ts'
import { shownBy } from '../../../../src/core/workflow/together/joined-map.ts'
import { SharedMap } from '../../../../src/core/workflow/together/shared-map.ts'
import { identity } from '../generated.ts'
import { drawnCommand } from './drawn-commands.ts'

const step = { kind: 0, lane: 0, minutes: 1, wait: 0, clicks: 0, element: 0, back: false }
const begin = identity([step, step, step])

/** Draws and keeps every change, as the page does. */
function drawing(device: string, client: number) {
  let log = beginLog(begin)
  const map = new SharedMap({ id: begin.id, client, device }, updatesOf(log))
  let minute = 10
  map.onOwnChange((update) => {
    log = withEdit(log, nextEdit(log, { device, by: device, at: `2026-03-02T09:${minute++}:00Z` }, update))
  })
  return { map, log: () => log }
}

test('every change is named with its person, its moment and the fields it touched', () => {
  const { map, log } = drawing('ana', 1)
  map.edit({ kind: 'change-node', side: 'current', id: 's0', facts: { label: 'Ring', clicks: 3 } })
  map.edit({ kind: 'remove-nodes', side: 'current', ids: ['s1'], bridge: false })
  map.edit({ kind: 'rename', side: 'future', label: 'After' })
  map.undo()
  const made = changesIn(begin.id, readLog(logBytes(log())) ?? beginLog(begin))
  expect(made.map(({ edit: { by, at } }) => [by, at])).toEqual(
    ['10', '11', '12', '13'].map((m) => ['ana', `2026-03-02T09:${m}:00Z`]),
  )
  expect(made[0]?.differences).toEqual([{ at: 'nodes', side: 'current', id: 's0', how: 'changed', members: ['label', 'clicks'] }])
  expect(made[1]?.differences.map(({ at, id, how }) => `${how} ${at} ${id}`)).toEqual([
    'removed nodes s1',
    'removed edges s0-s1',
    'removed edges s1-s2',
    'removed trace s1 > s1',
  ])
  expect(made[2]?.differences).toEqual([{ at: 'label', side: 'future', id: '', how: 'changed', members: ['label'] }])
  expect(made[3]?.now.future.label).toBe(begin.future.label)
})

test('any earlier state comes back exactly, as one change that can be taken back', () => {
  const random = seededRandom('restore')
  const { map, log } = drawing('ana', 1)
  const states: Workflow[] = [map.workflow]
  while (states.length < 60) if (map.edit(drawnCommand(random, map.workflow)).refused === null) states.push(map.workflow)
  for (let turn = 0; turn < 15; turn++) {
    const [before, then] = [map.workflow, random.pick(states)]
    const steps = map.steps.undo
    expect(map.edit(restoring(before, then)).refused).toBeNull()
    expect(workflowDigest(map.workflow)).toBe(workflowDigest(then))
    expect(differences(map.workflow, then)).toEqual([])
    if (workflowDigest(before) === workflowDigest(then)) continue
    expect(map.steps.undo).toBe(steps + 1)
    map.undo()
    expect(workflowDigest(map.workflow)).toBe(workflowDigest(before))
  }
  expect(workflowDigest(shownBy(begin.id, log()))).toBe(workflowDigest(map.workflow))
})
