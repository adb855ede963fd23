import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateRiverside, legacyPath } from '../../samples/riverside/generate.ts'
import { chromiumPath, visit } from './browser.ts'
import { goWith, nextRecord, positionOrEnd, readChart, record, recordListens, tabTo } from './steps.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-clinician-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What touches allergies is harmful, missing text is wrong, the rest acceptable; 5 stands for "Missing". */
function keysFor(row: string): readonly string[] {
  if (!/no such entry/.test(row)) return ['3']
  return /allerg|penicillin/i.test(row) ? ['1', '5'] : ['2', '5']
}

function verify(path: string): Promise<{ readonly code: number; readonly report: string }> {
  const cli = fileURLToPath(new URL('../../dist/cli/carryover.js', import.meta.url))
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, 'verify', path, '--format', 'text'], (error, out, trouble) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), report: `${out}${trouble}` })
    })
  })
}

async function save(page: Page, name: string): Promise<string> {
  await page.evaluate(() => {
    location.hash = '#/settings'
  })
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as .carryover file' }).press('Enter')
  const path = join(folder, name)
  await (await download).saveAs(path)
  return path
}

test.skipIf(chromiumPath === null)(
  'the clinician reads the records that wait, by keyboard alone, and signs; one changed byte is not covered',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await page.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
      await tabTo(page, 'Open the sample clinic')
      await page.keyboard.press('Enter')
      await page.getByText(/A sign-off is waiting/).waitFor()
      await page
        .getByText(/^18 of \d+ sampled records left/)
        .first()
        .waitFor()
      await goWith(page, 'gs')
      await record(page).waitFor()

      // Nothing is recorded before somebody says who reads: the closed button says so, and then what is counted.
      await page.getByText(/^Start reading needs your full name/).waitFor()
      await tabTo(page, 'Full name')
      await page.keyboard.type('Ada Example')
      await page.getByText(/^How long each section is on the screen is counted.* 600 words a minute/).waitFor()
      await page.keyboard.press('Tab')
      await page.keyboard.type('General practitioner')
      await page.keyboard.press('Enter')
      const progress = page.getByText(/^\d+ read · about .* left/)
      await progress.waitFor()
      const read = Number(/^\d+/.exec(await progress.innerText())?.[0])
      const of = Number(/of (\d+)/.exec(await positionOrEnd(page))?.[1])
      expect(of - read).toBe(18)

      // The next record is not there before this one is read: what is missing is said beside the button, one press goes there.
      await recordListens(page)
      await page.keyboard.press('n')
      const missing = page.getByRole('alertdialog', { name: 'This record can not be left yet' })
      await missing.getByText(/not read|not confirmed/).waitFor()
      await page.keyboard.press('Enter')
      await missing.waitFor({ state: 'detached' })
      await recordListens(page)
      // A click beside the record takes its focus away: the keys are heard all the same.
      await page.getByRole('banner').click({ position: { x: 4, y: 4 } })
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
      await page.keyboard.press('n')
      await missing.waitFor()
      await page.keyboard.press('Enter')
      await recordListens(page)

      // An entry that waits is gone to, and where Space then does nothing more the page says why and where.
      for (let presses = 0; presses < 40 && (await page.getByText(/^Space goes on when/).count()) === 0; presses++) {
        await page.keyboard.press('Space')
        await page.waitForTimeout(120)
      }
      await page.getByText(/^Space goes on when “.+” \(.+\) has a verdict: press 1, 2, 3 or 4\.$/).waitFor()

      // Recorded, taken back, recorded again.
      const first = await positionOrEnd(page)
      const cost = [await readChart(page, keysFor)]
      await nextRecord(page)
      await page.getByText(new RegExp(`^${read + 1} read`)).waitFor()
      await recordListens(page)
      await page.keyboard.press('Control+z')
      await page.getByRole('region', { name: first }).waitFor()
      await page.getByText(new RegExp(`^${read} read`)).waitFor()
      await nextRecord(page)

      // One is left for later, and comes back when the others are read.
      const skipped = await positionOrEnd(page)
      await recordListens(page)
      await page.keyboard.press('s')
      await expect.poll(() => positionOrEnd(page)).not.toBe(skipped)
      for (let left = 18 - 2; left > 0; left--) {
        cost.push(await readChart(page, keysFor))
        await nextRecord(page)
      }
      expect(await positionOrEnd(page)).toBe(skipped)
      await page.getByText(/· left for later$/).waitFor()
      cost.push(await readChart(page, keysFor))
      await nextRecord(page)
      process.stdout.write(`keys for a chart: ${cost.join(', ')}\n`)

      const done = page.getByText(
        new RegExp(`^${of} of ${of} records reviewed: \\d+ harmful, \\d+ wrong, \\d+ undecided\\.(?: |$)`),
      )
      await done.waitFor()
      // The focus is at the heading: the record that had it is gone.
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('page-title')
      const counted = /^.*? undecided\./.exec(await done.innerText())?.[0] ?? 'nothing counted'
      const bound =
        /With 95 % confidence at most [\d,]+ of [\d,]+ records \(\d+\.\d\d %\) have an error that matters\. The claim "at most \d+ %" (holds|does not hold)\./
      await expect.poll(() => page.getByRole('main').innerText()).toMatch(bound)
      const [result = ''] = bound.exec(await page.getByRole('main').innerText()) ?? []

      await tabTo(page, 'Sign')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'All records are read; nobody has signed' }).waitFor()
      await tabTo(page, 'Sign…')
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Sign the review' })
      await dialog.waitFor()
      expect(await dialog.getByLabel('Full name, as printed').inputValue()).toBe('Ada Example')
      await tabTo(page, /^I sign what I read myself/)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowUp')
      const statement = await dialog
        .getByRole('region', { name: 'The exact text that will be signed' })
        .locator('p')
        .first()
        .innerText()
      await tabTo(page, 'I read this text and sign it in my own name.')
      await page.keyboard.press('Space')
      // The rule is said before anything is typed, and what signs is in sight however long the text is.
      await dialog.getByText(/^At least 12 characters/).waitFor()
      await page.setViewportSize({ width: 1280, height: 640 })
      const sign = await dialog.getByRole('button', { name: 'Sign', exact: true }).boundingBox()
      expect((sign?.y ?? 641) + (sign?.height ?? 0)).toBeLessThanOrEqual(640)
      await page.setViewportSize({ width: 1440, height: 900 })
      await tabTo(page, 'New passphrase')
      await page.keyboard.type('four plain words here')
      await page.keyboard.press('Tab')
      await page.keyboard.type('four plain words here')
      await tabTo(page, 'Sign')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'Signed. Write down the recovery key' }).waitFor()
      await tabTo(page, 'I wrote it down')
      await page.keyboard.press('Enter')

      const sheet = page.getByRole('article', { name: 'Certificate' })
      await sheet.getByText('The signature holds for this text and this key.').waitFor()
      const words = await sheet.innerText()
      for (const part of [statement, counted, result, 'Ada Example', 'General practitioner', 'Reviewed the records'])
        expect(words).toContain(part)
      for (const name of ['plan', 'frame', 'sample', 'verdicts', 'run', 'mapping', 'sources'])
        expect(words).toMatch(new RegExp(`^${name} sha256:[0-9a-f]{64}$`, 'm'))
      expect(words).toMatch(/ledger head sha256:[0-9a-f]{64}/)
      expect(await page.getByText('Not covered.').count()).toBe(0)
      expect(await pagesInPrint(page)).toBe(1)

      const saved = await save(page, 'saved.carryover')
      const verified = await verify(saved)
      expect(verified.report).toContain('The last signature covers what is here now.')
      expect(verified.code).toBe(0)
      const files = unzipSync(readFileSync(saved))
      expect(Object.keys(files).filter((path) => path.startsWith('private/'))).toEqual([])
      const verdicts = strFromU8(files['review/verdicts.jsonl'] ?? new Uint8Array())
      files['review/verdicts.jsonl'] = strToU8(verdicts.replace('"acceptable"', '"acceptablf"'))
      const flipped = join(folder, 'flipped.carryover')
      writeFileSync(flipped, zipSync(files))
      expect((await verify(flipped)).code).toBe(1)

      // The allergies arrive again under the same name, with one byte changed.
      await goWith(page, 'gd')
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Add files' }).first().press('Enter')
      await (await chooser).setFiles(oneByteChanged())
      await page.getByRole('button', { name: 'A newer version of the legacy file' }).click()
      await page.getByText(/allergies\.csv differs from the file this project knows/).waitFor()
      await page.evaluate(() => {
        location.hash = '#/review/certificate'
      })
      const alert = page.getByRole('alert').filter({ hasText: 'Not covered.' })
      await alert.getByText('A source file changed after signing: not covered.').waitFor()
      // What was signed stays as it was signed.
      expect(await sheet.innerText()).toContain(statement)
      await goWith(page, 'gr')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('button', { name: /^4 Pre-launch .+/ }).press('Enter')
      await page
        .getByText(/A source file changed after signing: not covered/)
        .first()
        .waitFor()

      expect(visited.escaped).toEqual([])
      expect(visited.outside).toEqual([])
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)

/** Sheets of A4 that the page on screen would print on. */
async function pagesInPrint(page: Page): Promise<number> {
  await page.emulateMedia({ media: 'print' })
  const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1')
  await page.emulateMedia({ media: null })
  return Number(/\/Type\s*\/Pages\b[^>]*\/Count (\d+)/.exec(pdf)?.[1] ?? pdf.match(/\/Type\s*\/Page\b/g)?.length)
}

/** The sample's legacy allergies with the last letter of the last row changed. */
function oneByteChanged(): string {
  const parts = [...generateRiverside()].filter(({ path }) => path === legacyPath('allergies')).map(({ bytes }) => bytes)
  const bytes = Buffer.concat(parts)
  const at = bytes.findLastIndex((byte) => byte >= 0x61 && byte <= 0x7a)
  bytes[at] = bytes[at] === 0x61 ? 0x62 : 0x61
  const path = join(folder, 'allergies.csv')
  writeFileSync(path, bytes)
  return path
}
