/** A watched shift survives a reload in the private part, every change of it can be undone, and what was erased is nowhere. */
import { expect, test, vi } from 'vitest'
import { capturePath, redoCapture, setCapture, undoCapture } from '../../../../src/app/routes/workflow/acts/captures.ts'
import { openProject, setWorkspace, workspace } from '../../../../src/app/session/state.ts'
import { packProject, unpackProject } from '../../../../src/core/project/format/bundle.ts'
import { newProject, openProject as readProject } from '../../../../src/core/project/format/open.ts'
import { saveProject } from '../../../../src/core/project/format/save.ts'
import { nothingWatched, readWatched, type Watched } from '../../../../src/core/workflow/edit/watched.ts'

vi.mock('../../../../src/app/session/keep.ts', async () => (await import('../../keep-double.ts')).keepDouble)
vi.mock('../../../../src/app/session/browser-store.ts', async () => (await import('../../keep-double.ts')).keepDouble)

const path = capturePath('refill')
const names = { id: 'p', name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00Z', tool: 'test', servers: [] }
const at = Date.parse('2026-07-01T09:00:00Z')
const begun = { role: 'Desk', label: '', from: at, clicks: 0, screens: 0 }
const call = { ...begun, label: 'Call Mrs Harbour', to: at + 90_000 }

function kept(): Watched | null {
  const bytes = openProject().private.get(path)
  return bytes ? readWatched(JSON.parse(new TextDecoder().decode(bytes))).value : null
}

test('a shift that is watched is there again after the project was closed, and in no file that leaves it', () => {
  setWorkspace({ project: newProject(names) })
  setCapture('refill', () => ({ seen: [call], running: { ...begun, from: call.to } }))
  const files = saveProject(openProject())
  const reopened = readProject(files).project
  setWorkspace({ project: reopened })
  expect(kept()).toEqual({ seen: [call], running: { ...begun, from: call.to } })
  const shared = unpackProject(packProject(files))
  const texts = shared.ok ? [...shared.files].map(([name, bytes]) => name + new TextDecoder().decode(bytes)) : []
  expect(texts.length).toBeGreaterThan(0)
  expect(texts.join('\n')).not.toMatch(/watched|Mrs Harbour/)
})

test('taps are undone one by one, letters of one name together, and erasing leaves no file', () => {
  setWorkspace({ project: newProject({ ...names, id: 'q' }) })
  setCapture('refill', () => ({ seen: [], running: begun }))
  for (const label of ['C', 'Ca', 'Call'])
    setCapture('refill', (before) => ({ ...before, running: before.running && { ...before.running, label } }), 'now')
  setCapture('refill', () => ({ seen: [call], running: null }))
  setCapture('refill', () => nothingWatched)
  expect(openProject().private.has(path)).toBe(false)
  const states: (Watched | null)[] = []
  for (let n = 0; n < 4; n++) {
    undoCapture('refill')
    states.push(kept())
  }
  expect(states).toEqual([
    { seen: [call], running: null },
    { seen: [], running: { ...begun, label: 'Call' } },
    { seen: [], running: begun },
    null,
  ])
  redoCapture('refill')
  expect(kept()).toEqual({ seen: [], running: begun })
})

test('a project that is only read is not changed', () => {
  setWorkspace({ project: { ...newProject({ ...names, id: 'r' }), readOnly: 'Another tab writes.' }, problem: null })
  setCapture('refill', () => ({ seen: [call], running: null }))
  expect([kept(), workspace().problem]).toEqual([null, 'Another tab writes.'])
})
