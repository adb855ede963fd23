/** Two project files of one shared map become one, without a server: nothing that either side drew is lost, and what is hidden is said. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { apply, type Command } from '../../../src/core/workflow/edit/edit.ts'
import { documentsOf } from '../../../src/core/workflow/map/files.ts'
import type { Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../src/core/workflow/map/write.ts'
import {
  beginLog,
  type EditLog,
  logAt,
  logBytes,
  nextEdit,
  readLog,
  updatesOf,
  versionsOf,
  withEdit,
  withVersion,
} from '../../../src/core/workflow/together/edit-log.ts'
import { type MapCopy, shownBy, withinSize } from '../../../src/core/workflow/together/joined-map.ts'
import { earlierLogPath, editLogPath } from '../../../src/core/workflow/together/log-path.ts'
import { SharedMap } from '../../../src/core/workflow/together/shared-map.ts'
import { identity } from '../workflow/generated.ts'
import { exampleProject } from './example-project.ts'

const step = { kind: 0, lane: 0, minutes: 1, wait: 0, clicks: 0, element: 0, back: false }
const begin: Workflow = { ...identity([step, step, step]), id: 'refill' }
let client = 100

const change = (id: string, facts: object): Command => ({ kind: 'change-node', side: 'current', id, facts })

/** What a person does in a map that is shared, as the page keeps it. */
function drawn({ log, before }: MapCopy, device: string, commands: readonly Command[], hour = 9): MapCopy {
  const map = new SharedMap({ id: 'refill', client: client++, device }, updatesOf(log))
  let next = log
  let minute = 10
  map.onOwnChange((update) => {
    next = withEdit(next, nextEdit(next, { device, by: device.slice(2), at: `2026-03-02T${hour}:${minute++}:00Z` }, update))
  })
  for (const command of commands) expect(map.edit(command).refused).toBeNull()
  return { workflow: map.workflow, log: next, before }
}

function projectWith({ workflow, log, before }: MapCopy): Project {
  const base = exampleProject()
  const files = new Map([...base.other, [editLogPath('refill'), logBytes(log)] as const])
  if (before) files.set(earlierLogPath('refill'), logBytes(before))
  return { ...base, workflows: [documentsOf(workflow)], other: files }
}

function merged(here: Project, other: Project) {
  const outcome = mergeProjects(here, other)
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome
}

function logIn(project: Project): EditLog {
  const log = readLog(project.other.get(editLogPath('refill')) ?? new Uint8Array())
  if (!log) throw new Error('no log')
  return log
}

const shared: MapCopy = { workflow: begin, log: beginLog(begin), before: null }

test('both sides are in it, the same files whoever merges, and a second merge changes nothing', () => {
  const ana = drawn(shared, 'd-ana', [
    { kind: 'add-node', side: 'current', facts: { label: 'Sign form' }, after: 's0' },
    { kind: 'remove-nodes', side: 'current', ids: ['s1'], bridge: false },
  ])
  const ben = drawn(shared, 'd-ben', [
    { kind: 'add-node', side: 'current', facts: { label: 'Sign form' } },
    { kind: 'add-edge', side: 'current', from: 's2', to: 's1' },
    change('s2', { clicks: 9 }),
  ])
  const [here, other] = [projectWith(ana), projectWith(ben)]
  const outcome = merged(here, other)
  expect(outcome.maps).toEqual([
    {
      id: 'refill',
      label: 'refill',
      repairs: ['The flow from “Step 2” to a step that is gone is hidden (current map)'],
      isNew: true,
    },
  ])
  expect(outcome.keptHere).toEqual([])
  const documents = outcome.project.workflows[0]
  const nodes = JSON.stringify(documents?.current)
  expect(nodes.match(/"label":"Sign form"/g)).toHaveLength(2)
  expect(nodes).toContain('"clicks":9')
  const back = merged(other, here)
  const paths = ['current', 'future', 'trace'].map((part) => `workflows/refill/${part}.json`).concat(editLogPath('refill'))
  for (const path of paths) expect(saveProject(outcome.project).get(path)).toEqual(saveProject(back.project).get(path))
  const again = merged(outcome.project, back.project)
  expect(again.maps[0]?.isNew).toBe(false)
  expect(again.project.workflows).toBe(outcome.project.workflows)
  expect(logIn(again.project)).toEqual(logIn(outcome.project))
})

test('what an earlier version of this program drew without the log counts as well', () => {
  const ana = drawn(shared, 'd-ana', [change('s0', { clicks: 4 })])
  const byHand = apply(begin, change('s0', { keys: 7 })).workflow
  // It opens the project, keeps the file that it does not know, and writes the map.
  const old = projectWith({ ...shared, workflow: byHand })
  const kept = openProject(saveProject(old)).project
  expect(kept?.other.get(editLogPath('refill'))).toEqual(logBytes(shared.log))
  const outcome = merged(projectWith(ana), old)
  expect(JSON.stringify(outcome.project.workflows[0]?.current)).toMatch(/"id":"s0".*?"clicks":4,"keys":7/)
  expect(logIn(outcome.project).edits.map(({ by }) => by)).toEqual([null, 'ana'])
  // Whoever merges it as well writes the same line.
  expect(logIn(merged(old, projectWith(ana)).project)).toEqual(logIn(outcome.project))
})

test('a map that was never shared stays as it is here, and so does one that two people shared each for themselves', () => {
  const apart = apply(begin, change('s0', { label: 'Other' })).workflow
  const plain = (workflow: Workflow): Project => ({ ...exampleProject(), workflows: [documentsOf(workflow)] })
  const cases = [
    [plain(begin), plain(apart)],
    [plain(begin), projectWith({ workflow: apart, log: beginLog(apart), before: null })],
    [projectWith(shared), projectWith({ workflow: apart, log: beginLog(apart), before: null })],
  ] as const
  for (const [here, other] of cases) {
    const outcome = merged(here, other)
    expect(outcome.maps).toEqual([])
    expect(outcome.keptHere).toContain('workflows/refill/current.json')
    expect(outcome.project.workflows).toBe(here.workflows)
    expect(outcome.project.other.get(editLogPath('refill'))).toEqual(here.other.get(editLogPath('refill')))
  }
})

test('who comes back with changes of the document before is joined with the fresh one', () => {
  const ana = drawn(shared, 'd-ana', [change('s0', { clicks: 4 })])
  const fresh = withinSize(ana, '2026-03-03T08:00:00Z', 10)
  expect(fresh.log.edits).toEqual([])
  expect(workflowDigest(shownBy('refill', fresh.log))).toBe(workflowDigest(ana.workflow))
  const onward = drawn(
    fresh,
    'd-ana',
    [{ kind: 'remove-nodes', side: 'current', ids: ['s1'], bridge: true }, change('s2', { clicks: 8 })],
    10,
  )
  const late = drawn(
    shared,
    'd-ben',
    [change('s0', { keys: 7 }), change('s1', { label: 'Gone' }), { kind: 'add-node', side: 'future', facts: { label: 'New' } }],
    11,
  )
  for (const [here, other] of [
    [onward, late],
    [late, onward],
  ] as const) {
    const outcome = merged(projectWith(here), projectWith(other))
    const map = shownBy('refill', logIn(outcome.project))
    expect(map.current.nodes.get('s0')).toMatchObject({ clicks: 4, keys: 7 })
    expect(map.current.nodes.get('s2')?.clicks).toBe(8)
    expect(map.current.nodes.has('s1')).toBe(false)
    expect([...map.future.nodes.values()].some(({ label }) => label === 'New')).toBe(true)
    expect(outcome.project.workflows[0]).toEqual(documentsOf(map))
  }
  // After 90 days the document before is let go.
  expect(withinSize(onward, '2026-05-31T08:00:00Z').before).not.toBeNull()
  expect(withinSize(onward, '2026-06-02T08:00:00Z').before).toBeNull()
  expect(withinSize(ana, '2026-03-03T08:00:00Z')).toBe(ana)
})

test('a version leads back to the map as it was, also after a merge and under its last name', () => {
  const ana = drawn(shared, 'd-ana', [change('s0', { clicks: 4 })])
  const line = {
    kind: 'version' as const,
    id: 'v1',
    name: 'After the huddle',
    by: 'ana',
    at: '2026-03-02T09:30:00Z',
    upto: { 'd-ana': 1 },
  }
  const named = withVersion(withVersion(ana.log, line), { ...line, name: 'Pharmacy agreed', at: '2026-03-02T12:00:00Z' })
  const ben = drawn(shared, 'd-ben', [change('s0', { clicks: 5 }), change('s1', { label: 'Later' })])
  const log = logIn(merged(projectWith({ ...ana, log: named }), projectWith(ben)).project)
  const [version] = versionsOf(log)
  expect(version).toMatchObject({ id: 'v1', name: 'Pharmacy agreed', at: '2026-03-02T09:30:00Z' })
  if (version) expect(workflowDigest(shownBy('refill', logAt(log, version)))).toBe(workflowDigest(ana.workflow))
})

test('lines of a newer version are kept, and a file that does not say what it began with joins nothing', () => {
  const strange = '{"kind":"vote","for":"s0"}'
  const log = readLog(utf8(`${new TextDecoder().decode(logBytes(shared.log))}${strange}\n`))
  expect(log?.unread).toEqual([strange])
  const outcome = merged(projectWith(shared), projectWith({ ...shared, log: { ...shared.log, unread: [strange] } }))
  expect(logIn(outcome.project).unread).toEqual([strange])
  expect(readLog(utf8(`${strange}\n`))).toBeNull()
})
