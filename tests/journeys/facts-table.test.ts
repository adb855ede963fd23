import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { newProject } from './steps.ts'

const list = [
  'Take call | Front desk | 3',
  'Write slip | Front desk | 2',
  'Sign slip | Physician | 1',
  'Fax slip | Front desk | 4',
]
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('id') ?? '')
const labelled = (page: Page, name: string) => field(page, name).getAttribute('id')

test.skipIf(chromiumPath === null)('facts of many steps are given at once, and cell by cell with keys', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await newProject(page)
    await page.waitForURL(/#\/readiness$/)
    await page.evaluate(() => {
      location.hash = '#/workflow'
    })
    await page.getByLabel('Name of a new workflow').fill('Refill')
    await page.getByLabel('Name of a new workflow').press('Enter')
    await page.getByRole('button', { name: 'Paste a list…' }).first().click()
    await page.getByRole('dialog').getByRole('textbox').fill(list.join('\n'))
    await page.getByRole('button', { name: 'Add the steps' }).click()
    await page.locator('[data-step]').first().waitFor()
    await page.getByRole('application').focus()
    await page.keyboard.press('Shift+T')

    // Three marked steps get a medium and a time in one go; one undo takes each back.
    for (const name of ['Write slip', 'Sign slip', 'Fax slip']) await page.getByLabel(`Mark ${name}`).check()
    const batch = page.getByRole('region', { name: 'Facts of the marked steps' })
    await batch.getByText('3 steps are marked').waitFor()
    expect(await batch.getByLabel('Minutes').getAttribute('placeholder')).toBe('several answers')
    await batch.getByLabel('Medium').selectOption('paper')
    const media = () => Promise.all(list.map((line) => field(page, `Medium of ${line.split(' | ')[0]}`).inputValue()))
    await expect.poll(media).toEqual(['', 'paper', 'paper', 'paper'])
    await batch.getByLabel('Minutes').fill('5')
    await batch.getByLabel('Minutes').press('Enter')
    await expect.poll(() => field(page, 'Minutes of Sign slip').inputValue()).toMatch(/^5\b/)
    expect(await field(page, 'Minutes of Take call').inputValue()).toMatch(/^3\b/)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => field(page, 'Minutes of Fax slip').inputValue()).toMatch(/^4\b/)
    expect(await media()).toEqual(['', 'paper', 'paper', 'paper'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(media).toEqual(['', '', '', ''])
    await batch.getByRole('button', { name: 'Unmark' }).click()
    await expect.poll(() => batch.count()).toBe(0)

    // Enter takes a time and goes down its column, over the rows of lanes; Ctrl and arrows go to any cell.
    await field(page, 'Minutes of Take call').selectText()
    await page.keyboard.type('7')
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe(await labelled(page, 'Minutes of Write slip'))
    await page.keyboard.type('8')
    await page.keyboard.press('Control+ArrowRight')
    await expect.poll(() => focused(page)).toBe(await labelled(page, 'Wait before Write slip'))
    await page.keyboard.type('2 h')
    await page.keyboard.press('Control+ArrowDown')
    await expect.poll(() => focused(page)).toBe(await labelled(page, 'Wait before Fax slip'))
    await page.keyboard.press('Control+ArrowLeft')
    await page.keyboard.press('Control+ArrowLeft')
    await page.keyboard.press('Control+ArrowLeft')
    await expect.poll(() => focused(page)).toBe(await labelled(page, 'Medium of Fax slip'))
    expect(await field(page, 'Minutes of Take call').inputValue()).toMatch(/^7\b/)
    expect(await field(page, 'Minutes of Write slip').inputValue()).toMatch(/^8\b/)
    expect(await field(page, 'Wait before Write slip').inputValue()).toMatch(/^2 h/)
    expect(visited.errors).toEqual([])
    expect(visited.outside).toEqual([])
  } finally {
    await visited.end()
  }
})
