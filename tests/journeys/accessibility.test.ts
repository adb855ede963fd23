import AxeBuilder from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { chromiumPath, type Visit, visit } from './browser.ts'
import { newProject, openSample } from './steps.ts'

const empty = ['#/', '#/help', '#/settings']
const filled = [
  '#/readiness',
  '#/workflow',
  '#/workflow/refill/compare',
  '#/workflow/refill/table',
  '#/data/sources',
  '#/data/sources/legacy-allergies',
  '#/data/findings',
  '#/review/plan',
  '#/review/records',
  '#/review/certificate',
  '#/ledger',
  '#/settings',
  '#/help',
  '#/',
]

/** Routes of a new project, where nothing has been loaded yet. */
const blank = filled.filter((route) => !/refill|legacy-/.test(route))

async function violations(visited: Visit, routes: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const route of routes) {
    await visited.page.evaluate((hash) => {
      location.hash = hash
    }, route)
    await visited.page.waitForTimeout(350)
    // The frame and the page; React Flow's own background layers carry no content.
    const { violations } = await new AxeBuilder({ page: visited.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze()
    for (const violation of violations)
      for (const node of violation.nodes)
        found.push(`${route} ${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`)
  }
  return found
}

for (const theme of ['light', 'dark'] as const) {
  test.skipIf(chromiumPath === null)(`axe finds nothing on any page of the sample, ${theme}`, { timeout: 180_000 }, async () => {
    const visited = await visit({ theme })
    try {
      expect(await violations(visited, empty)).toEqual([])
      await openSample(visited.page)
      expect(await violations(visited, filled)).toEqual([])
      expect(visited.escaped).toEqual([])
    } finally {
      await visited.end()
    }
  })

  test.skipIf(chromiumPath === null)(
    `axe finds nothing on the pages of a new project, ${theme}`,
    { timeout: 120_000 },
    async () => {
      const visited = await visit({ theme })
      try {
        const { page } = visited
        await newProject(page)
        expect(await violations(visited, blank)).toEqual([])
      } finally {
        await visited.end()
      }
    },
  )
}
