/** Item 63: every department has held a downtime drill lately with a kit for eight hours, and entered afterwards what was on paper. */
import { type Cell, type Criterion, nothingToJudge } from '../criterion.ts'
import { daysBetween } from '../day.ts'
import { exampleFile } from './example-evidence.ts'
import { fileCell, held, lineCell } from './lines.ts'

export const downtimeKit: Criterion<'drills' | 'roster'> = {
  code: 'readiness/downtime-kit',
  items: [63],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Downtime was not rehearsed',
  why: 'The first outage then happens without patient lists, forms or a way to enter them afterwards.',
  remedy: 'Print lists and forms for eight hours and hold a drill in each department listed.',
  needs: ['drills', 'roster'],
  thresholds: { leastHours: 8, mostDays: 180 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    const departments = [...new Set(given.value('roster').rows.map((row) => row.department))].sort()
    if (departments.length === 0) return nothingToJudge('The roster names no department')
    const { rows } = given.value('drills')
    const [hours, days] = [thresholds.leastHours ?? 8, thresholds.mostDays ?? 180]
    const cells = departments.flatMap((department): readonly Cell[] => {
      const last = rows
        .filter((row) => row.department === department && row.held_on <= asOf)
        .toSorted((a, b) => (a.held_on < b.held_on ? -1 : 1))
        .at(-1)
      if (!last) return [fileCell('drills', `${department}: no drill`)]
      const parts: string[] = []
      if (last.result === 'fail') parts.push('failed')
      if (last.hours < hours) parts.push(`kit for ${last.hours} of ${hours} hours`)
      if (last.entered_after !== true) parts.push('paper was not entered afterwards')
      const age = daysBetween(last.held_on, asOf)
      if (age > days) parts.push(`${age} days ago`)
      return parts.length === 0 ? [] : [lineCell('drills', last.line, `${department}: ${parts.join(', ')}`)]
    })
    const value = departments.length - cells.length
    const words = `${value} of ${departments.length} departments passed a drill with a kit for ${hours} hours`
    return held(cells.length === 0, { value, of: departments.length, threshold: departments.length, words, cells })
  },
  examples: {
    flags: [
      { name: 'the desk has a kit for four hours', value: 1, evidence: drilled('4,pass,yes') },
      { name: 'the desk never entered its paper', value: 1, evidence: drilled('8,pass,no') },
    ],
    passes: [{ name: 'both passed with eight hours', value: 2, evidence: drilled('8,pass,yes') }],
  },
}

function drilled(desk: string) {
  return {
    drills: exampleFile(
      'drills',
      `drill,department,held_on,hours,result,entered_after\nX,Ward,2026-06-05,8,pass,yes\nX,Desk,2026-06-05,${desk}\n`,
    ),
    roster: exampleFile('roster', 'person_id,role,department\n1,Nurse,Ward\n2,Receptionist,Desk\n'),
  }
}
