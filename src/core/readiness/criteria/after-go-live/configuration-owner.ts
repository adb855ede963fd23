/** Item 74: each area of the configuration has an owner and a deputy, and its queue moves. */

import { emptyOf, held, openLines } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const configurationOwner: Criterion<'areas'> = {
  code: 'readiness/configuration-owner',
  items: [74],
  phase: 'after-go-live',
  severity: 'error',
  title: 'Nobody owns parts of the configuration after go-live',
  why: '"Who owns the configuration after go-live?" Without a name, changes stop and spreadsheets start.',
  remedy: 'Name owner and deputy of each area listed, and give them time for its queue.',
  needs: ['areas'],
  thresholds: { mostMedianDays: 30 },
  maxAgeDays: 120,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('areas')
    if (rows.length === 0) return nothingToJudge('No area is listed')
    const most = thresholds.mostMedianDays ?? 30
    const cells = openLines('areas', rows, (row) => {
      const lacks = emptyOf(row, [
        'owner',
        'deputy',
        'open_requests',
        ...(row.open_requests === 0 ? [] : (['median_days'] as const)),
      ])
      const slow = (row.median_days ?? 0) > most ? `requests take ${row.median_days} days` : null
      const parts = [lacks, slow].filter((part) => part !== null)
      return parts.length === 0 ? null : `${row.area}: ${parts.join(', ')}`
    })
    const value = rows.length - cells.length
    const open = rows.reduce((sum, row) => sum + (row.open_requests ?? 0), 0)
    const words = `${value} of ${rows.length} areas have owner, deputy and a queue that moves; ${open} requests are open`
    return held(cells.length === 0, { value, of: rows.length, threshold: rows.length, words, cells })
  },
}
