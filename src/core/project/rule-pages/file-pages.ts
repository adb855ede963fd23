/** `docs/reference/board-files`: a page for each kind of file that the board reads, made from its columns and the criteria that need it. */
import { criteria } from '../../readiness/criteria/index.ts'
import type { Column, ColumnType } from '../../readiness/input-files/column.ts'
import { type InputKind, inputFiles, inputKindNames } from '../../readiness/input-files/files.ts'
import type { InputFile } from '../../readiness/input-files/input-file.ts'
import { phases } from '../../readiness/model/phase.ts'
import { headingAnchor, ruleFile } from './rule-documents.ts'

const made = '`npm run reference-pages` makes these pages from the code.'

const typeWords: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  person: 'number of a person, kept as a keyed hash',
  patient: 'number of a patient, kept as a keyed hash',
  day: 'day, `YYYY-MM-DD`',
  moment: 'day and time with its offset, `2026-11-02T08:00:00+01:00`',
  number: 'number from 0 up',
  flag: 'yes or no',
  list: 'names with `;` between them',
  choice: 'one of',
}

/** Text by name below `docs/reference/board-files`. */
export function fileDocuments(): ReadonlyMap<string, string> {
  const files = new Map(inputKindNames.map((kind) => [`${kind}.md`, filePage(kind)]))
  const rows = inputKindNames.map(
    (kind) => `| [${inputFiles[kind].title}](${kind}.md) | \`${kind}\` | ${inputFiles[kind].found} |`,
  )
  const words = `Files that a clinic already has, as CSV with a head. The app takes them under **Readiness → Files**, the command line as \`--input KIND=FILE\`. ${made}`
  return files.set(
    'README.md',
    `# Files of the board\n\n${words}\n\n| File | Kind | Where a clinic finds it |\n| --- | --- | --- |\n${rows.join('\n')}\n`,
  )
}

function filePage(kind: InputKind): string {
  const file: InputFile = inputFiles[kind]
  const { title, found, columns, key = [], once, log, example } = file
  const rows = Object.entries(columns).map(
    ([name, column]) => `| \`${name}\` | ${column.required ? 'yes' : ''} | ${column.says} | ${holds(column)} |`,
  )
  const rules = [
    ...(key.length > 0
      ? [`- ${named(key)} ${key.length > 1 ? 'together name' : 'names'} a record. Two records of one name contradict each other.`]
      : []),
    ...(once ? ['- A record that stands twice word for word is read once.'] : []),
    ...(log ? ['- The file is as old as the newest event in it.'] : []),
  ]
  const needing = criteria.filter((criterion) => criterion.needs.includes(kind))
  const decided = needing.map(({ title: name, code, phase }) => {
    const group = phases.find(({ id }) => id === phase)?.title ?? phase
    return `- [${name}](../../rules/${ruleFile(group)}#${headingAnchor(name)}) \`${code}\``
  })
  return [
    `# ${title}`,
    `[All files of the board](README.md)`,
    `Kind \`${kind}\`. A clinic finds it in: ${found}.`,
    '## Columns',
    `| Column | Needed | What it says | What it holds |\n| --- | --- | --- | --- |\n${rows.join('\n')}`,
    ...(rules.length > 0 ? [rules.join('\n')] : []),
    '## Example',
    `\`\`\`csv\n${example.trimEnd()}\n\`\`\``,
    '## Criteria that read it',
    decided.length > 0 ? decided.join('\n') : 'None reads it alone. It stands beside the others as evidence.',
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n')
}

function holds({ type, choices }: Column<unknown>): string {
  return choices === undefined ? typeWords[type] : `${typeWords.choice} ${choices.map((word) => `\`${word}\``).join(', ')}`
}

function named(columns: readonly string[]): string {
  return columns.map((name) => `\`${name}\``).join(', ')
}
