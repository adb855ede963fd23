import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { axeFaults } from './axe.ts'
import { chromiumPath, visit } from './browser.ts'
import { openSample } from './steps.ts'

test.skipIf(chromiumPath === null)(
  'a safety officer takes over what the evidence proposes, judges it by keys, accepts it, and exports the log',
  async () => {
    const { page, errors, end } = await visit()
    try {
      await openSample(page)
      await page.evaluate(() => {
        location.hash = '#/review/hazards'
      })
      await page.getByRole('heading', { name: 'Hazard log', level: 1 }).waitFor()
      await page.getByRole('heading', { name: 'No hazard is written down yet' }).waitFor()
      const name = page.getByLabel('Full name')
      if (await name.isVisible()) {
        await name.fill('Dr. Sven Lind')
        await page.getByRole('textbox', { name: 'Role', exact: true }).fill('Clinical safety officer')
        await page.getByRole('button', { name: 'Keep the log' }).click()
      }
      await page.getByRole('button', { name: /^Add (it|all \d+)$/ }).click()
      const rows = page.getByRole('region', { name: 'Hazards' }).locator('tbody tr')
      await rows.first().waitFor()
      const id = (await rows.first().locator('code').textContent()) ?? ''
      const first = rows.filter({ hasText: id })
      await first.getByRole('button', { name: /^Judge/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Controls').fill('The mapping was corrected and tested')
      for (const label of ['Residual severity', 'Residual likelihood']) {
        await dialog.getByRole('button', { name: new RegExp(label) }).press('Enter')
        await page.getByRole('option', { name: /^2 / }).click()
      }
      await dialog.getByLabel('Reason').fill('Seen in the test load')
      await dialog.getByRole('button', { name: 'Keep this judgement' }).press('Enter')
      // The row changes before its dialog is gone.
      await dialog.waitFor({ state: 'hidden' })
      await first.getByText('Controlled', { exact: true }).waitFor()
      await first.locator('[data-label="Residual risk"]').getByText('Risk 2').waitFor()
      await first.getByRole('button', { name: /^Accept/ }).press('Enter')
      await dialog.getByLabel('Reason').fill('Nothing more can be gained')
      await dialog.getByRole('button', { name: 'Sign and accept' }).press('Enter')
      // A key of one's own, under a passphrase that is typed twice; its recovery key is shown once.
      await page.getByLabel('New passphrase').fill('four plain words here')
      await page.getByLabel('The same again').fill('four plain words here')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'I wrote it down' }).press('Enter')
      await first.getByText('Accepted', { exact: true }).waitFor()
      // What no later run cleared, and nobody signed, stays.
      await first.getByRole('button', { name: /^Close/ }).press('Enter')
      await dialog.getByLabel('Reason').fill('Done')
      await dialog.getByRole('button', { name: 'Sign and close' }).press('Enter')
      await dialog.getByText(/no safety officer has signed/).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Export' }).click()
      const download = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: /Markdown/ }).click()
      const text = readFileSync(await (await download).path(), 'utf8')
      expect(text).toContain('Seen in the test load')
      expect(text).toContain('- Status: accepted')
      expect(await axeFaults(page)).toEqual([])
      // The decision about a clinic with many blockers is one page, on both papers.
      await page.evaluate(() => {
        location.hash = '#/readiness/go-no-go'
      })
      await page
        .getByRole('article')
        .getByText(/^No-go: \d+ blockers before go-live/)
        .waitFor()
      for (const format of ['A4', 'Letter'])
        expect((await page.pdf({ format })).toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
      expect(errors).toEqual([])
    } finally {
      await end()
    }
  },
  240_000,
)
