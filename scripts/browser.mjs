/** The built app in a browser, for pictures and measurements. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { root } from './setup.mjs'

export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Serves the built app and opens it with an empty profile. */
export async function openApp(executablePath, { width = 1440, height = 900 } = {}) {
  const { process: server, url } = await serve()
  const profile = mkdtempSync(join(tmpdir(), 'carryover-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width, height },
    reducedMotion: 'reduce',
    args: flags,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(url)
  await page.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
  return {
    page,
    context,
    /** Milliseconds from the click until the three facts are on screen. */
    async openSample() {
      const started = performance.now()
      await page.getByRole('button', { name: 'Open the sample clinic' }).click()
      await page.waitForFunction(() => document.querySelectorAll('a[data-fact]').length === 3, null, {
        timeout: 120_000,
        polling: 50,
      })
      const facts = performance.now() - started
      await page.getByRole('button', { name: 'Run all checks' }).waitFor({ timeout: 120_000 })
      return facts
    },
    async close() {
      await context.close()
      server.kill()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Starts the command line's server on a free port and gives its address. @param tree a built tree, this one unless another is named */
export function serve(tree = root) {
  const server = spawn(process.execPath, [join(tree, 'dist', 'cli', 'carryover.js'), 'serve', '--no-open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let said = ''
    server.stdout.on('data', (chunk) => {
      said += chunk
      const url = /http:\/\/\S+/.exec(said)?.[0]
      if (url) resolve({ process: server, url })
    })
    server.on('exit', (code) => reject(new Error(`The server ended with code ${code}`)))
  })
}
