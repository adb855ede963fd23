/** The sample clinic moved to a server: a large ledger, many documents and maps, all of it saved there. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeServerFrame } from '../../src/core/team/frames.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { addMember, ask, personWithSession } from '../team/client.ts'
import { chromiumPath } from './browser.ts'
import { openSample } from './steps.ts'

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url))
let folder = ''
let database: EmbeddedDatabase
let serving: TeamServing
let browser: Browser | null = null

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-sample-'))
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
  await browser?.close()
  await serving?.close()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

test.skipIf(chromiumPath === null)(
  'the sample clinic is saved on the server',
  async () => {
    const { id, headers } = await personWithSession(serving, database, 'amara')
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
    const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1440, height: 900 } })
    const [cookie = '', value = ''] = (headers.cookie ?? '').split('=')
    await context.addCookies([{ name: cookie, value, url: serving.origin, httpOnly: true, sameSite: 'Strict' }])
    const page = await context.newPage()
    page.setDefaultTimeout(100_000)
    const refused: string[] = []
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        const read = typeof payload === 'string' ? null : decodeServerFrame(payload)
        if (read?.ok && read.frame.kind === 'refused') refused.push(`${read.frame.code} ${read.frame.why}`)
      })
    })
    await page.goto(serving.origin)
    await openSample(page)
    const ledger = /Ledger (\d+) entries/.exec(await page.getByRole('contentinfo').innerText())?.[1]
    await page.evaluate(() => {
      location.hash = '#/team'
    })
    await page.getByRole('button', { name: 'Move this project to the server' }).click()
    await page.getByText(/Saved on the clinic's server/).waitFor()
    await page.getByRole('button', { name: 'Leave with everything' }).waitFor()
    expect(refused).toEqual([])

    // What the server has is what is here: every entry, every document, every map.
    const [row] = await database.query(null, 'projects-of', [id])
    const about = await (await ask(serving, 'GET', `/team/${String(row?.id)}/about`, headers)).json()
    expect(about.you.importing).toBe(false)
    expect(about.streams.ledger).toBeGreaterThanOrEqual(Number(ledger))
    expect(Object.keys(about.streams).filter((name) => name.startsWith('map/'))).toHaveLength(4)
    // The colleague opens it whole.
    const second = await (await browser.newContext({ serviceWorkers: 'block' })).newPage()
    const nurse = await personWithSession(serving, database, 'tomas')
    await addMember(serving, String(row?.id), nurse.id, 'reviewer')
    const [name = '', token = ''] = (nurse.headers.cookie ?? '').split('=')
    await second.context().addCookies([{ name, value: token, url: serving.origin, httpOnly: true, sameSite: 'Strict' }])
    second.setDefaultTimeout(100_000)
    await second.goto(`${serving.origin}/#/team`)
    await second.getByRole('button', { name: /^Open / }).click()
    await second.getByText(/Saved on the clinic's server/).waitFor()
    // Either side may still be taking in what the other has.
    const entriesOn = async (shown: typeof page): Promise<string | undefined> =>
      /Ledger (\d+) entries/.exec(await shown.getByRole('contentinfo').innerText())?.[1]
    await expect.poll(async () => (await entriesOn(second)) === (await entriesOn(page))).toBe(true)
    expect(Number(await entriesOn(second))).toBeGreaterThanOrEqual(Number(ledger))
  },
  300_000,
)
