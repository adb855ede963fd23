import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFaults } from './axe.ts'
import { chromiumPath, visit } from './browser.ts'
import { positionOrEnd, readChart, record, recordListens } from './steps.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-bundle-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const passphrase = 'three quiet river stones'

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted
  }, hash)
}

async function saved(page: Page, act: () => Promise<void>, name: string): Promise<string> {
  const download = page.waitForEvent('download')
  await act()
  const path = join(folder, name)
  await (await download).saveAs(path)
  return path
}

async function choose(page: Page, button: string, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button }).click()
  await (await chooser).setFiles(path)
}

test.skipIf(chromiumPath === null)(
  'a reader takes a sealed bundle to a tablet, reads by touch, and the answers join the project',
  async () => {
    const team = await visit()
    const tablet = await visit({ width: 1024, height: 768, theme: 'dark' })
    try {
      const { page } = team
      await page.getByRole('button', { name: 'Open the sample clinic' }).click()
      await page
        .getByText(/^18 of \d+ sampled records left/)
        .first()
        .waitFor()
      await go(page, '#/review/plan')
      await page.getByRole('button', { name: 'Write a bundle…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Write a bundle for a reader' })
      await dialog.getByLabel('Full name of the reader').fill('Mika Ito')
      await dialog.getByLabel('Role of the reader').fill('Physician')
      await dialog.getByLabel('Records').selectOption({ label: 'part 3 of 6' })
      await dialog.getByText('3 records, in the order they are read.').waitFor()
      await dialog.getByLabel('Passphrase').fill(passphrase)
      await dialog.getByLabel('The same again').fill(passphrase)
      const file = await saved(page, () => dialog.getByRole('button', { name: 'Seal and save' }).click(), 'reader.carryover')
      await page.getByRole('dialog', { name: 'The bundle is written' }).getByRole('button', { name: 'I wrote it down' }).click()

      // Whoever finds the file reads nothing in it.
      const bytes = readFileSync(file)
      expect(bytes.includes('Mika')).toBe(false)
      const torn = join(folder, 'torn.carryover')
      writeFileSync(torn, bytes.subarray(0, bytes.length - 400))

      const other = tablet.page
      await choose(other, 'Open a project…', torn)
      await other.getByText(/torn\.carryover: This \.carryover file is cut off/).waitFor()
      await choose(other, 'Open a project…', file)
      const asks = other.getByRole('dialog', { name: 'reader.carryover is a bundle for one reader' })
      await asks.getByLabel('Passphrase or recovery key').fill('three quiet river stone')
      await asks.getByRole('button', { name: 'Open', exact: true }).click()
      await asks.getByText('Nothing was opened: the passphrase is wrong, or the sealed part was changed or cut off.').waitFor()
      expect(await record(other).count()).toBe(0)
      await asks.getByLabel('Passphrase or recovery key').fill(passphrase)
      await asks.getByRole('button', { name: 'Open', exact: true }).click()
      await other.getByText('Bundle for Mika Ito').waitFor()

      // Nothing of the rest of the project can be reached.
      await go(other, '#/data/findings')
      await record(other).waitFor()
      const links = await other.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()
      expect(links.map((text) => text.split('\n')[0])).toEqual(['Review records', 'Settings', 'Help'])
      expect(await axeFaults(other)).toEqual([])

      await readByTouch(other)
      await other.getByText(/^1 read/).waitFor()
      // A tablet that was put away shows nothing before the passphrase, and has forgotten nothing after it.
      await other.reload()
      await other.getByText(/^The records of this bundle are sealed on this device\./).waitFor()
      expect(await axeFaults(other)).toEqual([])
      await other.getByLabel('Passphrase').fill(passphrase)
      await other.getByRole('button', { name: 'Show the records' }).click()
      await other.getByText(/^1 read/).waitFor()
      await readByTouch(other)
      await readByTouch(other)
      await other.getByText('3 of 3 records read, Mika Ito.').waitFor()
      await other.getByRole('button', { name: 'Hand back answers…' }).click()
      const back = other.getByRole('dialog', { name: 'Hand back the answers' })
      await back.getByLabel('Passphrase').fill(passphrase)
      const answers = await saved(
        other,
        () => back.getByRole('button', { name: 'Seal and save the answers' }).click(),
        'a.carryover',
      )

      await choose(page, 'Open answers…', answers)
      const opens = page.getByRole('dialog', { name: 'a.carryover holds the answers of a reader' })
      await opens.getByLabel('Passphrase or recovery key').fill(passphrase)
      await opens.getByRole('button', { name: 'Open', exact: true }).click()
      await page.getByText(/^a\.carryover brought \d+ ledger entries with \d+ verdicts\.$/).waitFor()
      await page
        .getByRole('region', { name: 'Bundles for readers' })
        .getByText(/\d+ verdicts came back/)
        .waitFor()
      // 18 waited, 3 were read elsewhere.
      await page.getByRole('link', { name: /^Review records.*15 left/ }).waitFor()
      await page.getByText(/Ledger [\d,]+ entries, (?:verified|chain intact)/).waitFor()
      expect(await axeFaults(page)).toEqual([])
      for (const { errors, escaped, outside } of [team, tablet]) {
        expect(errors).toEqual([])
        expect(escaped).toEqual([])
        expect(outside).toEqual([])
      }
    } finally {
      await tablet.end()
      await team.end()
    }
  },
)

/** Reads the chart and closes the record with its button. */
async function readByTouch(page: Page): Promise<void> {
  await record(page).waitFor()
  const before = await positionOrEnd(page)
  await recordListens(page)
  await readChart(page)
  await page.getByRole('button', { name: 'Next record', exact: true }).click()
  await expect.poll(() => positionOrEnd(page)).not.toBe(before)
}
