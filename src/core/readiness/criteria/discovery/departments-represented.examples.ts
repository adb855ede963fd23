/** Examples of `departments-represented.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const departmentsRepresentedExamples: EvidenceExamples = {
  code: 'readiness/departments-represented',
  decides: 'Each clinical department of the roster needs a person with hours for the project and a lead user.',
  flags: [
    {
      name: 'the laboratory has nobody',
      // The ward has a member and a lead user; one of two departments has neither.
      value: 1,

      evidence: {
        roster: exampleFile(
          'roster',
          'person_id,role,department,profession,lead_user,project_hours_per_week\n1,Nurse,Ward,clinical,yes,4\n2,Technician,Lab,clinical,no,\n',
        ),
      },
    },
  ],
  passes: [
    {
      name: 'two people share it; IT is not asked',
      value: 0,

      evidence: {
        roster: exampleFile(
          'roster',
          'person_id,role,department,profession,lead_user,project_hours_per_week\n1,Nurse,Ward,clinical,yes,\n2,Nurse,Ward,clinical,no,4\n3,Admin,IT,it,no,\n',
        ),
      },
    },
  ],
}
