/** What can be undone is written before its project is left, and never by a tab that only reads. */
import { beforeEach, expect, test, vi } from 'vitest'
import { bringHistory, keepHistoryNow } from '../../../../src/app/routes/workflow/acts/edit-history.ts'
import { addWorkflow, editWorkflow, undoWorkflow } from '../../../../src/app/routes/workflow/acts/workflows.ts'
import { openProject, setWorkspace, workspace } from '../../../../src/app/session/state.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'

const settings = vi.hoisted(() => new Map<string, string | null>())
const store = vi.hoisted(() => ({
  setting: async (name: string) => settings.get(name) ?? null,
  keepSetting: async (name: string, text: string | null) => void settings.set(name, text),
}))
vi.mock('../../../../src/app/session/keep.ts', async () => (await import('../../keep-double.ts')).keepDouble)
vi.mock('../../../../src/app/session/browser-store.ts', () => ({ browserStore: async () => store }))
vi.mock('../../../../src/app/routes/workflow/acts/workflow-results.ts', () => ({ judgeSoon: () => undefined }))

const names = { name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00Z', tool: 'test', servers: [] }
const open = (id: string): void =>
  setWorkspace({ project: newProject({ ...names, id }), workflows: new Map(), results: new Map(), problem: null })
const add = (id: string, label: string): void => void editWorkflow(id, { kind: 'add-node', side: 'current', facts: { label } })

beforeEach(() => {
  vi.useFakeTimers()
  settings.clear()
  open('first')
})

test('an edit right before another project is opened can be taken back afterwards', async () => {
  const id = addWorkflow('Refill')
  add(id, 'Take call')
  await keepHistoryNow()
  const { project, workflows } = workspace()
  open('second')
  await vi.advanceTimersByTimeAsync(2000)
  expect([...settings.keys()]).toHaveLength(1)
  setWorkspace({ project, workflows: new Map([...workflows].map(([key, workflow]) => [key, { ...workflow }])) })
  expect(undoWorkflow(id)).toBe(false)
  await bringHistory('first')
  expect(undoWorkflow(id)).toBe(true)
})

test('a tab that only reads leaves what another tab has kept', async () => {
  const id = addWorkflow('Refill')
  add(id, 'Take call')
  await keepHistoryNow()
  const kept = [...settings]
  add(id, 'Sign')
  setWorkspace({ project: { ...openProject(), readOnly: 'Another tab writes.' } })
  await vi.advanceTimersByTimeAsync(2000)
  expect([...settings]).toEqual(kept)
})
