/** Thresholds in words. */
import type { JudgedCriterion } from '../../../../core/readiness/board/board.ts'

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
  ['periodDays', 'days in a period'],
  ['openDays', 'days in which a case may still be under way'],
  ['conformancePoints', 'points of cases as drawn that must be seen'],
  ['sharePoints', 'points of other shares that must be seen'],
  ['ageTimes', 'times the age of tickets that must be seen'],
  ['exportTimes', 'times the exports that must be seen'],
])

export function thresholdLabel(name: string): string {
  return words.get(name) ?? name
}

export function thresholdText({ thresholds, criterion }: JudgedCriterion): string {
  const text = Object.entries(thresholds).map(([name, value]) => `${thresholdLabel(name)} ${value}`)
  if (text.length > 0) return text.join(', ')
  return criterion.needs.length === 0 ? 'a named statement' : 'all of them'
}
