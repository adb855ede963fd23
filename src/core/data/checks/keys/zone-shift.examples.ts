/** Examples of `zone-shift.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest } from './zone-shift.ts'

const fields = [{ name: 'id' }, { name: 'taken', type: 'datetime' }, { name: 'stored', type: 'datetime' }]

const rules = [{ on: 'table', check: 'data/zone-shift', fields: ['taken', 'stored'] }]

const stamp = (hour: number, minute: number): string =>
  `2020-01-${10 + minute}T${String(hour).padStart(2, '0')}:${minute + 10}:00`

const table = (shift: (i: number) => number): string =>
  `id,taken,stored\n${Array.from({ length: 30 }, (_, i) => `${i},${stamp(8, i % 19)},${stamp(8 + shift(i), i % 19)}`).join('\n')}\n`

export const zoneShiftExamples: Examples<TableExample> = {
  code: 'data/zone-shift',
  decides:
    'The difference of both times is taken for each record. It flags if at least the share below has one difference of quarters of an hour, not zero; summer and winter time count as one.',
  limits: [{ name: 'records compared, at least', value: fewest, unit: 'records', source: 'convention of this check' }],
  flags: [{ name: 'two hours in every record', subject: { csv: table(() => 2), schema: { fields, 'x-carryover': { rules } } } }],
  passes: [
    { name: 'the same time', subject: { csv: table(() => 0), schema: { fields, 'x-carryover': { rules } } } },
    {
      name: 'some hours later, now these, now those',
      subject: { csv: table((i) => i % 5), schema: { fields, 'x-carryover': { rules } } },
    },
  ],
}
