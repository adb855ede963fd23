import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { nextRecord, openSample, readChart, record, recordListens, tabTo, waitingRows } from './steps.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-readers-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted
  }, hash)
}

/** Somebody sits down at this browser; taking the place of somebody else is an act of its own. */
async function workAs(page: Page, name: string): Promise<void> {
  await go(page, '#/review/records/1')
  const seat = page.getByRole('region', { name: 'Who is reading' })
  await seat.waitFor()
  if (!(await seat.innerText()).includes(name)) {
    await seat.getByRole('button', { name: 'Switch' }).click()
    await page.getByRole('dialog', { name: 'Somebody else works here' }).getByLabel('Full name').fill(name)
    await page.keyboard.press('Enter')
    await seat.getByText(name).waitFor()
  }
  await page.getByText('Prepared record 1 of 10.').waitFor()
  await recordListens(page)
}

/** One prepared record is read and answered at once. */
async function answerPrepared(page: Page): Promise<void> {
  await readChart(page)
  await page.keyboard.press('n')
  await page.getByText(/^(?:Missed\. What had been altered|Right\. Nothing had been altered)/).waitFor()
  await tabTo(page, 'Next')
  await page.keyboard.press('Enter')
  await page.getByText('Prepared record 2 of 10.').waitFor()
}

/** The rest of the burst is left out, which takes a reason. */
async function leaveOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Leave them out…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave out the prepared records?' })
  expect(await dialog.getByRole('button', { name: 'Leave them out' }).isEnabled()).toBe(false)
  await dialog.getByLabel('Reason').fill('read this morning already')
  await dialog.getByRole('button', { name: 'Leave them out' }).click()
  await page.getByRole('region', { name: /^Record 1 of / }).waitFor()
}

/** Opens record `n` and gives how many of its entries wait for a verdict. */
async function open(page: Page, n: number): Promise<number> {
  await go(page, `#/review/records/${n}`)
  await page.getByRole('region', { name: new RegExp(`^Record ${n} of `) }).waitFor()
  return await waitingRows(page).count()
}

/** The first record that differs: which ones are drawn is luck. */
async function firstDiffering(page: Page): Promise<number> {
  let n = 1
  while ((await open(page, n)) === 0) n++
  return n
}

/** Gives every entry that waits one verdict as fast as keys come, then reads the rest of the chart and closes the record. */
async function judgeAll(page: Page, keys: readonly string[]): Promise<void> {
  expect(await waitingRows(page).count()).toBeGreaterThan(0)
  await recordListens(page)
  await readChart(page, () => keys)
  await nextRecord(page)
}

/** Marks an entry that the program called the same, on the first record behind the one that was read that has such an entry: which is luck. */
async function judgeSame(page: Page, read: number): Promise<void> {
  const mark = page.getByRole('button', { name: /^Mark / })
  let n = read + 1
  for (await open(page, n); (await mark.count()) === 0; await open(page, n)) n++
  await mark.first().click()
  await page.keyboard.press('3')
  await record(page).locator('article[aria-label$="Acceptable recorded"]').first().waitFor()
}

test.skipIf(chromiumPath === null)(
  'a second reader is blind, a third decides where two differ, and the plan says who reads what',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await openSample(page)
      await go(page, '#/review/plan')
      await page.getByRole('button', { name: 'Plan again…' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Plan again' }).click()
      await page.getByLabel('Full name').fill('Ada Example')
      await page.getByRole('button', { name: 'Plan in this name' }).click()
      expect(await page.getByLabel('Read by two people, blind').inputValue()).toBe('200000')
      await page.getByText(/^Seed \d+ defects in copies of other records$/).waitFor()
      await page.getByLabel('Least look at allergies and medicines').selectOption('0')
      await page.getByRole('button', { name: 'Lock plan and commit the list of records' }).click()
      await page.getByText(/every record with an error are read by two people, blind/).waitFor()
      await page.getByText('This machine rolls all twenty digits').click()
      await page.getByLabel('Why is the sample drawn again?').fill('two readers this time')
      await page.getByRole('button', { name: 'Draw sample' }).click()
      await page.getByText('Sample drawn').waitFor()
      await page.getByRole('link', { name: 'Review records' }).first().waitFor()

      // First reader: an error.
      await workAs(page, 'Ada Example')
      await answerPrepared(page)
      await leaveOut(page)
      const differing = await firstDiffering(page)
      const first = await waitingRows(page).count()
      await judgeAll(page, ['2', '5'])
      await open(page, differing)
      await record(page)
        .getByText(/read by you/)
        .waitFor()

      // Second reader: the same record, with no sign that anybody has read it.
      await workAs(page, 'Ben Example')
      await leaveOut(page)
      expect(await open(page, differing)).toBe(first)
      const shown = await record(page).innerText()
      // Whole names: the record drawn may name somebody called Adaeze, or a secondary diagnosis.
      for (const words of ['read by', 'Reader 1', 'Ada Example', 'second read']) expect(shown).not.toContain(words)
      await judgeAll(page, ['3'])

      // Third: both verdicts without names, and the word that counts.
      await workAs(page, 'Cleo Example')
      await leaveOut(page)
      await open(page, differing)
      await record(page).getByText('Two readers differ on this record: Reader 1 wrong, Reader 2 acceptable.').waitFor()
      expect(await record(page).innerText()).not.toMatch(/Ada Example|Ben Example/)
      expect(await record(page).getByText('Reader 1: wrong · Reader 2: acceptable').count()).toBe(first)
      await judgeAll(page, ['3'])

      // Nobody can sign before all is read; an entry called the same can be judged as well.
      await judgeSame(page, differing)
      await go(page, '#/review/certificate')
      await page.getByText(/What you have read so far can be signed as a part/).waitFor()
      await go(page, '#/review/records/1')
      await record(page).waitFor()
      await tabTo(page, /^Next record/)

      // The private part leaves sealed; a wrong passphrase opens nothing, the right one brings the drawn records back.
      await go(page, '#/settings')
      await page.getByRole('button', { name: 'Save with the private part sealed…' }).click()
      await page.getByLabel('Passphrase', { exact: true }).fill('four plain words here')
      await page.getByLabel('The same again').fill('four plain words here')
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Seal and save' }).click()
      const path = join(folder, 'sealed.carryover')
      await (await download).saveAs(path)
      await page
        .getByRole('dialog')
        .getByText(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
        .waitFor()
      await page.getByRole('button', { name: 'I wrote it down' }).click()
      expect(Object.keys(unzipSync(readFileSync(path))).filter((name) => name.startsWith('private/'))).toEqual([])
      await go(page, '#/')
      await page.locator('input[type=file]').first().setInputFiles(path)
      await page.getByRole('dialog', { name: /has a sealed private part/ }).waitFor()
      await page.getByLabel('Passphrase or recovery key').fill('four plain words')
      await page.keyboard.press('Enter')
      await page
        .getByRole('dialog')
        .getByText(/Nothing was opened: the passphrase is wrong/)
        .waitFor()
      await page.getByLabel('Passphrase or recovery key').fill('four plain words here')
      await page.keyboard.press('Enter')
      await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/readiness')
      expect(visited.errors).toEqual([])
      expect(visited.escaped).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
