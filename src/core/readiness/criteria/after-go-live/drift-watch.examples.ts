/** Examples of `drift-watch.ts`, for tests and rule pages. */

import { addDays } from '../../../values/day.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile, exampleWorkflow } from '../examples/example-evidence.ts'
import { baselinePeriods, compared } from './drift-watch.ts'

interface LastMonths {
  readonly exports?: number
  /** Of 300 cases. */
  readonly skipped?: number
  /** Of 300 cases, each with steps that no other case has. */
  readonly detours?: number
  readonly twice?: number
  readonly late?: number
  /** Of sixty tickets. */
  readonly refused?: number
  readonly days?: number
}

export const driftWatchExamples: EvidenceExamples = {
  code: 'readiness/drift-watch',
  decides:
    'Two periods are compared with the four before, measure by measure, by control charts. No measure may have moved, and each must be counted often enough to see the shift of its limit.',
  flags: [
    { name: 'exports tripled in the last two months', value: 3, evidence: used({ exports: 30 }) },
    // Nine of ten cases went as drawn, then six of ten; exports as before.
    { name: 'two of five cases leave out the check', value: 3, evidence: used({ skipped: 120 }) },
    // Every one of these cases is done in a way of its own.
    { name: 'one of three cases finds a detour of its own', value: 3, evidence: used({ detours: 90 }) },
    { name: 'refusals and the age of tickets rose, which is one index', value: 3, evidence: used({ refused: 48, days: 9 }) },
    { name: 'double entry and evenings came, which is one index', value: 3, evidence: used({ twice: 120, late: 120 }) },
  ],
  passes: [{ name: 'every month is like the others', value: 4, evidence: used({}) }],
}

/** Six periods of 300 cases, ten exports and sixty tickets; the last two as asked. Thirty cases leave out the check in every period. */
function used(last: LastMonths) {
  const [cases, opened] = [300, 60]
  const events: string[] = []
  const tickets: string[] = []
  for (let period = 0; period < baselinePeriods + compared; period++) {
    const {
      exports = 10,
      skipped = 30,
      detours = 0,
      twice = 12,
      late = 12,
      refused = 4,
      days = 2,
    } = period < baselinePeriods ? {} : last
    const day = (n: number): string => addDays('2026-01-27', period * 28 + n)
    for (let n = 0; n < cases; n++) {
      const name = `C${period}-${n}`
      const hour = n < late ? 20 : 9
      const row = (step: string, minute: number): string =>
        `${name},${step},${day(n % 20)}T${String(hour).padStart(2, '0')}:${minute}:00Z,enter,dose`
      events.push(row('ask', 10), ...(n < skipped ? [] : [`${row('check', 20).replace('enter,dose', 'order,')}`]))
      if (n >= cases - detours) events.push(row(`detour ${period} ${n}`, 25).replace('enter,dose', 'order,'))
      events.push(n >= cases - twice ? row('send', 30) : row('send', 30).replace('enter,dose', 'order,'))
    }
    for (let n = 0; n < exports; n++) events.push(`X${period}-${n},Export list,${day(n % 20)}T09:00:00Z,export,`)
    for (let n = 0; n < opened; n++)
      tickets.push(
        `T${period}-${n},${day(n % 15)}T08:00:00Z,closed,Ward,${day((n % 15) + days)}T08:00:00Z,${n < refused ? 'yes' : 'no'}`,
      )
  }
  const steps = ['ask', 'check', 'send']
  return {
    workflows: [
      exampleWorkflow({
        future: [
          { id: 'begin', type: 'start' },
          ...steps.map((id) => ({ id, type: 'step' as const })),
          { id: 'end', type: 'end' },
        ],
        futureEdges: ['begin', ...steps].map((from, n) => ({ id: `e${n}`, from, to: [...steps, 'end'][n] ?? '' })),
      }),
    ],
    events: exampleFile('events', `case_id,activity,timestamp,action,element\n${events.join('\n')}\n`),
    tickets: exampleFile('tickets', `ticket_id,opened_at,status,department,closed_at,out_of_scope\n${tickets.join('\n')}\n`),
  }
}
