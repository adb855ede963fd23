/** Comments on a map in a real browser: a pin on a step, an answer, resolved and opened again, by keys as by mouse. */
import { expect, test } from 'vitest'
import { axeFaults } from './axe.ts'
import { chromiumPath, visit } from './browser.ts'
import { hasFocus, newProject } from './steps.ts'

test.skipIf(chromiumPath === null)('a step is spoken of, answered and settled', async () => {
  const visited = await visit({ width: 1440, height: 900 })
  try {
    const { page } = visited
    await newProject(page)
    await page.waitForURL(/#\/readiness$/)
    await page.evaluate(() => {
      location.hash = '#/workflow'
    })
    await page.getByRole('button', { name: 'Add an example' }).click()
    await page.getByRole('menuitem', { name: /^Medication refill/ }).click()
    const step = page.locator('[data-step^="current/"]').filter({ hasText: /\w/ }).nth(1)
    await step.waitFor()
    const name = ((await step.getAttribute('aria-label')) ?? '').split(',')[0] ?? ''

    // By key: the card opens beside the step, and Ctrl Enter sends.
    await step.click()
    await page.keyboard.press('m')
    const card = page.getByRole('dialog', { name: `Comments on “${name}”` })
    const said = card.getByRole('list', { name: 'What was said' })
    await hasFocus(card)
    await page.keyboard.type('Still 18 h. Two inbox blocks a day?')
    await page.keyboard.press('Control+Enter')
    await said.getByText('Still 18 h. Two inbox blocks a day?').waitFor()
    await card.getByRole('textbox', { name: 'Reply, @ for a name' }).fill('Noon and 16:00 would work.')
    await card.getByRole('button', { name: /^Send/ }).click()
    await said.getByText('Noon and 16:00 would work.').waitFor()
    const pin = page.getByRole('button', { name: `2 comments on “${name}”` })
    await pin.waitFor()
    expect((await card.boundingBox())?.width).toBe(236)
    expect(await axeFaults(page)).toEqual([])
    await hasFocus(card.getByRole('textbox'))
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'detached' })

    // What was said outlives a reload, and the list leads to it.
    await page.keyboard.press('Control+s')
    await page.getByText(/^Saved in this browser\. /).waitFor()
    await page.reload()
    await pin.waitFor()
    await page.getByRole('button', { name: 'Comments', exact: true }).click()
    const panel = page.getByRole('complementary', { name: 'Comments' })
    await panel.getByRole('button', { name: new RegExp(`^“${name}”`) }).click()
    await card.getByRole('button', { name: 'Resolve' }).click()
    await pin.waitFor({ state: 'detached' })
    await panel.getByText('Nothing is said here that is still open.').waitFor()
    await panel.getByRole('button', { name: 'Show resolved (1)' }).click()
    await panel.getByRole('button', { name: new RegExp(`^“${name}”`) }).click()
    await card.getByText(/^Resolved by /).waitFor()
    await card.getByRole('button', { name: 'Open again' }).click()
    await pin.waitFor()
    expect(visited.errors).toEqual([])
    expect(visited.outside).toEqual([])
  } finally {
    await visited.end()
  }
})
