/** The crosswalk as a Markdown document for people who sign it: every field, every value, every reason. */

import { counted } from '../../../counted.ts'
import { compareText } from '../../../finding.ts'
import { shareText } from '../../../share-text.ts'
import type { FieldLine, Mapping } from '../mapping/mapping.ts'
import type { ColumnCoverage, MappingFinding } from '../plan/crosswalk.ts'
import { conditionWords, isRowRule, rowRuleWords } from '../plan/row-rules.ts'
import { transformNamed } from '../transforms/index.ts'

/** `columns` and `findings` where they are known; without them the document says nothing about cells. */
export function mappingSpecification(
  title: string,
  mapping: Mapping,
  columns: readonly ColumnCoverage[] = [],
  findings: readonly MappingFinding[] = [],
): string {
  const filled = new Map(columns.map(({ table, column, filled: n }) => [`${table}.${column}`, n]))
  const tables = [...new Set(mapping.fields.map(({ source }) => source))]
  const parts = [`# ${escaped(title)}\n`, summary(mapping, columns)]
  for (const table of tables) {
    const lines = mapping.fields.filter(({ source }) => source === table)
    parts.push(
      `## ${table === '' ? 'Not made of legacy records' : escaped(table)}\n`,
      row(['Legacy field', 'Filled', 'Rule', 'Loss', 'Target', 'Status', 'Reason', 'By']),
      row(Array(8).fill('---')),
    )
    for (const line of lines) parts.push(row(fieldCells(line, filled)))
    parts.push('')
  }
  for (const map of [...mapping.values.values()].sort((a, b) => compareText(a.name, b.name))) {
    parts.push(
      `## Value map ${escaped(map.name)}\n`,
      row(['Source', 'Display', 'System', 'Target', 'Relationship']),
      row(Array(5).fill('---')),
    )
    for (const one of map.lines.values()) parts.push(row([one.code, one.display, one.system, one.target, one.relationship]))
    parts.push('')
  }
  if (findings.length > 0)
    parts.push('## Open points\n', ...findings.map(({ severity, words }) => `- ${severity}: ${escaped(words)}`), '')
  return `${parts.join('\n')}\n`
}

function summary({ fields }: Mapping, columns: readonly ColumnCoverage[]): string {
  const count = (status: FieldLine['status']): number => fields.filter((line) => line.status === status).length
  const total = columns.reduce((sum, { filled }) => sum + filled, 0)
  const carried = columns.reduce((sum, { filled, state }) => sum + (state === 'carried' ? filled : 0), 0)
  const share = total === 0 ? '' : ` ${carried} of ${total} filled cells are carried (${shareText(carried / total)}).`
  return `${counted(count('confirmed'), 'line')} confirmed, ${count('suggested')} suggested, ${count('unmapped')} unmapped, ${count('not-carried')} left behind with a reason.${share}\n`
}

function fieldCells(line: FieldLine, filled: ReadonlyMap<string, number>): string[] {
  const transform = transformNamed(line.rule)
  const cells = line.fields.map((field) => filled.get(`${line.source}.${field}`))
  const rule = isRowRule(line.rule) ? rowRuleWords(line) : `${transform?.words(line.params) ?? line.rule}${conditionWords(line)}`
  return [
    line.fields.join(' + '),
    cells.every((one) => one !== undefined) ? cells.join(' + ') : '',
    rule,
    transform?.loss ?? '',
    line.target + (line.required ? ' (required)' : ''),
    line.status,
    line.reason === '' ? (line.params.get('reason') ?? '') : line.reason,
    line.by,
  ]
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(' | ')} |`
}

/** Nothing in a cell may end it or start markup of its own. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/[<>*_`[\]]/g, '\\$&')
    .replace(/\r?\n/g, ' ')
}
