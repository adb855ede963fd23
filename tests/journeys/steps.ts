/** Steps that several journeys share, done as a person does them. */
import type { Page } from 'playwright-core'

/** One click; resolves when the run of all checks has ended. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample clinic' }).click()
  await page.getByRole('button', { name: 'Run all checks' }).waitFor({ timeout: 60_000 })
}
