/** What the step to the next record costs; the figures are printed, and judged by `npm run accept -- speed next-record`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { drawnClinic } from './drawn-clinic.ts'
import { readChart, recordListens } from './steps.ts'

const records = 120
const steps = 60

/** Milliseconds of processor time of the page's main thread since it began. */
async function mainThread(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
}

function share(values: readonly number[], part: number): string {
  return (values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? Number.NaN).toFixed(0)
}

test.skipIf(chromiumPath === null)('the step to the next record', { timeout: 1_200_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-next-'))
  const visited = await visit()
  try {
    const clinic = drawnClinic(folder, { id: 'p-next', name: 'Next Clinic', patients: records, sample: 'all' })
    const { page } = visited
    await page
      .getByRole('contentinfo')
      .getByText(/^Local only/)
      .waitFor()
    await page.locator('input[type=file]').first().setInputFiles(clinic.bundle)
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    await page.evaluate(() => {
      location.hash = '#/review/records'
    })
    await page.getByLabel('Full name').fill('Ada Example')
    await page.getByLabel('Role', { exact: true }).fill('General practitioner')
    await page.getByRole('button', { name: 'Start reading' }).click()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.evaluate(() => {
      const shown = (): string => document.querySelector('[aria-label^="Record "]')?.getAttribute('aria-label') ?? ''
      Reflect.set(globalThis, 'nextPainted', () => {
        const before = shown()
        return new Promise<number>((resolve) => {
          let pressed = 0
          const press = ({ timeStamp }: Event): void => {
            pressed = timeStamp
          }
          addEventListener('keydown', press, { capture: true, once: true })
          const seen = new MutationObserver(() => {
            if (shown() === '' || shown() === before) return
            seen.disconnect()
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - pressed)))
          })
          seen.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label'] })
        })
      })
    })
    const [cpu, waits]: [number[], number[]] = [[], []]
    for (let step = 0; step < steps; step++) {
      await recordListens(page)
      await readChart(page)
      await page.waitForTimeout(300)
      const painted = page.evaluate(() => (Reflect.get(globalThis, 'nextPainted') as () => Promise<number>)())
      const before = await mainThread(devtools)
      await page.keyboard.press('n')
      waits.push(await painted)
      // Work that follows the paint belongs to the step, too.
      await page.waitForTimeout(200)
      cpu.push((await mainThread(devtools)) - before)
    }
    expect(cpu).toHaveLength(steps)
    process.stdout.write(
      `next record, ${steps} steps: main thread ${share(cpu, 0.5)} ms of processor time (median), ${share(cpu, 0.95)} ms (p95); painted after ${share(waits, 0.5)} ms (median), ${share(waits, 0.95)} ms (p95)\n`,
    )
    expect(visited.errors).toEqual([])
  } finally {
    await visited.end()
    rmSync(folder, { recursive: true, force: true })
  }
})
