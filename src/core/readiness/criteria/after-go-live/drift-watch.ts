/** Item 76: four indices of drift (conformance, reporting, support, burden) against the four periods before; two periods are compared. */

import { type CaseVerdict, casesAsDrawn } from '../../measures/conformance-trend.ts'
import { driftPeriods, filledWords } from '../../measures/drift-periods.ts'
import { fileCell, held } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge, type Thresholds } from '../../model/criterion.ts'
import { type DriftMeasure, driftIndices, driftMeasures } from '../../statistics/drift.ts'

export const baselinePeriods = 4
export const compared = 2

export const driftWatch: Criterion<'events' | 'tickets' | 'workflows'> = {
  code: 'readiness/drift-watch',
  items: [76],
  phase: 'after-go-live',
  severity: 'error',
  title: 'The work drifts away from the system',
  why: '"Workflow Drift", "Reporting Blind Spots", "Support Friction" and "Staff Burnout" come one small step a month.',
  remedy:
    'Ask the teams behind the index listed what they leave out, export, wait for or do at night, and mend that first. Where too little is counted to see a shift, make the periods longer.',
  needs: ['events', 'tickets', 'workflows'],
  // Smallest shifts that must not stay unseen (readiness.md §5); a small clinic agrees beforehand to larger ones, or to longer periods.
  thresholds: { periodDays: 28, openDays: 14, conformancePoints: 10, sharePoints: 20, ageTimes: 2, exportTimes: 3 },
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
    const measures = driftMeasures(periods.slice(0, baselinePeriods), periods.slice(baselinePeriods)).map(
      (each): Watched => ({ ...each, seen: each.seen() }),
    )
    const moved = measures.filter(({ alarms }) => alarms?.includes(true))
    const silent = measures.filter(({ alarms }) => alarms === null)
    const weak = measures.filter((each) => each.alarms !== null && !moved.includes(each) && !isSeen(each, thresholds))
    // What nobody could judge, or nobody could have seen, may have moved.
    const unjudged = [
      ...(silent.length === 0 ? [] : [`Not every period says enough about ${silent.map(({ name }) => name).join(', ')}`]),
      ...[silent.length === 0 ? null : filledWords(periods)].filter((words) => words !== null),
      ...(weak.length === 0
        ? []
        : [`Too little is counted to see drift: ${weak.map((each) => seenWords(each, thresholds)).join('; ')}`]),
    ].join('. ')
    if (unjudged !== '' && moved.length === 0) return nothingToJudge(unjudged)
    const cells = moved.map(
      ({ index, name, source, alarms }): Cell =>
        fileCell(source, `${index}, ${name}: moved in period ${(alarms ?? []).indexOf(true) + 1} of ${compared}`),
    )
    const open = [...moved, ...silent, ...weak]
    const value = driftIndices.filter((name) => !open.some(({ index }) => index === name)).length
    const left =
      unjudged === ''
        ? `. About eight times of ten two periods would show ${measures.map(({ seen, unit, name }) => `${name} ${shiftWords(seen, unit)}`).join(', ')}`
        : `. ${unjudged}`
    const words = `${value} of ${driftIndices.length} indices stand where they stood in the four periods before${unfollowed(cases)}${left}`
    return held(cells.length === 0, { value, of: driftIndices.length, threshold: driftIndices.length, words, cells })
  },
}

/** A measure with the smallest shift that would be seen, worked out once. */
type Watched = Omit<DriftMeasure, 'seen'> & { readonly seen: number | null }

function neededOf({ name, unit }: Watched, thresholds: Thresholds): number {
  if (name === 'cases as drawn') return thresholds.conformancePoints ?? 10
  if (unit === 'points more') return thresholds.sharePoints ?? 20
  return (name === 'age of tickets' ? thresholds.ageTimes : thresholds.exportTimes) ?? 2
}

function isSeen(measure: Watched, thresholds: Thresholds): boolean {
  return measure.seen !== null && measure.seen <= neededOf(measure, thresholds)
}

/** "cases as drawn: 15.7 points fewer would be seen, 10 points fewer must be" */
function seenWords(measure: Watched, thresholds: Thresholds): string {
  const { name, seen, unit } = measure
  const least = seen === null ? 'no shift' : shiftWords(seen, unit)
  return `${name}: ${least} would be seen, ${shiftWords(neededOf(measure, thresholds), unit)} must be`
}

/** Rounded up: a smaller shift would be seen less often than is said. */
function shiftWords(seen: number | null, unit: DriftMeasure['unit']): string {
  return `${Math.ceil((seen ?? 0) * 10 - 1e-6) / 10} ${unit}`
}

/** How many cases count as not drawn only because nobody could follow them, in words; empty where none does. */
function unfollowed(cases: readonly CaseVerdict[]): string {
  const open = cases.filter(({ fits, judged }) => fits === false && !judged).length
  return open === 0 ? '' : `; ${open} of ${cases.length} cases could not be followed and count as not drawn`
}
