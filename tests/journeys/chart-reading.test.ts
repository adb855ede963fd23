import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeFaults } from './axe.ts'
import { chromiumPath, visit } from './browser.ts'
import { hasFocus, nextRecord, openSample, positionOrEnd, readChart, record, recordListens, tabTo, waitingRows } from './steps.ts'

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted
  }, hash)
}

/** Share of the height in which the record itself is seen while it is read, bars and what covers it taken off. */
async function recordShare(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const part = document.querySelector('[data-record]')
    if (!part) return 0
    // In the middle of the chart, where a reader is most of the time.
    const sections = [...part.querySelectorAll('section[id^="chart-"]')].filter((each) => each.querySelector('article'))
    sections[Math.floor(sections.length / 2)]?.scrollIntoView({ block: 'start' })
    const { left, width } = part.getBoundingClientRect()
    const points = Array.from({ length: innerHeight }, (_, y) => y + 0.5)
    const seen = points.filter((y) => part.contains(document.elementFromPoint(left + width * 0.3, y)))
    return seen.length / innerHeight
  })
}

/** Measures one size after the other; each has to leave the record its room. */
async function measured(page: Page, sizes: readonly (readonly [name: string, width: number, height: number])[]): Promise<void> {
  for (const [name, width, height] of sizes) {
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(150)
    const share = await recordShare(page)
    const axe = await axeFaults(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    process.stdout.write(`reading at ${name}: record ${Math.round(share * 100)} % of the height, axe ${axe.length}\n`)
    expect(axe, name).toEqual([])
    expect(share, name).toBeGreaterThanOrEqual(0.6)
    expect(wide, `${name}: nothing stands beside the page`).toBeLessThanOrEqual(0)
    // Where verdicts are chosen below an entry, no empty column stands beside it.
    const empty = page.locator('article:has(fieldset) [data-side]:empty')
    for (const side of await empty.all()) if (width < 768) expect((await side.boundingBox())?.width ?? 0, name).toBe(0)
  }
}

test.skipIf(chromiumPath === null)(
  'both charts are read by keyboard alone: blind, nothing lost, nobody unnamed, at every size',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await openSample(page)
      await go(page, '#/review/records')
      await record(page).waitFor()
      // Nothing is recorded before somebody says who reads; from then on the header says it.
      await page.keyboard.press('1')
      expect(await waitingRows(page).count()).toBeGreaterThan(0)
      await tabTo(page, 'Full name')
      await page.keyboard.type('Ada Example')
      await page.keyboard.press('Tab')
      await page.keyboard.type('GP')
      await page.keyboard.press('Enter')
      const seat = page.getByRole('region', { name: 'Who is reading' })
      await seat.getByText('Ada Example').waitFor()
      await seat.getByText(/locks after 10 idle min/).waitFor()
      expect(await page.getByRole('button', { name: 'Run all checks' }).count()).toBe(0)

      // The sides are named for whoever hears the page.
      await recordListens(page)
      const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
      expect(label).toMatch(/^MedTrack: .+; OpenChart: .+\. no verdict yet/)

      // A verdict that waits for its reason is not dropped when another row is taken up; keys are taken as fast as they come.
      const rows = record(page).locator('article[data-item]')
      await page.keyboard.press('1')
      await page.getByText('Why is it harmful?').waitFor()
      await page.keyboard.press('ArrowDown')
      await hasFocus(rows.nth(1))
      expect(await page.getByText('Why is it harmful?').count()).toBe(1)
      await page.keyboard.press('ArrowUp')
      await hasFocus(rows.nth(0))
      // A comment that is half written outlives a reload, in this browser alone.
      await page.keyboard.press('c')
      await page.keyboard.type('Rash after co-amoxiclav')
      await page.getByText(/^draft kept \d\d:\d\d/).waitFor()
      await page.reload()
      await record(page).waitFor()
      const field = page.getByRole('textbox', { name: /^Comment on / })
      await expect.poll(() => field.inputValue()).toBe('Rash after co-amoxiclav')
      await recordListens(page)
      await page.keyboard.press('1')
      await page.keyboard.press('5')
      await page.getByText('“Rash after co-amoxiclav”').first().waitFor()
      const traces = page.getByText(/^one verdict for \d+ traces$/)
      if ((await traces.count()) > 0) await page.getByRole('button', { name: /^Judge the \d+ apart$/ }).waitFor()

      await readChart(page)
      await nextRecord(page)
      // The next one opens at its top.
      expect(await page.evaluate(() => document.querySelector('[data-record]')?.scrollTop)).toBe(0)

      // A record drawn at random, behind those chosen on purpose: what the program found waits for the reader's word.
      for (let n = 2; (await record(page).getByText('· drawn at random').count()) === 0 && n <= 64; n *= 2) {
        const wanted = page.getByRole('region', { name: new RegExp(`^Record ${n} of `) })
        // The step to the next record may still be on its way: then the reader asks again.
        const shown = async (): Promise<number> => {
          await go(page, `#/review/records/${n}`)
          return wanted.count()
        }
        await expect.poll(shown, { interval: 250 }).toBe(1)
      }
      expect(await page.getByText(/^Program’s note/).count()).toBe(0)
      await recordListens(page)
      await page.keyboard.press('m')
      await page.getByText('Program’s note hidden until you judge').waitFor()
      await page.keyboard.press('3')
      await page.getByText(/^Program’s note, shown now:/).waitFor()
      await readChart(page)
      // Whoever goes so fast is told at once.
      await page
        .getByText(/too quick to count\. \d+ words take \d+ s or more; the certificate says so|Program, shown now: \d+ same/)
        .first()
        .waitFor()
      expect(await axeFaults(page)).toEqual([])

      await measured(page, [
        ['1440 × 900', 1440, 900],
        ['1280 × 800', 1280, 800],
        ['1024 × 768', 1024, 768],
        ['200 % zoom', 720, 450],
        ['400 % zoom', 360, 225],
      ])
      await page.setViewportSize({ width: 1440, height: 900 })

      // Own verdicts, with the comment, and back at the entry.
      await go(page, '#/review/verdicts')
      await page.getByRole('heading', { name: 'My verdicts' }).waitFor()
      await page.getByRole('button', { name: /^With a comment/ }).press('Enter')
      const line = page.getByRole('row').filter({ hasText: 'Rash after co-amoxiclav' })
      expect(await axeFaults(page)).toEqual([])
      await line.getByRole('link').press('Enter')
      await record(page).waitFor()
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
        .toMatch(/Harmful recorded$/)

      // Nobody touches the screen: after ten minutes it locks, and not before.
      await page.clock.install()
      await page.reload()
      await record(page).waitFor()
      await page.mouse.move(400, 400)
      await page.clock.fastForward(9 * 60_000)
      await seat.getByText(/locks after 10 idle min/).waitFor()
      expect(await page.getByRole('heading', { name: 'Are you still the one who reads?' }).count()).toBe(0)
      await page.clock.fastForward(75_000)
      await page.getByRole('heading', { name: 'Are you still the one who reads?' }).waitFor()
      // The first touch does not open it.
      await page.mouse.move(500, 500)
      expect(await positionOrEnd(page)).toBe('end')
      await tabTo(page, 'Go on as Ada Example')
      await page.keyboard.press('Enter')
      await record(page).waitFor()

      // Switching is an act; a locked screen shows nothing of a patient, over a reload as well.
      await seat.getByRole('button', { name: 'Switch' }).press('Enter')
      await page.getByRole('button', { name: 'Lock this screen' }).press('Enter')
      await page.getByRole('heading', { name: 'Are you still the one who reads?' }).waitFor()
      expect(await positionOrEnd(page)).toBe('end')
      expect(await axeFaults(page)).toEqual([])
      await page.reload()
      await page.getByRole('heading', { name: 'Are you still the one who reads?' }).waitFor()
      await tabTo(page, 'Go on as Ada Example')
      await page.keyboard.press('Enter')
      await record(page).waitFor()
      await seat.getByRole('button', { name: 'Switch' }).press('Enter')
      const switching = page.getByRole('dialog', { name: 'Somebody else works here' })
      await switching.getByLabel('Full name').fill('Ben Example')
      await page.keyboard.press('Enter')
      await seat.getByText('Ben Example').waitFor()
      await go(page, '#/ledger')
      await page
        .getByRole('row', { name: /reader-switched|reader switched/ })
        .first()
        .waitFor()
      expect(visited.errors).toEqual([])
      expect(visited.escaped).toEqual([])
    } finally {
      await visited.end()
    }
  },
)

/** Heights in CSS px of every control that can be seen in this part of the page. */
async function lowest(page: Page, selector: string): Promise<number> {
  return await page.evaluate((wanted) => {
    const seen = [...document.querySelectorAll<HTMLElement>(wanted)].filter((each) => each.checkVisibility())
    return Math.min(...seen.map((each) => each.getBoundingClientRect().height))
  }, selector)
}

test.skipIf(chromiumPath === null)(
  'on a tablet and a phone the chart is read by touch, with room for thumbs and for the record',
  async () => {
    const visited = await visit({ width: 820, height: 1180, touch: true })
    try {
      const { page } = visited
      await openSample(page)
      await go(page, '#/review/records')
      await record(page).waitFor()
      await page.getByLabel('Full name').fill('Ada Example')
      await page.getByRole('button', { name: 'Start reading' }).tap()
      await page.getByRole('region', { name: 'Who is reading' }).waitFor()
      const before = await positionOrEnd(page)
      for (let open = await waitingRows(page).count(); open > 0; open = await waitingRows(page).count()) {
        expect(await lowest(page, 'article fieldset button')).toBeGreaterThanOrEqual(48)
        await waitingRows(page).first().getByRole('button', { name: /Wrong/ }).first().tap()
        expect(await lowest(page, 'article fieldset button')).toBeGreaterThanOrEqual(48)
        await page
          .getByRole('button', { name: /Missing$/ })
          .first()
          .tap()
        await expect.poll(() => waitingRows(page).count()).toBeLessThan(open)
      }
      // The thumb scrolls until a section was on screen, then its button is there.
      const confirm = record(page).getByRole('button', { name: /^Confirm .+, go on$/ })
      const next = record(page).getByRole('button', { name: 'Next record', exact: true })
      const count = record(page).getByText(/^\d+ of \d+ sections read/)
      const isRead = async () => /^(\d+) of \1 /.test(await count.innerText())
      for (let step = 0; step < 60 && !(await isRead()); step++) {
        if ((await confirm.count()) > 0) {
          expect(await lowest(page, 'section[data-bleed] button[class*=confirmNext]')).toBeGreaterThanOrEqual(48)
          // Both ways on are there: this section, and the next record.
          expect(await next.isVisible()).toBe(true)
          await confirm.tap()
          await page.waitForTimeout(150)
        } else {
          await page.mouse.move(300, 600)
          await page.mouse.wheel(0, 300)
          await page.waitForTimeout(150)
        }
      }
      expect(await isRead()).toBe(true)
      // What is not read is said in the place of the actions: the record keeps its room on a phone.
      await record(page)
        .getByRole('button', { name: /^(?:Undo|Read again) / })
        .first()
        .tap()
      await page.setViewportSize({ width: 390, height: 844 })
      await next.tap()
      const missing = page.getByRole('alertdialog', { name: 'This record can not be left yet' })
      await missing.waitFor()
      expect(await recordShare(page)).toBeGreaterThanOrEqual(0.6)
      await missing.getByRole('button', { name: 'Go there' }).tap()
      await confirm.tap()
      await measured(page, [
        ['tablet upright', 820, 1180],
        ['tablet lying', 1180, 820],
        ['phone', 390, 844],
        ['phone lying', 844, 390],
      ])
      await page.setViewportSize({ width: 820, height: 1180 })
      for (const selector of [
        'nav[aria-label="Parts of the chart"] button',
        'article button',
        '[data-bleed] > div:last-of-type button',
      ])
        expect(await lowest(page, selector), selector).toBeGreaterThanOrEqual(44)
      await next.tap()
      await expect.poll(() => positionOrEnd(page)).not.toBe(before)

      // What was read so far is signed as a part, and reading goes on.
      await go(page, '#/review/certificate')
      await page.getByRole('button', { name: 'Sign…' }).first().tap()
      const dialog = page.getByRole('dialog', { name: 'Sign the review' })
      const approve = dialog.getByRole('radio', { name: /^I approve/ })
      expect(await approve.isDisabled()).toBe(true)
      await dialog.getByText(/^Not now: \d+ of \d+ records have no verdict yet/).waitFor()
      expect(await dialog.getByRole('radio', { name: /^I sign what I read myself/ }).isChecked()).toBe(true)
      await dialog.getByText(/^You can read on afterwards/).waitFor()
      await dialog.getByLabel('Role', { exact: true }).fill('GP')
      await dialog.getByLabel('I read this text and sign it in my own name.').check()
      await dialog.getByLabel('New passphrase').fill('four plain words here')
      await dialog.getByLabel('The same again').fill('four plain words here')
      await dialog.getByRole('button', { name: 'Sign', exact: true }).tap()
      const recovery = page.getByRole('dialog', { name: 'Signed. Write down the recovery key' })
      await recovery.waitFor()
      await page.keyboard.press('Escape')
      expect(await recovery.locator('code').innerText()).toMatch(/^[A-Z0-9]{4}(?:-[A-Z0-9]{4})+$/)
      await recovery.getByRole('button', { name: 'I wrote it down' }).tap()
      const sheet = page.getByRole('article', { name: 'Certificate' })
      await sheet.getByText('The signature holds for this text and this key.').waitFor()
      expect(await sheet.innerText()).toMatch(/Reviewed a part: 1 of \d+ records/)
      await go(page, '#/review/records')
      await record(page)
        .getByRole('button', { name: /^Mark / })
        .first()
        .tap()
      await record(page)
        .getByRole('button', { name: /^Acceptable$/ })
        .first()
        .tap()
      await record(page).getByText('Acceptable', { exact: true }).last().waitFor()
      await go(page, '#/review/certificate')
      await page.getByText('The signed part holds; later verdicts on 1 record are not part of it.').first().waitFor()
      expect(await page.getByRole('alert').count()).toBe(0)
      const title = page.getByRole('article', { name: 'Certificate' }).getByRole('heading', { level: 2 })
      expect(await title.evaluate((heading) => getComputedStyle(heading).textDecorationLine)).toBe('none')
      expect(visited.errors).toEqual([])
      expect(visited.escaped).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
