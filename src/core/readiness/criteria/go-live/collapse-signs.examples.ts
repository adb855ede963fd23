/** Examples of `collapse-signs.ts`, for tests and rule pages. */

import { addDays } from '../../../values/day.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const collapseSignsExamples: EvidenceExamples = {
  code: 'readiness/collapse-signs',
  decides:
    'Two counts per shift are watched by a Poisson CUSUM: work back on paper, and tickets carried into the next shift. Neither may be above its limit now.',
  flags: [
    // One ticket on paper in each of fourteen shifts, then six in each of the last two.
    { name: 'six tickets on paper in each of two shifts, after one in each', value: 1, evidence: shiftsWith({ paper: 6 }) },
    { name: 'six tickets a shift are carried over, after none', value: 1, evidence: shiftsWith({ carried: 6 }) },
  ],
  passes: [
    { name: 'every shift is like the others', value: 2, evidence: shiftsWith({}) },
    { name: 'one ticket more on paper is chance', value: 2, evidence: shiftsWith({ paper: 2 }) },
  ],
}

/** Sixteen day shifts with one ticket on paper each, closed at noon; the last two as asked. */
function shiftsWith({ paper = 1, carried = 0 }: { readonly paper?: number; readonly carried?: number }) {
  const lines: string[] = []
  const tickets: string[] = []
  for (let n = 0; n < 16; n++) {
    const day = addDays('2026-06-20', n)
    lines.push(`S${n},Ward,${day}T07:00:00Z,${day}T19:00:00Z,clinical`)
    for (let t = 0; t < (n < 14 ? 1 : paper); t++) tickets.push(`P${n}-${t},${day}T10:00:00Z,closed,Ward,${day}T12:00:00Z,yes`)
    for (let t = 0; t < (n < 14 ? 0 : carried); t++)
      tickets.push(`C${n}-${t},${day}T10:00:00Z,closed,Ward,${addDays(day, 1)}T12:00:00Z,no`)
  }
  return {
    shifts: exampleFile('shifts', `shift_id,department,start,end,function\n${lines.join('\n')}\n`),
    tickets: exampleFile('tickets', `ticket_id,opened_at,status,department,closed_at,paper_fallback\n${tickets.join('\n')}\n`),
  }
}
