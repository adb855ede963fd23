/** Item 64: what went wrong in the mock go-live was mended and tried again before it can go wrong with a patient. */

import { held, openLines } from '../../measures/lines.ts'
import { openWords } from '../../measures/mock-event.ts'
import type { Criterion } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

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
  examples: {
    flags: [
      { name: 'a critical one was mended and not tried again', value: 1, evidence: incident('critical', 'IT lead,2026-07-05,') },
      {
        name: 'said to be tried again, and its script was not run since it was mended',
        value: 1,
        evidence: incident('critical', 'IT lead,2026-07-05,2026-07-06', '2026-07-04'),
      },
      { name: 'nobody answers for a low one', value: 1, evidence: incident('low', ',,') },
    ],
    passes: [
      { name: 'mended and tried again', value: 0, evidence: incident('critical', 'IT lead,2026-07-05,2026-07-06') },
      { name: 'a low one with an owner may wait', value: 0, evidence: incident('low', 'IT lead,,') },
    ],
  },
}

function incident(severity: string, rest: string, ran = '2026-07-06') {
  const head = 'id,event,opened_at,severity,what,scenario,owner,closed_on,tried_again_on'
  return {
    'mock-scenarios': exampleFile(
      'mock-scenarios',
      `event,scenario,workflow,steps,roles,started_at,result\nM1,Refill,refill,Check,Nurse,${ran}T09:00:00Z,pass\n`,
    ),
    'mock-incidents': exampleFile(
      'mock-incidents',
      `${head}\nI1,M1,2026-07-01T10:00:00Z,${severity},Label prints twice,Refill,${rest}\n`,
    ),
  }
}
