/** A map that is shared from the page: each change is kept with its person, undo takes back own ones, and one that is not shared is as before. */
import { beforeEach, expect, test, vi } from 'vitest'
import { liveMap } from '../../../../src/app/routes/workflow/acts/live-maps.ts'
import { mapLine } from '../../../../src/app/routes/workflow/acts/map-line.ts'
import {
  nameVersion,
  openShared,
  renameSharedVersion,
  shareMap,
} from '../../../../src/app/routes/workflow/acts/shared-drawing.ts'
import { addExample, editWorkflow, redoWorkflow, undoWorkflow } from '../../../../src/app/routes/workflow/acts/workflows.ts'
import { editSteps } from '../../../../src/app/session/edit-line.ts'
import { openProject, setWorkspace, workspace } from '../../../../src/app/session/state.ts'
import { mergeProjects } from '../../../../src/core/project/exchange/merge-projects.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'
import type { Project } from '../../../../src/core/project/format/project.ts'
import type { Command } from '../../../../src/core/workflow/edit/edit.ts'
import { documentsOf, readWorkflow } from '../../../../src/core/workflow/map/files.ts'
import type { Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../../src/core/workflow/map/write.ts'
import { type EditLog, readLog, updatesOf, versionsOf } from '../../../../src/core/workflow/together/edit-log.ts'
import { shownBy } from '../../../../src/core/workflow/together/joined-map.ts'
import { editLogPath } from '../../../../src/core/workflow/together/log-path.ts'
import { workflowOf } from '../../../core/workflow/pair.ts'

vi.mock('../../../../src/app/session/keep.ts', () => ({ keepNow: () => Promise.resolve() }))
vi.mock('../../../../src/app/session/device-key.ts', () => ({ keyThisDevice: () => Promise.resolve() }))
vi.mock('../../../../src/app/routes/workflow/acts/edit-history.ts', () => ({ keepHistorySoon: () => undefined }))
vi.mock('../../../../src/app/routes/workflow/acts/workflow-results.ts', () => ({ judgeSoon: () => undefined }))

const names = { id: 'p', name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00Z', tool: 'test', servers: [] }
const map = 'Desk: Take {1m} -> MD: Sign {2m} -> Desk: Send {3m}'

let id = ''

beforeEach(() => {
  setWorkspace({
    project: newProject(names),
    workflows: new Map(),
    results: new Map(),
    problem: null,
    person: { name: 'Ana Lima', role: 'analyst' },
  })
  id = addExample(workflowOf({ current: map, future: map }))
})

const clicks = (step: string, n: number): Command => ({ kind: 'change-node', side: 'current', id: step, facts: { clicks: n } })
const now = (): Workflow => workspace().workflows.get(id) ?? ({} as Workflow)
const project = (): Project => workspace().project ?? newProject(names)
const log = (): EditLog => {
  const read = readLog(project().other.get(editLogPath(id)) ?? new Uint8Array())
  if (!read) throw new Error('no log')
  return read
}

test('a map that nobody shared has no log and its undo as before', () => {
  editWorkflow(id, clicks('sign', 4))
  expect([...project().other.keys()]).toEqual([])
  expect(liveMap(id)).toBeNull()
  expect(undoWorkflow(id)).toBe(true)
  expect(now().current.nodes.get('sign')?.clicks).not.toBe(4)
})

test('each change of a shared map is a line with its person, and the line of the history counts own changes', async () => {
  expect(await shareMap(id)).toBe(true)
  const before = now()
  const [made] = editWorkflow(id, { kind: 'add-node', side: 'current', facts: { label: 'Call' }, after: 'sign' })?.created ?? []
  expect(made).toMatch(/^call-[0-9a-z]{4}$/)
  editWorkflow(id, clicks('sign', 4), 'typing')
  editWorkflow(id, clicks('sign', 45), 'typing')
  expect(log().edits.map(({ by, from }) => [by, from])).toEqual([
    ['ana-lima', 1],
    ['ana-lima', 2],
    ['ana-lima', 3],
  ])
  expect(workflowDigest(shownBy(id, log()))).toBe(workflowDigest(now()))
  expect(project().workflows[0]).toEqual(documentsOf(now()))
  const steps = () => editSteps<Command>(mapLine(id))
  expect([steps().undo.length, steps().redo.length]).toEqual([2, 0])
  expect(undoWorkflow(id)).toBe(true)
  expect(undoWorkflow(id)).toBe(true)
  expect(undoWorkflow(id)).toBe(false)
  expect(workflowDigest(now())).toBe(workflowDigest(before))
  expect([steps().undo.length, steps().redo.length]).toEqual([0, 2])
  expect(redoWorkflow(id)).toBe(true)
  expect(now().current.nodes.has(made ?? '')).toBe(true)
  expect(editWorkflow(id, clicks('nowhere', 1))?.refused).toContain('nowhere')
  expect(workspace().problem).toContain('nowhere')
})

test('what was changed without the log is taken over when the map is opened, and what is worked out from it stands', async () => {
  await shareMap(id)
  const byHand = readWorkflow(id, { ...documentsOf(now()), scenario: undefined }).value
  const label = { ...byHand, current: { ...byHand.current, label: 'By hand' } }
  setWorkspace({ workflows: new Map([[id, label]]) })
  expect(liveMap(id)).toBeNull()
  openShared(id)
  expect(now()).toBe(label)
  expect(liveMap(id)?.workflow).toBe(label)
  expect(log().edits.map(({ by }) => by)).toEqual([null])
  openShared(id)
  expect(log().edits).toHaveLength(1)
})

test('a log that can not be read is said once and changes nothing', () => {
  const other = new Map([[editLogPath(id), new TextEncoder().encode('{"kind":"vote"}\n')]])
  setWorkspace({ project: { ...openProject(), other } })
  openShared(id)
  expect(workspace().problem).toContain('does not say what it began with')
  expect(liveMap(id)).toBeNull()
  expect(editWorkflow(id, clicks('sign', 4))?.refused).toBeNull()
})

test('versions have names for all, and a colleague’s file is joined', async () => {
  await shareMap(id)
  const given = project()
  editWorkflow(id, clicks('sign', 4))
  expect(await nameVersion(id, 'After the huddle')).toBe(true)
  const [version] = versionsOf(log())
  if (!version) throw new Error('no version')
  expect(await renameSharedVersion(id, version, 'Agreed')).toBe(true)
  expect(versionsOf(log())).toMatchObject([{ name: 'Agreed', by: 'ana-lima' }])
  const mine = project()
  // The colleague goes on from the file they were given.
  setWorkspace({
    project: given,
    workflows: new Map([[id, readWorkflow(id, { ...documentsOf(now()), ...given.workflows[0], scenario: undefined }).value]]),
  })
  openShared(id)
  editWorkflow(id, { kind: 'change-node', side: 'current', id: 'sign', facts: { keys: 7 } })
  const outcome = mergeProjects(mine, project())
  if (!outcome.ok) throw new Error(outcome.problem)
  const joined = shownBy(id, readLog(outcome.project.other.get(editLogPath(id)) ?? new Uint8Array()) ?? log())
  expect(joined.current.nodes.get('sign')).toMatchObject({ clicks: 4, keys: 7 })
  expect(updatesOf(log()).length).toBeGreaterThan(1)
})
