/** Examples of `skills-screening.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const skillsScreeningExamples: EvidenceExamples = {
  code: 'readiness/skills-screening',
  decides: 'Each user of the roster must have been screened. Each result below its mark needs an additional course.',
  flags: [
    {
      name: 'one of two below the mark has no course',
      value: 1,
      evidence: screened('1,keyboard,4,6,\n2,keyboard,5,6,Basics'),
    },
    {
      name: 'one of three users was not screened',
      value: 0,
      evidence: { ...screened('1,keyboard,6,6,\n2,keyboard,5,6,Basics'), roster: users(3) },
    },
  ],
  passes: [
    {
      name: 'the mark itself is enough',
      value: 0,
      evidence: screened('1,keyboard,6,6,\n2,keyboard,5,6,Basics'),
    },
  ],
}

function users(n: number) {
  const rows = Array.from({ length: n }, (_, at) => `${at + 1},Nurse,Ward,clinical\n`)
  return exampleFile('roster', `person_id,role,department,profession\n${rows.join('')}9,Analyst,Systems,it\n`)
}

function screened(lines: string) {
  return { screening: exampleFile('screening', `person_id,skill,score,needed,extra_track\n${lines}\n`), roster: users(2) }
}
