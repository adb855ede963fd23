/** Examples of `condition.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const conditionExamples: Examples<TableExample> = {
  code: 'data/condition',
  decides:
    'The deciding column has one of the listed values, or is empty or filled as asked. Then the other column must be filled, or must be empty.',
  flags: [
    {
      name: 'a stopped medicine without its stop date',
      subject: {
        csv: 'id,status,stop\n1,STOP,2020-01-01\n2,STOP,\n3,ACT,\n',
        schema: ruledSchema('data/condition', ['id', 'status', 'stop'], {
          fields: ['stop'],
          params: { field: 'status', in: ['STOP'] },
        }),
      },
    },
    {
      name: 'a cause of death of a living patient',
      subject: {
        csv: 'id,died,cause\n1,,stroke\n2,2020-01-01,stroke\n',
        schema: ruledSchema('data/condition', ['id', 'died', 'cause'], {
          fields: ['cause'],
          params: { field: 'died', is: 'null', expect: 'forbidden' },
        }),
      },
    },
  ],
  passes: [
    {
      name: 'running medicines need no stop date',
      subject: {
        csv: 'id,status,stop\n1,STOP,2020-01-01\n2,ACT,\n',
        schema: ruledSchema('data/condition', ['id', 'status', 'stop'], {
          fields: ['stop'],
          params: { field: 'status', in: ['STOP'] },
        }),
      },
    },
  ],
}
