/** An act counts as recorded only where the browser's store has it: tried on the real writing, with a store that can be held up. */
import { beforeEach, expect, test, vi } from 'vitest'
import { act, type Deed, recorded } from '../../../src/app/session/act.ts'
import { keepNow } from '../../../src/app/session/keep.ts'
import { openProject, setWorkspace, workspace } from '../../../src/app/session/state.ts'
import type { ProjectFiles } from '../../../src/core/project/format/project.ts'
import { exampleProject } from '../../core/project/example-project.ts'

vi.mock('../../../src/app/session/jobs.ts', () => ({ jobs: {} }))
vi.mock('../../../src/app/window/hash-location.ts', () => ({ navigate: () => undefined }))
const store = vi.hoisted(() => ({ saved: [] as [string, ProjectFiles][], free: Promise.resolve() }))
vi.mock('../../../src/io/store/store-browser.ts', () => ({
  openBrowserStore: async () => ({
    save: async (id: string, _name: string, files: ProjectFiles) => {
      store.saved.push([id, files])
      await store.free
    },
    withoutSecondCopy: () => null,
    findKey: async () => null,
    keepKey: async () => undefined,
  }),
}))

const taken = 'Another tab took this project over. This tab only reads now.'
const exported =
  (object: string): Deed =>
  (project, by) =>
    recorded(project, [{ action: 'exported', object, digest: null }], by)
const objects = () => openProject().ledger.map(({ object }) => object)

beforeEach(async () => {
  vi.stubGlobal('__VERSION__', '0')
  store.free = Promise.resolve()
  setWorkspace({ project: { ...exampleProject(), readOnly: null }, problem: null, unkept: null, unsaved: 0 })
  expect(await act(exported('before'))).toBeNull()
  store.saved = []
})

/** An act whose writing waits behind another one, which goes on when `go` is called. */
async function waiting(): Promise<{ readonly decided: Promise<string | null>; readonly go: () => void }> {
  let go = (): void => undefined
  store.free = new Promise((resolve) => {
    go = resolve
  })
  void keepNow()
  await vi.waitUntil(() => store.saved.length === 1)
  const decided = act(exported('decided'))
  await vi.waitUntil(() => objects().at(-1) === 'decided')
  return { decided, go }
}

test('an act is in the store when it counts as recorded', async () => {
  expect(await act(exported('decided'))).toBeNull()
  expect(new TextDecoder().decode(store.saved.at(-1)?.[1].get('ledger.jsonl'))).toContain('"decided"')
})

test('an act that this tab may not write any more is taken back, and said', async () => {
  const { decided, go } = await waiting()
  setWorkspace({ project: { ...openProject(), readOnly: taken } })
  go()
  expect(await decided).toBe(`Not recorded: ${taken}`)
  expect(objects().at(-1)).toBe('before')
  expect(store.saved).toHaveLength(1)
  expect(workspace()).toMatchObject({ problem: taken, unkept: null })
})

test.each(['closed', 'left for another one'])(
  'an act of a project that was %s before it was written is not recorded',
  async (how) => {
    const { decided, go } = await waiting()
    const { manifest } = openProject()
    const other = { ...exampleProject(), readOnly: null, manifest: { ...manifest, id: 'other' } }
    setWorkspace({ project: how === 'closed' ? null : other })
    go()
    expect(await decided).toMatch(/^Not recorded: The project was left before this was written\./)
    expect(store.saved.slice(1).map(([id]) => id)).not.toContain(manifest.id)
  },
)
