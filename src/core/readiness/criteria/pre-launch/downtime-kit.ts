/** Item 63: a kit made from the present files for every department, and every department has held a downtime drill lately with a kit for eight hours, and entered afterwards what was on paper. */

import { addDays, daysBetween, dayText } from '../../../values/day.ts'
import { kitDays } from '../../downtime/kit.ts'
import { openQuestions } from '../../downtime/kit-parts.ts'
import { fileCell, held, lineCell } from '../../measures/lines.ts'
import { departmentKey } from '../../measures/shifts.ts'
import { type EvidenceOf, kinds } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const downtimeKit: Criterion<'drills' | 'roster' | 'kit' | 'bookings' | 'interfaces' | 'contacts' | 'workflows'> = {
  code: 'readiness/downtime-kit',
  items: [63],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Downtime is not prepared or not rehearsed',
  why: 'The first outage then happens without patient lists, forms or a way to enter them afterwards.',
  remedy: 'Make and print the kit, and hold a drill with it in each department listed.',
  // What the kit is made from stands beside it: a changed file changes whether it counts, and one that says nothing leaves its page empty.
  needs: ['drills', 'roster', 'kit', 'bookings', 'interfaces', 'contacts', 'workflows'],
  thresholds: { leastHours: 8, mostDays: 180, mostKitDays: kitDays },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    const departments = [...new Set(given.value('roster').rows.map((row) => row.department))].sort()
    if (departments.length === 0) return nothingToJudge('The roster names no department')
    const { rows } = given.value('drills')
    const bookings = given.value('bookings').rows
    // Empty or refused, they would leave the kit without procedures or numbers to call.
    const open = openQuestions(given.value('interfaces').rows, given.value('contacts').rows)
    const kit = given.value('kit')
    const kitAge = daysBetween(kit.day, asOf)
    const old = kitAge > (thresholds.mostKitDays ?? kitDays) || kitAge < 0
    const inKit = new Set(kit.clinics.map(({ name }) => departmentKey(name)))
    const [hours, days] = [thresholds.leastHours ?? 8, thresholds.mostDays ?? 180]
    const cells = departments.flatMap((department): readonly Cell[] => {
      const last = rows
        .filter((row) => row.department === department && row.held_on <= asOf)
        .toSorted((a, b) => (a.held_on < b.held_on ? -1 : 1))
        .at(-1)
      const lacks = inKit.has(departmentKey(department)) ? null : `${department}: not in the kit`
      if (lacks !== null) return [{ name: lacks, route: kinds.kit.route }]
      if (old) return [{ name: `${department}: the kit of ${dayText(kit.day)} is ${kitAge} days old`, route: kinds.kit.route }]
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
    const unlisted = unlistedCells(bookings, new Set(departments.map(departmentKey)), kit.day)
    const words = `${value} of ${departments.length} departments have a kit of ${dayText(kit.day)} and passed a drill of ${hours} hours`
    // What its first lines call not complete is not ready to be handed out.
    const all = [...cells, ...unlisted, ...open.map((name) => ({ name, route: kinds.kit.route }))]
    return held(all.length === 0, { value, of: departments.length, threshold: departments.length, words, cells: all })
  },
}

/** What the lists of a kit leave out: visits of a clinic that no department bears the name of, and days that the bookings do not reach. */
function unlistedCells(rows: EvidenceOf['bookings']['rows'], departments: ReadonlySet<string>, day: string): readonly Cell[] {
  const last = addDays(day, kitDays)
  const ahead = rows.filter(
    ({ start, status }) => start.text.slice(0, 10) >= day && (status === 'booked' || status === 'arrived'),
  )
  if (!ahead.some(({ start }) => start.text.slice(0, 10) <= last))
    return [fileCell('bookings', `no visit is booked from ${dayText(day)} to ${dayText(last)}: the lists of the kit are empty`)]
  const strange = new Map(
    ahead.filter(({ clinic }) => !departments.has(departmentKey(clinic))).map((row) => [row.clinic, row.line]),
  )
  return [...strange].map(([clinic, line]) =>
    lineCell('bookings', line, `${clinic}: visits are booked, no department has this name`),
  )
}
