/** How a file was read, in words. */
import type { InputReport } from '../../../core/data/validation.ts'

const delimiters: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'space',
  ':': 'colon',
  '^': 'caret',
  '~': 'tilde',
}

export function delimiterWord(delimiter: string): string {
  return delimiters[delimiter] ?? `“${delimiter}”`
}

/** "CSV, semicolon, windows-1252", "NDJSON". */
export function dialectWords(report: InputReport): string {
  const format = (report.format ?? 'unknown').toUpperCase()
  if (!report.structure) return format
  return `${format}, ${delimiterWord(report.structure.dialect.value.delimiter)}, ${report.structure.encoding.value}`
}
