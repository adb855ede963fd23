/** Thresholds in words. */
import type { JudgedCriterion } from '../../../core/readiness/board.ts'

const words: ReadonlyMap<string, string> = new Map([
  ['open', 'open at most'],
  ['untraced', 'untraced at most'],
  ['without', 'without at most'],
  ['left', 'left at most'],
  ['void', 'no longer counting at most'],
  ['clicks', 'clicks per step at most'],
  ['least', 'at least'],
  ['leastPercent', 'percent at least'],
  ['leastPercentShorter', 'percent shorter, more than'],
  ['leastWorkflows', 'workflows at least'],
  ['replications', 'replications at least'],
])

export function thresholdLabel(name: string): string {
  return words.get(name) ?? name
}

export function thresholdText({ thresholds, criterion }: JudgedCriterion): string {
  const text = Object.entries(thresholds).map(([name, value]) => `${thresholdLabel(name)} ${value}`)
  if (text.length > 0) return text.join(', ')
  return criterion.needs.length === 0 ? 'a named statement' : 'all of them'
}
