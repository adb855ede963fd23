import { beforeEach, expect, test, vi } from 'vitest'
import { packProject, packSealed, sealedPath, unpackProject } from '../../../src/core/project/format/bundle.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { StoreProblem, type StoreTrouble } from '../../../src/core/project/format/store.ts'
import { exampleProject } from '../../core/project/example-project.ts'

const unavailable = 'This browser does not let the page keep projects (SecurityError).'
const damaged = 'Of the file ledger.jsonl a part is missing in this browser.'

vi.stubGlobal('__VERSION__', '0')
vi.mock('../../../src/app/session/jobs.ts', () => ({ jobs: {}, firstWorkers: () => [] }))
vi.mock('../../../src/app/window/hash-location.ts', () => ({ navigate: () => undefined }))
vi.mock('../../../src/app/routes/data/acts/sources.ts', () => ({ addSources: async () => undefined }))
const store = vi.hoisted(() => ({ trouble: null as StoreTrouble | null, saved: [] as string[] }))
vi.mock('../../../src/io/store/store-browser.ts', () => ({
  openBrowserStore: async () => {
    if (store.trouble === 'unavailable') throw new StoreProblem('unavailable', unavailable)
    return {
      open: async () => {
        if (store.trouble === 'unreadable') throw new StoreProblem('unreadable', damaged)
        return null
      },
      save: async (id: string) => void store.saved.push(id),
      claim: async () => ({ release: () => undefined, lost: new Promise(() => undefined) }),
      follow: () => () => undefined,
      folder: async () => null,
      setting: async () => null,
      keepSetting: async () => undefined,
      findKey: async () => null,
      keepKey: async () => undefined,
      restored: () => [],
    }
  },
}))

const file = () => new File([packProject(saveProject(exampleProject()))], 'backup.carryover')

beforeEach(() => {
  vi.resetModules()
  Object.assign(store, { trouble: null, saved: [] })
})

async function page() {
  const { setWorkspace, workspace } = await import('../../../src/app/session/state.ts')
  setWorkspace({ policy: { safe: true, failures: [] } })
  const open = await import('../../../src/app/opening/open.ts')
  const taking = await import('../../../src/app/opening/take-project.ts')
  const { useQuestion } = await import('../../../src/app/session/question.ts')
  const { useSecretQuestion } = await import('../../../src/app/session/question.ts')
  return { ...open, ...taking, workspace, useQuestion, useSecretQuestion }
}

test('where this browser keeps nothing, a new project and a file open all the same, and the page says that neither is kept', async () => {
  store.trouble = 'unavailable'
  const { createProject, openFiles, openKept, workspace } = await page()
  await createProject({ name: 'Harbour', legacy: 'A', target: 'B' })
  expect(workspace()).toMatchObject({ project: { manifest: { name: 'Harbour' } }, problem: expect.stringContaining(unavailable) })
  await openFiles([file()])
  expect(workspace().project?.manifest.id).toBe(exampleProject().manifest.id)
  expect(workspace().problem).toContain(unavailable)
  await openKept('p-1')
  expect(workspace().problem).toBe(unavailable)
})

test('a damaged state is replaced by the backup that its remedy names, and only when that was asked', async () => {
  store.trouble = 'unreadable'
  const { openFiles, openKept, workspace, useQuestion } = await page()
  const { id } = exampleProject().manifest
  await openKept(id)
  expect(workspace()).toMatchObject({ project: null, problem: damaged })
  for (const answer of ['none', 'incoming']) {
    const opening = openFiles([file()])
    const { question } = await vi.waitUntil(() => (useQuestion.getState().question ? useQuestion.getState() : null))
    expect(question?.text).toContain(damaged)
    expect(store.saved).toEqual([])
    useQuestion.getState().answer(answer)
    await opening
    expect(workspace().project?.manifest.id).toBe(answer === 'none' ? undefined : id)
  }
  expect(store.saved).toEqual([id])
})

test('a served file asks for the passphrase of its private part, and left sealed it goes into no file written later', async () => {
  const { openServed, workspace, useSecretQuestion } = await page()
  const served = unpackProject(packSealed(saveProject(exampleProject()), new Uint8Array([7, 7, 7])))
  if (!served.ok) throw new Error(served.problem)
  const opening = openServed(served.files)
  const { question } = await vi.waitUntil(() => (useSecretQuestion.getState().question ? useSecretQuestion.getState() : null))
  expect(question?.title).toContain(exampleProject().manifest.name)
  useSecretQuestion.getState().answer({ kind: 'without' })
  await opening
  const { project } = workspace()
  if (!project) throw new Error('Nothing was opened.')
  const written = unpackProject(packProject(saveProject(project)))
  expect(written.ok && written.files.has(sealedPath)).toBe(false)
})
