import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted
  }, hash)
}

test.skipIf(chromiumPath === null)('a refusal stays a refusal on the certificate, and the head goes on paper', async () => {
  const clinic = await visit({ width: 1440, height: 900 })
  try {
    const { page } = clinic
    await page.getByRole('button', { name: 'Open the sample clinic' }).click()
    await page
      .getByText(/^18 of \d+ sampled records left/)
      .first()
      .waitFor()
    await go(page, '#/review/certificate')
    await page.getByRole('button', { name: 'Sign…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sign the review' })
    await dialog.getByLabel('Full name, as printed').fill('Ada Example')
    await dialog.getByLabel('Role', { exact: true }).fill('General practitioner')
    // Nothing is chosen for somebody who read nothing, and what can not be signed is closed with its reason.
    expect(await dialog.getByRole('radio', { name: /^I sign what I read/ }).isDisabled()).toBe(true)
    await dialog.getByText(/^Not now: You have read no record of this sample yet/).waitFor()
    expect(await dialog.getByRole('radio', { checked: true }).count()).toBe(0)
    expect(await dialog.getByRole('button', { name: 'Sign', exact: true }).isDisabled()).toBe(true)
    await dialog
      .getByText(/^I do not approve carrying over/)
      .first()
      .click()
    await dialog.getByText(/^This closes nothing\. You can read on afterwards/).waitFor()
    await dialog.getByLabel('I read this text and sign it in my own name.').check()
    await dialog.getByLabel('New passphrase').fill('four plain words here')
    await dialog.getByLabel('The same again').fill('four plain words here')
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
    await dialog.getByText('Say why you do not approve; the page prints it.').waitFor()
    await dialog.getByLabel('Why you do not approve, as printed').fill('Penicillin was lost')
    // Another text is another thing to have read.
    await dialog.getByLabel('I read this text and sign it in my own name.').check()
    expect(await dialog.getByRole('region', { name: 'The exact text that will be signed' }).innerText()).toContain(
      'I, Ada Example, read none of the',
    )
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/refusal-dialog.png` })
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
    await page.getByRole('button', { name: 'I wrote it down' }).click()
    await page
      .getByRole('alert')
      .getByText(/^Not approved by Ada Example \(General practitioner\) on \d/)
      .waitFor()
    const sheet = page.getByRole('article', { name: 'Certificate' })
    await sheet.getByText('The signature holds for this text and this key.').waitFor()
    expect(await sheet.innerText()).toContain('Not approved. Reason: Penicillin was lost')
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/refusal-sheet.png` })

    // A second person signs at the same browser under a name and a key of his own; the first name asks for its own passphrase.
    await page.getByRole('button', { name: /^Sign/ }).first().click()
    await dialog.getByLabel('Full name, as printed').fill('Ben Example')
    await dialog.getByLabel('Role', { exact: true }).fill('Nurse')
    await dialog
      .getByText(/^I do not approve carrying over/)
      .first()
      .click()
    await dialog.getByLabel('Why you do not approve, as printed').fill('Doses were lost')
    await dialog.getByText('Signed by: Ben Example, Nurse.').waitFor()
    await dialog.getByLabel('I read this text and sign it in my own name.').check()
    await dialog.getByLabel('New passphrase').fill('five plain words of his')
    await dialog.getByLabel('The same again').fill('five plain words of his')
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
    await page.getByRole('button', { name: 'I wrote it down' }).click()
    await page
      .getByRole('alert')
      .getByText(/^Not approved by Ben Example \(Nurse\) on \d/)
      .waitFor()
    await page.getByRole('button', { name: /^Sign/ }).first().click()
    await dialog.getByLabel('Full name, as printed').fill('Ada Example')
    await dialog
      .getByText(/^I do not approve carrying over/)
      .first()
      .click()
    await dialog.getByLabel('Why you do not approve, as printed').fill('In her name')
    await dialog.getByLabel('I read this text and sign it in my own name.').check()
    await dialog.getByLabel('Passphrase or recovery key').fill('five plain words of his')
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    await page.keyboard.press('Escape')
    await go(page, '#/review/records')
    await page.getByRole('region', { name: 'Who is reading' }).getByText('Ben Example').waitFor()
    await go(page, '#/ledger')
    await page.getByRole('button', { name: 'Print the head' }).waitFor()

    const request = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the request' }).click()
    const saved = readFileSync(await (await request).path())
    // TimeStampReq, version 1, SHA-256 of the head, the certificate asked for.
    expect(saved.subarray(0, 5).toString('hex')).toBe('3039020101')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Check an answer…' }).click()
    await (await chooser).setFiles({ name: 'answer.tsr', mimeType: 'application/timestamp-reply', buffer: saved })
    await page.getByText(/^answer\.tsr: (This is no answer|The authority refused|The answer holds)/).waitFor()
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/time-stamp.png` })
    await page.emulateMedia({ media: 'print' })
    const anchor = page.getByRole('article', { name: 'Head of the ledger, to print' })
    await anchor.getByText('Signature by hand').waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
    const line = await anchor.locator('dl').last().locator('dd').first().boundingBox()
    // 8 mm at 96 pixels an inch.
    expect(line?.height ?? 0).toBeGreaterThanOrEqual(30)
    expect(await anchor.innerText()).toMatch(/sha256: (?:[0-9a-f]{8} ?){8}/)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/anchor.png` })
    expect(clinic.escaped).toEqual([])
  } finally {
    await clinic.end()
  }
})
