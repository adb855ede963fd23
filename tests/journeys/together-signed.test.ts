/**
 * A team from its first link to a gate: passkeys made in the browser, invites, a sheet brought by one person, a signature in a third browser, the
 * gate turning on the lead's screen, and the saved project verified without any server. together.test.ts has the map drawn by two.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packProject } from '../../src/core/project/format/bundle.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { inputPath } from '../../src/core/readiness/input-files/files.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { asOf } from '../core/readiness/example-project.ts'
import { readyProject } from '../core/readiness/ready-project.ts'
import { chromiumPath } from './browser.ts'

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url))
let folder = ''
let database: EmbeddedDatabase
let serving: TeamServing
let browser: Browser | null = null

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-signed-'))
  database = await EmbeddedDatabase.open({ folder })
  const at = { host: '127.0.0.1', port: 0, origin: null, tls: null }
  serving = await startTeamServer({ database, dataFolder: folder, appFolder, ...at })
})

afterAll(async () => {
  await browser?.close()
  await serving?.close()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Seat {
  readonly page: Page
  readonly context: BrowserContext
}

/** A browser of its own store with an authenticator of its own, as a laptop has one. */
async function seat(): Promise<Seat> {
  browser ??= await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
  const context = await browser.newContext({
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(90_000)
  const wire = await context.newCDPSession(page)
  await wire.send('WebAuthn.enable')
  await wire.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.clock.setFixedTime(`${asOf}T09:00:00Z`)
  return { page, context }
}

const go = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to
  }, hash)

async function joinBy({ page }: Seat, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Your full name').fill(name)
  await page.getByRole('button', { name: 'Make a passkey and join' }).click()
}

async function saved({ page }: Seat): Promise<void> {
  await page
    .getByText(/Saved on the clinic's server/)
    .waitFor()
    .catch(async (error: unknown) => {
      throw new Error(`Not saved: ${(await page.locator('footer').innerText()).replaceAll('\n', ' · ')}`, { cause: error })
    })
}

async function inviteAs({ page }: Seat, role: string): Promise<string> {
  await go(page, '#/team')
  await page.getByRole('button', { name: /Invite as/ }).click()
  await page.getByRole('option', { name: role, exact: true }).click()
  const before = await page.locator('code', { hasText: '/#/team/join/' }).allInnerTexts()
  await page.getByRole('button', { name: 'Make a link' }).click()
  const code = page.locator('code', { hasText: '/#/team/join/' })
  await expect.poll(async () => (await code.allInnerTexts()).join() !== before.join()).toBe(true)
  return (await code.innerText()).trim()
}

const gate = ({ page }: Seat) =>
  page.getByRole('list', { name: 'Gates of the six phases' }).getByRole('listitem').filter({ hasText: 'Pre-launch' }).locator('b')

test.skipIf(chromiumPath === null)(
  'invited people make passkeys, one brings a sheet, a third signs for it, the lead sees the gate turn, and the file verifies offline',
  async () => {
    const [amara, tomas, clinician, lead] = [await seat(), await seat(), await seat(), await seat()]
    await joinBy(amara, `${serving.origin}/#/team/join/${await serving.state.invites.firstLink()}`, 'Amara Oyelaran')
    await amara.page.getByRole('heading', { name: 'Team', level: 1, exact: true }).waitFor()

    // The analyst brings the project, and the file that the gate waits for.
    await go(amara.page, '#/')
    const chooser = amara.page.waitForEvent('filechooser')
    await amara.page.getByRole('button', { name: 'Open a project…' }).click()
    const bytes = packProject(saveProject(readyProject(['rollback-unsigned'])))
    await (await chooser).setFiles({ name: 'clinic.carryover', mimeType: 'application/zip', buffer: Buffer.from(bytes) })
    await gate(amara)
      .filter({ hasText: /^Blocked/ })
      .waitFor()
    await go(amara.page, '#/team')
    await amara.page.getByRole('button', { name: 'Move this project to the server' }).click()
    await saved(amara)
    const links = [await inviteAs(amara, 'data'), await inviteAs(amara, 'reviewer'), await inviteAs(amara, 'owner')]
    await Promise.all([
      joinBy(tomas, links[0] ?? '', 'Tomas Brandt'),
      joinBy(clinician, links[1] ?? '', 'Ines Varga'),
      joinBy(lead, links[2] ?? '', 'Jo Reyes'),
    ])
    for (const each of [tomas, clinician, lead]) await saved(each)
    await gate(lead)
      .filter({ hasText: /^Blocked/ })
      .waitFor()

    // The nurse brings the sheet; nobody signed for it, so the gate stays shut on every screen.
    await go(tomas.page, '#/readiness/inputs')
    const sheet = readyProject([]).other.get(inputPath('acknowledgements')) ?? new Uint8Array()
    const given = tomas.page.waitForEvent('filechooser')
    await tomas.page.getByRole('button', { name: 'Replace acknowledgements' }).click()
    await (await given).setFiles({ name: 'acknowledgements.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) })
    await tomas.page.getByRole('region', { name: 'Acknowledgements' }).getByText('Front desk').first().waitFor()
    await saved(tomas)
    await lead.page.getByText(/0 lines block go-live, 1 is only claimed$/).waitFor()

    // The clinician signs for it in a third browser; the lead does nothing, and the gate turns.
    await go(clinician.page, '#/readiness')
    await clinician.page.getByText(/0 lines block go-live, 1 is only claimed$/).waitFor()
    await clinician.page
      .getByRole('link', { name: 'Sign where it comes from' })
      .or(clinician.page.getByRole('button', { name: 'Sign where it comes from' }))
      .first()
      .click()
    await clinician.page.getByLabel('Where it comes from').fill('Signed sheets of the departments')
    for (const [label, words] of [
      ['Your name', 'Ines Varga'],
      ['Your role', 'clinician'],
    ] as const) {
      const field = clinician.page.getByLabel(label)
      if ((await field.count()) > 0) await field.fill(words)
    }
    await clinician.page.getByRole('button', { name: 'Sign where it comes from' }).last().click()
    await clinician.page.getByLabel('New passphrase').fill('four plain words here')
    await clinician.page.getByLabel('The same again').fill('four plain words here')
    await clinician.page.keyboard.press('Enter')
    await clinician.page.getByRole('button', { name: 'I wrote it down' }).click()
    await saved(clinician)
    await gate(lead)
      .filter({ hasText: /^Ready/ })
      .waitFor()

    // What the lead saved verifies on a machine that knows no server.
    await saved(lead)
    await go(lead.page, '#/settings')
    const download = lead.page.waitForEvent('download')
    await lead.page.getByRole('button', { name: 'Save as .carryover file' }).click()
    const path = join(folder, 'lead.carryover')
    await (await download).saveAs(path)
    const { code, report } = await verify(path)
    process.stdout.write(`verify ended with ${code}: ${report.split('\n')[0] ?? ''}\n`)
    expect(report).not.toMatch(/does not hold|was changed|cut off/)
    expect(code, report).toBe(0)

    // Who comes back signs in with the passkey that the browser keeps.
    await go(tomas.page, '#/team')
    await tomas.page.getByRole('button', { name: 'Sign out' }).click()
    await tomas.page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await saved(tomas)
  },
)

function verify(path: string): Promise<{ readonly code: number; readonly report: string }> {
  const cli = fileURLToPath(new URL('../../dist/cli/carryover.js', import.meta.url))
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, 'verify', path, '--format', 'text'], (error, out, trouble) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), report: `${out}${trouble}` })
    })
  })
}
