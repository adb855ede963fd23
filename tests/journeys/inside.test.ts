import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { hasFocus, newProject } from './steps.ts'

const canvas = (page: Page) => page.getByRole('application')
const step = (page: Page, name: string) =>
  page.locator('[data-step]').and(page.getByRole('group', { name: new RegExp(`^${name},`) }))

test.skipIf(chromiumPath === null)('a sub-workflow is edited inside and left again, by keys', async () => {
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
    const list = [
      'Take call | Front desk | 3',
      'Write slip | Front desk | 2',
      'Sign slip | Physician | 1',
      'Fax slip | Front desk | 4',
    ]
    await page.getByRole('dialog').getByRole('textbox').fill(list.join('\n'))
    await page.getByRole('button', { name: 'Add the steps' }).click()
    await step(page, 'Fax slip').waitFor()
    await step(page, 'Write slip').click()
    await step(page, 'Sign slip').click({ modifiers: ['Control'] })
    await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(2)
    await page.keyboard.press('Control+g')
    await page.getByRole('dialog').getByRole('textbox').fill('Slip')
    await page.keyboard.press('Enter')
    await step(page, 'Slip').waitFor()

    // Inside: its own steps in the lanes of the map, and where it stands.
    await hasFocus(canvas(page))
    await page.keyboard.press('o')
    const crumbs = page.getByRole('navigation', { name: 'Where this sub-workflow stands' })
    await crumbs.getByRole('link', { name: 'Refill' }).waitFor()
    await step(page, 'Sign slip').waitFor()
    expect(await page.locator('[data-step]').count()).toBe(2)
    await page.getByRole('button', { name: /^Physician/ }).waitFor()
    // What is said of the closed step is said here too, with the way to it.
    const told = page.getByRole('region', { name: 'What is said of the closed step' })
    await told.getByText('It is not traced to the future map.').waitFor()
    await told.getByRole('link', { name: '“Slip” on the map' }).waitFor()
    await hasFocus(canvas(page))
    await page.keyboard.press('End')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('textbox', { name: 'Name of the new step' }).fill('Scan slip')
    await page.keyboard.press('Enter')
    await step(page, 'Scan slip').waitFor()
    await page.keyboard.press('F2')
    await page.getByRole('textbox', { name: 'Name of Scan slip' }).fill('Scan it')
    await page.keyboard.press('Enter')
    await step(page, 'Scan it').waitFor()
    await page.keyboard.press('Control+z')
    await step(page, 'Scan slip').waitFor()

    // The inside has an address of its own.
    await page.keyboard.press('Control+s')
    await page.getByText(/^Saved in this browser\. /).waitFor()
    await page.reload()
    await step(page, 'Scan slip').waitFor()
    expect(await page.locator('[data-step]').count()).toBe(3)

    // Esc leaves the selection, then the inside; on the map the closed step is selected, and opened it holds what was drawn.
    await canvas(page).focus()
    await page.keyboard.press('Escape')
    await step(page, 'Fax slip').waitFor()
    await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(1)
    await canvas(page).focus()
    await page.keyboard.press('Control+Shift+g')
    await step(page, 'Scan slip').waitFor()
    expect(await step(page, 'Sign slip').getAttribute('aria-label')).toMatch(/1 in, 2 out/)
    expect(visited.errors).toEqual([])
    expect(visited.outside).toEqual([])
  } finally {
    await visited.end()
  }
})
