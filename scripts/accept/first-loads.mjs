/** What a first visit of the start page costs in Chromium, of this tree and of an earlier build beside it. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { flags, serve } from '../browser.mjs'
import { build, root } from '../setup.mjs'
import { needBrowser } from './measure.mjs'

const loads = 5
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

/** One load with an empty profile: milliseconds to first paint, and bytes that came over the connection until a second after the page is there. */
async function load(executablePath, url) {
  const profile = mkdtempSync(join(tmpdir(), 'carryover-browser-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: flags })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(url)
    await page.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
    // The page goes on asking what it may reach; what it loads for itself has come by then.
    await page.waitForTimeout(1000)
    return await page.evaluate(() => {
      const came = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      return {
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
        bytes: came.reduce((sum, { transferSize }) => sum + transferSize, 0),
      }
    })
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** @param folder with a built tree (`dist/app` and `dist/cli`) */
async function measured(folder) {
  const browser = needBrowser()
  const { process: server, url } = await serve(folder)
  try {
    const each = []
    for (let time = 0; time < loads; time++) each.push(await load(browser, url))
    return { paint: median(each.map(({ paint }) => paint)), bytes: median(each.map(({ bytes }) => bytes)) }
  } finally {
    server.kill()
  }
}

const words = ({ paint, bytes }) => `first paint after ${paint.toFixed(0)} ms, ${(bytes / 1000).toFixed(0)} kB`

/** `--before DIR` names an earlier tree that is built already. */
export async function firstLoads(args = process.argv) {
  const at = args.indexOf('--before')
  const before = at < 0 ? null : args[at + 1]
  if (before !== null && (before === undefined || !existsSync(join(before, 'dist', 'cli', 'carryover.js'))))
    throw new Error(
      `--before ${before ?? ''} names no built tree: it needs dist/cli/carryover.js. Run npm run build there first.`,
    )
  build()
  const now = await measured(root)
  const earlier = before === null ? null : await measured(resolve(before))
  return {
    ok: now.paint > 0 && (earlier === null || now.bytes <= earlier.bytes),
    figure: `${words(now)} (median of ${loads})${earlier ? `; before: ${words(earlier)}` : '; name an earlier build with --before DIR'}`,
  }
}
