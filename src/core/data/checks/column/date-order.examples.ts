/** Examples of `date-order.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const dateOrderExamples: Examples<TableExample> = {
  code: 'data/date-order',
  decides:
    'Dates such as 3/4/1990 are counted by the order that they allow. A column flags if some of its dates can be day-first only and others month-first only. Dates that can be read both ways count as the order that was declared or chosen.',
  flags: [
    {
      name: 'the 28th of a month in first and in second place',
      subject: { csv: 'id,born\n1,28/02/1990\n2,02/28/1990\n3,03/04/1991\n' },
    },
    {
      name: 'day first is declared, and the only date that tells is month first',
      subject: {
        csv: 'id,born\n1,02/28/1990\n2,03/04/1991\n',
        schema: { fields: [{ name: 'id' }, { name: 'born', type: 'date', format: '%d/%m/%Y' }] },
      },
    },
  ],
  passes: [{ name: 'day first throughout', subject: { csv: 'id,born\n1,28/02/1990\n2,15/03/1990\n3,03/04/1991\n' } }],
}

export const dateOrderUndecidedExamples: Examples<TableExample> = {
  code: 'data/date-order-undecided',
  decides:
    'A column flags if it holds dates such as 3/4/1990, all of which can be read in both orders, and nobody declared or chose one.',
  flags: [{ name: 'no part above 12', subject: { csv: 'id,born\n1,03/04/1990\n2,05/06/1991\n3,11/12/1992\n' } }],
  passes: [
    { name: 'one date settles it', subject: { csv: 'id,born\n1,03/04/1990\n2,25/06/1991\n' } },
    { name: 'a person chose', subject: { csv: 'id,born\n1,03/04/1990\n2,05/06/1991\n', reading: { dateOrder: 'day-first' } } },
  ],
}
