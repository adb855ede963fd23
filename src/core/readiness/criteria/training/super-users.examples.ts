/** Examples of `super-users.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

/** Four more days of the ward, each worked by its super-user. */
const laterDays = [3, 4, 5, 6].map((n) => `L${n},Ward,2026-11-0${n}T07:00:00Z,2026-11-0${n}T15:00:00Z,clinical,1\n`).join('')

export const superUsersExamples: EvidenceExamples = {
  code: 'readiness/super-users',
  decides:
    'Each clinical shift needs a super-user of its department on duty. Each department may have at most as many users per super-user as the limit.',
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
}
