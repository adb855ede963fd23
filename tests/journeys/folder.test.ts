import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { newProject } from './steps.ts'

/** The folder that a person would choose in the system's dialog from here on. */
async function chooses(page: Page, name: string): Promise<void> {
  await page.evaluate((folder) => {
    window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true })
  }, name)
}

test.skipIf(chromiumPath === null)(
  'a project saved into a folder opens again from it, and saving it unchanged writes nothing',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      // The browser's own private folder stands for the one a person would choose: the same kind of handle, without the system's dialog.
      await chooses(page, 'chosen')
      await newProject(page)
      await page.evaluate(() => {
        location.hash = '#/workflow'
      })
      await page.getByLabel('Name of a new workflow').fill('Medication refill')
      await page.getByRole('button', { name: 'Add workflow' }).click()
      await page.evaluate(() => {
        location.hash = '#/settings'
      })
      await page.getByRole('button', { name: 'Save to a folder…' }).click()
      await page.getByText(/Saved to the folder chosen: \d+ files changed/).waitFor()
      await page.getByText(/Saved to folder/).waitFor()
      await page.keyboard.press('Control+s')
      await page.getByText('Saved to the folder chosen: 0 files changed').waitFor()

      // Backups go where a person said once, and are looked at after they were written.
      await chooses(page, 'backups')
      await page.getByRole('button', { name: 'Choose a folder for backups…' }).click()
      await page.getByLabel('Passphrase').fill('four words on paper')
      await page.getByLabel('The same again').fill('four words on paper')
      await page.getByRole('button', { name: 'Seal and back up' }).click()
      await page.getByRole('button', { name: 'I wrote it down' }).click()
      await page.getByText(/North-Street-Practice-[a-z0-9]+-backup-\d{8}T\d{6}Z\.carryover$/).waitFor()
      await page.reload()
      await chooses(page, 'chosen')
      await page.getByRole('button', { name: 'Back up now' }).click()
      await page.getByText(/North-Street-Practice-[a-z0-9]+-backup-\d{8}T\d{6}Z\.carryover$/).waitFor()

      await page.getByRole('button', { name: /^Erase .* from this browser$/ }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Erase' }).click()
      await page.getByRole('button', { name: 'Open a folder…' }).click()
      await page.getByRole('navigation', { name: 'Pages' }).waitFor()
      await page.evaluate(() => {
        location.hash = '#/workflow'
      })
      await page.getByRole('link', { name: 'Medication refill' }).first().waitFor()
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)

test.skipIf(chromiumPath === null)('a reload and a copied link show the same view of the same project', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await newProject(page)
    await page.evaluate(() => {
      location.hash = '#/ledger'
    })
    await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor()
    await page.getByText('North Street Practice').waitFor()
  } finally {
    await visited.end()
  }
})
