import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { dataPath } from '../beside.ts'
import { chromiumPath, visit } from './browser.ts'
import { newProject } from './steps.ts'

/** A migration that nobody here wrote; see the README beside it. */
const pair = dataPath('pair-12/').replace(/\/$/, '')
const there = existsSync(pair)

/** The folder that a person would choose in the system's dialog from here on, with these files in it. */
async function chooses(page: Page, name: string, folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      path: join(entry.parentPath, entry.name).slice(folder.length + 1),
      base64: readFileSync(join(entry.parentPath, entry.name)).toString('base64'),
    }))
  await page.evaluate(
    async ({ name, files }) => {
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true })
      for (const { path, base64 } of files) {
        const parts = path.split('/')
        let place = root
        for (const part of parts.slice(0, -1)) place = await place.getDirectoryHandle(part, { create: true })
        const stream = await (await place.getFileHandle(parts.at(-1) ?? '', { create: true })).createWritable()
        await stream.write(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)))
        await stream.close()
      }
      window.showDirectoryPicker = async () => root
    },
    { name, files },
  )
}

async function go(page: Page, to: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#/data/${to}`)
}

/** Numbers of a sentence, in its order. */
function numbersOf(text: string): readonly number[] {
  return (text.match(/\d[\d,]*/g) ?? []).map((one) => Number(one.replaceAll(',', '')))
}

test.skipIf(chromiumPath === null || !there)(
  'a foreign pair is opened as a folder, its proposals are decided, and one run reconciles it',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await newProject(page)
      await chooses(page, 'pair-12', pair)
      await go(page, 'sources')
      await page.getByRole('button', { name: 'Add a folder' }).click()
      await page.getByRole('button', { name: 'Read all 13 like this' }).click()
      await page.getByText('README.md does not look like data.').waitFor()
      const sources = page.getByRole('region', { name: 'Sources' })
      expect(await sources.getByRole('row', { name: /\.csv legacy/ }).count()).toBe(13)
      expect(await sources.getByRole('row', { name: /\.json\.gz target/ }).count()).toBe(12)

      // Every step names the next one. A run without a map checks the files and reconciles nothing.
      await page.getByRole('button', { name: 'Check the files' }).click()
      await page.getByRole('button', { name: 'Propose a field map' }).waitFor()

      // What twelve Bundles share is one line, which opens to its twelve files.
      await go(page, 'findings')
      const causes = numbersOf(await page.getByText(/findings of \d+ causes/).innerText())
      expect(causes[1]).toBeLessThan((causes[0] ?? 0) / 2)
      await page
        .getByRole('row', { name: /12 files/ })
        .first()
        .getByRole('link')
        .click()
      expect(
        await page
          .getByRole('complementary')
          .getByRole('link', { name: /patient-\d\d\.json\.gz/ })
          .count(),
      ).toBe(12)

      await go(page, 'mapping')
      await page.getByRole('button', { name: 'Propose targets' }).click()
      const [proposed = 0] = numbersOf(await page.getByText(/lines are proposed/).innerText())
      expect(proposed).toBeGreaterThan(100)
      await page.getByRole('button', { name: /^Confirm \d+ lines that carry a value$/ }).click()
      await page.getByLabel('Your name').fill('Ada Okafor')
      await page.keyboard.press('Enter')
      const [confirmed = 0] = numbersOf(await page.getByText(/lines are confirmed/).innerText())
      // What loses something is no part of it, and is named before it is decided.
      const leave = page.getByRole('button', { name: /^Leave \d+ behind…$/ })
      const [left = 0] = numbersOf(await leave.innerText())
      expect(confirmed + left).toBe(proposed)
      await page.getByRole('tab', { name: new RegExp(`^Suggested\\s*${left}$`) }).waitFor()
      await leave.click()
      await page.getByRole('region', { name: 'What is left behind' }).waitFor()
      await page.getByRole('button', { name: `Leave ${left} behind`, exact: true }).click()
      await page.getByText(`${left} lines left behind with their reasons`).waitFor()
      // One step of undo, and one to do it again.
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      await page.getByRole('tab', { name: new RegExp(`^Suggested\\s*${left}$`) }).waitFor()
      await page.getByRole('button', { name: 'Redo', exact: true }).click()
      await page.getByRole('tab', { name: /^Suggested\s*0$/ }).waitFor()
      const [carried, behind, open] = await Promise.all(
        [/carried: their line is confirmed/, /left behind: a confirmed line says why/, /open: [\d,]+ suggested/].map(
          async (words) => numbersOf(await page.getByText(words).innerText())[0],
        ),
      )

      await page.getByRole('button', { name: 'Try it on the files' }).click()
      await page.getByRole('list', { name: 'Parts of the run' }).getByText('Reconciling both sides').waitFor()
      await page.getByRole('button', { name: 'Run all checks' }).waitFor()
      await go(page, 'reconcile')
      const balance = page.getByRole('region', { name: 'Balance by table' })
      const rows = await balance.innerText()
      for (const [table, records] of [
        ['patients', 12],
        ['devices', 2],
        ['imaging_studies', 2],
      ] as const)
        expect(rows).toMatch(new RegExp(`\\n${table}\\t${records}\\t${records}\\n`))
      // The map and the reconciliation count the same cells.
      const [, leftBehind, stillOpen] = numbersOf(await page.getByText('Filled cells carried').locator('..').innerText())
      expect([leftBehind, stillOpen]).toEqual([behind, open])
      expect(carried).toBeGreaterThan(0)
      expect(visited.escaped).toEqual([])
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
