/** A profile as text, JSON, CSV and Markdown. Each takes the document, which is masked already. */
import { counted } from '../../counted.ts'
import { markdownText } from '../../values/markdown-text.ts'
import { csvLine } from '../../values/spreadsheet.ts'
import { isIdentifierName } from '../knowledge/column-words.ts'
import type { InputFieldProfile } from '../model/validation.ts'
import { thousands } from '../report/document.ts'
import type { ProfileDocument } from './document.ts'

export const profileFormats: ReadonlyMap<string, (document: ProfileDocument) => string> = new Map([
  ['text', textReport],
  ['json', (document) => `${JSON.stringify(document, null, 2)}\n`],
  ['csv', csvReport],
  ['markdown', markdownReport],
])

function textReport(document: ProfileDocument): string {
  const lines: string[] = document.partial ? ['Interrupted: the counts are those reached.'] : []
  document.inputs.forEach((input, index) => {
    lines.push(`${input.path}: ${recordCount(input.records)}, ${input.status}`)
    if (input.numbered) lines.push(`  ${byNumber}`)
    for (const field of fieldsOf(document, index)) lines.push(...fieldLines(field))
  })
  for (const { what, why } of document.notEvaluated) lines.push(`${what}: ${why}`)
  return `${lines.join('\n')}\n`
}

function fieldLines(field: InputFieldProfile): string[] {
  const parts = [`${thousands(field.filled)} of ${thousands(field.total)} filled`, `${distinctWords(field)} distinct`]
  const nulls = nullWords(field)
  if (nulls !== '') parts.push(nulls)
  const types = typeWords(field)
  if (types !== '') parts.push(types)
  if (field.min !== null) parts.push(`${field.min} to ${field.max ?? ''}`)
  const lines = [`  ${field.field}: ${parts.join('; ')}`]
  if (shapeWords(field) !== '') lines.push(`    shapes: ${shapeWords(field)}`)
  for (const note of notesOf(field)) lines.push(`    ${note}`)
  for (const { by, value, filled, records } of field.groups)
    lines.push(`    ${by} ${value ?? 'all smaller groups together'}: ${thousands(filled)} of ${thousands(records)} filled`)
  return lines
}

/** Also for who reads it on a server, and can give no flag. */
const byNumber = 'Columns that nobody declared have numbers, not names: declare them in a schema, or say how many rows name them.'
const notAll = 'Not all of the file was read.'

function csvReport(document: ProfileDocument): string {
  const head = ['input', 'table', 'field', 'records', 'filled', 'nulls', 'distinct', 'distinct is exact', 'types', 'min', 'max']
  const tail = ['shortest', 'longest', 'shapes', 'sum', 'p50', 'non-ASCII', 'mojibake', 'replaced characters', 'notes']
  const lines = [csvLine([...head, ...tail], 'spreadsheet')]
  for (const field of document.fields) {
    const input = document.inputs[field.input]
    const cells = [
      ...[input?.path ?? '', input?.table ?? '', field.field, field.total, field.filled, nullWords(field)],
      ...[field.distinct, field.distinctIsExact ? 'yes' : 'no', typeWords(field), field.min, field.max],
      ...[field.length.min, field.length.max, shapeWords(field), field.numbers?.sum, field.numbers?.quantiles.p50],
      ...[
        field.text.nonAscii,
        field.text.mojibake,
        field.text.replaced,
        (input?.status === 'partial' ? [notAll, ...notesOf(field)] : notesOf(field)).join(' '),
      ],
    ]
    lines.push(
      csvLine(
        cells.map((cell) => cell ?? ''),
        'spreadsheet',
      ),
    )
  }
  return `${lines.join('\r\n')}\r\n`
}

function markdownReport(document: ProfileDocument): string {
  const lines: string[] = ['# Profile', '']
  if (document.partial) lines.push('Interrupted: the counts are those reached.', '')
  document.inputs.forEach((input, index) => {
    lines.push(`## ${cell(input.path)}`, '', `${recordCount(input.records)}, ${input.status}.`, '')
    if (input.numbered) lines.push(byNumber, '')
    const fields = fieldsOf(document, index)
    if (fields.length === 0) return
    lines.push(
      '| Field | Filled | Nulls | Distinct | Types | Min | Max | Shapes | Notes |',
      '|---|---|---|---|---|---|---|---|---|',
    )
    for (const field of fields) {
      const cells = [
        field.field,
        `${thousands(field.filled)} of ${thousands(field.total)}`,
        nullWords(field),
        distinctWords(field),
        typeWords(field),
        field.min ?? '',
        field.max ?? '',
        shapeWords(field),
        notesOf(field).join(' '),
      ]
      lines.push(`| ${cells.map(cell).join(' | ')} |`)
    }
    lines.push('')
  })
  if (document.notEvaluated.length > 0) lines.push('## Not evaluated', '')
  for (const { what, why } of document.notEvaluated) lines.push(`- ${cell(what)}: ${cell(why)}`)
  return `${lines.join('\n')}\n`
}

function fieldsOf(document: ProfileDocument, input: number): InputFieldProfile[] {
  return document.fields.filter((field) => field.input === input)
}

function distinctWords(field: InputFieldProfile): string {
  return `${field.distinctIsExact ? '' : '≈ '}${thousands(field.distinct)}`
}

function nullWords(field: InputFieldProfile): string {
  return Object.entries(field.nulls)
    .map(([reason, count]) => `${reason} ${thousands(count)}`)
    .join(', ')
}

function typeWords(field: InputFieldProfile): string {
  return Object.entries(field.types)
    .map(([type, count]) => `${type} ${thousands(count)}`)
    .join(', ')
}

function shapeWords(field: InputFieldProfile): string {
  const shown = field.patterns.slice(0, 5).map(({ shape, count }) => `${shape} ×${thousands(count)}`)
  const { foldedPatterns: folded } = field
  // Shapes of few cells are not shown, lest one leads to a person; without a shape to compare with they tell nothing.
  if (shown.length === 0 || !folded) return shown.join(', ')
  const others = folded.groups === 1 ? 'another shape' : `${thousands(folded.groups)} other shapes`
  return `${shown.join(', ')}; ${cellCount(folded.count)} in ${others}`
}

function recordCount(records: number): string {
  return counted(records, 'record', 'records', thousands(records))
}

function cellCount(cells: number): string {
  return counted(cells, 'cell', 'cells', thousands(cells))
}

/** What a person should look at. */
function notesOf(field: InputFieldProfile): string[] {
  const notes: string[] = []
  const { dates, numbers, text } = field
  for (const { token, reason, count } of field.proposedNulls)
    notes.push(
      `${cellCount(count)} "${token}" usually ${count === 1 ? 'means' : 'mean'} ${reason}; declare ${count === 1 ? 'it as null if it does' : 'them as nulls if they do'}.`,
    )
  for (const { value, count } of numbers?.sentinels ?? [])
    notes.push(`${cellCount(count)} ${value} ${count === 1 ? 'stands' : 'stand'} apart: a code for "nothing recorded"?`)
  const repeated = field.filled - field.distinct
  if (
    field.distinctIsExact &&
    isIdentifierName(field.field) &&
    repeated > 0 &&
    field.filled >= 20 &&
    repeated <= field.filled * 0.01
  )
    notes.push(
      `${thousands(field.distinct)} of ${thousands(field.filled)} values are different: nearly a key; look for what is there twice.`,
    )
  if (dates) {
    const { dayFirst, monthFirst, either } = dates.order
    if (dayFirst + monthFirst + either > 0)
      notes.push(
        `Dates: ${thousands(dayFirst)} only day-first, ${thousands(monthFirst)} only month-first, ${thousands(either)} would be another day read the other way. Those with the same number for day and month count in none.`,
      )
  }
  if (text.mojibake > 0) notes.push(`${cellCount(text.mojibake)} ${text.mojibake === 1 ? 'was' : 'were'} decoded wrongly before.`)
  if (text.replaced > 0)
    notes.push(`${cellCount(text.replaced)} ${text.replaced === 1 ? 'holds' : 'hold'} characters that were lost.`)
  return notes
}

function cell(text: string): string {
  return markdownText(text).replace(/\s+/g, ' ')
}
