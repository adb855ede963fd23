/** Timed runs among the files of the board: the ledger names what is kept after every act, as for any other input file. */
import { expect, test, vi } from 'vitest'
import { addRuns, discardRun, testsPlace } from '../../../../src/app/routes/workflow/acts/timed-tests.ts'
import { redoChange, undoChange } from '../../../../src/app/session/history.ts'
import { openProject, setWorkspace } from '../../../../src/app/session/state.ts'
import { digestOf } from '../../../../src/core/canonical.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'
import { inputPath } from '../../../../src/core/readiness/input-files/files.ts'
import { lastPut, otherFile } from '../../../../src/core/readiness/kept-files/input-acts.ts'

vi.mock('../../../../src/app/session/keep.ts', async () => (await import('../../keep-double.ts')).keepDouble)
vi.mock('../../../../src/app/session/browser-store.ts', async () => (await import('../../keep-double.ts')).keepDouble)
vi.mock('../../../../src/app/session/device.ts', () => ({ deviceId: () => 'd1' }))

const path = inputPath('observations')
const names = { id: 'p', name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00Z', tool: 'test', servers: [] }
const run = new Map(
  Object.entries({ task_id: 'book', role: 'Clerk', system: 'old', started_at: '2026-07-01T09:00:00Z', seconds: '31' }),
)
const kept = (): string | null => {
  const bytes = openProject().other.get(path)
  return bytes ? new TextDecoder().decode(bytes) : null
}

test('adding, discarding, taking back and doing again are entries of the ledger; no kept text is one that it does not name', async () => {
  setWorkspace({ project: newProject(names), problem: null, done: null })
  const named = (): unknown => {
    const text = kept()
    const acts = lastPut(openProject().ledger).get(path) ?? []
    return text === null ? acts.at(-1)?.action : otherFile(acts, digestOf(text))
  }
  await addRuns([run], 'Added a run')
  expect(named()).toBeNull()
  const added = kept()
  await discardRun(2, 'practice run', 'Discarded a run')
  expect([named(), kept()?.includes('practice run')]).toEqual([null, true])
  await undoChange(testsPlace)
  expect([named(), kept()]).toEqual([null, added])
  await undoChange(testsPlace)
  expect([named(), kept()]).toEqual(['input-removed', null])
  await redoChange(testsPlace)
  expect([named(), kept()]).toEqual([null, added])
  expect(openProject().ledger.map(({ action }) => action)).toEqual([
    'device-keyed',
    'input-added',
    'input-edited',
    'input-restored',
    'input-removed',
    'input-restored',
  ])
})
