/** What axe says of a page as it stands: all rules in light, in dark what a theme alone can change, the colours. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

type Theme = 'light' | 'dark'

const rules = {
  light: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  dark: { type: 'rule', values: ['color-contrast'] },
} as const

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}
declare const axe: { run(part: Document | string, options: object): Promise<{ readonly violations: readonly Violation[] }> }

/** Each violation by theme, rule and place; `part` is a selector where only that part of the page is asked about. */
export async function axeFaults(page: Page, part: string | null = null): Promise<readonly string[]> {
  await layAxe(page)
  const before = await page.evaluate(() => document.documentElement.dataset.theme)
  const found: string[] = []
  for (const theme of ['light', 'dark'] as const) {
    await wear(page, theme)
    const words = await page.evaluate(
      async ([runOnly, selector]) => {
        const { violations } = await axe.run(selector ?? document, { runOnly, resultTypes: ['violations'] })
        return violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
        )
      },
      [rules[theme], part] as const,
    )
    found.push(...words.map((each) => `${theme} ${each}`))
  }
  await wear(page, before === 'dark' ? 'dark' : 'light')
  await page.emulateMedia({ reducedMotion: null })
  return found
}

/** A colour that is on its way from one theme to the other is none of either. */
async function wear(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme)
}

/** A page keeps axe from route to route; none has frames, so that no second window is needed to collect what axe says in them. */
async function layAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in globalThis)) return
  await new AxeBuilder({ page }).setLegacyMode().withRules(['document-title']).analyze()
}
