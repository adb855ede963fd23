/** Examples of `first-openings.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const firstOpeningsExamples: EvidenceExamples = {
  code: 'readiness/first-openings',
  decides:
    'Each clinical department must have opened at least the records of the limit. Every record that was incomplete must have been mended afterwards.',
  flags: [
    { name: 'the ward opened four', value: 0, evidence: opened('4,4,,') },
    { name: 'two of twelve lack allergies', value: 1, evidence: opened('12,10,allergies,') },
  ],
  passes: [
    { name: 'twelve, all complete', value: 1, evidence: opened('12,12,,') },
    { name: 'what was missing was mended', value: 1, evidence: opened('12,10,allergies,2026-07-05') },
  ],
}

function opened(rest: string) {
  return {
    'first-openings': exampleFile(
      'first-openings',
      `department,role,opened_on,opened,complete,missing,mended_on\nWard,Nurse,2026-07-01,${rest}\n`,
    ),
    roster: exampleFile('roster', 'person_id,role,department,profession\n1,Nurse,Ward,clinical\n2,Analyst,IT,it\n'),
  }
}
