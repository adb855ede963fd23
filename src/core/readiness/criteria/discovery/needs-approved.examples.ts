/** Examples of `needs-approved.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const needsApprovedExamples: EvidenceExamples = {
  code: 'readiness/needs-approved',
  decides:
    'Each listed need must name its step and how often per week it was seen, more than never. A clinician must have approved it after its last change.',
  flags: [
    {
      name: 'one need was never observed, one changed after the signature',
      value: 2,
      evidence: {
        needs: exampleFile(
          'needs',
          list('N1,a,need,Nurse,,,Physician,yes,2026-04-02,\nN2,b,need,Nurse,triage,40,Physician,yes,2026-04-02,2026-04-03'),
        ),
      },
    },
    {
      name: 'a manager approved it',
      value: 1,
      evidence: { needs: exampleFile('needs', list('N1,a,need,Nurse,triage,40,Manager,no,2026-04-02,')) },
    },
    {
      name: 'nobody says who approved it, and it was seen no single time',
      value: 1,
      evidence: { needs: exampleFile('needs', list('N1,a,need,Nurse,triage,0,,yes,2026-04-02,')) },
    },
  ],
  passes: [
    {
      name: 'observed and approved; a want needs neither',
      value: 0,
      evidence: {
        needs: exampleFile('needs', list('N1,a,need,Nurse,triage,40,Physician,yes,2026-04-02,2026-04-01\nN2,b,want,Nurse,,,,,,')),
      },
    },
  ],
}

function list(lines: string): string {
  return `id,need,kind,role,step,per_week,approved_by,clinical,approved_on,changed_on\n${lines}\n`
}
