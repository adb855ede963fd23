/** Examples of `truncation.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewestAtLimit, fewestDifferent, leastLength } from './truncation.ts'

const words =
  'The patient was seen today because of a cough that has lasted for about three weeks and does not get better at night'

const note = (i: number): string => words.slice(i % 20, 15 + (i % 20) + ((i * 7) % 40))

const table = (most: number): string =>
  `id,note\n${Array.from({ length: 300 }, (_, i) => `${i},${note(i).slice(0, most)}`).join('\n')}\n`

export const truncationExamples: Examples<TableExample> = {
  code: 'data/truncation',
  decides:
    'The texts of each length are counted, in columns of eight lengths or more. The longest length flags if it holds at least ten times the average of the five lengths below it, which must hold some. A length that databases use flags if it holds more texts than that average, and twenty or more. Half of these texts must end in a letter, as if inside a word. Where most of the column has this length, half of these texts must hold blanks.',
  limits: [
    { name: 'longest length, at least', value: leastLength, unit: 'characters', source: 'convention of this check' },
    {
      name: 'different texts of that length, at least',
      value: fewestDifferent,
      unit: 'texts',
      source: 'convention of this check',
    },
    { name: 'texts at a length of databases, at least', value: fewestAtLimit, unit: 'texts', source: 'convention of this check' },
  ],
  flags: [
    { name: 'notes of at most forty characters', subject: { csv: table(40) } },
    { name: 'most of the notes are longer than the field', subject: { csv: table(24) } },
  ],
  passes: [
    { name: 'notes as long as they are', subject: { csv: table(200) } },
    {
      name: 'identifiers of one length',
      subject: { csv: `id,key\n${Array.from({ length: 60 }, (_, i) => `${i},abcdef-abcdef-abcdef-${100 + i}`).join('\n')}\n` },
    },
  ],
}
