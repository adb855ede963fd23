/** A colleague's browser on a team's server: sealed comments stay closed until the printed key opens them; the page says what the server can read. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sha256Hex } from '../../src/core/canonical.ts'
import { mayChange } from '../../src/core/project/duties/document-roles.ts'
import { paths } from '../../src/core/project/format/documents.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { encodeFilesItem } from '../../src/core/team/files-item.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { newScene, type Scene, said, share } from '../app/team/private/scene.ts'
import { addMember, ask, personWithSession } from '../team/client.ts'
import { chromiumPath } from './browser.ts'

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url))
let [folder, printed] = ['', '']
let database: EmbeddedDatabase
let serving: TeamServing
let scene: Scene
let browser: Browser | null = null

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-private-'))
  database = await EmbeddedDatabase.open({ folder })
  const where = { host: '127.0.0.1', port: 0, origin: null, tls: null }
  serving = await startTeamServer({ database, dataFolder: folder, appFolder, ...where })
  scene = await newScene(serving, database)
})

afterAll(async () => {
  await browser?.close()
  scene?.end()
  await serving?.close()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']

async function axe(page: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(rules).analyze()
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${theme} ${id}: ${target.join(' ')}`))).toEqual([])
  }
}

test.skipIf(chromiumPath === null)('sealed comments open with the printed key', async () => {
  const [olga, ana] = [scene.sit('olga'), scene.sit('ana')]
  await vi.waitFor(() => expect(olga.session.state.judged?.possible.length).toBeGreaterThan(3), 30_000)
  await ana.write(paths.talk, said('c1', 'ana', 'Planted: Zephyrine Quackenbush'))
  printed = (await share(scene, olga, ['olga', 'ana'])) ?? ''
  await vi.waitFor(() => expect(olga.text(paths.talk)).toContain('Zephyrine'), 30_000)

  // The documents of the project that belong to an owner, as her page sends them.
  const files: Record<string, string> = {}
  for (const [path, bytes] of saveProject(olga.project)) {
    if (path.startsWith('private/') || path === paths.ledger || path === '.gitignore' || !mayChange(['owner'], path)) continue
    files[path] = sha256Hex(bytes)
    await ask(serving, 'PUT', `/team/${scene.project}/blob/${files[path]}`, olga.headers, bytes)
  }
  const base = Object.fromEntries(Object.keys(files).map((path) => [path, null]))
  const sent = await olga.connection.append('files', encodeFilesItem({ entries: [], files, base, id: 'documents-of-team' }))
  expect(sent).toMatchObject({ ok: true })

  const { id, headers } = await personWithSession(serving, database, 'dora')
  await addMember(serving, scene.project, id, 'analyst')
  browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1440, height: 900 } })
  const [cookie = '', value = ''] = (headers.cookie ?? '').split('=')
  await context.addCookies([{ name: cookie, value, url: serving.origin, httpOnly: true, sameSite: 'Strict' }])
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const errors: string[] = []
  page.on('pageerror', (error) => void errors.push(error.message))
  await page.goto(`${serving.origin}/#/team`)
  await page.getByRole('button', { name: /^Open / }).click()
  await page.waitForURL(/#\/readiness/)
  await page.evaluate(() => {
    location.hash = '#/team'
  })
  const part = page.getByRole('region', { name: 'Private part' })
  await part.getByText(/^Shared sealed since/).waitFor()
  await part.getByText('This browser has no key yet.', { exact: false }).waitFor()
  const reads = page.getByRole('region', { name: 'What the server can read' })
  await reads.getByText(/^sealed, 1 item/).waitFor()
  await axe(page)

  await part.getByRole('button', { name: 'Open with the recovery key…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Open with the recovery key' })
  await dialog.getByRole('textbox', { name: 'Recovery key' }).fill('AAAA-BBBB')
  await page.keyboard.press('Enter')
  await dialog.getByText('This is not the recovery key', { exact: false }).waitFor()
  await axe(page)
  await dialog.getByRole('textbox', { name: 'Recovery key' }).fill(printed)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await part.getByText('All of it is sealed on the server.').waitFor()
  expect(errors).toEqual([])
})
