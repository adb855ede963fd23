/** A browser that keeps the app, and servers that come and go at one address. */
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Serving, startServer } from '../../src/io/server/static-server.ts'
import { root } from '../cli/command-line.ts'
import { chromiumPath } from './browser.ts'

export const built = join(root, 'dist', 'app')

/** Of one test: a browser keeps the app for one address. */
export class Address {
  port = 0

  async serve(folder: string, connect: readonly string[] = []): Promise<Serving> {
    const serving = await startServer({ folder, host: '127.0.0.1', port: this.port, connect, sample: false, opened: null })
    this.port = Number(new URL(serving.url).port)
    return serving
  }
}

let browser: Browser
const folders: string[] = []
beforeAll(async () => {
  if (chromiumPath !== null)
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(async () => {
  await browser?.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** The built app in a folder of its own, to be changed. */
export function copyOfApp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-app-'))
  folders.push(folder)
  cpSync(built, folder, { recursive: true })
  return folder
}

export async function openPage(url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  await page.goto(url)
  return page
}

export const kept = (page: Page): Locator => page.getByText('This browser holds every file of the app')
export const newer = (page: Page): Locator => page.getByRole('note').filter({ hasText: 'new version of Carryover' })

export async function keptWhole(page: Page): Promise<void> {
  await page.goto(new URL('#/help', page.url()).href)
  await kept(page).waitFor()
}

/** The app keeps a key in a cache of its own, too. */
export const appCaches = async (page: Page): Promise<string[]> =>
  (await page.evaluate(() => caches.keys())).filter((name) => name.startsWith('carryover-app-'))

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
export const textAt = (page: Page, path: string): Promise<string> =>
  page.evaluate(async (asked) => (await fetch(asked)).text(), path)

/** The next version: another icon, and a script of a page that goes by another name, as after any change of it. */
export function nextVersion(): string {
  const folder = copyOfApp()
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const gone = readdirSync(join(folder, 'assets')).find((name) => /^risks-page-.*\.js$/.test(name)) ?? ''
  expect(gone).not.toBe('')
  const digests = JSON.parse(read('about/build.json')) as { files: Record<string, string> }
  const changed: [string, string][] = [['icon.svg', read('icon.svg').replace('#0a5c66', '#663300')]]
  for (const [name, text] of changed) {
    digests.files[`app/${name}`] = sha(Buffer.from(text))
    write(name, text)
  }
  delete digests.files[`app/assets/${gone}`]
  for (const name of [gone, `${gone}.gz`]) unlinkSync(join(folder, 'assets', name))
  unlinkSync(join(folder, 'icon.svg.gz'))
  unlinkSync(join(folder, 'service-worker.js.gz'))
  const old = JSON.parse(readFileSync(join(built, 'about', 'build.json'), 'utf8')) as typeof digests
  const worker = read('service-worker.js')
    .replace(old.files['app/icon.svg'] ?? '?', digests.files['app/icon.svg'] ?? '?')
    .replace(new RegExp(`[\`"']?/assets/${gone.replaceAll('.', '\\.')}[\`"']?:\\s*[\`"'][0-9a-f]{64}[\`"'],?`), '')
    .replace(/([`"'])([0-9a-f]{16})\1/, '$1fedcba9876543210$1')
  expect(worker).not.toContain(gone)
  expect(worker).toContain('fedcba9876543210')
  write('service-worker.js', worker)
  write('about/build.json', JSON.stringify(digests))
  return folder
}
