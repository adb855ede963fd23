/** Examples of `training-sessions.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const trainingSessionsExamples: EvidenceExamples = {
  code: 'readiness/training-sessions',
  decides:
    'A session may not be longer than the limit, mix more roles than the limit, or go without practice. Each learner must come on at least as many days and in as many forms as the limits ask.',
  flags: [
    {
      name: 'four hours for everybody',
      // The session, and a team that had nothing else.
      value: 2,
      evidence: learned(['1,m,2026-09-01,240,instructor,Nurse;Clinician,no']),
    },
    {
      name: 'the last of the session is a nurse again, a clerk sat among them',
      value: 1,
      evidence: learned([
        ...['1', '3', '2'].map((person) => `${person},m,2026-09-01,45,instructor,,yes`),
        ...twoForms('1', 'Nurse'),
        ...twoForms('2', 'Nurse'),
        ...twoForms('3', 'Clerk'),
      ]),
    },
    {
      name: 'nobody says whether they practised',
      value: 1,
      evidence: learned(['1,m,2026-09-01,45,instructor,Nurse,', ...twoForms('1', 'Nurse')]),
    },
    {
      name: 'everything on one day',
      value: 1,
      evidence: learned(['1,m,2026-09-01,45,instructor,Nurse,yes', '1,n,2026-09-01,45,simulation,Nurse,yes']),
    },
  ],
  passes: [{ name: '45 minutes for nurses, hands on, twice', value: 0, evidence: learned(twoForms('1', 'Nurse')) }],
}

function twoForms(person: string, role: string): readonly string[] {
  return [`${person},${role} 1,2026-09-03,45,instructor,${role},yes`, `${person},${role} 2,2026-09-17,45,simulation,${role},yes`]
}

/** Person, module, day, minutes, form, roles and practice; 1 and 2 are nurses, 3 is a clerk. */
function learned(lines: readonly string[]) {
  const rows = lines.map((line) => line.split(','))
  return {
    lms: exampleFile(
      'lms',
      `person_id,module_id,start,minutes,status,format,roles_intended,hands_on\n${rows
        .map(
          ([who, module, day, minutes, ...rest]) => `${who},${module},${day}T09:00:00Z,${minutes},completed,${rest.join(',')}\n`,
        )
        .join('')}`,
    ),
    roster: exampleFile('roster', 'person_id,role,department\n1,Nurse,Ward\n2,Nurse,Ward\n3,Clerk,Desk\n'),
  }
}
