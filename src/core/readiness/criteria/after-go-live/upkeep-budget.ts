/** Item 79: the yearly upkeep is fifteen to twenty percent of the initial cost, and an upgrade is budgeted within three years. */

import { shareText } from '../../../share-text.ts'
import { fileCell, held, percent } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const upkeepBudget: Criterion<'budget'> = {
  code: 'readiness/upkeep-budget',
  items: [79],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'There is too little money for the years after',
  why: 'Upkeep is "typically 15-20% of the initial project cost"; without it the system is as old as its first day.',
  remedy: 'Put upkeep for each year listed, and one upgrade within three years.',
  needs: ['budget'],
  thresholds: { leastPercent: 15, years: 3 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('budget')
    const sum = (list: typeof rows): number => list.reduce((total, row) => total + (row.amount ?? 0), 0)
    const initial = sum(rows.filter((row) => row.year === 0))
    if (initial === 0) return nothingToJudge('No cost until go-live is listed')
    const least = thresholds.leastPercent ?? 15
    const years = Array.from({ length: thresholds.years ?? 3 }, (_, index) => index + 1)
    const shares = years.map((year) => ({
      year,
      share: percent(sum(rows.filter((row) => row.year === year && row.kind === 'upkeep')), initial),
    }))
    const cells: readonly Cell[] = [
      ...shares
        .filter(({ share }) => share < least)
        .map(({ year, share }) => fileCell('budget', `year ${year}: upkeep of ${shareText(share / 100)}`)),
      ...(rows.some((row) => row.kind === 'upgrade' && years.includes(row.year) && (row.amount ?? 0) > 0)
        ? []
        : [fileCell('budget', `no upgrade in ${years.length} years`)]),
    ]
    const lowest = Math.min(...shares.map(({ share }) => share))
    const words = `upkeep is ${shareText(lowest / 100)} of the initial cost in the leanest of ${years.length} years, ${least} to 20 % are usual`
    return held(cells.length === 0, { value: Math.round(lowest * 100) / 100, of: initial, threshold: least, words, cells })
  },
}
