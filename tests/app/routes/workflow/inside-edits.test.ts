/** What is edited inside a sub-workflow is one change of the map, or is refused aloud. */
import { beforeEach, expect, test, vi } from 'vitest'
import { insideIn, insideName, placeIn } from '../../../../src/app/routes/workflow/acts/inside-name.ts'
import { addExample, editWorkflow, undoWorkflow, workflowAt } from '../../../../src/app/routes/workflow/acts/workflows.ts'
import { setWorkspace, workspace } from '../../../../src/app/session/state.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'
import { workflowOf } from '../../../core/workflow/pair.ts'

vi.mock('../../../../src/app/session/keep.ts', () => ({ keepNow: () => Promise.resolve() }))
vi.mock('../../../../src/app/routes/workflow/acts/edit-history.ts', () => ({ keepHistorySoon: () => undefined }))
vi.mock('../../../../src/app/routes/workflow/acts/workflow-results.ts', () => ({ judgeSoon: () => undefined }))

const names = { id: 'p', name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00Z', tool: 'test', servers: [] }
const map = 'Desk: Take {1m} -> MD: Sign {2m} -> Desk: Send {3m} -> Desk: File {1m}'

let id = ''
let inside = ''

beforeEach(() => {
  setWorkspace({ project: newProject(names), workflows: new Map(), results: new Map(), problem: null })
  id = addExample(workflowOf({ current: map, future: map }))
  editWorkflow(id, { kind: 'group', side: 'current', ids: ['sign', 'send'], label: 'Finish' })
  inside = insideName(id, { side: 'current', path: ['finish'] })
})

test('a lane of the map is not removed from inside a sub-workflow: nothing changes and the reason is said', () => {
  const before = workspace().workflows.get(id)
  const remove = { kind: 'remove-lane', side: 'current', id: 'md', moveTo: 'desk' } as const
  const words = 'This lane belongs to the whole map: go back to the map and remove it there.'
  expect(editWorkflow(inside, remove)?.refused).toBe(words)
  expect(workspace().problem).toBe(words)
  expect(workspace().workflows.get(id)).toBe(before)
  // On the map itself it goes, and is gone inside as well.
  expect(editWorkflow(id, remove)?.refused).toBeNull()
  expect([...(workflowAt(inside)?.current.lanes.keys() ?? [])]).toEqual(['desk'])
})

test('a step named inside is one change of the map, with its undo there', () => {
  const renamed = editWorkflow(inside, { kind: 'change-node', side: 'current', id: 'sign', facts: { label: 'Sign twice' } })
  expect(renamed?.refused).toBeNull()
  expect(workflowAt(inside)?.current.nodes.get('sign')?.label).toBe('Sign twice')
  expect(undoWorkflow(inside)).toBe(true)
  expect(workflowAt(inside)?.current.nodes.get('sign')?.label).toBe('Sign')
})

test('an address that can not be decoded is no place; every other one goes there and back', () => {
  for (const text of ['current/%', 'future/finish/%E0%A4%A', 'current', 'elsewhere/finish']) expect(placeIn(text)).toBeNull()
  expect(insideIn('refill//current/%')).toBeNull()
  const place = { side: 'future', path: ['100 %', 'a/b'] } as const
  expect(insideIn(insideName('refill', place))).toEqual({ id: 'refill', place })
})
