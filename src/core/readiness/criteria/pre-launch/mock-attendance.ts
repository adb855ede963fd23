/** Item 64: the people who will do the work played it: attendance of the last mock go-live, role by role. */

import { fileCell, held, lineCell } from '../../measures/lines.ts'
import { attendanceOf, attendanceWords } from '../../measures/mock-event.ts'
import { workingRoles } from '../../measures/teams.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const mockAttendance: Criterion<'mock-attendance' | 'roster'> = {
  code: 'readiness/mock-attendance',
  items: [64],
  phase: 'pre-launch',
  severity: 'warning',
  title: 'Roles were not at the mock go-live',
  why: 'What a role has not played, it does for the first time with a patient in the room.',
  remedy: 'Play the scenarios again with the roles listed.',
  needs: ['mock-attendance', 'roster'],
  // Ours: a shift in ten may be ill or on duty.
  thresholds: { leastPercent: 80 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    const least = thresholds.leastPercent ?? 80
    const roster = given.value('roster').rows
    if (workingRoles(roster, asOf).length === 0) return nothingToJudge('The roster names no clinician')
    const roles = attendanceOf(given.value('mock-attendance').rows, roster, asOf)
    const short = roles.filter(({ percent }) => percent < least)
    const cells = short.map((each): Cell => {
      const name = `${each.role}: ${attendanceWords(each, least)}`
      return each.line === null ? fileCell('mock-attendance', name) : lineCell('mock-attendance', each.line, name)
    })
    const value = roles.length - short.length
    const words = `${value} of ${roles.length} roles were there with ${least} % of their people or more`
    return held(short.length === 0, { value, of: roles.length, threshold: roles.length, words, cells })
  },
}
