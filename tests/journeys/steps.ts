/** Steps that several journeys share, done as a person does them. */
import type { Page } from 'playwright-core'

/** One click; resolves when the run of all checks has ended. */
export async function openSample(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/'
  })
  await page.getByRole('button', { name: 'Open the sample clinic' }).click()
  await page.getByRole('button', { name: 'Run all checks' }).waitFor({ timeout: 60_000 })
}

export async function newProject(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name of the clinic or project').fill('North Street Practice')
  await page.getByLabel('System you leave').fill('PaperChart')
  await page.getByLabel('System you move to').fill('OpenChart')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
}
