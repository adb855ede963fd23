import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { packProject } from '../../src/core/project/format/bundle.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { inputPath } from '../../src/core/readiness/input-files/files.ts'
import { asOf } from '../core/readiness/example-project.ts'
import { readyProject } from '../core/readiness/ready-project.ts'
import { axeFaults } from './axe.ts'
import { chromiumPath, visit } from './browser.ts'
import { goWith, tabTo } from './steps.ts'

/** Presses the control of this name, reached with Tab alone. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

/** Gives a file through the chooser that a control opens. */
async function choose(page: Page, control: string, name: string, bytes: Uint8Array): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await press(page, control)
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
}

test.skipIf(chromiumPath === null)(
  'the project lead goes to the blocker, mends it with a file, sees the gate open and prints the go/no-go page, all by keyboard',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await page.clock.setFixedTime(`${asOf}T09:00:00Z`)
      await page.evaluate(() => {
        Object.assign(window, { printed: 0, print: () => Object.assign(window, { printed: Reflect.get(window, 'printed') + 1 }) })
      })
      const blocked = packProject(saveProject(readyProject(['rollback-unsigned'])))
      await page.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
      await choose(page, 'Open a project…', 'clinic.carryover', blocked)

      await page.getByRole('heading', { name: /NO-GO, first blocked: Pre-launch$/, level: 1 }).waitFor()
      await page.getByText(/1 line blocks go-live, 0 are only claimed$/).waitFor()
      const gate = page
        .getByRole('list', { name: 'Gates of the six phases' })
        .getByRole('listitem')
        .filter({ hasText: 'Pre-launch' })
      await gate
        .locator('b')
        .filter({ hasText: /^Blocked/ })
        .waitFor()
      // Beside the lines stands what to do first, and what it closes.
      await page
        .getByRole('complementary', { name: 'This week' })
        .getByText(/closes 1 of 1 blocked line of Pre-launch/)
        .waitFor()
      // The failing indicator has opened a risk, which is the project lead's to give an owner and a day.
      await page.getByRole('heading', { name: 'History of the gates' }).waitFor()
      await press(page, 'Risks')
      const risk = page.getByRole('list', { name: 'Open risks' }).getByRole('listitem').filter({ hasText: 'Open the criterion' })
      await risk.first().waitFor()
      expect(await risk.count()).toBe(1)
      await tabTo(page, 'Owner')
      await page.keyboard.type('Medical director')
      await page.keyboard.press('Enter')
      await press(page, 'Undo')
      await page.waitForFunction(() => ![...document.querySelectorAll('input')].some(({ value }) => value === 'Medical director'))

      await goWith(page, 'gr')
      await press(page, 'Fix next blocker')
      const signed = readyProject([]).other.get(inputPath('acknowledgements')) ?? new Uint8Array()
      await page.getByRole('heading', { name: 'Files for the board', level: 1 }).waitFor()
      await choose(page, 'Replace acknowledgements', 'acknowledgements.csv', signed)
      await page.getByRole('region', { name: 'Acknowledgements' }).getByText('Front desk').first().waitFor()
      await goWith(page, 'gr')
      // A file that nobody signed for is claimed: the gate stays shut, and the board says whom to ask.
      await page.getByText(/0 lines block go-live, 1 is only claimed$/).waitFor()
      await gate
        .locator('b')
        .filter({ hasText: /^Blocked/ })
        .waitFor()
      await press(page, 'Sign where it comes from')
      await tabTo(page, 'Where it comes from')
      await page.keyboard.type('Signed sheets of the departments')
      await tabTo(page, 'Your name')
      await page.keyboard.type('Tomas Reyl')
      await tabTo(page, 'Your role')
      await page.keyboard.type('project lead')
      await press(page, 'Sign where it comes from')
      // A key under a passphrase that is typed twice; its recovery key is shown once.
      await page.getByLabel('New passphrase').fill('four plain words here')
      await page.getByLabel('The same again').fill('four plain words there')
      await page.keyboard.press('Enter')
      await page.getByText('The two passphrases differ.').waitFor()
      await page.getByLabel('The same again').fill('four plain words here')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'I wrote it down' }).press('Enter')
      await page
        .getByRole('region', { name: 'Files' })
        .getByRole('row')
        .filter({ hasText: 'Acknowledgements' })
        .getByText('signed', { exact: true })
        .waitFor()
      await goWith(page, 'gr')
      await gate
        .locator('b')
        .filter({ hasText: /^Ready/ })
        .waitFor()
      await page.getByText(/^\d+ changes as a table$/).waitFor()
      await press(page, /^\d+ changes as a table$/)
      const change = page.getByRole('row').filter({ hasText: 'rollback plan' }).filter({ hasText: 'failed → proven' })
      await change.waitFor()
      expect(await change.innerText()).toMatch(/Pre-launch\s+Blocked\s+Ready/)

      await press(page, 'Go or no-go page')
      await page.getByRole('article').getByText('Go: every gate before go-live is ready.').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await press(page, 'Print')
      await expect.poll(() => page.evaluate(() => Reflect.get(window, 'printed'))).toBe(1)
      const started = performance.now()
      for (const format of ['A4', 'Letter']) {
        const sheet = await page.pdf({ format })
        expect(sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
      }
      process.stdout.write(`A4 and Letter printed in ${Math.round(performance.now() - started)} ms, one sheet each\n`)
      expect(visited.errors).toEqual([])
      expect(visited.outside).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
