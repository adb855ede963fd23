import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeFaults } from './axe.ts'
import { chromiumPath, visit } from './browser.ts'
import { goWith, hasFocus, openSample, tabTo } from './steps.ts'

/** Resolves when both kinds of example are judged. */
async function examplesShown(page: Page): Promise<void> {
  for (const kind of ['Flags', 'Passes']) {
    const example = page.getByRole('region', { name: new RegExp(`^${kind}: `) }).first()
    await example.getByRole('heading', { name: new RegExp(`^${kind}: `) }).waitFor()
    await expect.poll(() => example.innerText()).not.toMatch(/Judging…|could not be judged/)
    expect((await example.innerText()).split('\n').length).toBeGreaterThan(1)
  }
}

test.skipIf(chromiumPath === null)(
  'without a mouse a rule is found by its words, shows what flags and what passes, and is reached from a finding',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await openSample(page)

      await page.keyboard.press('?')
      await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor()
      await tabTo(page, 'how it decides, with examples')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Rules', level: 1 }).waitFor()
      const counted = page.getByText(/^\d+ of \d+ rules$/)
      const all = Number(/\d+/.exec(await counted.innerText())?.[0])
      expect(all).toBeGreaterThan(100)
      await tabTo(page, 'Search rules')
      await hasFocus(page.getByRole('searchbox', { name: 'Search rules' }))
      await page.keyboard.type('check digit')
      await expect.poll(async () => Number(/\d+/.exec(await counted.innerText())?.[0])).toBeLessThan(all / 4)
      expect(await axeFaults(page)).toEqual([])
      const link = page.locator('a[href="#/help/rules/data/check-digit"]')
      const title = await link.innerText()
      await tabTo(page, title)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      await examplesShown(page)
      expect(await axeFaults(page)).toEqual([])

      // Evidence that holds nothing of what is judged is an example of its own.
      await page.evaluate(() => {
        location.hash = '#/help/rules/readiness/medicines-reconciled'
      })
      const silent = page.getByRole('region', { name: /^Not judged: .*no line of the field map/ })
      await silent.getByText(/This table may hold some: T47/).waitFor()

      await goWith(page, 'gf')
      await page.getByRole('heading', { name: 'Findings', level: 1 }).waitFor()
      await tabTo(page, 'A dose is not the dose of legacy')
      await page.keyboard.press('Enter')
      await tabTo(page, 'How this is decided, with examples')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'A dose is not the dose of legacy', level: 1 }).waitFor()
      for (const part of ['How it decides', 'Why it matters', 'What to do', 'Examples'])
        await page.getByRole('heading', { name: part, level: 2 }).waitFor()
      expect(await axeFaults(page)).toEqual([])
      expect([visited.escaped, visited.errors]).toEqual([[], []])
    } finally {
      await visited.end()
    }
  },
)

test.skipIf(chromiumPath === null)('a page of the manual is found by its words and read without a network', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await page.goto(`${page.url().split('#')[0]}#/help/manual`)
    await page.getByRole('heading', { name: 'Manual', level: 1 }).waitFor()
    const counted = page.getByText(/^\d+ of \d+ pages$/)
    const all = Number(/\d+/.exec(await counted.innerText())?.[0])
    expect(all).toBeGreaterThan(80)
    expect(await axeFaults(page)).toEqual([])
    await page.context().setOffline(true)
    await tabTo(page, 'Search the manual')
    await page.keyboard.type('delimiter encoding')
    await expect.poll(async () => Number(/\d+/.exec(await counted.innerText())?.[0])).toBeLessThan(all / 4)
    await tabTo(page, 'Say how a table is read')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Say how a table is read', level: 1 }).waitFor()
    await page.getByText('--encoding windows-1252 --delimiter ";" --skip-rows 2').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await tabTo(page, 'Formats')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Formats', level: 1 }).waitFor()
    expect(visited.escaped).toEqual([])
  } finally {
    await visited.end()
  }
})
