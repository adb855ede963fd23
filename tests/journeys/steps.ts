/** Steps that several journeys share, done as a person does them. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** One click; resolves when the run of all checks has ended and the half-read review stands: before the run the header shows for a moment that nothing runs. */
export async function openSample(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/'
  })
  await page.getByRole('button', { name: 'Open the sample clinic' }).click()
  await page
    .getByText(/^18 of \d+ sampled records left/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Run all checks' }).waitFor()
}

/** @param goLive the day, where the project is made with one */
export async function newProject(page: Page, goLive: string | null = null): Promise<void> {
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name of the clinic or project').fill('North Street Practice')
  await page.getByLabel('System you leave').fill('PaperChart')
  await page.getByLabel('System you move to').fill('OpenChart')
  if (goLive !== null) await page.getByLabel('Day of go-live, where one is planned').fill(goLive)
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
}

/** Resolves when the focus is in this part of the page, so that what is typed arrives there: a person sees that, a test has to ask. */
export async function hasFocus(part: Locator): Promise<void> {
  await part.waitFor()
  await expect.poll(() => part.evaluate((element) => element.contains(document.activeElement))).toBe(true)
}

export function recordListens(page: Page): Promise<void> {
  return hasFocus(page.getByRole('region', { name: /^Record \d+ of \d+$/ }))
}

/** Two keys as fast as fingers press them: the time a busy page takes to answer the first is no pause between the two. */
export async function goWith(page: Page, keys: string): Promise<void> {
  await Promise.all([...keys].map((key) => page.keyboard.press(key)))
}

/** Goes on with Tab until the control of this name has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  // A page that is still on its way has the control later: the round begins again until then.
  const end = performance.now() + 60_000
  for (let steps = 0; steps < 200 || performance.now() < end; steps++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((label) => label.textContent) : []
      return (element?.getAttribute('aria-label') ?? labels.join(' ')) || (element?.textContent ?? '')
    })
    if (typeof name === 'string' ? focused.trim() === name : name.test(focused.trim())) return
    await page.keyboard.press(key)
  }
  throw new Error(`No control called ${String(name)} can be reached with ${key}`)
}

export const record = (page: Page): Locator => page.getByRole('region', { name: /^Record \d+ of \d+$/ })

export async function positionOrEnd(page: Page): Promise<string> {
  return (await record(page).count()) > 0 ? ((await record(page).getAttribute('aria-label')) ?? '') : 'end'
}

/** "3 of 7 sections read". */
async function sectionsRead(page: Page): Promise<readonly [read: number, of: number]> {
  const words = await record(page)
    .getByText(/^\d+ of \d+ sections read/)
    .innerText()
  const [read = 0, of = 0] = (words.match(/\d+/g) ?? []).map(Number)
  return [read, of]
}

/** Rows that wait for a verdict before their section can be confirmed. */
export const waitingRows = (page: Page): Locator => record(page).locator('article[data-unread]')

/** Reads the chart on screen with the keyboard alone: Space scrolls, confirms and goes to what waits for a verdict. Gives the keys that it took. */
export async function readChart(page: Page, keysFor: (row: string) => readonly string[] = () => ['3']): Promise<number> {
  let keys = 0
  const press = async (key: string): Promise<void> => {
    keys++
    await page.keyboard.press(key)
  }
  // A chart is as long as luck has drawn it, and a machine as busy as it is: only keys that change nothing end the reading.
  let idle = 0
  let last = ''
  while (idle < 60) {
    const waiting = await page.evaluate(() => {
      const row = document.activeElement?.closest('article[data-unread]')
      return row ? { words: row.getAttribute('aria-label') ?? '', item: row.getAttribute('data-item') ?? '' } : null
    })
    const before = await sectionsRead(page)
    const now = await chartState(page)
    idle = now === last ? idle + 1 : 0
    last = now
    if (waiting !== null) {
      for (const key of keysFor(waiting.words)) await press(key)
      // That row alone: a verdict on a patient who is another brings the rows of the chart.
      await expect
        .poll(() =>
          record(page)
            .locator(`article[data-unread][data-item=${JSON.stringify(waiting.item)}]`)
            .count(),
        )
        .toBe(0)
    } else if (before[0] < before[1] || (await waitingRows(page).count()) > 0) {
      await press('Space')
      // What was pressed has scrolled, gone to a row, or been written to the disk.
      await page.waitForTimeout(120)
    } else return keys
  }
  throw new Error(`The chart could not be read to its end: ${last}`)
}

/** What a reader sees of the way through a chart: sections, rows that wait, scrolling and focus. */
async function chartState(page: Page): Promise<string> {
  const [read, of] = await sectionsRead(page)
  const place = await record(page).evaluate((element) => {
    const box = element.querySelector('[data-record]')
    const focus = document.activeElement
    const section = element.querySelector('[data-state=reading]')?.getAttribute('aria-label')
    return `scrolled ${Math.round((box?.scrollTop ?? 0) + scrollY)} of ${box?.scrollHeight}, section ${section}, focus ${focus?.tagName} ${focus?.getAttribute('aria-label') ?? focus?.textContent?.slice(0, 60)}`
  })
  return `${read} of ${of} sections, ${await waitingRows(page).count()} rows wait, ${place}`
}

/** N, once the least look is over; the next record opens at its top. */
export async function nextRecord(page: Page): Promise<void> {
  const before = await positionOrEnd(page)
  await record(page).getByRole('button', { name: 'Next record', exact: true }).waitFor()
  await recordListens(page)
  await page.keyboard.press('n')
  await expect.poll(() => positionOrEnd(page)).not.toBe(before)
}
