/** Named versions of maps: what another tab kept stays, and what can not be read is never written over. */
import { beforeEach, expect, test, vi } from 'vitest'
import { bringVersions, dropVersion, keepVersion, renameVersion } from '../../../../src/app/routes/workflow/acts/map-versions.ts'
import { addWorkflow } from '../../../../src/app/routes/workflow/acts/workflows.ts'
import { versionSetting } from '../../../../src/app/session/draft-setting.ts'
import { useKnown } from '../../../../src/app/session/known-versions.ts'
import { setWorkspace, workspace } from '../../../../src/app/session/state.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'

const disk = vi.hoisted(() => ({ settings: new Map<string, string>(), unreadable: false, full: false }))

vi.mock('../../../../src/app/session/keep.ts', () => ({ keepNow: () => Promise.resolve() }))
vi.mock('../../../../src/app/routes/workflow/acts/edit-history.ts', () => ({ keepHistorySoon: () => undefined }))
vi.mock('../../../../src/app/routes/workflow/acts/workflow-results.ts', () => ({ judgeSoon: () => undefined }))
vi.mock('../../../../src/app/window/hash-location.ts', () => ({ navigate: () => undefined }))
vi.mock('../../../../src/app/session/browser-store.ts', () => ({
  browserStore: async () => ({
    setting: async (name: string) => {
      if (disk.unreadable) throw new Error('the store is closed')
      return disk.settings.get(name) ?? null
    },
    keepSetting: async (name: string, text: string | null) => {
      if (disk.full) throw new Error('the disk is full')
      if (text === null) disk.settings.delete(name)
      else disk.settings.set(name, text)
    },
    erase: async () => undefined,
    keepFolder: async () => undefined,
  }),
}))

const names = { name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00Z', tool: 'test', servers: [] }
const at = '2026-07-02T09:00:00Z'
const open = (id: string): void => {
  setWorkspace({ project: newProject({ ...names, id }), workflows: new Map(), results: new Map(), problem: null })
  addWorkflow('Calls')
}
const kept = (id = 'p'): { key: string; name: string }[] => JSON.parse(disk.settings.get(versionSetting(id)) ?? '[]')
const keptNames = (id = 'p') => kept(id).map(({ name }) => name)
const known = () => useKnown.getState().versions.map(({ name }) => name)

beforeEach(() => {
  Object.assign(disk, { settings: new Map(), unreadable: false, full: false })
  useKnown.setState(useKnown.getInitialState())
  open('p')
})

/** As a second tab does, which has read the same list and writes its own version. */
function keptElsewhere(name: string): void {
  const documents = { id: 'calls', current: null, future: null, trace: null, scenario: null }
  const list = [...kept(), { key: name, workflow: 'calls', name, at, documents }]
  disk.settings.set(versionSetting('p'), JSON.stringify(list))
}

test('a version that another tab kept since the list was read stays when one is added, renamed or dropped', async () => {
  await bringVersions()
  keptElsewhere('Theirs')
  await keepVersion('calls', 'Mine', at)
  expect(keptNames()).toEqual(['Theirs', 'Mine'])
  keptElsewhere('Theirs again')
  await renameVersion(at, 'Mine, renamed')
  expect(keptNames()).toEqual(['Theirs', 'Mine, renamed', 'Theirs again'])
  keptElsewhere('Third')
  await dropVersion(at)
  expect(keptNames()).toEqual(['Theirs', 'Theirs again', 'Third'])
  expect(known()).toEqual(keptNames())
})

test('versions named at once are all kept, each under its own key', async () => {
  await Promise.all(['One', 'Two', 'Three'].map((name) => keepVersion('calls', name, at)))
  expect(keptNames()).toEqual(['One', 'Two', 'Three'])
  expect(new Set(kept().map(({ key }) => key)).size).toBe(3)
})

test('a list that can not be read is said, counts as not read, and nothing is written over it', async () => {
  keptElsewhere('Theirs')
  const before = disk.settings.get(versionSetting('p'))
  disk.unreadable = true
  await bringVersions()
  expect(useKnown.getState().project).toBeNull()
  expect(workspace().problem).toContain('could not read the versions of this project (the store is closed)')
  expect(await keepVersion('calls', 'Mine', at)).toBe(false)
  expect(disk.settings.get(versionSetting('p'))).toBe(before)
  disk.unreadable = false
  await bringVersions()
  expect(known()).toEqual(['Theirs'])
})

test('a version that can not be written is said and not shown as kept', async () => {
  await bringVersions()
  disk.full = true
  expect(await keepVersion('calls', 'Mine', at)).toBe(false)
  expect(workspace().problem).toContain('could not keep the change (the disk is full)')
  expect(known()).toEqual([])
})

test('a version goes to the project that is open when it is named', async () => {
  await bringVersions()
  open('q')
  expect(await keepVersion('calls', 'Mine', at)).toBe(true)
  expect([keptNames('p'), keptNames('q')]).toEqual([[], ['Mine']])
})

test('a project that is erased from this browser leaves no version, neither kept nor remembered', async () => {
  await keepVersion('calls', 'Mine', at)
  expect([keptNames(), known()]).toEqual([['Mine'], ['Mine']])
  const { forget } = await vi.importActual<typeof import('../../../../src/app/session/keep.ts')>(
    '../../../../src/app/session/keep.ts',
  )
  await forget('another', 'Another')
  expect(known()).toEqual(['Mine'])
  await forget('p', 'Harbour')
  expect([keptNames(), known(), useKnown.getState().project]).toEqual([[], [], null])
})
