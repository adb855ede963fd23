/** Examples of `implausible-sex.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

const schema = ruledSchema('data/implausible-sex', ['id', 'patient', 'text'], {
  fields: ['text'],
  params: { patient: 'patient', table: 'patients', key: 'id', sex: 'sex' },
})

const others = { patients: { csv: 'id,sex\n1,M\n2,F\n' } }

export const implausibleSexExamples: Examples<TableExample> = {
  code: 'data/implausible-sex',
  decides:
    'Words of organs that one sex has are looked for in the description and held against the sex of the patient. Words such as “family history” take the record out.',
  flags: [
    { name: 'a pregnancy of a man', subject: { csv: 'id,patient,text\n1,1,Normal pregnancy\n2,2,Cough\n', schema, others } },
    {
      name: 'a prostate of a woman',
      subject: { csv: 'id,patient,text\n1,2,Neoplasm of prostate\n2,2,Cough\n', schema, others },
    },
  ],
  passes: [
    {
      name: 'each of its own sex',
      subject: { csv: 'id,patient,text\n1,2,Normal pregnancy\n2,1,Neoplasm of prostate\n', schema, others },
    },
    {
      name: 'tests and persons beside the patient',
      subject: { csv: 'id,patient,text\n1,1,Family history of ovarian cancer\n2,2,Penicillin\n', schema, others },
    },
  ],
}
