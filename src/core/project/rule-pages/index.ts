/** All pages of rules: one for each survival rule, rule of structure, check, code of FHIR, difference and criterion. */
import { dataPages } from './data-pages.ts'
import { differencePages } from './difference-pages.ts'
import { readinessPages } from './readiness-pages.ts'
import type { RulePage } from './rule-page.ts'
import { workflowPages } from './workflow-pages.ts'

let made: readonly RulePage[] | null = null

export function rulePages(): readonly RulePage[] {
  made ??= byCode([...workflowPages(), ...dataPages(), ...differencePages(), ...readinessPages()])
  return made
}

/** One page for each code. A code that a check and a comparison of two systems share is told on the page of the check. */
function byCode(pages: readonly RulePage[]): readonly RulePage[] {
  const one = new Map<string, RulePage>()
  for (const page of pages) {
    const { code, title } = page.wording
    const known = one.get(code)
    one.set(code, known ? { ...known, facts: [...known.facts, [page.group, `${title}. ${page.decides}`]] } : page)
  }
  return [...one.values()]
}

/** Pages whose words hold every word of the search. */
export function found(pages: readonly RulePage[], search: string): readonly RulePage[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return pages
  return pages.filter(({ wording: { code, title, why, remedy }, group, decides, facts }) => {
    const text = [code, title, why, remedy, group, decides, ...facts.flat()].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
