/** Workflows are renamed, copied, taken away and brought back whole. */
import { expect, test, vi } from 'vitest'
import {
  duplicateWorkflow,
  nameOfWorkflow,
  removeWorkflow,
  renameWorkflow,
  restoreWorkflow,
} from '../../../../src/app/routes/workflow/acts/workflow-list.ts'
import { addWorkflow, editWorkflow, undoWorkflow } from '../../../../src/app/routes/workflow/acts/workflows.ts'
import { openProject, setWorkspace, workspace } from '../../../../src/app/session/state.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'

vi.mock('../../../../src/app/session/keep.ts', async () => (await import('../../keep-double.ts')).keepDouble)
vi.mock('../../../../src/app/session/browser-store.ts', async () => (await import('../../keep-double.ts')).keepDouble)
vi.mock('../../../../src/app/routes/workflow/acts/edit-history.ts', () => ({ keepHistorySoon: () => undefined }))
vi.mock('../../../../src/app/routes/workflow/acts/workflow-results.ts', () => ({ judgeSoon: () => undefined }))

const names = { id: 'p', name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00Z', tool: 'test', servers: [] }

function begin(): string {
  setWorkspace({ project: newProject(names), workflows: new Map(), results: new Map() })
  const id = addWorkflow('Refill')
  editWorkflow(id, { kind: 'add-node', side: 'current', facts: { label: 'Take call' } })
  return id
}

const named = (): readonly string[] => [...workspace().workflows.values()].map(nameOfWorkflow)
const kept = (): readonly string[] => openProject().workflows.map(({ id }) => id)

test('a new name is on both maps, in the project, and can be undone', () => {
  const id = begin()
  renameWorkflow(id, 'Repeat prescriptions')
  expect(named()).toEqual(['Repeat prescriptions'])
  expect(workspace().workflows.get(id)?.future.label).toBe('Repeat prescriptions')
  expect(JSON.stringify(openProject().workflows)).toContain('Repeat prescriptions')
  expect(workspace().workflows.get(id)?.current.nodes.size).toBe(1)
  undoWorkflow(id)
  expect(named()).toEqual(['Refill'])
})

test('a copy has its own id, name and history; a change of it leaves the first as it is', () => {
  const id = begin()
  const copy = duplicateWorkflow(id) ?? expect.fail()
  const second = duplicateWorkflow(id) ?? expect.fail()
  expect(new Set([id, copy, second]).size).toBe(3)
  expect(named()).toEqual(['Refill', 'Refill (copy)', 'Refill (copy 2)'])
  editWorkflow(copy, { kind: 'add-node', side: 'current', facts: { label: 'Sign' } })
  expect(workspace().workflows.get(id)?.current.nodes.size).toBe(1)
  expect(kept()).toEqual([id, copy, second])
})

test('a workflow that was deleted leaves nothing in the project and comes back with its files and its history', () => {
  const id = begin()
  const path = `workflows/${id}/source/a.bpmn`
  const project = openProject()
  setWorkspace({
    project: {
      ...project,
      other: new Map([...project.other, [path, new Uint8Array([1])], ['workflows/other.txt', new Uint8Array([2])]]),
    },
  })
  const removed = removeWorkflow(id) ?? expect.fail()
  expect([named(), kept(), [...openProject().other.keys()]]).toEqual([[], [], ['workflows/other.txt']])
  expect(restoreWorkflow(removed)).toBe(true)
  expect([named(), kept(), openProject().other.has(path)]).toEqual([['Refill'], [id], true])
  expect(undoWorkflow(id)).toBe(true)
  expect(restoreWorkflow(removed)).toBe(false)
})

test('its history comes back even where its id was used meanwhile', () => {
  const id = begin()
  const removed = removeWorkflow(id) ?? expect.fail()
  const other = addWorkflow('Refill')
  expect(other).toBe(id)
  editWorkflow(other, { kind: 'add-node', side: 'current', facts: { label: 'Sign' } })
  removeWorkflow(other)
  expect(restoreWorkflow(removed)).toBe(true)
  expect(undoWorkflow(id)).toBe(true)
})

test('a tab that only reads takes nothing back', () => {
  const id = begin()
  const before = workspace().workflows.get(id)
  setWorkspace({ project: { ...openProject(), readOnly: 'Another tab writes.' } })
  expect(undoWorkflow(id)).toBe(false)
  expect(workspace().workflows.get(id)).toBe(before)
  expect(workspace().problem).toBe('Another tab writes.')
})
