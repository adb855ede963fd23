/** Item 76: four indices of drift (conformance, reporting, support, burden) against the four periods before; two periods are compared. */
import { type CaseVerdict, casesAsDrawn } from '../conformance-trend.ts'
import { type Cell, type Criterion, nothingToJudge } from '../criterion.ts'
import { addDays } from '../day.ts'
import { driftIndices, driftMeasures } from '../drift.ts'
import { driftPeriods } from '../drift-periods.ts'
import { exampleFile, exampleWorkflow } from './example-evidence.ts'
import { fileCell, held } from './lines.ts'

const baselinePeriods = 4
const compared = 2

export const driftWatch: Criterion<'events' | 'tickets' | 'workflows'> = {
  code: 'readiness/drift-watch',
  items: [76],
  phase: 'after-go-live',
  severity: 'error',
  title: 'The work drifts away from the system',
  why: '"Workflow Drift", "Reporting Blind Spots", "Support Friction" and "Staff Burnout" come one small step a month.',
  remedy: 'Ask the teams behind the index listed what they leave out, export, wait for or do at night, and mend that first.',
  needs: ['events', 'tickets', 'workflows'],
  thresholds: { periodDays: 28, openDays: 14 },
  maxAgeDays: 31,
  claimable: false,
  compute(given, thresholds, asOf) {
    const events = given.value('events').rows
    const end = Date.parse(`${asOf}T00:00:00Z`)
    const cases = casesAsDrawn(events, given.value('workflows'), end, thresholds.openDays ?? 14)
    const periods = driftPeriods(events, given.value('tickets').rows, cases, {
      end,
      length: (thresholds.periodDays ?? 28) * 86_400_000,
      count: baselinePeriods + compared,
    })
    const logged = periods.filter(({ used }) => used).length
    if (logged < periods.length) return nothingToJudge(`Use of the system is logged in ${logged} of ${periods.length} periods`)
    const measures = driftMeasures(periods.slice(0, baselinePeriods), periods.slice(baselinePeriods))
    const silent = measures.filter(({ alarms }) => alarms === null)
    const moved = measures.filter(({ alarms }) => alarms?.includes(true))
    // What nobody could judge may have moved.
    if (silent.length > 0 && moved.length === 0)
      return nothingToJudge(`Not every period says enough about ${silent.map(({ name }) => name).join(', ')}`)
    const cells = moved.map(
      ({ index, name, source, alarms }): Cell =>
        fileCell(source, `${index}, ${name}: moved in period ${(alarms ?? []).indexOf(true) + 1} of ${compared}`),
    )
    const value = driftIndices.filter((name) => !moved.some(({ index }) => index === name)).length
    const left = silent.length === 0 ? '' : `; not judged: ${silent.map(({ name }) => name).join(', ')}`
    const words = `${value} of ${driftIndices.length} indices stand where they stood in the four periods before${left}${unfollowed(cases)}`
    return held(cells.length === 0, { value, of: driftIndices.length, threshold: driftIndices.length, words, cells })
  },
  examples: {
    flags: [
      { name: 'exports tripled in the last two months', value: 3, evidence: used({ exports: 30 }) },
      // Nine of ten cases went as drawn, then five of ten; exports as before.
      { name: 'half of the cases leave out the check', value: 3, evidence: used({ skipped: 25 }) },
      // Every one of these cases is done in a way of its own.
      { name: 'half of the cases find a detour of their own', value: 3, evidence: used({ detours: 25 }) },
      { name: 'refusals and the age of tickets rose, which is one index', value: 3, evidence: used({ refused: 12, days: 9 }) },
      { name: 'double entry and evenings came, which is one index', value: 3, evidence: used({ twice: 30, late: 30 }) },
    ],
    passes: [{ name: 'every month is like the others', value: 4, evidence: used({}) }],
  },
}

/** How many cases count as not drawn only because nobody could follow them, in words; empty where none does. */
function unfollowed(cases: readonly CaseVerdict[]): string {
  const open = cases.filter(({ fits, judged }) => fits === false && !judged).length
  return open === 0 ? '' : `; ${open} of ${cases.length} cases could not be followed and count as not drawn`
}

interface LastMonths {
  readonly exports?: number
  /** Of fifty cases. */
  readonly skipped?: number
  /** Of fifty cases, each with steps that no other case has. */
  readonly detours?: number
  readonly twice?: number
  readonly late?: number
  /** Of fifteen tickets. */
  readonly refused?: number
  readonly days?: number
}

/** Six periods of fifty cases, ten exports and fifteen tickets; the last two as asked. Five cases leave out the check in every period. */
function used(last: LastMonths) {
  const events: string[] = []
  const tickets: string[] = []
  for (let period = 0; period < baselinePeriods + compared; period++) {
    const {
      exports = 10,
      skipped = 5,
      detours = 0,
      twice = 2,
      late = 2,
      refused = 1,
      days = 2,
    } = period < baselinePeriods ? {} : last
    const day = (n: number): string => addDays('2026-01-27', period * 28 + n)
    for (let n = 0; n < 50; n++) {
      const name = `C${period}-${n}`
      const hour = n < late ? 20 : 9
      const row = (step: string, minute: number): string =>
        `${name},${step},${day(n % 20)}T${String(hour).padStart(2, '0')}:${minute}:00Z,enter,dose`
      events.push(row('ask', 10), ...(n < skipped ? [] : [`${row('check', 20).replace('enter,dose', ',')}`]))
      if (n >= 50 - detours) events.push(row(`detour ${period} ${n}`, 25).replace('enter,dose', ','))
      events.push(n >= 50 - twice ? row('send', 30) : row('send', 30).replace('enter,dose', ','))
    }
    for (let n = 0; n < exports; n++) events.push(`X${period}-${n},Export list,${day(n % 20)}T09:00:00Z,export,`)
    for (let n = 0; n < 15; n++)
      tickets.push(`T${period}-${n},${day(n)}T08:00:00Z,closed,Ward,${day(n + days)}T08:00:00Z,${n < refused ? 'yes' : 'no'}`)
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
