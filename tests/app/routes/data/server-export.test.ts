import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import type { BulkServer } from '../../../io/bulk-export/bulk-server.ts'
import { bulkServer, closeServers, json } from '../../../io/bulk-export/bulk-server.ts'
import { MemoryFolder } from '../../../io/memory-folder.ts'

const added: string[][] = []
// What comes after fetching, reading files in workers and the ledger, is tested where it lives.
vi.mock('../../../../src/app/routes/data/acts/sources.ts', () => ({
  addSources: async (files: readonly File[]) => void added.push(await Promise.all(files.map((file) => file.text()))),
}))
vi.mock('../../../../src/app/session/ledger.ts', () => ({ mayRecord: () => true }))
vi.mock('../../../../src/app/session/act.ts', () => ({ actOrSay: async () => true }))

const { setWorkspace, workspace } = await import('../../../../src/app/session/state.ts')
const { newProject } = await import('../../../../src/core/project/format/open.ts')
const { BrowserExport } = await import('../../../../src/io/bulk-export/export-browser.ts')
const { addFetchedFiles, removeServerExport, startServerExport } = await import(
  '../../../../src/app/routes/data/acts/server-export.ts'
)

const names = {
  id: 'p',
  name: 'Harbour',
  legacy: 'A',
  target: 'B',
  created: '2026-07-01T09:00:00+00:00',
  tool: 'test',
  servers: [],
}

beforeEach(() => {
  const root = new MemoryFolder('')
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => root.handle } })
  added.length = 0
  setWorkspace({ project: newProject(names), policy: { safe: true, failures: [] }, problem: null })
})
afterAll(closeServers)

const born = (id: string): string => `{"resourceType":"Patient","id":"${id}"}\n`

async function fetchFrom(text: string, before: BulkServer['behaviour']['before'] = () => false): Promise<void> {
  const server = await bulkServer({ files: [{ type: 'Patient', text }], requiresAccessToken: false, before }, Date.now)
  await startServerExport({ base: server.base, level: 'Patient', since: null, types: [], typeFilters: [] }, null)
}

const refused =
  (path: string): BulkServer['behaviour']['before'] =>
  (asked, response) => {
    if (!asked.path.endsWith(path)) return false
    json(response, 400, { resourceType: 'OperationOutcome', issue: [] })
    return true
  }

test('a complete export takes the place of the one before', async () => {
  await fetchFrom(born('old'))
  await fetchFrom(born('new'))
  expect(added.map((texts) => texts.at(-1))).toEqual([born('old'), born('new')])
  expect(await BrowserExport.all('p')).toHaveLength(1)
  await removeServerExport()
  expect(await BrowserExport.all('p')).toEqual([])
})

test('what is removed and taken in is what is shown, whatever another tab has begun', async () => {
  await fetchFrom(born('shown'))
  const other = await BrowserExport.begin('p')
  added.length = 0
  await addFetchedFiles()
  expect(added.map((texts) => texts.at(-1))).toEqual([born('shown')])
  await removeServerExport()
  expect((await BrowserExport.all('p')).map(({ name }) => name)).toEqual([other.name])
})

test.each([
  ['before the server agrees', '/$export'],
  ['while the server prepares it', '/status/1'],
  ['while its files are fetched', '/file/0'],
])('an export that fails %s leaves what was fetched before', async (_, path) => {
  await fetchFrom(born('old'))
  await fetchFrom(born('new'), refused(path))
  // One that the server began can be gone on with, until somebody goes back to the one before.
  if (path !== '/$export') await removeServerExport()
  else expect(workspace().problem).toMatch(/What was fetched before is still here\.$/)
  added.length = 0
  await addFetchedFiles()
  expect(added.map((texts) => texts.at(-1))).toEqual([born('old')])
})
