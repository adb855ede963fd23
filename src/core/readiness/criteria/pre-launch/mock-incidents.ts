/** Item 64: what went wrong in the mock go-live was mended and tried again before it can go wrong with a patient. */

import { held, openLines } from '../../measures/lines.ts'
import { openWords } from '../../measures/mock-event.ts'
import type { Criterion } from '../../model/criterion.ts'

export const mockIncidents: Criterion<'mock-incidents' | 'mock-scenarios'> = {
  code: 'readiness/mock-incidents',
  items: [64],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Incidents of the mock go-live are open',
  why: 'A rehearsal finds what would have failed. What it found and nobody mended fails at go-live, and then it was known.',
  remedy: 'Mend what is critical or high, play its scenario again, and name an owner for the rest.',
  needs: ['mock-incidents', 'mock-scenarios'],
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('mock-incidents')
    const { rows: scenarios } = given.value('mock-scenarios')
    const cells = openLines('mock-incidents', rows, (row) => {
      const why = openWords(row, scenarios)
      return why === null ? null : `${row.id}, ${row.severity}: ${row.what} (${why})`
    })
    const grave = rows.filter(({ severity }) => severity === 'critical' || severity === 'high').length
    const words = `${cells.length} of ${rows.length} incidents stand in the way; ${grave} were critical or high`
    return held(cells.length <= (thresholds.open ?? 0), {
      value: cells.length,
      of: rows.length,
      threshold: thresholds.open ?? 0,
      words,
      cells,
    })
  },
}
