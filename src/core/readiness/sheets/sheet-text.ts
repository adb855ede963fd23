/** A sheet as Markdown and as plain text; what people wrote becomes neither markup nor a new cell. */
import { markdownText } from '../../values/markdown-text.ts'
import { plainWords } from '../model/plain-words.ts'
import type { Block, Sheet } from './sheet.ts'

export function sheetMarkdown({ title, lead, verdict, sections, foot }: Sheet): string {
  const parts = [
    `# ${inline(title)}`,
    ...lead.map(inline),
    ...(verdict === null ? [] : [`**${inline(verdict.words)}**`]),
    ...sections.flatMap((section) => [`## ${inline(section.title)}`, ...section.blocks.map(markdownBlock)]),
    ...(foot.length > 0 ? ['---', ...foot.map(inline)] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function inline(text: string): string {
  return markdownText(plainWords(text).replace(/\s+/g, ' ')).replaceAll('~', '\\~')
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return inline(block.text)
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n')
    case 'table': {
      const line = (cells: readonly string[]): string => `| ${cells.map(inline).join(' | ')} |`
      const rule = block.head.map((_, column) => (block.numbers.includes(column) ? '---:' : '---'))
      return [line(block.head), `|${rule.join('|')}|`, ...block.rows.map(line)].join('\n')
    }
    case 'sign':
      return [
        block.choices.map((choice) => `- [ ] ${inline(choice)}`).join('\n'),
        ...block.lines.map((line) => `${inline(line)}: \\_\\_\\_\\_\\_\\_\\_\\_`),
      ].join('\n\n')
  }
}

export function sheetText({ title, lead, verdict, sections, foot }: Sheet): string {
  const parts = [
    [title, ...lead].map(plainWords).join('\n'),
    ...(verdict === null ? [] : [plainWords(verdict.words)]),
    ...sections.map((section) => [plainWords(section.title).toUpperCase(), ...section.blocks.map(textBlock)].join('\n')),
    ...(foot.length > 0 ? [foot.map(plainWords).join('\n')] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

/** Widest column of a table at a terminal; longer cells run over. */
const widest = 48

function textBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `  ${plainWords(block.text)}`
    case 'list':
      return block.items.map((item) => `  - ${plainWords(item)}`).join('\n')
    case 'table': {
      const rows = [block.head, ...block.rows].map((row) => row.map(plainWords))
      const widths = block.head.map((_, column) => Math.min(widest, Math.max(...rows.map((row) => (row[column] ?? '').length))))
      const line = (cells: readonly string[]): string =>
        cells
          .map((cell, column) =>
            block.numbers.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
          )
          .join('  ')
      return rows.map((row) => `  ${line(row)}`.trimEnd()).join('\n')
    }
    case 'sign':
      return [
        `  ${block.choices.map((choice) => `[ ] ${choice}`).join('   ')}`,
        ...block.lines.map((line) => `  ${line}: ____________________`),
      ].join('\n')
  }
}
