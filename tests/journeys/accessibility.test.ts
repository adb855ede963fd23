import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeFaults } from './axe.ts'
import { chromiumPath, type Visit, visit } from './browser.ts'
import { newProject, openSample } from './steps.ts'

const help = [
  '#/help/rules',
  '#/help/rules?q=zzzz',
  '#/help/rules/workflow/digitized-approval',
  '#/help/rules/data/check-digit',
  '#/help/rules/readiness/duplicates',
  '#/help/rules/data/none',
]
const empty = ['#/', '#/help', ...help, '#/settings']
const filled = [
  '#/readiness',
  '#/readiness/inputs',
  '#/readiness/inputs?kind=roster',
  '#/readiness/practices',
  '#/readiness/risks',
  '#/readiness/views/integration',
  '#/readiness/views/downtime',
  '#/readiness/reports/hand-over',
  '#/workflow',
  '#/workflow/logs',
  '#/workflow/refill/compare',
  '#/workflow/refill/table',
  '#/workflow/refill/simulate',
  '#/workflow/refill/tests',
  '#/workflow/vitals/tests?example=vitals',
  '#/data/sources',
  '#/data/sources/legacy-allergies',
  '#/data/mapping',
  '#/data/mapping?tab=confirmed&line=4',
  '#/data/findings',
  '#/data/reconcile',
  '#/review/plan',
  '#/review/records',
  '#/review/worklist',
  '#/review/golden',
  '#/review/charts',
  '#/review/hazards',
  '#/review/certificate',
  '#/ledger',
  '#/settings',
  '#/',
]

/** Routes of a new project, where nothing has been loaded yet. */
const blank = filled.filter((route) => !/refill|vitals|legacy-|line=|^#\/$/.test(route))

async function violations({ page }: Visit, routes: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const route of routes) {
    await page.evaluate((hash) => {
      location.hash = hash
    }, route)
    await settled(page)
    found.push(...(await broken(page, route)))
  }
  return found
}

/** What axe says of the page as it stands, by the name of what is shown. */
async function broken(page: Page, name: string): Promise<string[]> {
  return (await axeFaults(page)).map((each) => `${name} ${each}`)
}

/** Resolves when the page asked for has its heading and nothing on it has changed for a moment, however long it took to get there. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let timer = 0
        const wait = (): void => {
          clearTimeout(timer)
          timer = window.setTimeout(() => requestIdleCallback(look), 150)
        }
        const changes = new MutationObserver(wait)
        const look = (): void => {
          const isThere = document.querySelector('h1') !== null && !/Opening…|Reading record \d/.test(document.body.innerText)
          if (!isThere) {
            wait()
            return
          }
          changes.disconnect()
          resolve()
        }
        changes.observe(document.body, { subtree: true, childList: true, characterData: true })
        wait()
      }),
  )
}

test.skipIf(chromiumPath === null)('axe finds nothing on any page of the sample, in both themes', async () => {
  const visited = await visit()
  try {
    expect(await violations(visited, empty)).toEqual([])
    await openSample(visited.page)
    expect(await violations(visited, filled)).toEqual([])
    expect(visited.escaped).toEqual([])
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)('axe finds nothing on the pages of a new project, in both themes', async () => {
  const visited = await visit()
  try {
    const { page } = visited
    await newProject(page)
    expect(await violations(visited, blank)).toEqual([])
  } finally {
    await visited.end()
  }
})

test.skipIf(chromiumPath === null)(
  'axe finds nothing in what opens over a map, inside a sub-workflow and while findings are presented, in both themes',
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await newProject(page)
      await page.evaluate(() => {
        location.hash = '#/workflow'
      })
      await page.getByRole('button', { name: 'Add an example' }).click()
      await page.getByRole('menuitem').first().click()
      await page.locator('[data-step]').first().waitFor()
      await settled(page)
      const route = await page.evaluate(() => location.hash)
      const found: string[] = []

      await page.getByRole('button', { name: 'Map', exact: true }).click()
      await page.getByRole('menuitem', { name: /^Versions/ }).click()
      await page.getByRole('dialog').getByRole('textbox').first().fill('Before the summer')
      await page.keyboard.press('Enter')
      await settled(page)
      found.push(...(await broken(page, 'versions')))
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })

      await page.getByRole('application').focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('F2')
      await page.getByText('keeps the name').waitFor()
      found.push(...(await broken(page, 'naming')))
      await page.keyboard.press('Escape')

      // Two steps that follow each other, closed and looked into.
      await page.locator('[data-step^="current/"]').nth(1).click()
      await page
        .locator('[data-step^="current/"]')
        .nth(2)
        .click({ modifiers: ['Control'] })
      await page.getByRole('application').focus()
      await page.keyboard.press('Control+g')
      await page.getByRole('dialog').getByRole('textbox').fill('Together')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      // A future step that goes leaves a current one without its partner.
      await page.locator('[data-step^="future/"]').filter({ hasText: 'Sign in patient' }).click()
      await page.getByRole('application').focus()
      await page.keyboard.press('Delete')
      await page.getByRole('button', { name: /go(es)? nowhere$/ }).click({ timeout: 15_000 })
      await page.getByRole('dialog').waitFor()
      found.push(...(await broken(page, 'gaps in the trace')))
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.locator('[data-step^="current/"]').filter({ hasText: 'Together' }).click()
      await page.getByRole('application').focus()
      await page.keyboard.press('o')
      await page.getByRole('region', { name: 'What is said of the closed step' }).waitFor({ timeout: 15_000 })
      await settled(page)
      found.push(...(await broken(page, 'inside')))

      await page.evaluate((hash) => {
        location.hash = hash.replace('/compare', '/present')
      }, route)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      found.push(...(await broken(page, 'present')))
      expect(found).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
