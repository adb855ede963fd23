/** Item 89: what the vendor was asked before signing, contractual and technical, and whether it was seen or only said. */

import { vendorAreas } from '../../input-files/governance-files.ts'
import { fileCell, held, openLines } from '../../measures/lines.ts'
import { areaName, isMet, pointWords, restsOnWords, vendorStanding } from '../../measures/vendor-standing.ts'
import type { Criterion } from '../../model/criterion.ts'

export const vendorCheck: Criterion<'vendor-checks'> = {
  code: 'readiness/vendor-check',
  items: [89],
  phase: 'discovery',
  severity: 'error',
  title: 'The vendor was not asked, or only says so',
  why: 'Demonstrations are not evidence: "EHR Contracts Untangled" (ONC, 2016) asks that what was shown stands in the contract.',
  remedy: 'Ask about the areas listed, see a document, clause or test, and write down its file, its day, who saw it and when.',
  needs: ['vendor-checks'],
  // The areas are those of DTAC (NHS) and two chapters of the ONC guide; that each needs a point that was seen is ours.
  thresholds: { leastAreas: vendorAreas.length },
  maxAgeDays: 730,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('vendor-checks')
    const areas = vendorStanding(rows)
    const met = areas.filter(isMet).length
    const least = thresholds.leastAreas ?? areas.length
    const open = openLines('vendor-checks', rows, (row) => {
      const why = pointWords(row)
      return why === null ? null : `${row.id}, ${areaName(row.area)}: ${row.point} (${why})`
    })
    const unasked = areas
      .filter(({ points }) => points.length === 0)
      .map(({ area }) => fileCell('vendor-checks', `${areaName(area)}: nothing was asked`))
    const claimed = areas.reduce((sum, each) => sum + each.claimed, 0)
    const words = `${met} of ${areas.length} areas were seen, resting on ${restsOnWords(rows)}; ${claimed} of ${rows.length} points rest on the word of the vendor`
    return held(met >= least, { value: met, of: areas.length, threshold: least, words, cells: [...open, ...unasked] })
  },
}
