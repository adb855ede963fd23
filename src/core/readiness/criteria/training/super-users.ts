/** Item 36: super-users, each department, every shift. */

import { fileCell, openLines } from '../../measures/lines.ts'
import { departmentKey, isCovered, shiftName } from '../../measures/shifts.ts'
import { isHere } from '../../measures/teams.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { atMost, type Cell, type Criterion, nothingToJudge, type Thresholds } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'
import { counted } from '../shared/open-findings.ts'

/** Four more days of the ward, each worked by its super-user. */
const laterDays = [3, 4, 5, 6].map((n) => `L${n},Ward,2026-11-0${n}T07:00:00Z,2026-11-0${n}T15:00:00Z,clinical,1\n`).join('')

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
  examples: {
    flags: [
      {
        // Ward and laboratory: one of them is listed on one day, the other not at all.
        name: 'one shift of a second is all that is listed',
        value: 3,
        evidence: {
          roster: exampleFile(
            'roster',
            'person_id,role,department,profession,super_user\n1,Nurse,Ward,clinical,yes\n2,Nurse,Lab,clinical,yes\n',
          ),
          shifts: exampleFile(
            'shifts',
            'shift_id,department,start,end,function,person_id\nD,Ward,2026-07-13T07:00:00Z,2026-07-13T07:00:01Z,clinical,1\n',
          ),
        },
      },
      {
        name: 'the night shift has nobody',
        value: 1,

        evidence: {
          roster: exampleFile('roster', 'person_id,role,department,super_user\n1,Nurse,Ward,yes\n2,Nurse,Ward,no\n'),
          shifts: exampleFile(
            'shifts',
            `shift_id,department,start,end,function,person_id\nD,Ward,2026-11-02T07:00:00Z,2026-11-02T15:00:00Z,clinical,1\nN,Ward,2026-11-02T23:00:00Z,2026-11-03T07:00:00Z,clinical,2\n${laterDays}`,
          ),
        },
      },
      {
        name: 'one is listed without a name, one is none of the roster, one is not trained',
        value: 1,
        evidence: {
          roster: exampleFile('roster', 'person_id,role,department,super_user\n1,Nurse,Ward,yes\n2,Nurse,Ward,no\n'),
          shifts: exampleFile(
            'shifts',
            `shift_id,department,start,end,function,person_id\n${['clinical,2', 'super-user,', 'super-user,9', 'super-user,2'].map((who, n) => `S${n},Ward,2026-11-02T07:00:00Z,2026-11-02T15:00:00Z,${who}\n`).join('')}${laterDays}`,
          ),
        },
      },
      {
        name: 'every shift has one, who stands for twelve people',
        value: 1,
        evidence: {
          roster: exampleFile(
            'roster',
            `person_id,role,department,super_user\n1,Nurse,Ward,yes\n${Array.from({ length: 11 }, (_, n) => `${n + 2},Nurse,Ward,no\n`).join('')}`,
          ),
          shifts: exampleFile(
            'shifts',
            `shift_id,department,start,end,function,person_id\nD,Ward,2026-11-02T07:00:00Z,2026-11-02T15:00:00Z,clinical,1\n${laterDays}`,
          ),
        },
      },
    ],
    passes: [
      {
        name: 'one helps through both',
        value: 0,

        evidence: {
          roster: exampleFile('roster', 'person_id,role,department,super_user\n1,Nurse,Ward,yes\n'),
          shifts: exampleFile(
            'shifts',
            `shift_id,department,start,end,function,person_id\nD,Ward,2026-11-02T07:00:00Z,2026-11-02T15:00:00Z,clinical,2\nS,Ward,2026-11-02T06:30:00Z,2026-11-02T15:30:00Z,super-user,1\n${laterDays}`,
          ),
        },
      },
    ],
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
