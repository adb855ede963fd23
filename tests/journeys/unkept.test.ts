/** A disk that fills up while people work: what they decide is not shown as recorded, what they draw is said not to be saved, and both go on later. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { packProject } from '../../src/core/project/format/bundle.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { asOf } from '../core/readiness/example-project.ts'
import { readyProject } from '../core/readiness/ready-project.ts'
import { chromiumPath, visit } from './browser.ts'
import { hasFocus } from './steps.ts'

/** From now on the database of the page takes nothing more, or everything again; the browser itself asks for the room only twice a minute. */
async function fillDisk(page: Page, full: boolean): Promise<void> {
  await page.evaluate((isFull) => {
    const held = Reflect.get(window, 'putBefore') ?? IDBObjectStore.prototype.put
    Object.assign(window, { putBefore: held })
    IDBObjectStore.prototype.put = isFull
      ? () => {
          throw new DOMException('The disk is full', 'QuotaExceededError')
        }
      : held
  }, full)
}

test.skipIf(chromiumPath === null)(
  'on a full disk no decision is shown as recorded, no drawing is called saved, and both are kept once there is room',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await page.clock.setFixedTime(`${asOf}T09:00:00Z`)
      const status = page.getByRole('contentinfo')
      const refusal = page.getByRole('alert').getByText(/^Not recorded: This browser has no room left for the project\./)
      const goTo = (hash: string) =>
        page.evaluate((to) => {
          location.hash = to
        }, hash)
      const dismiss = async (): Promise<void> => {
        await refusal.waitFor()
        await page.getByRole('button', { name: 'Dismiss' }).click()
        await refusal.waitFor({ state: 'detached' })
      }
      await page.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Open a project…' }).click()
      const bytes = Buffer.from(packProject(saveProject(readyProject(['rollback-unsigned']))))
      await (await chooser).setFiles({ name: 'clinic.carryover', mimeType: 'application/zip', buffer: bytes })
      await page.getByRole('heading', { name: /NO-GO, first blocked: Pre-launch$/, level: 1 }).waitFor()
      await goTo('#/readiness/risks')
      const owner = page.getByLabel('Owner').first()
      await owner.waitFor()
      // The board puts its risks on record by itself; only then can anything be written about one.
      const undo = page.getByRole('button', { name: 'Undo' })
      const write = async (name: string): Promise<void> => {
        await owner.fill(name)
        await owner.press('Enter')
      }
      await expect
        .poll(async () => {
          if ((await owner.inputValue()) !== 'Ada Example') await write('Ada Example')
          return undo.isEnabled()
        })
        .toBe(true)
      // A workflow to draw in.
      const add = async (name: string): Promise<void> => {
        await goTo('#/workflow')
        await page.getByLabel('Name of a new workflow').fill(name)
        await page.getByRole('button', { name: 'Add workflow' }).press('Enter')
      }
      await add('Booking')
      await page.waitForFunction(() => location.hash.includes('/compare'))
      const map = new URL(page.url()).hash
      await page.keyboard.press('Control+s')
      await status.getByText('Saved in this browser only').waitFor()
      await goTo('#/readiness/risks')

      // A decision: the register shows what it said before, and the ledger is as long as it was.
      const entries = (): Promise<string> => status.getByText(/^Ledger /).innerText()
      const before = await entries()
      await fillDisk(page, true)
      await write('Bo Example')
      await refusal.waitFor()
      await expect.poll(() => owner.inputValue()).toBe('Ada Example')
      expect(await entries()).toBe(before)
      await dismiss()

      // A file that was removed is still there.
      await goTo('#/readiness/inputs?kind=tickets')
      await page.getByRole('button', { name: 'Remove' }).click()
      await dismiss()
      await page.getByRole('button', { name: 'Remove' }).waitFor()
      expect(await entries()).toBe(before)

      // A workflow that can not be kept is taken back.
      await add('Discharge')
      await dismiss()
      await goTo('#/workflow')
      await page.getByText('Booking').first().waitFor()
      expect(await page.getByText('Discharge').count()).toBe(0)

      // A drawing stays on the page, and the status bar says that it is not saved.
      await goTo(map)
      await page.getByRole('button', { name: 'Draw the first step' }).click()
      await hasFocus(page.getByRole('textbox', { name: 'Name of the new step' }))
      await page.keyboard.type('Take call')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await status.getByText(/^\d+ changes? on screen not saved: press Ctrl S, or save as a file$/).waitFor()

      // With room again all of it is kept.
      await fillDisk(page, false)
      await page.keyboard.press('Control+s')
      await status.getByText('Saved in this browser only').waitFor()
      await goTo('#/readiness/risks')
      await write('Bo Example')
      await expect.poll(entries).not.toBe(before)
      await page.reload()
      await expect.poll(() => owner.inputValue()).toBe('Bo Example')
      await goTo(map)
      await page
        .getByRole('group', { name: /^Take call/ })
        .first()
        .waitFor()
    } finally {
      await visited.end()
    }
  },
)
