/** After "Erase" the browser's profile holds nothing of the private part: not in the database, its logs, the second copies, settings or keys. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { openSample } from './steps.ts'

const reader = 'Wilhelmina Quoyburn'
const comment = 'zeppelinfluorescent'

/** Files of a profile that hold these bytes, be they text of one or two bytes a letter. */
function filesWith(profile: string, words: Buffer): readonly string[] {
  const wide = Buffer.from(words.toString('latin1'), 'utf16le')
  return readdirSync(profile, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(profile, name)
    // A page's own memory is no place to look: only what is on the disk.
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
    const bytes = readFileSync(path)
    return bytes.includes(words) || bytes.includes(wide)
  })
}

/** Every key that the browser keeps, as bytes. */
async function keysIn(page: Page): Promise<readonly Buffer[]> {
  const keys = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('carryover-rest-keys')
    const found: number[][] = []
    for await (const handle of folder.values())
      if (handle instanceof FileSystemFileHandle) found.push([...new Uint8Array(await (await handle.getFile()).arrayBuffer())])
    return found
  })
  return keys.map((bytes) => Buffer.from(bytes))
}

const settingsIn = (page: Page): Promise<readonly IDBValidKey[]> =>
  page.evaluate(
    () =>
      new Promise<IDBValidKey[]>((resolve) => {
        const opening = indexedDB.open('carryover')
        opening.onsuccess = () => {
          const asked = opening.result.transaction('settings').objectStore('settings').getAllKeys()
          asked.onsuccess = () => {
            opening.result.close()
            resolve(asked.result)
          }
        }
      }),
  )

test.skipIf(chromiumPath === null)('no planted word, and no key, is left in the profile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-erased-'))
  const profile = join(folder, 'profile')
  let port = 0
  try {
    const first = await visit({ profile })
    port = Number(new URL(first.url).port)
    let keys: readonly Buffer[] = []
    try {
      const { page } = first
      await openSample(page)
      await page.evaluate(() => {
        location.hash = '#/review/records'
      })
      await page.getByLabel('Full name').fill(reader)
      await page.getByLabel('Full name').press('Enter')
      await page.getByText(/^\d+ read · about .* left/).waitFor()
      const record = page.getByRole('region', { name: /^Record \d+ of \d+$/ })
      await record.waitFor()
      await record.locator('article[data-item]').first().focus()
      await page.keyboard.press('c')
      await page.keyboard.type(comment)
      expect(await page.getByRole('textbox', { name: /^Comment on / }).inputValue()).toBe(comment)
      // The draft is kept once typing rests.
      await expect.poll(() => settingsIn(page)).toContain('drafts riverside')
      keys = await keysIn(page)
      expect(keys.length).toBeGreaterThanOrEqual(2)
      // Before it is erased, too, nothing of it is in clear.
      for (const words of [reader, comment]) expect(filesWith(profile, Buffer.from(words)), words).toEqual([])
      expect(filesWith(profile, keys[0] ?? Buffer.alloc(1)).length).toBeGreaterThan(0)
      await page.evaluate(() => {
        location.hash = '#/settings'
      })
      await page.getByRole('button', { name: /^Erase Riverside Clinic from this browser$/ }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Erase', exact: true }).click()
      await page.getByText('Riverside Clinic was erased from this browser.').waitFor()
      expect(first.errors).toEqual([])
    } finally {
      await first.end()
    }
    for (const words of [Buffer.from(reader), Buffer.from(comment), ...keys])
      expect(filesWith(profile, words), words.toString('latin1')).toEqual([])
    const again = await visit({ profile, port })
    try {
      await again.page.getByRole('button', { name: 'Open the sample clinic' }).waitFor()
      expect(await again.page.getByText(reader).count()).toBe(0)
    } finally {
      await again.end()
    }
    console.log(
      `erase 2 planted words and ${keys.length} keys searched in ${readdirSync(profile, { recursive: true }).length} files: 0 found`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
