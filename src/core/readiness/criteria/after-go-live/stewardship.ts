/** Item 53: each class of defect has an owner, and its clean-up left clearly fewer. */

import { held, lineCell } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { differenceOfShares } from '../../statistics/share-shift.ts'

export const stewardship: Criterion<'worklists'> = {
  code: 'readiness/stewardship',
  items: [53],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'Clean-up has no owner or no effect',
  why: 'A "data stewardship committee" with a "clean chart week" works if records with the defect become fewer, and stay so.',
  remedy: 'Name who answers for each class listed, hold the clean-up by its day, and count again.',
  needs: ['worklists'],
  thresholds: { open: 0 },
  maxAgeDays: 120,
  claimable: false,
  compute(given, _thresholds, asOf) {
    const rows = given.value('worklists').rows.filter((row) => row.before_of > 0)
    if (rows.length === 0) return nothingToJudge('No class of defect is listed')
    const cells = rows.flatMap((row): readonly Cell[] => {
      const parts: string[] = []
      if (row.owner === null) parts.push('no owner')
      if ((row.after_open ?? 0) > (row.after_of ?? Number.POSITIVE_INFINITY) || row.before_open > row.before_of)
        parts.push('more records with the defect than records')
      if (row.after_open === null || row.after_of === null || row.after_of === 0) {
        if (row.due_on === null || row.due_on < asOf) parts.push('not counted again')
      } else if (differenceOfShares(row.after_open, row.after_of, row.before_open, row.before_of).high >= 0)
        parts.push(`${row.before_open} before, ${row.after_open} after: not clearly fewer`)
      return parts.length === 0 ? [] : [lineCell('worklists', row.line, `${row.defect}: ${parts.join(', ')}`)]
    })
    const value = rows.length - cells.length
    const words = `${value} of ${rows.length} classes of defects have an owner and became clearly fewer, or are not due yet`
    return held(cells.length === 0, { value, of: rows.length, threshold: rows.length, words, cells })
  },
}
