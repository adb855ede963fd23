import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import Papa from 'papaparse'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SourceEntry } from '../../src/core/data/model/source.ts'
import { readSample } from '../samples/riverside.ts'
import { chromiumPath, visit } from './browser.ts'
import { canOpenSealed } from './sealed.ts'
import { readChart, recordListens } from './steps.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-canary-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Stands in for whatever a source may hold about a person: as words, and as a number where a column wants one. */
const word = 'Zqcanary'
const digits = '7391746205'
const canary = new RegExp(`${word}|${digits}`, 'i')

const comment = `${word} asked about this in the waiting room`

/** The last row again and again, each time with one cell that is a canary. */
function withCanaryRows(bytes: Uint8Array, { reading }: SourceEntry): Uint8Array {
  const delimiter = reading.delimiter ?? ','
  const text = Buffer.from(bytes).toString('latin1')
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const asItIs = { quoteChar: '"', header: false, dynamicTyping: false, preview: 0, skipEmptyLines: true } as const
  const last = Papa.parse(text, { delimiter, ...asItIs }).data.at(-1) ?? []
  const rows = last.flatMap((_, column) =>
    [`${word}${column}`, digits].map((value) =>
      last.map((cell, index) => `"${(index === column ? value : cell).replaceAll('"', '""')}"`).join(delimiter),
    ),
  )
  return Buffer.from(`${text.replace(/[\r\n]*$/, '')}${end}${rows.join(end)}${end}`, 'latin1')
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** The first resource again and again, each time with one text that is a canary; then one with a narrative. */
function withCanaryResources(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8').trimEnd()
  const first = JSON.parse(text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n')))
  const copies = [...replacedTexts(first)].map((copy, index) => ({ ...(copy as object), id: `copy-${index}` }))
  const div = `<div xmlns="http://www.w3.org/1999/xhtml">${word} in the narrative</div>`
  const foreign = { [word]: 1, [`_${word}`]: {} }
  const spoken = {
    ...first,
    ...foreign,
    id: `${word}-id`,
    text: { status: 'generated', div },
    note: [{ text: `${word} in a note` }],
  }
  return Buffer.from([text, ...[...copies, spoken].map((each) => JSON.stringify(each)), ''].join('\n'))
}

function* replacedTexts(value: Json): Generator<Json> {
  if (typeof value === 'string') {
    yield value.includes('/') ? `${value.slice(0, value.indexOf('/'))}/${word}` : word
    if (/^\d/.test(value)) yield digits
  } else if (Array.isArray(value))
    for (const [index, item] of value.entries()) for (const other of replacedTexts(item)) yield value.with(index, other)
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value))
      if (name !== 'resourceType') for (const other of replacedTexts(item)) yield { ...value, [name]: other }
}

/** The sample clinic, small, as somebody's own project, with a canary in every column and every element. */
function canaryProject(): string {
  const sample = readSample({ patients: 150 })
  const files = new Map(sample.files)
  const entries = sample.entries.map((entry) => {
    const path = `private/${entry.side}/${entry.name}`
    const before = files.get(path) ?? new Uint8Array()
    const bytes = entry.format === 'csv' ? withCanaryRows(before, entry) : withCanaryResources(before)
    files.set(path, bytes)
    const sha256 = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
    return { ...entry, bytes: bytes.length, sha256, records: null }
  })
  // A table without a header and without a schema: its first row is taken for the names of columns.
  const bare = strToU8(`${word},${word},${digits}\nAda,31/12/1999,x\nGrace,01/13/1999,y\nEdith,12/31/2000,\u00c3\u00a9\n`)
  files.set('private/legacy/people.csv', bare)
  const bytes = { bytes: bare.length, sha256: `sha256:${createHash('sha256').update(bare).digest('hex')}`, records: null }
  const people: SourceEntry = {
    id: 'legacy-people',
    name: 'people.csv',
    side: 'legacy',
    format: 'csv',
    table: 'people',
    schema: null,
    reading: {},
    ...bytes,
  }
  entries.push({ ...people, records: null, sha256: bytes.sha256 })
  const { sample: _, ...manifest } = JSON.parse(Buffer.from(files.get('carryover.json') ?? []).toString('utf8'))
  files.set('carryover.json', strToU8(JSON.stringify({ ...manifest, id: 'harbour', name: 'Harbour Clinic' })))
  files.set('data/sources.json', strToU8(JSON.stringify(entries)))
  files.delete('private/truth.json')
  const path = join(folder, 'harbour.carryover')
  writeFileSync(path, zipSync(Object.fromEntries(files)))
  return path
}

/** Where a canary stands in a text, with what is around it; empty where there is none. */
function leaks(where: string, text: string): string[] {
  return [...text.matchAll(new RegExp(canary, 'gi'))]
    .slice(0, 3)
    .map(({ index }) => `${where}: …${text.slice(Math.max(0, index - 80), index + 40)}…`)
}

/**
 * Every key and record of every store of the page, and everything its second copies hold or held, as text; contents of `private/` are left
 * out, their keys are not.
 */
async function storedInBrowser(
  page: Page,
): Promise<{ readonly outside: readonly string[]; readonly hidden: string; readonly copied: string }> {
  await canOpenSealed(page)
  return await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const outside: string[] = []
    let hidden = ''
    const text = (value: unknown): string =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : (JSON.stringify(value) ?? '')
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''))
      outside.push(`database ${name}`)
      for (const storeName of database.objectStoreNames) {
        const store = database.transaction(storeName).objectStore(storeName)
        const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
        for (const [index, key] of keys.entries()) {
          const own = Array.isArray(key) && String(key[1]).startsWith('private/')
          outside.push(`${storeName} ${JSON.stringify(key)} ${own ? '' : text(values[index])}`)
          if (own) hidden += text(await openSealed(`${String(key[0])} ${String(key[1])}`, values[index]))
        }
      }
      database.close()
    }
    let copied = ''
    /** Each entry of a journal: what it says of its files, and their bytes one after the other. */
    const lookAtJournal = async (path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      const view = new DataView(bytes.buffer)
      for (let at = 0; at < bytes.length; at += 40 + view.getUint32(at + 4, true)) {
        const headEnd = at + 44 + view.getUint32(at + 40, true)
        const head = new TextDecoder().decode(bytes.subarray(at + 44, headEnd))
        outside.push(`${path} ${head}`)
        let from = headEnd
        for (const change of JSON.parse(head).changes) {
          const project = decodeURIComponent(path.split('/')[2] ?? '')
          const contents = text(await openSealed(`${project} ${change.path}`, bytes.slice(from, from + change.length)))
          if (change.path.startsWith('private/')) copied += contents
          else outside.push(`${path} ${change.path} ${contents}`)
          from += change.length
        }
      }
    }
    const look = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const each of folder.values()) {
        const here = `${path}/${each.name}`
        outside.push(`private file system ${here}`)
        if (each instanceof FileSystemDirectoryHandle) await look(each, here)
        else if (each instanceof FileSystemFileHandle) {
          const bytes = new Uint8Array(await (await each.getFile()).arrayBuffer())
          if (here.startsWith('/carryover-journals/')) await lookAtJournal(here, bytes)
          else outside.push(`${here} ${text(bytes)}`)
        }
      }
    }
    await look(await navigator.storage.getDirectory(), '')
    for (const storage of [localStorage, sessionStorage])
      for (const [key, value] of Object.entries(storage)) outside.push(`storage ${key} ${value}`)
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) outside.push(`cache ${name} ${request.url}`)
    }
    return { outside, hidden, copied }
  })
}

declare const seen: ReadonlySet<string>

/** Notes every address and title of the page from its first moment. */
async function watchAddresses(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(globalThis, { seen })
    const look = (): void => {
      seen.add(`address ${location.href}`)
      seen.add(`title ${document.title}`)
    }
    addEventListener('hashchange', look)
    addEventListener('popstate', look)
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted
  }, hash)
}

test.skipIf(chromiumPath === null)(
  'no value of a source is found outside the private part of a project that was checked, reviewed and signed',
  async () => {
    const visited = await visit()
    try {
      const { page, context } = visited
      const found: string[] = []
      page.on('console', (message) => found.push(...leaks('console', message.text())))
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await watchAddresses(page)
      await page.goto(visited.url)
      await page.getByRole('button', { name: 'Open a project…' }).waitFor()
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Open a project…' }).click()
      await (await chooser).setFiles(canaryProject())
      await page.getByText(/no complete run yet/).waitFor()
      await page.getByRole('button', { name: 'Run all checks' }).click()
      await page
        .getByText(/run #1, /)
        .first()
        .waitFor()

      // Every finding is opened once; values are on screen only after somebody asked for them.
      await go(page, '#/data/findings')
      const list = page.getByRole('region', { name: 'Findings' })
      await list.waitFor()
      const links = await list
        .getByRole('link')
        .evaluateAll((all) => all.map((each) => each.getAttribute('href')).filter((href) => href?.startsWith('#/data/findings/')))
      expect(links.length).toBeGreaterThan(40)
      const resources: string[] = []
      for (const href of links) {
        await go(page, href ?? '')
        await page.getByRole('complementary').last().waitFor()
        const words = await page.locator('body').innerText()
        found.push(...leaks(`finding ${href}`, words))
        if (words.includes('Open the resource')) resources.push(href ?? '')
      }
      // Resources beside their JSON, before anybody asked for values.
      expect(resources.length).toBeGreaterThan(10)
      for (const href of resources.slice(0, 10)) {
        await go(page, `${href}/rows/1`)
        await page.getByRole('region', { name: 'JSON' }).waitFor()
        found.push(...leaks(`resource of ${href}`, await page.getByRole('main').innerText()))
      }
      await page.getByRole('link', { name: 'Back to the finding' }).click()
      const rows = page.waitForEvent('download')
      await page.getByRole('button', { name: /^Export (all|the row)/ }).click()
      const listed = join(folder, 'rows')
      await (await rows).saveAs(listed)
      found.push(...leaks('exported rows', readFileSync(listed, 'utf8')))
      await go(page, '#/data/findings')
      found.push(...leaks('findings', await list.innerText()))

      // What leaves the page without being asked for values has none.
      for (const name of [/^Worklist/, /^Markdown/, /^JSON/]) {
        await page.getByRole('button', { name: 'Export', exact: true }).click()
        const report = page.waitForEvent('download')
        await page.getByRole('menuitem', { name }).click()
        const saved = join(folder, 'report')
        await (await report).saveAs(saved)
        found.push(...leaks(`exported ${name.source}`, readFileSync(saved, 'utf8')))
      }
      await go(page, '#/data/mapping')
      await page.getByRole('tablist').waitFor()
      await go(page, '#/data/reconcile')
      await page.getByRole('button', { name: 'Run reconciliation' }).click()
      const balance = page.getByRole('region', { name: 'Balance by table' })
      await balance.waitFor()
      found.push(...leaks('balance', await page.getByRole('main').innerText()))

      await go(page, '#/review/plan')
      await page.getByLabel('Full name').fill('Ada Example')
      await page.getByLabel('Role', { exact: true }).fill('Data protection')
      await page.getByRole('button', { name: 'Plan in this name' }).click()
      for (const name of ['by site', 'by allergies recorded or not', 'by 5 or more medicines'])
        await page.getByRole('checkbox', { name }).check()
      await page.getByRole('combobox', { name: /Least look/ }).selectOption('0')
      await page.getByRole('checkbox', { name: /ten prepared records/ }).uncheck()
      await page.getByRole('button', { name: /^Lock plan/ }).click()
      await page.getByRole('radio', { name: /This machine rolls/ }).check()
      await page.getByRole('button', { name: 'Draw sample' }).click()
      await page.getByRole('link', { name: 'Review records' }).last().click()

      // On the record itself the reader does see what the files say.
      const record = page.getByRole('region', { name: /^Record \d+ of \d+$/ })
      await record.waitFor()
      const waiting = record.locator('article[data-unread]')
      const readable = async () => canary.test(await record.innerText()) && (await waiting.count()) <= 4
      for (let skips = 0; skips < 40 && !(await readable()); skips++) {
        const before = await record.getAttribute('aria-label')
        await recordListens(page)
        await page.keyboard.press('s')
        await expect.poll(() => record.getAttribute('aria-label')).not.toBe(before)
      }
      expect(await record.innerText()).toMatch(canary)
      const read = await record.getAttribute('aria-label')
      await recordListens(page)
      await readChart(page, () => ['1', '8'])
      await recordListens(page)
      await page.keyboard.press('1')
      await page.keyboard.press('8')
      await record.locator('article[aria-label$="Harmful recorded"]').first().waitFor()
      await page.getByRole('textbox', { name: /^Comment on / }).fill(comment)
      await page.keyboard.press('Enter')
      await page.getByText(`“${comment}”`).first().waitFor()
      await page.getByRole('button', { name: 'Next record', exact: true }).click()
      await expect.poll(() => record.getAttribute('aria-label')).not.toBe(read)

      await go(page, '#/review/certificate')
      await page.getByRole('button', { name: 'Sign…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Sign the review' })
      await dialog.getByText(/^I do not approve/).click()
      await dialog.getByLabel('Why you do not approve, as printed').fill('Most records are not read')
      await dialog.getByRole('checkbox').check()
      await dialog.getByLabel('New passphrase').fill('four plain words here')
      await dialog.getByLabel('The same again').fill('four plain words here')
      await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
      await page.getByRole('button', { name: 'I wrote it down' }).click()
      const sheet = page.getByRole('article', { name: 'Certificate' })
      await sheet.getByText('The signature holds').waitFor()
      found.push(...leaks('certificate', await sheet.innerText()))

      await go(page, '#/readiness')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('searchbox', { name: /^Search actions/ }).fill('Copy the board as Markdown')
      await page.getByText('Copy the board as Markdown').waitFor()
      await page.keyboard.press('Enter')
      await page.getByText('The board is copied as Markdown.').waitFor()
      const board = await page.evaluate(() => navigator.clipboard.readText())
      expect(board).toContain('Harbour Clinic')
      found.push(...leaks('board as Markdown', board))

      await go(page, '#/ledger')
      const exported = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Export' }).click()
      const ledger = join(folder, 'ledger.jsonl')
      await (await exported).saveAs(ledger)
      found.push(...leaks('exported ledger', readFileSync(ledger, 'utf8')))

      await go(page, '#/settings')
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Save as .carryover file' }).click()
      const saved = join(folder, 'saved.carryover')
      await (await download).saveAs(saved)
      const entries = Object.entries(unzipSync(readFileSync(saved)))
      expect(entries.map(([path]) => path)).toContain('ledger.jsonl')
      expect(entries.filter(([path]) => path.startsWith('private/'))).toEqual([])
      for (const [path, bytes] of entries) found.push(...leaks(`saved ${path}`, `${path} ${strFromU8(bytes)}`))

      const { outside, hidden, copied } = await storedInBrowser(page)
      for (const text of outside) found.push(...leaks('kept in the browser', text))
      // The comment is kept, in the private part.
      expect(hidden).toContain(comment)
      expect(copied).toContain(comment)
      expect(outside.some((each) => /^\/carryover-journals\/harbour\/\d{8} ledger\.jsonl/.test(each))).toBe(true)
      found.push(...leaks('cookies', JSON.stringify(await context.cookies())))
      const shown = await page.evaluate(() => [...seen])
      expect(shown.some((each) => each.includes('#/data/findings/'))).toBe(true)
      for (const each of shown) found.push(...leaks('address or title', each))
      expect([...new Set(found)]).toEqual([])
      expect(visited.escaped).toEqual([])
      expect(visited.outside).toEqual([])
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
