/** How the pages of a team look: axe in both themes, the keyboard alone, 200 % zoom, pointers of others on the map, a newcomer's role, and comments of two. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { addMember, personWithSession } from '../team/client.ts'
import { chromiumPath } from './browser.ts'
import { hasFocus, newProject, tabTo } from './steps.ts'

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url))
/** Where pictures go, for whoever holds them against the design; nowhere without it. */
const pictures = process.env.PICTURES ?? null
let folder = ''
let database: EmbeddedDatabase
let serving: TeamServing
let browser: Browser
let looked = 0
const broken: string[] = []

// A second walk begins with a server that knows nobody.
beforeEach(async () => {
  looked = 0
  broken.length = 0
  folder = mkdtempSync(join(tmpdir(), 'carryover-look-'))
  database = await EmbeddedDatabase.open({ folder })
  const at = { host: '127.0.0.1', port: 0, origin: null, tls: null }
  serving = await startTeamServer({ database, dataFolder: folder, appFolder, ...at })
  if (chromiumPath !== null) browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
})

afterEach(async () => {
  await browser?.close()
  await serving?.close()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function seat(headers: Record<string, string> = {}): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1440, height: 900 } })
  const [name = '', value = ''] = (headers.cookie ?? '').split('=')
  if (name !== '') await context.addCookies([{ name, value, url: serving.origin, httpOnly: true, sameSite: 'Strict' }])
  const page = await context.newPage()
  page.setDefaultTimeout(90_000)
  return { page, context }
}

const go = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to
  }, hash)

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== null) await page.screenshot({ path: join(pictures, `${name}.png`) })
}

const passphrase = 'four plain words here'

/** The passphrase of a new key, and its recovery key as written down. */
async function makeKey(page: Page): Promise<void> {
  await page.getByLabel('New passphrase').fill(passphrase)
  await page.getByLabel('The same again').fill(passphrase)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'I wrote it down' }).click()
}

async function sayPassphrase(page: Page): Promise<void> {
  await page.getByLabel('Passphrase or recovery key').fill(passphrase)
  await page.keyboard.press('Enter')
}

const saved = (page: Page): Promise<void> => page.getByText(/Saved on the clinic's server/).waitFor()

async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, colorScheme)
    const axe = new AxeBuilder({ page }).setLegacyMode()
    if (colorScheme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    else axe.withRules(['color-contrast'])
    const { violations } = await axe.analyze()
    for (const { id, nodes } of violations)
      broken.push(`${name} ${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    await picture(page, `${name}-${colorScheme}`)
    looked++
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

test.skipIf(chromiumPath === null)(
  'every page of a team: axe 0 in both themes, by keyboard, at 200 % zoom, others on the map, a newcomer who gets a role, comments of two',
  async () => {
    const ana = await personWithSession(serving, database, 'amara')
    const ben = await personWithSession(serving, database, 'tomas')
    const stranger = await personWithSession(serving, database, 'eve')

    // Nobody is signed in.
    const nobody = await seat()
    await nobody.page.goto(`${serving.origin}/#/team`)
    await nobody.page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
    await look(nobody.page, 'sign-in')
    await go(nobody.page, '#/team/join/abc')
    await nobody.page.getByRole('heading', { name: 'Join your team' }).waitFor()
    await look(nobody.page, 'join')
    await nobody.context.close()

    const amara = await seat(ana.headers)
    await amara.page.goto(serving.origin)
    await newProject(amara.page)
    await amara.page.waitForURL(/#\/readiness$/)
    await go(amara.page, '#/team')
    // By keyboard alone: the move, and an invite that is withdrawn again.
    await tabTo(amara.page, 'Move this project to the server')
    await amara.page.keyboard.press('Enter')
    await amara.page.getByText(/Saved on the clinic's server/).waitFor()
    await amara.page.getByRole('button', { name: 'Make a link' }).waitFor()
    await tabTo(amara.page, 'Make a link')
    await amara.page.keyboard.press('Enter')
    await amara.page.getByText(/It works once, within 7 days/).waitFor()
    await look(amara.page, 'team')
    await tabTo(amara.page, /^Withdraw the invite as/)
    await amara.page.keyboard.press('Enter')
    await amara.page.getByRole('list', { name: 'Invites that nobody took up' }).waitFor({ state: 'detached' })

    // At 200 % zoom a window of 1280 has 640 pixels: nothing is cut, and nothing has to be pushed aside to be read.
    for (const width of [390, 640, 1024]) {
      await amara.page.setViewportSize({ width, height: 800 })
      const last = await amara.page.getByRole('button', { name: 'Run all checks' }).boundingBox()
      expect((last?.x ?? width) + (last?.width ?? 0)).toBeLessThanOrEqual(width)
      expect(await amara.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
      await picture(amara.page, `team-${width}`)
    }
    await amara.page.setViewportSize({ width: 1440, height: 900 })

    // Somebody without a place reads that plainly, and nothing of the project came.
    const [row] = await database.query(null, 'projects-of', [ana.id])
    const project = String(row?.id)
    const eve = await seat(stranger.headers)
    await eve.page.goto(`${serving.origin}/#/team/open/${project}?view=readiness`)
    await eve.page.getByRole('heading', { name: 'No access', level: 1 }).waitFor()
    expect(await eve.page.getByText('North Street Practice').count()).toBe(0)
    await look(eve.page, 'no-access')
    await eve.context.close()

    // A link opens the same view for a member.
    await go(amara.page, '#/workflow')
    await amara.page.getByRole('button', { name: 'Add an example' }).click()
    await amara.page.getByRole('menuitem', { name: /^Medication refill/ }).click()
    const sign = (page: Page) => page.locator('[data-step^="current/"][aria-label^="Sign refill form"]')
    await sign(amara.page).waitFor()
    await amara.page.getByText(/Saved on the clinic's server/).waitFor()
    const view = new URL(amara.page.url()).hash.replace(/^#\//, '')
    // Roles come into force before the next one joins.
    await go(amara.page, '#/settings')
    await amara.page.getByRole('button', { name: 'Take on administration' }).click()
    await makeKey(amara.page)
    await saved(amara.page)
    await go(amara.page, `#/${view}`)
    await sign(amara.page).waitFor()
    await addMember(serving, project, ben.id, 'analyst')
    const tomas = await seat(ben.headers)
    await tomas.page.goto(`${serving.origin}/#/team/open/${project}?view=${encodeURIComponent(view)}`)
    await sign(tomas.page).waitFor()
    expect(new URL(tomas.page.url()).hash).toBe(`#/${view}`)

    // Who chooses a step and points is seen, with the name; the one who follows goes along.
    await amara.page.getByRole('button', { name: 'Follow tomas' }).waitFor()
    const box = await sign(tomas.page).boundingBox()
    if (!box) throw new Error('no step')
    await sign(tomas.page).click()
    await tomas.page.mouse.move(box.x + 40, box.y + box.height + 60, { steps: 5 })
    await amara.page
      .locator('[data-colour] span', { hasText: /^tomas$/ })
      .first()
      .waitFor()
    // The step and the pointer each carry the name.
    await expect.poll(() => amara.page.locator('[data-colour] span', { hasText: /^tomas$/ }).count()).toBeGreaterThan(3)
    await look(amara.page, 'map')
    await go(amara.page, '#/workflow')
    await amara.page.getByRole('button', { name: 'Follow tomas' }).click()
    await tomas.page.mouse.move(box.x + 60, box.y + box.height + 80, { steps: 3 })
    await sign(amara.page).waitFor()
    expect(new URL(amara.page.url()).hash).toBe(`#/${view}`)
    await amara.page.getByRole('button', { name: 'Follow tomas', pressed: true }).waitFor()
    // Off the maps nobody is told what is read.
    await go(tomas.page, '#/ledger')
    await expect.poll(() => amara.page.locator('[data-colour] span', { hasText: /^tomas$/ }).count()).toBe(0)

    // Who was invited and holds no role reads why nothing is sent, and adds the key that a role is granted to.
    await tomas.page.getByText('You may look here: what others do is shown, nothing of yours is sent').waitFor()
    await go(tomas.page, '#/team')
    const rights = (page: Page) => page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'tomas' })
    await rights(tomas.page).getByText('may look: no role was granted, you').waitFor()
    // Why a control is off stands beside it.
    await tomas.page
      .getByText('Only an owner shares it or stops sharing. An administrator grants that role under Members.')
      .waitFor()
    expect(await tomas.page.getByRole('button', { name: 'Share sealed…' }).isDisabled()).toBe(true)
    // Who leaves the map goes their own way, and nothing that the other does brings them back.
    await go(amara.page, '#/team')
    await amara.page.getByRole('button', { name: 'Follow tomas', pressed: false }).waitFor()
    await rights(amara.page).getByText('has no key here yet: they add one on this page').waitFor()
    await tomas.page.getByRole('button', { name: 'Add your key…' }).click()
    await makeKey(tomas.page)
    // The key is there before the role is: the lead can grant one, and the newcomer can act.
    const grant = async (role: string): Promise<void> => {
      await rights(amara.page)
        .getByRole('button', { name: /Role for tomas/ })
        .click()
      await amara.page.getByRole('option', { name: role, exact: true }).click()
      await rights(amara.page).getByRole('button', { name: 'Grant…' }).click()
      await sayPassphrase(amara.page)
    }
    await grant('analyst')
    await rights(tomas.page).getByText('analyst, you').waitFor()
    await saved(tomas.page)
    await go(tomas.page, `#/${view}`)
    await sign(tomas.page).click()
    await tomas.page.keyboard.press('F2')
    await tomas.page.getByRole('textbox', { name: 'Name of Sign refill form' }).fill('Sign it on paper')
    await tomas.page.keyboard.press('Enter')
    await go(amara.page, `#/${view}`)
    const renamed = (page: Page) => page.locator('[data-step^="current/"][aria-label^="Sign it on paper"]')
    await renamed(amara.page).waitFor()
    await saved(tomas.page)

    // An owner shares the comments; what one says is unread for the one it names, who answers.
    await go(amara.page, '#/team')
    await grant('owner')
    await go(tomas.page, '#/team')
    await rights(tomas.page).getByText('analyst, owner, you').waitFor()
    await tomas.page.getByRole('button', { name: 'Share sealed…' }).click()
    await tomas.page.getByRole('dialog').getByText('amara on').waitFor()
    await tomas.page.getByRole('button', { name: 'Sign and share' }).click()
    await sayPassphrase(tomas.page)
    await tomas.page.getByRole('button', { name: 'I wrote it down' }).click()
    for (const { page } of [amara, tomas]) await go(page, `#/${view}`)
    await renamed(tomas.page).click()
    await tomas.page.keyboard.press('m')
    const card = (page: Page) => page.getByRole('dialog', { name: 'Comments on “Sign it on paper”' })
    await hasFocus(card(tomas.page))
    await tomas.page.keyboard.type('@amara is this still on paper?')
    await tomas.page.keyboard.press('Control+Enter')
    await amara.page.getByRole('button', { name: '1 comment on “Sign it on paper”, 1 unread', exact: true }).click()
    await card(amara.page).locator('mark', { hasText: '@amara' }).waitFor()
    await amara.page.getByRole('button', { name: '1 comment on “Sign it on paper”', exact: true }).waitFor()
    await hasFocus(card(amara.page))
    await amara.page.keyboard.type('Until March.')
    await amara.page.keyboard.press('Control+Enter')
    await card(tomas.page).getByText('Until March.').waitFor()
    await tomas.page.getByRole('button', { name: '2 comments on “Sign it on paper”', exact: true }).waitFor()

    process.stdout.write(`axe ${broken.length} violations on ${looked} views of a team's pages\n`)
    expect(broken).toEqual([])
  },
)
