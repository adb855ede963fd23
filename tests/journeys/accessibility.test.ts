import AxeBuilder from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { chromiumPath, type Visit, visit } from './browser.ts'
import { newProject, openSample } from './steps.ts'

const empty = ['#/', '#/help', '#/settings']
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
  '#/review/certificate',
  '#/ledger',
  '#/settings',
  '#/help',
  '#/',
]

/** Routes of a new project, where nothing has been loaded yet. */
const blank = filled.filter((route) => !/refill|vitals|legacy-|line=/.test(route))

/** All rules in light; in dark only what a theme can change, the colours. */
async function violations(visited: Visit, routes: readonly string[]): Promise<string[]> {
  const { page } = visited
  const found: string[] = []
  for (const route of routes) {
    await page.evaluate((hash) => {
      location.hash = hash
    }, route)
    // First the page before it goes, then the new one is fetched and has its heading.
    await page.waitForTimeout(350)
    await page.waitForFunction(() => document.querySelector('h1') !== null && !document.body.innerText.includes('Opening…'))
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme)
      // No page has frames, so the analysis needs no second window to collect them in.
      const axe = new AxeBuilder({ page }).setLegacyMode()
      const { violations } = await (theme === 'light'
        ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
        : axe.withRules(['color-contrast'])
      ).analyze()
      for (const violation of violations)
        for (const node of violation.nodes)
          found.push(`${route} ${theme} ${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`)
    }
  }
  return found
}

test.skipIf(chromiumPath === null)(
  'axe finds nothing on any page of the sample, in both themes',
  { timeout: 480_000 },
  async () => {
    const visited = await visit()
    try {
      expect(await violations(visited, empty)).toEqual([])
      await openSample(visited.page)
      expect(await violations(visited, filled)).toEqual([])
      expect(visited.escaped).toEqual([])
    } finally {
      await visited.end()
    }
  },
)

test.skipIf(chromiumPath === null)(
  'axe finds nothing on the pages of a new project, in both themes',
  { timeout: 480_000 },
  async () => {
    const visited = await visit()
    try {
      const { page } = visited
      await newProject(page)
      expect(await violations(visited, blank)).toEqual([])
    } finally {
      await visited.end()
    }
  },
)
