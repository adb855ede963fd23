/** Examples of `spreadsheet-damage.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const rows = (cells: readonly string[]): string => `id,code\n${cells.map((cell, i) => `${i},${cell}`).join('\n')}\n`

export const spreadsheetDamageExamples: Examples<TableExample> = {
  code: 'data/spreadsheet-damage',
  decides:
    'A cell flags if it is an error value such as #N/A, a code that became a date, or an identifier with an exponent. A form that is usual in the column does not flag, unless a rule asks. A column flags if its numbers of over fifteen digits end in zeros from the sixteenth digit on. A column of dates flags if it holds serial numbers of days.',
  flags: [
    { name: 'an identifier in scientific notation', subject: { csv: rows(['123456789012', '1.23457E+11', '123456789014']) } },
    { name: 'a long code beside short ones', subject: { csv: rows(['38341003', '5.25100E+12', '44054006', '195967001']) } },
    { name: 'an error of a formula', subject: { csv: rows(['A10', '#N/A', 'B20']) } },
    { name: 'the code MAR1 as a date', subject: { csv: rows(['ABC1', 'Mar-01', 'DEF2']) } },
    {
      name: 'identifiers cut after fifteen digits',
      subject: {
        csv: rows(['123456789012345000', '223456789012345000', '323456789012345000', '423456789012345000', '523456789012345000']),
      },
    },
    {
      name: 'serial numbers between dates',
      subject: { csv: rows(['2020-01-05', '2020-02-05', '43895', '2020-04-05']) },
    },
  ],
  passes: [
    {
      name: 'long codes that are whole',
      subject: { csv: rows(['10939881000119105', '448813005', '16335031000119103', '124171000119105']) },
    },
    {
      name: 'a number that a schema declares',
      subject: { csv: rows(['1.5E+11', '2']), schema: { fields: [{ name: 'id' }, { name: 'code', type: 'number' }] } },
    },
    { name: 'months of expiry', subject: { csv: rows(['Mar-25', 'Apr-26', 'Dec-25']) } },
    {
      name: 'counts per litre among other results',
      subject: { csv: rows(['5.4', '2.5E+11', '120']).replace('code', 'value') },
    },
    { name: 'five digits that are codes', subject: { csv: rows(['43895', '02155', '10001', '2020-01-05']) } },
  ],
}
