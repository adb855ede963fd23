/** Examples of `stray-quote.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const strayQuoteExamples: Examples<TableExample> = {
  code: 'data/stray-quote',
  decides:
    'A quotation mark flags if it stands inside an unquoted cell, or if a quoted cell goes on after its closing mark (RFC 4180).',
  flags: [
    { name: 'a quote that is never closed', subject: { csv: 'id,name,unit\n1,"Ada,mg\n2,Grace,mg\n3,Edith,mg\n4,Mary,mg\n' } },
    { name: 'a quote in the header that is never closed', subject: { csv: 'id,"name,born\n1,Ada,1815\n2,Grace,1906\n' } },
    { name: 'inches inside a cell', subject: { csv: 'id,note\n1,5" wound\n2,none\n' } },
  ],
  passes: [
    { name: 'doubled quotes', subject: { csv: 'id,note\n1,"5"" wound"\n2,none\n' } },
    { name: 'a name with doubled quotes and a line break', subject: { csv: 'id,"wound\n(5"" and more)"\n1,6\n2,none\n' } },
  ],
}
