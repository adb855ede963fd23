/** Examples of `after-extract.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const afterExtractExamples: Examples<TableExample> = {
  code: 'data/after-extract',
  decides: 'The date of the event must not lie after the day of the extract plus the allowed days.',
  flags: [
    {
      name: 'a result from the year 2202',
      subject: {
        csv: 'id,taken\n1,2202-01-05\n2,2022-01-05\n',
        asOf: '2022-06-30',
        schema: ruledSchema('data/after-extract', ['id', 'taken'], { fields: ['taken'] }),
      },
    },
  ],
  passes: [
    {
      name: 'the day itself, and the year of which it is part',
      subject: {
        csv: 'id,taken\n1,2022-06-30\n2,2022\n',
        asOf: '2022-06-30',
        schema: ruledSchema('data/after-extract', ['id', 'taken'], { fields: ['taken'] }),
      },
    },
  ],
}
