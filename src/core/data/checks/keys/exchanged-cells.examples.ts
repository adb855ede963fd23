/** Examples of `exchanged-cells.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { leastOdds, mostShared } from './exchanged-cells.ts'

const fields = [{ name: 'first' }, { name: 'last' }]

const rules = [{ on: 'table', check: 'data/exchanged-cells', fields: ['first', 'last'] }]

const given = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve']

const family = ['Stone', 'Rivers', 'Meadows', 'Field']

const people = Array.from({ length: 40 }, (_, i) => `${given[i % 5]},${family[(i * 3) % 4]}`)

const schema = { fields, 'x-carryover': { rules } }

const both = ['James', 'Taylor', 'Kelly', 'Morgan', 'Jordan', 'Lee']

const shared = `first,last\n${Array.from({ length: 120 }, (_, i) =>
  i % 10 === 0 ? `${both[(i / 10) % 6]},${both[(i / 10 + 1) % 6]}` : `${given[i % 5]} ${(i >> 2) % 9},${family[i % 4]} ${i % 11}`,
).join('\n')}\nStone 4,Ben 2\nRivers 1,Ada 3\n`

const coded = `code,text\n${Array.from({ length: 20 }, (_, i) => `${38341003 + i},Finding number ${i} (finding)`).join('\n')}\n`

const codeRule = { on: 'table', check: 'data/exchanged-cells', fields: ['code', 'text'], params: { kind: 'code' } }

const ofCodes = { fields: [{ name: 'code' }, { name: 'text' }], 'x-carryover': { rules: [codeRule] } }

export const exchangedCellsExamples: Examples<TableExample> = {
  code: 'data/exchanged-cells',
  decides:
    'A record flags if the first cell is found among the values of the second column, and the second among those of the first. Names that serve as both need a clear majority.',
  limits: [
    {
      name: 'values found in both columns, at most',
      value: mostShared,
      unit: 'share of values',
      source: 'convention of this check',
    },
    {
      name: 'frequency in the other column, at least',
      value: leastOdds,
      unit: 'times its own',
      source: 'convention of this check',
    },
  ],
  flags: [
    { name: 'a name that many have as their last, among names that serve as both', subject: { csv: shared, schema } },
    { name: 'first and last name', subject: { csv: `first,last\n${people.join('\n')}\nStone,Ada\n`, schema } },
    { name: 'words where the code stands', subject: { csv: `${coded}Sprain of ankle,44465007\n`, schema: ofCodes } },
  ],
  passes: [
    { name: 'codes and their words', subject: { csv: coded, schema: ofCodes } },
    { name: 'names as they should be', subject: { csv: `first,last\n${people.join('\n')}\n`, schema } },
    {
      name: 'a last name that is used as a first name',
      subject: { csv: `first,last\n${people.join('\n')}\nField,Stone\n`, schema },
    },
  ],
}
