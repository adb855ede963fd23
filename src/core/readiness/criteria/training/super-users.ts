/** Item 36: super-users, each department, every shift. */

import { fileCell, openLines } from '../../measures/lines.ts'
import { departmentKey, isCovered, shiftName } from '../../measures/shifts.ts'
import { isHere } from '../../measures/teams.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { atMost, type Cell, type Criterion, nothingToJudge, type Thresholds } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const superUsers: Criterion<'roster' | 'shifts'> = {
  code: 'readiness/super-users',
  items: [36],
  phase: 'training',
  severity: 'error',
  title: 'A shift has no super-user',
  why: 'Without help at the elbow people go back to paper within the shift.',
  remedy: 'Name a super-user for each department and shift listed, or move one.',
  needs: ['roster', 'shifts'],
  // A shift shorter than an hour, or of days, is a slip of the pen or worse.
  thresholds: { uncovered: 0, usersPerSuperUser: 10, leastDays: 5, leastShiftHours: 1, mostShiftHours: 36 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    const roster = given.value('roster').rows.filter((row) => isHere(row, asOf))
    const trained = new Set(roster.flatMap((row) => (row.super_user ? row.person_id : [])))
    const { rows } = given.value('shifts')
    const clinical = rows.filter((row) => row.function === 'clinical')
    const odd = clinical.filter(({ start, end }) => !isShift(end.at - start.at, thresholds))
    const leastDays = thresholds.leastDays ?? 5
    const thin = daysListed(roster, clinical).filter(({ days }) => days < leastDays)
    if (clinical.length === 0) return nothingToJudge('No clinical shift is listed')
    // A super-user on duty helps, whether listed for that or working on the ward; who is listed without being one does not.
    const helpers = rows.filter((row) => row.person_id !== null && trained.has(row.person_id))
    const strangers = rows.filter((row) => row.function === 'super-user' && !helpers.includes(row))
    const uncovered = clinical.filter((shift) => !isCovered(shift, helpers))
    const bare = [...new Set(uncovered.map(shiftName))]
    const most = thresholds.usersPerSuperUser ?? 10
    const few = departmentsOf(roster).filter(({ users, helpers: own }) => users > most * own)
    const cells = [
      ...openLines('shifts', odd, (row) => `${shiftName(row)}: no length of a shift`),
      ...thin.map(({ name, days }) =>
        fileCell('shifts', `${name}: clinical shifts of ${days} days, at least ${leastDays} are asked`),
      ),
      ...bare.map((name): Cell => fileCell('shifts', name)),
      ...few.map(({ name, users, helpers: own }) =>
        fileCell('roster', `${name}: ${own} super-users for ${users} people, one for ${most} is asked`),
      ),
    ]
    const words = `${counted(bare.length, 'shift')} of ${new Set(clinical.map(shiftName)).size} without a super-user; ${counted(few.length, 'department')} with more than ${most} people for each${strangerWords(strangers)}`
    return atMost(thresholds.uncovered ?? 0, new Set(clinical.map(shiftName)).size, words, cells)
  },
}

function isShift(length: number, { leastShiftHours = 1, mostShiftHours = 36 }: Thresholds): boolean {
  return length >= leastShiftHours * 3_600_000 && length <= mostShiftHours * 3_600_000
}

/** Each department with clinical people, with how many days it has clinical shifts. */
function daysListed(roster: EvidenceOf['roster']['rows'], clinical: EvidenceOf['shifts']['rows']) {
  const names = new Map(
    roster
      .filter(({ profession }) => profession === 'clinical' || profession === null)
      .map(({ department }) => [departmentKey(department), department] as const),
  )
  return [...names].map(([key, name]) => {
    const own = clinical.filter(({ department }) => departmentKey(department) === key)
    return { name, days: new Set(own.map(({ start }) => start.text.slice(0, 10))).size }
  })
}

/** Lines of super-users whom the roster does not have as such, in words; empty where there is none. */
function strangerWords(lines: EvidenceOf['shifts']['rows']): string {
  if (lines.length === 0) return ''
  const first = lines.slice(0, 3).map(({ line }) => `line ${line}`)
  return `; ${counted(lines.length, 'shift')} listed for super-users not counted, because the roster has no such super-user: ${first.join(', ')}${lines.length > 3 ? ', …' : ''}`
}

/** People of each department who use the system, with the super-users among them; those of IT run it. */
function departmentsOf(roster: EvidenceOf['roster']['rows']) {
  const found = new Map<string, { readonly name: string; readonly users: number; readonly helpers: number }>()
  for (const { department, profession, super_user } of roster) {
    if (profession === 'it' || profession === 'other') continue
    const held = found.get(departmentKey(department)) ?? { name: department, users: 0, helpers: 0 }
    found.set(departmentKey(department), { ...held, users: held.users + 1, helpers: held.helpers + (super_user ? 1 : 0) })
  }
  return [...found.values()]
}
