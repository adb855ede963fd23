/** Two people in two browsers on the server of a team: a project is moved there, opened by the other, drawn by both at once, and one is offline for a while. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page, type WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { addMember, personWithSession } from '../team/client.ts'
import { chromiumPath } from './browser.ts'
import { canOpenSealed } from './sealed.ts'
import { newProject } from './steps.ts'

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url))
let folder = ''
let database: EmbeddedDatabase
let serving: TeamServing
const browsers: Browser[] = []

interface Seat {
  readonly page: Page
  readonly context: BrowserContext
  readonly frames: Buffer[]
  readonly bodies: string[]
  readonly errors: string[]
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-together-'))
  database = await EmbeddedDatabase.open({ folder })
  serving = await startTeamServer({
    database,
    dataFolder: folder,
    appFolder,
    host: '127.0.0.1',
    port: 0,
    origin: null,
    tls: null,
  })
})

afterAll(async () => {
  for (const browser of browsers) await browser.close()
  await serving?.close()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Somebody with a session, in a browser of their own. */
async function sit(name: string): Promise<Seat & { readonly id: string; readonly cut: (now: boolean) => Promise<void> }> {
  const { id, headers } = await personWithSession(serving, database, name)
  const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
  browsers.push(browser)
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1440, height: 900 } })
  const [cookie = '', value = ''] = (headers.cookie ?? '').split('=')
  await context.addCookies([{ name: cookie, value, url: serving.origin, httpOnly: true, sameSite: 'Strict' }])
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const seat = { page, context, frames: [] as Buffer[], bodies: [] as string[], errors: [] as string[] }
  // A socket that is open stays open when a browser is set offline, so what lies between is cut here.
  const lines = new Set<WebSocketRoute>()
  let isCut = false
  await page.routeWebSocket(/\/team\//, (near) => {
    if (isCut) return void near.close()
    const far = near.connectToServer()
    lines.add(near)
    near.onMessage((frame) => {
      seat.frames.push(Buffer.from(frame))
      far.send(frame)
    })
    far.onMessage((frame) => {
      seat.frames.push(Buffer.from(frame))
      near.send(frame)
    })
  })
  const cut = async (now: boolean): Promise<void> => {
    isCut = now
    await context.setOffline(now)
    if (now) for (const near of lines) await near.close({ code: 4000, reason: 'cut' })
    lines.clear()
  }
  page.on('request', (request) => void seat.bodies.push(request.postDataBuffer()?.toString('utf8') ?? ''))
  page.on('pageerror', (error) => void seat.errors.push(error.message))
  return { ...seat, id, cut }
}

const go = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to
  }, hash)

async function saved(page: Page): Promise<void> {
  await page
    .getByText(/Saved on the clinic's server/)
    .waitFor()
    .catch(async (error: unknown) => {
      const shown = await page.locator('footer').innerText()
      throw new Error(`Not saved: ${shown.replaceAll('\n', ' · ')}`, { cause: error })
    })
}

/** The salt as this browser's own store keeps it. */
async function keptSalt(page: Page): Promise<string> {
  await canOpenSealed(page)
  return await page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, failed) => {
        const asked = indexedDB.open(name)
        asked.onsuccess = () => done(asked.result)
        asked.onerror = () => failed(asked.error)
      })
      if (!database.objectStoreNames.contains('segments')) continue
      const store = database.transaction('segments').objectStore('segments')
      const [keys, values] = await Promise.all(
        [store.getAllKeys(), store.getAll()].map(
          (asked) =>
            new Promise<readonly unknown[]>((done) => {
              asked.onsuccess = () => done(asked.result)
            }),
        ),
      )
      database.close()
      for (const [index, value] of (values ?? []).entries()) {
        const [project, path] = (keys?.[index] ?? []) as readonly string[]
        const text =
          value instanceof Uint8Array ? new TextDecoder().decode(await openSealed(`${project} ${path}`, value.slice())) : ''
        const [, salt] = /"salt":\s*"([0-9a-f]{64})"/.exec(text) ?? []
        if (salt !== undefined) return salt
      }
    }
    return ''
  })
}

const step = (page: Page, name: string) => page.locator(`[data-step^="current/"][aria-label^="${name}"]`)

async function rename(page: Page, from: string, to: string): Promise<void> {
  await step(page, from).click()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: `Name of ${from}` }).fill(to)
  await page.keyboard.press('Enter')
  await step(page, to).waitFor()
}

test.skipIf(chromiumPath === null)(
  'two people draw one map at once: each takes back their own, and one comes back from offline',
  async () => {
    const amara = await sit('amara')
    const tomas = await sit('tomas')
    await amara.page.goto(serving.origin)
    await newProject(amara.page)
    await amara.page.waitForURL(/#\/readiness$/)
    await go(amara.page, '#/team')
    await amara.page.getByRole('button', { name: 'Move this project to the server' }).click()
    await saved(amara.page)
    await amara.page.getByRole('button', { name: 'Leave with everything' }).waitFor()
    const [row] = await database.query(null, 'projects-of', [amara.id])
    const project = String(row?.id)
    await addMember(serving, project, tomas.id, 'analyst')

    await tomas.page.goto(`${serving.origin}/#/team`)
    await tomas.page.getByRole('button', { name: /^Open / }).click()
    await saved(tomas.page)
    // Each sees the other by name.
    await amara.page.getByRole('list', { name: 'Here now' }).getByRole('img', { name: 'tomas' }).waitFor()
    await tomas.page.getByRole('list', { name: 'Here now' }).getByRole('img', { name: 'amara' }).waitFor()

    // What one adds is there for the other.
    await go(amara.page, '#/workflow')
    await amara.page.getByRole('button', { name: 'Add an example' }).click()
    await amara.page.getByRole('menuitem', { name: /^Medication refill/ }).click()
    await step(amara.page, 'Sign refill form').waitFor()
    await saved(amara.page)
    const map = new URL(amara.page.url()).hash
    await go(tomas.page, map)
    await step(tomas.page, 'Sign refill form').waitFor()

    // Both draw the same map at once.
    await Promise.all([
      rename(amara.page, 'Sign refill form', 'Sign the paper form'),
      rename(tomas.page, 'Open refill fax', 'Look into the chart'),
    ])
    await step(amara.page, 'Look into the chart').waitFor()
    await step(tomas.page, 'Sign the paper form').waitFor()
    // Each takes back their own.
    await amara.page.keyboard.press('Control+z')
    await step(tomas.page, 'Sign refill form').waitFor()
    await step(amara.page, 'Look into the chart').waitFor()
    await tomas.page.keyboard.press('Control+z')
    await step(amara.page, 'Open refill fax').waitFor()
    await step(tomas.page, 'Sign refill form').waitFor()
    await tomas.page.keyboard.press('Control+Shift+z')
    await step(amara.page, 'Look into the chart').waitFor()

    // Tomas is offline, both go on, and both changes are there when he is back.
    await tomas.cut(true)
    await rename(tomas.page, 'Look into the chart', 'Read the chart')
    await tomas.page.getByText(/^Offline: \d+ changes? waits? here/).waitFor()
    await rename(amara.page, 'Sign refill form', 'Sign it on paper')
    await tomas.cut(false)
    await step(amara.page, 'Read the chart').waitFor()
    await step(tomas.page, 'Sign it on paper').waitFor()
    await saved(tomas.page)

    // The salt that names records is the private part's, and never left.
    const salt = await keptSalt(amara.page)
    expect(salt).toMatch(/^[0-9a-f]{64}$/)
    for (const { frames, bodies } of [amara, tomas]) {
      expect(frames.length).toBeGreaterThan(10)
      expect(frames.filter((frame) => frame.includes(salt))).toHaveLength(0)
      expect(bodies.filter((body) => body.includes(salt))).toHaveLength(0)
    }
    expect([...amara.errors, ...tomas.errors]).toEqual([])
  },
  240_000,
)
