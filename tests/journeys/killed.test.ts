import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { openProject } from '../../src/core/project/format/open.ts'
import type { ProjectFiles } from '../../src/core/project/format/project.ts'
import { brokenIn, verifyProject } from '../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../src/io/keys/signature-web.ts'
import { timesOf } from '../threat-counts.ts'
import { chromiumPath, type Visit, visit } from './browser.ts'
import { drawnClinic } from './drawn-clinic.ts'
import { canOpenSealed } from './sealed.ts'

/** Cycles of reading and killing. */
const cycles = timesOf('T1')
const id = 'p-killed'

/** Checksum, length 500 and type of a record of a LevelDB log: a kill may leave such a header without, or with a part of, what it announces. */
const header = Buffer.from([1, 2, 3, 4, 0xf4, 0x01, 1])
/** Ends of the database's log as a kill can leave them. Chromium writes on behind them, and throws the whole database away one session later. */
const tornEnds: readonly Buffer[] = [header, Buffer.concat([header, Buffer.alloc(100, 7)])]
const tearEvery = process.env.LONG ? 8 : 3
/** What is appended to the log after the kill of a cycle; null: nothing. */
const tornAfter = (cycle: number): Buffer | null =>
  cycle % tearEvery === 1 ? (tornEnds[Math.floor(cycle / tearEvery) % tornEnds.length] ?? null) : null

function tear(profile: string, end: Buffer): void {
  const databases = join(profile, 'Default', 'IndexedDB')
  const [database = ''] = readdirSync(databases).filter((name) => name.endsWith('.indexeddb.leveldb'))
  const log = readdirSync(join(databases, database)).filter((name) => name.endsWith('.log'))
  appendFileSync(join(databases, database, log.sort().at(-1) ?? ''), end)
}

const shownRecord = (page: Page) => page.getByRole('region', { name: /^Record \d+ of \d+$/ })

/** Whether the page says this now; what it has to say of its database it says as soon as it is ready. */
const said = (page: Page, words: string): Promise<boolean> =>
  page
    .getByText(words)
    .waitFor({ timeout: 3000 })
    .then(
      () => true,
      () => false,
    )

/** The kept documents of the project, read past the app. */
async function kept(page: Page): Promise<ProjectFiles> {
  await canOpenSealed(page)
  const texts = await page.evaluate(async (project) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await done(indexedDB.open('carryover'))
    const store = database.transaction('segments').objectStore('segments')
    const range = IDBKeyRange.bound([project, ''], [project, '\uffff'])
    const [keys, contents] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))])
    database.close()
    const files: Record<string, string> = {}
    for (const [index, key] of keys.entries()) {
      const path = String(Object.values(key)[1])
      files[path] = (files[path] ?? '') + new TextDecoder().decode(await openSealed(`${project} ${path}`, contents[index]))
    }
    return Object.entries(files)
  }, id)
  return new Map(texts.map(([path, text]) => [path, utf8(text)]))
}

/** Verdicts on disk in the order given, once everything about them holds. */
async function verdictsOnDisk(page: Page): Promise<readonly string[]> {
  const files = await kept(page)
  const report = await verifyProject(files, webVerifier)
  expect(report && brokenIn(report)).toBeNull()
  const { project, problems } = openProject(files)
  expect(problems).toEqual([])
  return (project?.review.events ?? []).flatMap((event) => (event.kind === 'difference' ? [event.verdict] : []))
}

/** What the page has shown as recorded since now, in order. */
async function watch(page: Page): Promise<readonly string[]> {
  const shown: string[] = []
  await page.exposeFunction('sayRecorded', (verdict: string) => void shown.push(verdict))
  await page.evaluate(() => {
    const say: unknown = Reflect.get(globalThis, 'sayRecorded')
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const label = target instanceof Element ? target.getAttribute('aria-label') : null
        const verdict = /\. (Cannot tell|Acceptable) recorded$/.exec(label ?? '')?.[1]
        if (verdict && typeof say === 'function') say(verdict === 'Acceptable' ? 'acceptable' : 'cannot-tell')
      }
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['aria-label'] })
  })
  return shown
}

/** Presses verdicts in bursts until so many were shown as recorded, and then some whose fate nobody waits for. */
async function judgeUntil(page: Page, shown: readonly string[], wanted: number): Promise<void> {
  const press = async (keys: number): Promise<void> => {
    for (let n = 0; n < keys; n++) await page.keyboard.press(n % 2 === shown.length % 2 ? '4' : '3')
  }
  let unheard = 0
  while (shown.length < wanted) {
    const before = shown.length
    await press(1 + (before % 3))
    const end = performance.now() + 10_000
    while (shown.length === before && performance.now() < end) await page.waitForTimeout(5)
    if (shown.length > before) continue
    // A page that was still on its way has drawn its rows anew: the reader goes to the row again.
    if (++unheard > 6) throw new Error(`No verdict was shown as recorded: ${await page.locator('main').innerText()}`)
    await shownRecord(page).locator('article[data-item]').first().focus()
  }
  await press(2)
}

/** True when all of `part` are in `whole`, in this order. */
function inOrder(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  for (const each of whole) if (each === part[at]) at++
  return at === part.length
}

test.skipIf(chromiumPath === null)(
  'no verdict shown as recorded is lost, however often the browser is killed while more are given and whatever becomes of its database',
  { timeout: Math.max(600_000, cycles * 60_000) },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carryover-killed-'))
    const profile = join(folder, 'profile')
    let port = 0
    let open: Visit | null = null
    try {
      const { bundle, sources } = drawnClinic(folder, { id, name: 'Killed Clinic', patients: 40, sample: 'differing' })
      let before: readonly string[] = []
      let shown: readonly string[] = []
      let wipes = 0
      for (let cycle = 0; cycle <= cycles; cycle++) {
        open = await visit({ profile, port })
        const { page, url } = open
        port = Number(new URL(url).port)
        // Files are taken only after the page has tried to send something and could not.
        await page
          .getByRole('contentinfo')
          .getByText(/^Local only/)
          .waitFor()
        // Mostly the second session after the tear throws the database away; a kill at the wrong moment lets the first one do it.
        const torn = [1, 2].some((ago) => cycle >= ago && tornAfter(cycle - ago) !== null)
        if (torn && (await said(page, 'The database of this browser had lost Killed Clinic.'))) wipes++
        if (cycle === 0) await page.locator('input[type=file]').first().setInputFiles(bundle)
        else await page.getByRole('button', { name: 'Killed Clinic', exact: true }).click()
        await page.getByRole('navigation', { name: 'Pages' }).waitFor()
        if (cycle > 0) {
          // The app has brought its database up to the second copy; what it holds now is what goes on.
          const now = await verdictsOnDisk(page)
          expect(now.slice(0, before.length)).toEqual(before)
          expect(now.length - before.length).toBeGreaterThanOrEqual(shown.length)
          expect(inOrder(shown, now.slice(before.length)), `cycle ${cycle}: ${shown.join(' ')}`).toBe(true)
          before = now
        }
        if (cycle === cycles) break
        await page.evaluate(() => {
          location.hash = '#/review/records/1'
        })
        if (cycle > 0) {
          await page.getByRole('button', { name: 'Open these files…' }).waitFor()
          await page.locator('main input[type=file]').setInputFiles([...sources])
        }
        await shownRecord(page).waitFor()
        // Who reads here is a setting, and went with the database where that was thrown away.
        if (cycle === 0 || (await page.getByRole('form', { name: 'Who is reading?' }).isVisible())) {
          await page.getByLabel('Full name').fill('Ada Example')
          await page.getByLabel('Role', { exact: true }).fill('General practitioner')
          await page.getByRole('button', { name: 'Start reading' }).click()
        }
        await shownRecord(page).locator('article[data-item]').first().focus()
        shown = await watch(page)
        await judgeUntil(page, shown, 1 + ((cycle * 3) % 5))
        await open.crash()
        const end = tornAfter(cycle)
        if (end) tear(profile, end)
        // What the page said in its last moment has arrived by now.
        await open.end()
        open = null
      }
      console.log(
        `browser-kills: ${cycles}, ${before.length} verdicts kept in order, ${wipes} databases restored from the second copy, 0 lost`,
      )
      expect(before.length).toBeGreaterThan(cycles)
      expect(wipes).toBeGreaterThanOrEqual(tornEnds.length)
    } finally {
      await open?.end()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
