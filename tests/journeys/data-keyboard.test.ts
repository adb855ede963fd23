import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { goWith, hasFocus, openSample, tabTo } from './steps.ts'

/** Goes to a page by its two keys, as the help says. */
async function goTo(page: Page, keys: string, title: string): Promise<void> {
  await goWith(page, keys)
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
}

/** How many lines a tab of the mapping says it has. */
async function lines(page: Page, tab: string): Promise<number> {
  const words = await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).innerText()
  return Number(/\d+/.exec(words)?.[0])
}

test.skipIf(chromiumPath === null)(
  'without a mouse the data team decides the mapping, accepts a finding and opens a balance down to its records',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await openSample(page)

      await goTo(page, 'gm', 'Mapping')
      await expect.poll(() => lines(page, 'Unmapped')).toBe(2)
      // One field is left behind, with reason and name; undo and redo know about it.
      await tabTo(page, /^SITE/)
      await page.keyboard.press('ArrowDown')
      await page.getByRole('heading', { name: 'referrals.PROV' }).waitFor()
      await tabTo(page, 'Do not carry…')
      await page.keyboard.press('Enter')
      const leaving = page.getByRole('dialog')
      await hasFocus(leaving)
      await page.keyboard.type('Nobody looks at it')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Control+A')
      await page.keyboard.type('Ada Example')
      await tabTo(page, 'Do not carry')
      await page.keyboard.press('Enter')
      await leaving.waitFor({ state: 'detached' })
      await expect.poll(() => lines(page, 'Unmapped')).toBe(1)
      expect(await lines(page, 'Deliberately not carried')).toBe(6)
      await page.keyboard.press('Control+Z')
      await expect.poll(() => lines(page, 'Unmapped')).toBe(2)
      await page.keyboard.press('Control+Shift+Z')
      await expect.poll(() => lines(page, 'Unmapped')).toBe(1)
      // The other one is proposed with its evidence and confirmed by Enter, under a name.
      await tabTo(page, 'Propose targets', 'Shift+Tab')
      await page.keyboard.press('Enter')
      await expect.poll(() => lines(page, 'Suggested')).toBeGreaterThan(0)
      // The proposals are shown where they wait, and the focus is on their tab.
      await page.getByRole('tab', { name: /^Suggested/, selected: true }).waitFor()
      await tabTo(page, /^List/)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Space')
      await page.getByRole('heading', { name: 'appointments.SITE' }).waitFor()
      await page.getByRole('heading', { name: /^Why it is proposed/ }).waitFor()
      const suggested = await lines(page, 'Suggested')
      await page.keyboard.press('Enter')
      const naming = page.getByRole('dialog', { name: 'Who confirms this line?' })
      await expect.poll(async () => (await naming.count()) > 0 || (await lines(page, 'Suggested')) < suggested).toBe(true)
      if ((await naming.count()) > 0) {
        await hasFocus(naming)
        await page.keyboard.type('Ada Example')
        await page.keyboard.press('Enter')
      }
      // It is proposed to stay behind, so that is what is decided.
      await expect.poll(() => lines(page, 'Suggested')).toBe(suggested - 1)
      expect(await lines(page, 'Deliberately not carried')).toBe(7)

      await goTo(page, 'gf', 'Findings')
      await tabTo(page, 'A dose is not the dose of legacy')
      await page.keyboard.press('a')
      const accepting = page.getByRole('dialog', { name: /^Accept: / })
      await hasFocus(accepting)
      await page.keyboard.type('Prescribers were told; corrected with the next load')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Control+A')
      await page.keyboard.type('Ada Example')
      await tabTo(page, 'Accept')
      await page.keyboard.press('Enter')
      await page.getByRole('row', { name: /A dose is not the dose of legacy.*Known.*Ada Example, until/ }).waitFor()
      await page.getByText(/\d+ new, 1 known, 0 fixed/).waitFor()

      await goTo(page, 'gc', 'Reconcile')
      await tabTo(page, 'Run reconciliation')
      await page.keyboard.press('Enter')
      await page.getByText('Unaccounted legacy records').waitFor()
      const balance = page.getByRole('region', { name: 'Balance by table' })
      const patients = await balance
        .getByRole('row', { name: /^patients/ })
        .getByRole('cell')
        .allInnerTexts()
      const [legacy = 0, arrived = 0, merged = 0, excluded = 0, unaccounted = 0] = patients
        .slice(0, 5)
        .map((words) => Number(/[\d,]+/.exec(words)?.[0].replaceAll(',', '')))
      expect(legacy).toBe(arrived + merged + excluded + unaccounted)
      expect(unaccounted).toBeGreaterThan(0)
      await tabTo(page, /LAST_NM: different$/)
      await page.keyboard.press('Enter')
      const opened = page.getByRole('complementary').last()
      await opened
        .getByText(/legacy line \d+, target line \d+/)
        .first()
        .waitFor()
      await tabTo(page, 'Show both sides')
      await page.keyboard.press('Enter')
      const sides = opened.getByRole('table')
      await sides.waitFor()
      await expect.poll(() => sides.innerText()).toMatch(/99\/99\/9999/)
      await tabTo(page, 'Reveal values for this visit', 'Shift+Tab')
      await page.keyboard.press('Enter')
      await expect.poll(() => sides.innerText()).not.toMatch(/99\/99\/9999/)

      await page.evaluate(() => {
        location.hash = '#/ledger'
      })
      for (const action of ['finding accepted', 'reconciled']) await page.getByRole('cell', { name: action }).first().waitFor()
      expect(visited.escaped).toEqual([])
      expect(visited.outside).toEqual([])
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
