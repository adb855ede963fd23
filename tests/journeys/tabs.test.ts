import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { newProject, openSample, recordListens } from './steps.ts'

const status = (page: Page) => page.getByRole('contentinfo')
const record = (page: Page) => page.getByRole('region', { name: /^Record \d+ of \d+$/ })

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted
  }, hash)
}

/** Opens the kept project on the first page of a tab. */
async function openKept(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
}

/** Keys and records of every store and files of the private file system, as text. */
async function stored(page: Page): Promise<readonly string[]> {
  return await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const all: string[] = []
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''))
      for (const storeName of database.objectStoreNames) {
        const store = database.transaction(storeName).objectStore(storeName)
        const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
        for (const [index, key] of keys.entries())
          all.push(`${storeName} ${JSON.stringify(key)} ${JSON.stringify(values[index])}`)
      }
      database.close()
    }
    const look = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const each of folder.values()) {
        const here = `${path}${each.name}`
        if (each instanceof FileSystemDirectoryHandle) await look(each, `${here}/`)
        else if (each instanceof FileSystemFileHandle) all.push(`private ${here} ${await (await each.getFile()).text()}`)
      }
    }
    await look(await navigator.storage.getDirectory(), '')
    return all
  })
}

/** Does something to the database itself, from a page of the origin without the app. */
async function inDatabase(page: Page, url: string, what: 'saved elsewhere' | 'layout 1' | 'layout 4'): Promise<void> {
  await page.goto(new URL('icon.svg', url).href)
  await page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    if (wanted === 'layout 4') {
      ;(await done(indexedDB.open('carryover', 4))).close()
      return
    }
    const database = await done(indexedDB.open('carryover'))
    const read = async (name: string) => {
      const store = database.transaction(name).objectStore(name)
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
      return keys.map((key, index) => ({ key, value: values[index] }))
    }
    if (wanted === 'saved elsewhere') {
      const projects = await read('projects')
      const store = database.transaction('projects', 'readwrite').objectStore('projects')
      await Promise.all(projects.map(({ value }) => done(store.put({ ...value, revision: 'another' }))))
      database.close()
      return
    }
    const [projects, segments, settings] = await Promise.all([read('projects'), read('segments'), read('settings')])
    database.close()
    await done(indexedDB.deleteDatabase('carryover'))
    const opening = indexedDB.open('carryover', 1)
    opening.onupgradeneeded = () => {
      const first = opening.result
      const kept = first.createObjectStore('projects', { keyPath: 'id' })
      for (const { value } of projects) kept.put({ ...value, revision: undefined })
      const files = first.createObjectStore('files')
      for (const { key, value } of segments) files.put(value, Array.isArray(key) ? key.slice(0, 2) : key)
      first.createObjectStore('keys')
      const chosen = first.createObjectStore('settings')
      for (const { key, value } of settings) chosen.put(value, key)
    }
    ;(await done(opening)).close()
  }, what)
}

test.skipIf(chromiumPath === null)('a second tab of a project only reads and says so, until the first is closed', async () => {
  const visited = await visit({ quota: 1 })
  try {
    const { page: first, context } = visited
    // A disk without room is told, and the project is there to be kept when there is some again.
    await newProject(first)
    await first.getByRole('alert').getByText('This browser has no room left for the project.').waitFor()
    expect((await stored(first)).filter((each) => /^(?:projects|segments|private carryover-journals)[ /]/.test(each))).toEqual([])
    const cdp = await context.newCDPSession(first)
    await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(visited.url).origin })
    await first.keyboard.press('Control+s')
    await status(first).getByText('Saved in this browser only').waitFor()

    const second = await context.newPage()
    await second.goto(visited.url)
    await openKept(second, 'North Street Practice')
    await second.getByRole('alert').getByText('This project is open in another tab').waitFor()
    await status(second).getByText('Read only').waitFor()
    // The first one still writes.
    await first.keyboard.press('Control+s')
    await first.getByText('Saved in this browser.').waitFor()
    expect(await status(first).getByText('Read only').count()).toBe(0)

    // Nothing is written over what somebody else has saved meanwhile.
    const other = await context.newPage()
    await inDatabase(other, visited.url, 'saved elsewhere')
    // When this browser was here last is its own, and no part of the project.
    const ofProject = async () =>
      (await stored(first)).filter((each) => !/^(?:settings "|private carryover-settings\/)visit/.test(each))
    const theirs = await ofProject()
    await first.keyboard.press('Control+s')
    await first.getByRole('alert').getByText('This project was saved by another tab since it was read here.').waitFor()
    expect(await ofProject()).toEqual(theirs)

    await first.close()
    await second.goto(visited.url)
    await openKept(second, 'North Street Practice')
    await status(second).getByText('Saved in this browser only').waitFor()
    expect(await second.getByText('This project is open in another tab').count()).toBe(0)

    // What an earlier version kept is all there, and what a later one keeps is left alone.
    await second.goto('about:blank')
    await inDatabase(other, visited.url, 'layout 1')
    const whole = (await stored(other)).filter((each) => each.startsWith('files '))
    expect(whole.length).toBeGreaterThan(3)
    await second.goto(visited.url)
    await second.getByRole('button', { name: 'North Street Practice', exact: true }).waitFor()
    const moved = (await stored(second)).filter((each) => /^(?:files|segments) /.test(each))
    expect(moved).toEqual(whole.map((each) => each.replace(/^files (\["[^"]+","[^"]+")\]/, 'segments $1,0]')))
    await openKept(second, 'North Street Practice')
    await status(second).getByText('Saved in this browser only').waitFor()
    await second.goto('about:blank')
    await inDatabase(other, visited.url, 'layout 4')
    await second.goto(visited.url)
    await second.getByRole('alert').getByText('kept by a later version of Carryover').waitFor()
    expect(visited.errors).toEqual([])
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)(
  'a verdict recorded just before the browser is killed is there after the restart, and erasing leaves nothing',
  async () => {
    const profile = mkdtempSync(join(tmpdir(), 'carryover-kept-'))
    try {
      const before = await visit({ profile })
      const port = Number(new URL(before.url).port)
      let title: string | null
      try {
        const { page } = before
        await openSample(page)
        await page
          .getByText(/^18 of \d+ sampled records left/)
          .first()
          .waitFor()
        await go(page, '#/review/records')
        await record(page).waitFor()
        await page.getByLabel('Full name').fill('Ada Example')
        await page.getByLabel('Role', { exact: true }).fill('General practitioner')
        await page.getByRole('button', { name: 'Start reading' }).click()
        await recordListens(page)
        const row = record(page).locator('article[data-current]').first()
        title = ((await row.getAttribute('aria-label')) ?? '').split('. no verdict')[0] ?? ''
        await page.keyboard.press('4')
        await record(page).locator('article[aria-label$="Cannot tell recorded"]').first().waitFor()
        await before.crash()
      } finally {
        await before.end()
      }

      const after = await visit({ profile, port })
      try {
        const { page } = after
        await page.getByRole('button', { name: 'Riverside Clinic', exact: true }).waitFor()
        await openSample(page)
        await go(page, '#/review/records')
        await record(page).waitFor()
        await record(page)
          .locator('article[aria-label$="Cannot tell recorded"]')
          .and(page.getByRole('article', { name: title }))
          .first()
          .waitFor()
        await status(page)
          .getByText(/Ledger [\d,]+ entries, verified/)
          .waitFor()
        await go(page, '#/ledger')
        await page.getByText(/entries: every hash and chain holds/).waitFor()
        await page
          .getByRole('row', { name: /ada-example/ })
          .first()
          .waitFor()

        // A signature makes a key; erasing takes it away with everything else.
        await go(page, '#/review/certificate')
        await page.getByRole('button', { name: 'Sign…' }).click()
        const dialog = page.getByRole('dialog', { name: 'Sign the review' })
        await dialog.getByText(/^I do not approve/).click()
        await dialog.getByLabel('Why you do not approve, as printed').fill('Not read whole')
        await dialog.getByRole('checkbox').check()
        await dialog.getByLabel('New passphrase').fill('four plain words here')
        await dialog.getByLabel('The same again').fill('four plain words here')
        await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
        await page.getByRole('button', { name: 'I wrote it down' }).click()
        await page.getByText('The signature holds').waitFor()
        const kept = await stored(page)
        for (const part of [
          // A journal that has grown goes on in a next file.
          /^private carryover-journals\/riverside\/\d{8} COJ1/,
          /^projects "riverside"/,
          /^segments \["riverside","review\/verdicts\.jsonl",0\]/,
          /^keys \["riverside",/,
        ])
          expect(
            kept.some((each) => part.test(each)),
            part.source,
          ).toBe(true)

        await go(page, '#/settings')
        await page.getByRole('button', { name: 'Erase Riverside Clinic from this browser' }).click()
        await page.getByRole('alertdialog').getByRole('button', { name: 'Erase', exact: true }).click()
        await page.getByText('Riverside Clinic was erased from this browser.').waitFor()
        expect((await stored(page)).filter((each) => each.includes('riverside'))).toEqual([])
        expect(
          (await stored(page)).filter((each) => !/^(?:settings |private carryover-(?:settings|rest-keys)\/)/.test(each)),
        ).toEqual([])
        expect(after.errors).toEqual([])
        expect(after.escaped).toEqual([])
      } finally {
        await after.end()
      }
    } finally {
      rmSync(profile, { recursive: true, force: true })
    }
  },
)
