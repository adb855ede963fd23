/** Examples of `wrong-patient.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const wrongPatientExamples: Examples<TableExample> = {
  code: 'data/wrong-patient',
  decides: 'It flags if the entry is found in the target with the same identity, under another patient.',
  flags: [
    {
      name: 'a result of patient 1 at the encounter of patient 2',
      subject: {
        csv: 'id,patient,enc\n1,1,8\n2,1,7\n',
        schema: ruledSchema('data/wrong-patient', ['id', 'patient', 'enc'], {
          fields: ['patient'],
          params: { through: 'enc', table: 'encounters', key: 'id', patient: 'patient' },
        }),
        others: { encounters: { csv: 'id,patient,start,stop\n7,1,2020-03-01,2020-03-05\n8,2,2020-03-01,2020-03-02\n' } },
      },
    },
  ],
  passes: [
    {
      name: 'the same patient, and no encounter at all',
      subject: {
        csv: 'id,patient,enc\n1,1,7\n2,1,\n',
        schema: ruledSchema('data/wrong-patient', ['id', 'patient', 'enc'], {
          fields: ['patient'],
          params: { through: 'enc', table: 'encounters', key: 'id', patient: 'patient' },
        }),
        others: { encounters: { csv: 'id,patient,start,stop\n7,1,2020-03-01,2020-03-05\n8,2,2020-03-01,2020-03-02\n' } },
      },
    },
  ],
}
