/** Reading in a sample of 5,000, most of it read; the waits are printed, and judged by `npm run accept -- review next-record`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { drawnClinic } from './drawn-clinic.ts'
import { nextRecord, readChart, recordListens } from './steps.ts'

const records = 5_000
const readBefore = 4_000
const readNow = 100

const shownRecord = (page: Page) => page.getByRole('region', { name: /^Record [\d,]+ of [\d,]+$/ })

interface Waits {
  /** Milliseconds from a key to the next record painted. */
  readonly next: readonly number[]
  /** Milliseconds from a key to "recorded". */
  readonly durable: readonly number[]
}

/** Notes in the page how long each key waited for what it asks. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const waits = { next: [] as number[], durable: [] as number[] }
    Reflect.set(globalThis, 'waits', waits)
    const shown = (): string => document.querySelector('[aria-label^="Record "]')?.getAttribute('aria-label') ?? ''
    const waiting = (): number => document.querySelectorAll('article[data-unread]').length
    let pressed: { at: number; shown: string; waiting: number } | null = null
    addEventListener(
      'keydown',
      (event) => {
        pressed = { at: event.timeStamp, shown: shown(), waiting: waiting() }
      },
      true,
    )
    new MutationObserver(() => {
      if (!pressed) return
      const { at, shown: before, waiting: left } = pressed
      if (shown() !== '' && shown() !== before) {
        pressed = null
        // The frame after the next one is on the screen.
        requestAnimationFrame(() => requestAnimationFrame(() => waits.next.push(performance.now() - at)))
      } else if (waiting() < left) {
        pressed = null
        waits.durable.push(performance.now() - at)
      }
    }).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['aria-label', 'data-unread'],
    })
  })
}

/** The time that 95 of 100 waits are within. */
function p95(waits: readonly number[]): number {
  return waits.toSorted((a, b) => a - b)[Math.ceil(waits.length * 0.95) - 1] ?? Number.NaN
}

test.skipIf(chromiumPath === null)(
  'in a sample of 5,000 the next record and every verdict come as fast as a reader reads',
  { timeout: 1_200_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carryover-large-'))
    const visited = await visit()
    try {
      const clinic = drawnClinic(folder, {
        id: 'p-large',
        name: 'Large Clinic',
        patients: records,
        sample: 'all',
        read: { by: 'ada-example', records: readBefore },
      })
      expect(clinic.records).toBe(records)
      const { page } = visited
      page.setDefaultTimeout(120_000)
      await page
        .getByRole('contentinfo')
        .getByText(/^Local only/)
        .waitFor()
      await page.locator('input[type=file]').first().setInputFiles(clinic.bundle)
      await page.getByRole('navigation', { name: 'Pages' }).waitFor()
      await page.evaluate(() => {
        location.hash = '#/review/records'
      })
      await shownRecord(page).waitFor()
      await page.getByLabel('Full name').fill('Ada Example')
      await page.getByLabel('Role', { exact: true }).fill('General practitioner')
      await page.getByRole('button', { name: 'Start reading' }).click()
      await watch(page)
      for (let n = 0; n < readNow; n++) {
        await recordListens(page)
        await readChart(page)
        await nextRecord(page)
      }
      const waits = await page.evaluate((): Waits => Reflect.get(globalThis, 'waits'))
      expect(waits.next).toHaveLength(readNow)
      expect(waits.durable.length).toBeGreaterThan(0)
      await page.getByText(`${readBefore + readNow} read`).waitFor()
      process.stdout.write(
        `${records} records, ${readBefore + readNow} read: next record painted after a key, p95: ${p95(waits.next).toFixed(0)} ms (${waits.next.length} keys)\n` +
          `${records} records, ${readBefore + readNow} read: verdict on disk after a key, p95: ${p95(waits.durable).toFixed(0)} ms (${waits.durable.length} keys)\n`,
      )
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
