import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasReference, referenceJson } from '../core/reference-table.ts'
import { axeFaults } from './axe.ts'
import { chromiumPath, visit } from './browser.ts'
import { newProject } from './steps.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-viewer-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const word = 'Zqcanary'
const xhtml = (inside: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`

/** Markup of our own where the public payloads are not laid beside the project. */
const ownPayloads = [
  '<img src="x" onerror="window.ran=1"/>',
  '<script>window.ran=1</script>',
  '<p style="background:url(//a.invalid)">x</p>',
]

function payloads(): readonly string[] {
  if (!hasReference('narrative_xss.json')) return ownPayloads
  return (referenceJson('narrative_xss.json') as readonly { readonly payload: string }[]).map(({ payload }) => payload)
}

/** One patient per payload, each with the same mistake, so that one finding leads to all of them. */
function patients(): string {
  const hostile = payloads().map((payload, index) => ({
    text: { status: 'generated', div: index % 2 === 0 ? payload : xhtml(payload) },
    ...person(index),
  }))
  const plain = {
    text: {
      status: 'generated',
      div: xhtml(`<p style="position:fixed">${word} has <b>no</b> allergy\u202e!</p><img src="//a.invalid/x"/>`),
    },
    ...person(payloads().length),
    [word]: 1,
  }
  return [plain, ...hostile].map((patient) => `${JSON.stringify(patient)}\n`).join('')
}

function person(index: number) {
  return {
    resourceType: 'Patient',
    id: `p${index}`,
    name: [{ family: `${word}${index}`, given: ['Ada'] }],
    birthDate: '1958-07-14',
    gender: 'Female',
    maritalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M', display: `Married ${word}` }],
    },
  }
}

async function openFinding(page: Page, path: string): Promise<void> {
  await newProject(page)
  await page.evaluate(() => {
    location.hash = '#/data/sources'
  })
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add files' }).first().click()
  await (await chooser).setFiles(path)
  await page.getByRole('link', { name: 'patients.ndjson' }).waitFor()
  await page.getByRole('button', { name: 'Run all checks' }).click()
  await page.getByRole('button', { name: 'Run all checks' }).waitFor()
  await page.evaluate(() => {
    location.hash = '#/data/findings'
  })
  await page
    .getByRole('row', { name: /Patient\.gender/ })
    .getByRole('link')
    .click()
}

test.skipIf(chromiumPath === null)(
  'a resource is read beside its JSON from a finding; 90 hostile narratives run nothing and ask for nothing',
  async () => {
    const path = join(folder, 'patients.ndjson')
    writeFileSync(path, patients())
    const visited = await visit()
    try {
      const { page } = visited
      const dialogs: string[] = []
      const said: string[] = []
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message())
        void dialog.dismiss()
      })
      page.on('console', (message) => said.push(message.text()))
      await openFinding(page, path)
      await page.getByRole('link', { name: 'Open the resource' }).first().click()

      // Masked until somebody asks: neither values nor names that nobody defined.
      const json = page.getByRole('region', { name: 'JSON' })
      const readable = page.getByRole('region', { name: 'Readable' })
      await json.getByText('"gender": "Aaaaaa",').waitFor()
      expect(await page.getByRole('main').innerText()).not.toContain(word)
      await page.getByRole('button', { name: 'Reveal values for this visit' }).click()
      const marked = json.locator('mark')
      await expect.poll(async () => (await marked.allInnerTexts()).map((line) => line.trim())).toEqual(['"gender": "Female",'])
      expect(await marked.isVisible()).toBe(true)
      await expect.poll(() => readable.innerText()).toContain('14-Jul-1958')
      const words = await readable.innerText()
      expect(words).toContain(`${word}${payloads().length}, Ada`)
      expect(words).toContain('Not recorded')
      expect(words).toContain('U+202E right-to-left override')
      expect(words).toContain('Left out')
      expect(await readable.locator('b', { hasText: 'no' }).count()).toBe(1)
      expect(await axeFaults(page)).toEqual([])
      // The code behind the words, by keyboard.
      await readable.getByRole('button', { name: `Married ${word}` }).focus()
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Tab')
      await page.getByRole('tooltip').getByText('v3-MaritalStatus').waitFor()

      // What runs leaves names behind.
      const before = await page.evaluate(() => Object.keys(globalThis))
      for (let row = 0; row < payloads().length; row++) {
        await page.keyboard.press('j')
        await json.getByText(`"${word}${row}"`).waitFor()
      }
      await page.getByText(`row ${payloads().length + 1} of`).waitFor()
      expect(
        await page.evaluate(() => document.querySelectorAll('main :is(img, script, iframe, form, object, svg svg)').length),
      ).toBe(0)
      expect(await page.evaluate(() => [Reflect.get(globalThis, '__pwned'), Reflect.get(globalThis, 'ran')])).toEqual([
        undefined,
        undefined,
      ])
      expect(await page.evaluate(() => Object.keys(globalThis))).toEqual(before)
      expect(dialogs).toEqual([])
      expect(visited.escaped).toEqual([])
      expect(visited.outside).toEqual([])
      expect(visited.errors).toEqual([])
      expect(said.filter((text) => text.includes(word))).toEqual([])
      expect(page.url()).not.toContain(word)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^Export (all|the row)/ }).waitFor()
    } finally {
      await visited.end()
    }
  },
)
