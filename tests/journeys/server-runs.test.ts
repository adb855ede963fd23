/** A project on a server whose files no browser opens: a run begun, watched, cancelled, opened as if it had run here; both themes, keyboard, 390 px. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { personWithSession } from '../team/client.ts'
import { built, type EngineHere, engineHere, printed } from '../team/engine-here.ts'
import { putProject } from '../team/project-on-server.ts'
import { chromiumPath } from './browser.ts'
import { tabTo } from './steps.ts'

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url))
/** Where pictures go, for whoever holds them against the design; nowhere without it. */
const pictures = process.env.PICTURES ?? null
let folder = ''
let database: EmbeddedDatabase
let serving: TeamServing
let engine: EngineHere
let browser: Browser

const at = (name: string): string => join(folder, name)
const project = (): string => JSON.parse(readFileSync(at('clinic/carryover.json'), 'utf8')).id

async function start(runs: EngineHere | null): Promise<void> {
  const place = { host: '127.0.0.1', port: serving?.port ?? 0, origin: null, tls: null }
  serving = await startTeamServer({ database, dataFolder: at('data'), appFolder, ...place, runs })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-server-runs-'))
  for (const name of ['data', 'work']) mkdirSync(at(name))
  execFileSync(process.execPath, [built('carryover'), 'example', '--out', at('clinic'), '--patients', '150'], { stdio: 'ignore' })
  cpSync(at('clinic/private'), at(`inputs/${project()}`), { recursive: true })
  database = await EmbeddedDatabase.open({ folder: at('data') })
  engine = engineHere(at('inputs'), at('work'))
  await start(engine)
  if (chromiumPath !== null) browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await serving?.close()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function seat(cookie: string): Promise<Page> {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1440, height: 900 } })
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: serving.origin, httpOnly: true, sameSite: 'Strict' }])
  const page = await context.newPage()
  page.setDefaultTimeout(40_000)
  return page
}

const broken: string[] = []

async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, colorScheme)
    const axe = new AxeBuilder({ page }).setLegacyMode()
    if (colorScheme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    else axe.withRules(['color-contrast'])
    for (const { id, nodes } of (await axe.analyze()).violations)
      broken.push(`${name} ${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    if (pictures !== null) await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0)
  if (pictures !== null) await page.screenshot({ path: join(pictures, `${name}-390.png`), fullPage: true })
  await page.setViewportSize({ width: 1440, height: 900 })
}

const go = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to
  }, hash)

test.skipIf(chromiumPath === null)(
  'a run over files at the server: begun by keyboard, watched, cancelled, opened, kept; what is set aside is named',
  async () => {
    const ana = await personWithSession(serving, database, 'amara')
    await putProject(serving, project(), at('clinic'), ana.headers)
    const page = await seat(ana.headers.cookie ?? '')
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() !== 'GET')
        sent.push(`${request.method()} ${new URL(request.url()).pathname} ${request.postData() ?? ''}`)
    })
    await page.goto(`${serving.origin}/#/team/open/${project()}?view=${encodeURIComponent('data/server-runs')}`)
    await page.getByRole('heading', { name: 'Server runs', level: 1 }).waitFor()
    await page
      .getByRole('region', { name: 'Files of the run' })
      .getByRole('row', { name: /patients\.csv legacy/ })
      .waitFor()
    await look(page, 'server-runs-start')

    // Begun by keyboard, and watched while it goes on.
    await tabTo(page, 'Start the run')
    await page.keyboard.press('Enter')
    const cards = page.getByRole('region', { name: 'Runs' }).getByRole('article')
    await cards.first().getByRole('progressbar').waitFor()
    await cards
      .first()
      .getByText(/of \d+ tasks ended, \d+ at work/)
      .waitFor()
    expect(await page.getByRole('button', { name: 'Start the run' }).isDisabled()).toBe(true)
    await look(page, 'server-runs-going')
    await cards.first().locator('strong', { hasText: 'Done' }).waitFor()

    // Opened as if it had run here: the findings of the verb alone, a run of the project, a line of the ledger.
    await page.getByRole('button', { name: 'Open the findings' }).click()
    await page.waitForURL(/#\/data\/findings/)
    await page.getByRole('heading', { name: 'Findings', level: 1 }).waitFor()
    const alone = JSON.parse(await printed('validate', at('clinic'), '--format', 'json', '--fail-on', 'never')) as {
      findings: unknown[]
    }
    await page.getByText(new RegExp(`^${alone.findings.length} findings`)).waitFor()
    await page.getByText('run #1').waitFor()
    await page.getByRole('button', { name: 'Open worst group' }).click()
    await page.getByRole('button', { name: 'Open in the file' }).first().click()
    await page.getByText(/is not open in this session/).waitFor()
    await look(page, 'server-runs-findings')
    await go(page, '#/ledger')
    await page.getByText('run finished').first().waitFor()
    await go(page, '#/data/server-runs')
    await cards.first().getByText('It is run #1 of the project.').waitFor()
    // Opened again it is the same run.
    await page.getByRole('button', { name: 'Open the findings' }).click()
    await page.waitForURL(/#\/data\/findings/)
    await page.getByText('run #1').waitFor()
    await go(page, '#/data/server-runs')

    // Both sides, with the account on its page.
    await page.getByText('Reconcile both sides', { exact: true }).click()
    await page.getByRole('button', { name: 'Start the run' }).click()
    await page.getByRole('button', { name: 'Open the reconciliation' }).click()
    await page.getByRole('heading', { name: 'Reconcile', level: 1 }).waitFor()
    await page.getByText('Unaccounted legacy records').first().waitFor()
    await look(page, 'server-runs-reconciled')
    await go(page, '#/data/server-runs')

    // Cancelled, after a question whose first answer lets it run.
    await page.getByText('Check the files', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Start the run' }).click()
    await page.getByRole('button', { name: 'Cancel the run…' }).click()
    await page.getByRole('button', { name: 'Let it run' }).click()
    await page.getByRole('button', { name: 'Cancel the run…' }).click()
    await page.getByRole('button', { name: 'Cancel the run', exact: true }).click()
    await cards
      .first()
      .getByText(/^Cancelled/)
      .waitFor()

    // A block that fails each time is named, the rest is judged; what is missing is done on demand.
    engine.killed = ['map-000002']
    await page.getByRole('button', { name: 'Start the run' }).click()
    await cards
      .first()
      .getByText(/^Not whole/)
      .waitFor()
    engine.killed = []
    await cards
      .first()
      .getByText(/bytes 0 to [\d,]+ of documents\.csv/)
      .waitFor()
    await look(page, 'server-runs-not-whole')
    await cards.first().getByRole('button', { name: 'Open the findings' }).click()
    await page.getByText('This run is partial').waitFor()
    await go(page, '#/data/server-runs')
    await cards.first().getByRole('button', { name: 'Do what is missing' }).click()
    await cards.first().locator('strong', { hasText: 'Done' }).waitFor()

    // No byte of a file was sent: what left the page names verbs, documents and ledger lines.
    const secret = readFileSync(at('clinic/private/legacy/patients.csv'), 'latin1').split('\n')[1]?.split(';')[0] ?? ''
    expect(secret.length).toBeGreaterThan(4)
    expect(sent.filter((request) => request.includes(secret))).toEqual([])

    // A file that is not there is told before anything begins.
    rmSync(at(`inputs/${project()}/legacy/patients.csv`))
    await page.reload()
    await page.getByText(/1 file is not there: legacy\/patients\.csv/).waitFor()
    expect(await page.getByRole('button', { name: 'Start the run' }).isDisabled()).toBe(true)
    await look(page, 'server-runs-missing')

    // Without an engine the page says what whoever runs the server has to do.
    await serving.close()
    await start(null)
    await page.reload()
    await page.getByText('This server runs no checks').waitFor()
    await look(page, 'server-runs-none')
    process.stdout.write(`axe ${broken.length} violations on the pages of server runs\n`)
    expect(broken).toEqual([])
  },
)
