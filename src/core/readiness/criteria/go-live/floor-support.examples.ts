/** Examples of `floor-support.ts`, for tests and rule pages. */

import { addDays } from '../../../values/day.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

interface Planned {
  /** First day of the roster, counted from go-live. */
  readonly from?: number
  readonly days?: number
  /** Days of the roster without a supporter. */
  readonly bare?: readonly number[]
  readonly ticketsPerDay?: number
  /** Numbers of the first supporters, in no roster. */
  readonly unknown?: readonly string[]
}

export const floorSupportExamples: EvidenceExamples = {
  code: 'readiness/floor-support',
  decides:
    'Each clinical shift in the first weeks needs support on the floor. A department may stop only when tickets per shift have fallen to the limit.',
  flags: [
    {
      name: 'the late shift of the first day has nobody',
      // 14 shifts begin in the first two weeks, one of them is bare.
      value: 1,
      evidence: fortnight({ bare: [0] }),
    },
    {
      name: 'the supporter of one shift has no number, of another one nobody knows',
      value: 2,
      evidence: fortnight({ unknown: ['', '9'] }),
    },
    {
      name: 'the roster covers three days only',
      value: 1,
      evidence: fortnight({ days: 3 }),
    },
    {
      name: 'supported weeks before go-live, none is listed from go-live on',
      value: 1,
      evidence: fortnight({ from: -40 }),
    },
    {
      // Fourteen tickets in the seven shifts up to the first bare one are two a shift.
      name: 'support went after two weeks while two tickets came in every shift',
      value: 1,
      evidence: fortnight({ days: 21, bare: [14, 15, 16, 17, 18, 19, 20], ticketsPerDay: 2 }),
    },
  ],
  passes: [
    { name: 'a supporter in every shift of two weeks', value: 0, evidence: fortnight({}) },
    {
      name: 'support went after two weeks, once a ticket came on every other day only',
      value: 0,
      evidence: fortnight({ days: 21, bare: [14, 15, 16, 17, 18, 19, 20] }),
    },
  ],
}

/** Day shifts with a supporter each, but on the bare days; tickets on every day of the roster. */
function fortnight({ from = 0, days = 15, bare = [], ticketsPerDay = 0.5, unknown = [] }: Planned) {
  const lines: string[] = []
  const tickets: string[] = []
  for (let n = 0; n < days; n++) {
    const day = addDays('2026-11-02', from + n)
    lines.push(`C${n},Ward,${day}T07:00:00Z,${day}T19:00:00Z,clinical,`)
    if (!bare.includes(n)) lines.push(`S${n},Ward,${day}T06:45:00Z,${day}T19:15:00Z,at-elbow,${unknown[n] ?? '1'}`)
    for (let t = Math.floor(n * ticketsPerDay); t < Math.floor((n + 1) * ticketsPerDay); t++)
      tickets.push(`T${t},${day}T10:00:00Z,closed,Ward`)
  }
  return {
    shifts: exampleFile('shifts', `shift_id,department,start,end,function,person_id\n${lines.join('\n')}\n`),
    roster: exampleFile('roster', 'person_id,role,department\n1,Supporter,Project\n'),
    milestones: exampleFile('milestones', 'milestone,planned_on\ngo-live,2026-11-02\n'),
    tickets: exampleFile('tickets', `ticket_id,opened_at,status,department\n${tickets.join('\n')}\n`),
  }
}
