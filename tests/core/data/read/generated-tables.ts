/** Tables written in odd forms from a seed, with the cells they hold: what automatic reading must find again. */
import { type Random, seededRandom } from '../../../../src/core/random.ts'

export interface Written {
  readonly text: string
  /** Names as they should be read, names of several rows joined by a blank. */
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface Form {
  readonly delimiter: string
  readonly quote: string
  readonly escape: string
  readonly newline: string
  readonly preamble: number
  readonly header: 'one' | 'groups' | 'units' | 'none' | 'ruled'
  readonly footer: boolean
}

const names = ['Ada', 'Grace', 'Edith', 'Mary', 'Florence', 'Rosalind', 'Chien-Shiung', "O'Neil"]
const drugs = ['Aspirin', 'Metformin', 'Amoxicillin', 'Warfarin', 'Insulin glargine', 'Salbutamol']
const notes = [
  'seen, well',
  'no change; call back',
  'said "better"',
  "patient's own words",
  'two | three',
  'plain',
  'see\nletter',
  'tab\there',
  '',
]

const titles = [
  'Patients of the clinic',
  'Report',
  'Exported by the practice system',
  'Confidential',
  'Site: Riverside',
  'Ward 3',
]

/** A table of `count` records with numbers, dates and texts. */
export function records(random: Random, count: number): string[][] {
  return Array.from({ length: count }, (_, i) => [
    String(1000 + i),
    random.pick(names),
    `19${10 + random.below(89)}-0${1 + random.below(9)}-${10 + random.below(19)}`,
    random.pick(drugs),
    `${random.below(500)}.${random.below(10)}`,
    random.pick(notes),
  ])
}

/** Writes a table in a form; `seed` decides the cells. */
export function write(form: Form, seed: string, count: number): Written {
  const random = seededRandom(seed)
  const rows = records(random, count)
  const { header, lines } = headerOf(form.header)
  const cells = (row: readonly string[]): string => row.map((cell) => quoted(cell, form)).join(form.delimiter)
  const preamble = Array.from({ length: form.preamble }, (_, i) =>
    i === 0 ? random.pick(titles) : i === 1 ? 'Created: 2024-05-06' : i === 2 ? '' : `# ${random.pick(titles)}`,
  )
  const footer = form.footer ? [`(${count} rows affected)`] : []
  const text = [...preamble, ...lines.map(cells), ...rows.map(cells), ...footer].join(form.newline) + form.newline
  return { text, header, rows }
}

function headerOf(kind: Form['header']): { header: string[]; lines: string[][] } {
  const one = ['id', 'name', 'born', 'drug', 'dose', 'note']
  if (kind === 'none') return { header: one.map((_, i) => `column${i + 1}`), lines: [] }
  if (kind === 'groups')
    return {
      header: ['Patient id', 'Patient name', 'Patient born', 'Therapy drug', 'Therapy dose', 'Therapy note'],
      lines: [['Patient', '', '', 'Therapy', '', ''], one],
    }
  if (kind === 'units')
    return { header: ['id', 'name', 'born', 'drug', 'dose mg', 'note'], lines: [one, ['', '', '', '', 'mg', '']] }
  if (kind === 'ruled') return { header: one, lines: [one, one.map((name) => '-'.repeat(name.length))] }
  return { header: one, lines: [one] }
}

function quoted(cell: string, form: Form): string {
  const { delimiter, quote, newline } = form
  const text = cell.replaceAll('\n', newline === 'mixed' ? '\n' : newline)
  const needs =
    [delimiter, quote, '\n', '\r', '"', "'"].some((part) => part !== '' && text.includes(part)) ||
    delimiter.startsWith(text[0] ?? '\0') ||
    text.includes(delimiter[0] ?? ',')
  if (!needs || quote === '') return quote === '' ? text.replaceAll(delimiter, ' ').replaceAll(/[\r\n]+/g, ' ') : text
  const inner =
    form.escape === quote
      ? text.replaceAll(quote, quote + quote)
      : text.replaceAll(form.escape, form.escape + form.escape).replaceAll(quote, form.escape + quote)
  return quote + inner + quote
}

/** What a reader should give for a cell: line breaks as they were written. */
export function asRead(cell: string, form: Form): string {
  if (form.quote === '') return cell.replaceAll(form.delimiter, ' ').replaceAll(/[\r\n]+/g, ' ')
  return cell.replaceAll('\n', form.newline)
}

const delimiters = [',', ';', '\t', '|', '^', '~', '\x01', '\x1f', '||', '~|~']

/** The n-th form of a walk through all of them. */
export function formAt(n: number): Form {
  const random = seededRandom(`form ${n}`)
  const quote = random.pick(['"', '"', '"', "'"])
  return {
    delimiter: delimiters[n % delimiters.length] ?? ',',
    quote,
    escape: random.below(5) === 0 ? '\\' : quote,
    newline: random.pick(['\n', '\r\n', '\r']),
    preamble: random.pick([0, 0, 1, 2, 4]),
    header: random.pick(['one', 'one', 'groups', 'units', 'ruled', 'none']),
    footer: random.below(3) === 0,
  }
}
