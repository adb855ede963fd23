/** Examples of `torn-record.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const layout = {
  unit: 'bytes' as const,
  recordLength: 9,
  columns: [
    { name: 'id', start: 0, width: 3 },
    { name: 'name', start: 3, width: 6 },
  ],
}

export const tornRecordExamples: Examples<TableExample> = {
  code: 'data/torn-record',
  decides: 'In a file of records of one length the last record flags if it is shorter.',
  flags: [{ name: 'five bytes left', subject: { csv: '001Ada   002Grace 003Ed', reading: { layout } } }],
  passes: [{ name: 'whole records', subject: { csv: '001Ada   002Grace 003Edith ', reading: { layout } } }],
}
