import { expect, test } from 'vitest'
import { axeFaults } from './axe.ts'
import { chromiumPath, visit } from './browser.ts'
import { newProject } from './steps.ts'

test.skipIf(chromiumPath === null)('a map is shared, and its history leads back', async () => {
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
    const step = (name: string) => page.locator(`[data-step^="current/"][aria-label^="${name},"]`)
    const first = page.locator('[data-step^="current/"]').filter({ hasText: /\w/ }).nth(1)
    await first.waitFor()
    const before = ((await first.getAttribute('aria-label')) ?? '').split(',')[0] ?? ''
    const rename = async (from: string, to: string): Promise<void> => {
      await step(from).click()
      await page.keyboard.press('F2')
      await page.getByRole('textbox', { name: `Name of ${from}` }).fill(to)
      await page.keyboard.press('Enter')
      await step(to).waitFor()
    }

    // Nobody shared it yet: the panel says what sharing does.
    const open = page.getByRole('button', { name: 'History', exact: true })
    await open.click()
    const panel = page.getByRole('complementary', { name: 'History' })
    await panel.getByText('This map is drawn by one person.').waitFor()
    expect(await axeFaults(page, 'aside')).toEqual([])
    await panel.getByRole('button', { name: 'Share this map' }).click()
    await panel.getByText('0 changes since it was shared').waitFor()

    // A change is a line with what was done; the state gets a name.
    await rename(before, 'Answer the line')
    await panel.getByText(`“${before}” is called “Answer the line” (current map)`).waitFor()
    await panel.getByRole('button', { name: 'Name this version' }).click()
    await panel.getByLabel('Name of this version').fill('After the huddle')
    await page.keyboard.press('Enter')
    await panel.getByRole('button', { name: 'After the huddle', exact: true }).waitFor()
    await rename('Answer the line', 'Let it ring')

    // What is kept outlives a reload, the log with it.
    await page.keyboard.press('Control+s')
    await page.getByText(/^Saved in this browser\. /).waitFor()
    await page.reload()
    await step('Let it ring').waitFor()
    await open.click()
    await panel.getByText('2 changes since it was shared').waitFor()
    await panel.getByRole('button', { name: 'After the huddle', exact: true }).click()
    await panel.getByRole('button', { name: 'Compare After the huddle with the maps now' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 change since then').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    expect(await axeFaults(page, 'aside')).toEqual([])

    // Brought back as one change, which undo takes back.
    await panel.getByRole('button', { name: 'Restore After the huddle…' }).click()
    await page.getByRole('button', { name: 'Bring it back' }).click()
    await step('Answer the line').waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await step('Let it ring').waitFor()
    await panel.getByText('4 changes since it was shared').waitFor()

    // So is any moment that nobody named, as it was right after a change, or when the map was shared.
    await panel
      .getByRole('button', { name: /is called “Answer the line”/ })
      .last()
      .click()
    await panel.getByRole('button', { name: /^Compare .+ with the maps now$/ }).click()
    await dialog.getByText('1 change since then').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    expect(await axeFaults(page, 'aside')).toEqual([])
    await panel.getByRole('button', { name: 'Shared', exact: true }).click()
    await panel.getByRole('button', { name: 'Restore As it was shared…' }).click()
    await page.getByRole('button', { name: 'Bring it back' }).click()
    await step(before).waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await step('Let it ring').waitFor()
    expect(visited.errors).toEqual([])
    expect(visited.outside).toEqual([])
  } finally {
    await visited.end()
  }
})
