/** More keys than a table holds, checked in the worker of a real browser: what is spilled to the private file system, and that nothing of it stays. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumPath, visit } from './browser.ts'
import { newProject } from './steps.ts'

/** More than a table of keys takes, in a file that is large enough for temporary storage to be opened. */
const patients = 1_100_000
/** Patients that have the number of an earlier one, and visits of nobody. */
const repeatedAt = new Map([
  [1_048_577, 1],
  [1_048_600, 1_048_599],
  [1_099_999, 500_000],
])
const visits = 3000
const orphans = new Set([1, 1500, 3000])

let folder: string
const paths: Record<string, string> = {}

beforeAll(() => {
  if (chromiumPath === null) return
  folder = mkdtempSync(join(tmpdir(), 'carryover-spilled-'))
  const id = (n: number): string => `P${10_000_000 + n}`
  const lines = ['id,born']
  for (let n = 1; n <= patients; n++) lines.push(`${id(repeatedAt.get(n) ?? n)},19700101`)
  const rows = ['visit,patient']
  for (let n = 1; n <= visits; n++) rows.push(`V${n},${id(orphans.has(n) ? patients + n : n * 300)}`)
  const files = {
    'patients.csv': lines.join('\n'),
    'visits.csv': rows.join('\n'),
    'patients.json': JSON.stringify({ fields: [{ name: 'id' }, { name: 'born' }], primaryKey: 'id' }),
    'visits.json': JSON.stringify({
      fields: [{ name: 'visit' }, { name: 'patient' }],
      primaryKey: 'visit',
      foreignKeys: [{ fields: 'patient', reference: { resource: 'patients', fields: 'id' } }],
    }),
  }
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    writeFileSync(path, content)
    paths[name] = path
  }
})
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true })
})

async function choose(page: Page, button: string, files: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button }).first().click()
  await (await chooser).setFiles([...files])
}

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to
  }, hash)
}

/** Both tables with their schemas. */
async function addTables(page: Page): Promise<void> {
  await newProject(page)
  await goTo(page, '#/data/sources')
  await choose(page, 'Add files', [paths['patients.csv'] ?? '', paths['visits.csv'] ?? ''])
  await page.getByRole('button', { name: /Read (it|all \d+) like this/ }).click()
  for (const table of ['patients', 'visits']) {
    await goTo(page, `#/data/sources/legacy-${table}`)
    await choose(page, 'Attach a schema…', [paths[`${table}.json`] ?? ''])
    await page.getByText(`schemas/${table}.json`).first().waitFor()
  }
  await goTo(page, '#/data/sources')
}

/** From now on the page notes the largest temporary file it sees, -1 before there is any. */
async function watchStorage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { most: -1 }
    Object.assign(globalThis, { seen })
    setInterval(async () => {
      try {
        const root = await navigator.storage.getDirectory()
        const keys = await root.getDirectoryHandle('carryover-keys')
        for await (const name of keys.keys()) {
          const file = await (await keys.getFileHandle(name)).getFile()
          seen.most = Math.max(seen.most, file.size)
        }
      } catch {
        // Not there yet, or gone while it was looked at.
      }
    }, 20)
  })
}

const mostSeen = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as { seen?: { most: number } }).seen?.most ?? -1)

/** Starts a run and comes back once its temporary file is there. */
async function startSpilling(page: Page, button: string): Promise<void> {
  await watchStorage(page)
  await page.getByRole('button', { name: button }).first().click()
  await expect.poll(() => mostSeen(page)).toBeGreaterThanOrEqual(0)
}

/** Files left in the private file system of the origin, whatever they are called, but for the second copies of projects and settings, and the keys that seal them. */
function left(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const files: string[] = []
    const look = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const [name, handle] of folder.entries())
        if (/^carryover-(?:journals|rest-keys|settings)$/.test(name)) continue
        else if (handle.kind === 'directory') await look(handle as FileSystemDirectoryHandle)
        else files.push(name)
    }
    await look(await navigator.storage.getDirectory())
    return files
  })
}

const nothingLeft = (page: Page): Promise<void> => expect.poll(() => left(page)).toEqual([])

test.skipIf(chromiumPath === null)(
  'a million keys are spilled in the worker and counted exactly; finished, cancelled or closed, nothing of them stays',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await addTables(page)
      await startSpilling(page, 'Check all files')
      await page.getByRole('banner').getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('button', { name: 'Run all checks' }).waitFor()
      await nothingLeft(page)

      await startSpilling(page, 'Check all files')
      await page.getByRole('row', { name: /patients\.csv.*1,100,000/ }).waitFor({ timeout: 120_000 })
      await page.getByRole('row', { name: /visits\.csv.*3,000/ }).waitFor()
      await page.getByRole('button', { name: 'Run all checks' }).waitFor()
      expect(await left(page)).toEqual([])
      // Twelve bytes of each key of the table that grew too large.
      expect(await mostSeen(page)).toBeGreaterThanOrEqual(12 << 20)
      await goTo(page, '#/data/findings')
      const findings = page.getByRole('region', { name: 'Findings' })
      const repeated = findings.getByRole('row', { name: /Keys that occur more than once/ })
      const missing = findings.getByRole('row', { name: /References to records that are not there/ })
      expect((await repeated.innerText()).replace(/\s+/g, ' ')).toContain(`id ${repeatedAt.size} of 1,100,000`)
      expect((await missing.innerText()).replace(/\s+/g, ' ')).toContain(`patient ${orphans.size} of 3,000`)

      await goTo(page, '#/data/sources')
      await startSpilling(page, 'Check all files')
      await page.close()
      const later = await visited.context.newPage()
      await later.goto(visited.url)
      await nothingLeft(later)
      expect(visited.errors).toEqual([])
      expect(visited.escaped).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
