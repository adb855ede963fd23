/** Item 36: super-users, each department, every shift. */
import type { EvidenceOf } from '../artifact.ts'
import { atMost, type Cell, type Criterion, nothingToJudge } from '../criterion.ts'
import { departmentKey, isCovered, shiftName } from '../shifts.ts'
import { exampleFile } from './example-evidence.ts'
import { fileCell } from './lines.ts'
import { counted } from './open-findings.ts'
import { isHere } from './teams.ts'

export const superUsers: Criterion<'roster' | 'shifts'> = {
  code: 'readiness/super-users',
  items: [36],
  phase: 'training',
  severity: 'error',
  title: 'A shift has no super-user',
  why: 'Without help at the elbow people go back to paper within the shift.',
  remedy: 'Name a super-user for each department and shift listed, or move one.',
  needs: ['roster', 'shifts'],
  thresholds: { uncovered: 0, usersPerSuperUser: 10 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    const roster = given.value('roster').rows.filter((row) => isHere(row, asOf))
    const trained = new Set(roster.flatMap((row) => (row.super_user ? row.person_id : [])))
    const { rows } = given.value('shifts')
    const clinical = rows.filter((row) => row.function === 'clinical')
    if (clinical.length === 0) return nothingToJudge('No clinical shift is listed')
    // A super-user on duty helps, whether listed for that or working on the ward; who is listed without being one does not.
    const helpers = rows.filter((row) => row.person_id !== null && trained.has(row.person_id))
    const strangers = rows.filter((row) => row.function === 'super-user' && !helpers.includes(row))
    const uncovered = clinical.filter((shift) => !isCovered(shift, helpers))
    const bare = [...new Set(uncovered.map(shiftName))]
    const most = thresholds.usersPerSuperUser ?? 10
    const few = departmentsOf(roster).filter(({ users, helpers: own }) => users > most * own)
    const cells = [
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
        name: 'the night shift has nobody',
        value: 1,

        evidence: {
          roster: exampleFile('roster', 'person_id,role,department,super_user\n1,Nurse,Ward,yes\n2,Nurse,Ward,no\n'),
          shifts: exampleFile(
            'shifts',
            'shift_id,department,start,end,function,person_id\nD,Ward,2026-11-02T07:00:00Z,2026-11-02T15:00:00Z,clinical,1\nN,Ward,2026-11-02T23:00:00Z,2026-11-03T07:00:00Z,clinical,2\n',
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
            `shift_id,department,start,end,function,person_id\n${['clinical,2', 'super-user,', 'super-user,9', 'super-user,2'].map((who, n) => `S${n},Ward,2026-11-02T07:00:00Z,2026-11-02T15:00:00Z,${who}\n`).join('')}`,
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
            'shift_id,department,start,end,function,person_id\nD,Ward,2026-11-02T07:00:00Z,2026-11-02T15:00:00Z,clinical,1\n',
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
            'shift_id,department,start,end,function,person_id\nD,Ward,2026-11-02T07:00:00Z,2026-11-02T15:00:00Z,clinical,2\nS,Ward,2026-11-02T06:30:00Z,2026-11-02T15:30:00Z,super-user,1\n',
          ),
        },
      },
    ],
  },
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
