/** Workflows are put into order, tagged and put away, without a change of any map. */
import { beforeEach, expect, test, vi } from 'vitest'
import { duplicateWorkflow, removeWorkflow, restoreWorkflow } from '../../../../src/app/routes/workflow/acts/workflow-list.ts'
import { archiveWorkflow, listed, moveWorkflow, tagWorkflow } from '../../../../src/app/routes/workflow/acts/workflow-listing.ts'
import { addWorkflow } from '../../../../src/app/routes/workflow/acts/workflows.ts'
import { openProject, setWorkspace } from '../../../../src/app/session/state.ts'
import { newProject, openProject as readProject } from '../../../../src/core/project/format/open.ts'
import { saveProject } from '../../../../src/core/project/format/save.ts'

vi.mock('../../../../src/app/session/keep.ts', () => ({ keepNow: () => Promise.resolve() }))
vi.mock('../../../../src/app/routes/workflow/acts/edit-history.ts', () => ({ keepHistorySoon: () => undefined }))
vi.mock('../../../../src/app/routes/workflow/acts/workflow-results.ts', () => ({ judgeSoon: () => undefined }))

const names = { id: 'p', name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00Z', tool: 'test', servers: [] }

beforeEach(() => {
  setWorkspace({ project: newProject(names), workflows: new Map(), results: new Map() })
  for (const name of ['Calls', 'Intake', 'Referral']) addWorkflow(name)
})

test('a workflow moves past its neighbour and stays there; at the ends it stays', () => {
  expect(listed().open).toEqual(['calls', 'intake', 'referral'])
  moveWorkflow('referral', -1)
  moveWorkflow('referral', -1)
  moveWorkflow('referral', -1)
  expect(listed().open).toEqual(['referral', 'calls', 'intake'])
  moveWorkflow('intake', 1)
  expect(listed().open).toEqual(['referral', 'calls', 'intake'])
  addWorkflow('Billing')
  expect(listed().open).toEqual(['referral', 'calls', 'intake', 'billing'])
})

test('an archived workflow leaves the list, keeps its place for later, and no map changes', () => {
  const before = openProject().workflows
  moveWorkflow('referral', -1)
  archiveWorkflow('referral', true)
  expect([listed().open, listed().away]).toEqual([['calls', 'intake'], ['referral']])
  moveWorkflow('intake', -1)
  archiveWorkflow('referral', false)
  expect(listed().open).toEqual(['intake', 'calls', 'referral'])
  expect(openProject().workflows).toBe(before)
})

test('tags are words once each, go with the project file, and leave it when the last is gone', () => {
  const files = () => new Map([...saveProject(openProject())].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]))
  const untouched = files()
  tagWorkflow('calls', ' phone, desk,phone ,')
  expect(listed().tags.get('calls')).toEqual(['phone', 'desk'])
  const { project } = readProject(saveProject(openProject()))
  setWorkspace({ project: project ?? expect.fail() })
  expect(listed().tags.get('calls')).toEqual(['phone', 'desk'])
  tagWorkflow('calls', '')
  expect(files()).toEqual(untouched)
})

test('a list that somebody broke lists everything; one that names a workflow that is gone leaves it out', () => {
  archiveWorkflow('calls', true)
  removeWorkflow('calls')
  expect([listed().open, listed().away]).toEqual([['intake', 'referral'], []])
  for (const text of ['{', '[]', '{"order": 3, "archived": {"a": 1}, "tags": [1]}']) {
    const other = new Map(openProject().other).set('workflows/list.json', new TextEncoder().encode(text))
    setWorkspace({ project: { ...openProject(), other } })
    expect(listed().open).toEqual(['intake', 'referral'])
  }
})

test('a new workflow is not archived, tagged or ranked as the deleted one was whose id it gets; the deleted one brought back is', () => {
  const spoil = (): void => {
    moveWorkflow('referral', -1)
    archiveWorkflow('calls', true)
    tagWorkflow('calls', 'phone')
  }
  spoil()
  const removed = removeWorkflow('calls') ?? expect.fail()
  expect(restoreWorkflow(removed)).toBe(true)
  expect([listed().away, listed().tags.get('calls')]).toEqual([['calls'], ['phone']])
  removeWorkflow('calls')
  expect(addWorkflow('Calls')).toBe('calls')
  expect([listed().open, listed().away, listed().tags.has('calls')]).toEqual([['referral', 'intake', 'calls'], [], false])
  const copy = duplicateWorkflow('intake') ?? expect.fail()
  archiveWorkflow(copy, true)
  removeWorkflow(copy)
  expect(duplicateWorkflow('intake')).toBe(copy)
  expect(listed().open).toContain(copy)
})
