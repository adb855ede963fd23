/** What a given file is: its content, taken out of its container, and the format of that. */
import type { ByteSource } from '../../operation.ts'
import { isMadeTable, type Structure } from '../model/events.ts'
import { isMadeFormat, isTableFormat, type ReadingChoices, type SourceFormat } from '../model/source.ts'
import { type Content, openContent } from './containers/content.ts'
import { columnLetters } from './containers/sheet-text.ts'
import { type Recognised, recognise } from './layout/sniff.ts'
import { take } from './text/stretches.ts'

export interface LookedInto {
  readonly recognised: Recognised
  /** Null where the container can not be read. */
  readonly content: Content | null
}

const headBytes = 64 << 10

export async function lookInto(source: ByteSource, reading: ReadingChoices, signal: AbortSignal): Promise<LookedInto> {
  const opened = await openContent(source, reading, signal)
  if (opened.kind === 'other') return { recognised: opened, content: null }
  const { content } = opened
  const inner = content.source
  const head = await take(inner, 0, headBytes, signal)
  // A sheet is a table whatever its first cell looks like, and so is what a person gave a layout for.
  const isTable = isMadeTable(content.within) || reading.layout !== undefined
  const recognised: Recognised =
    isTable && inner.size > 0 ? { kind: 'format', format: 'csv' } : recognise(head, inner.size, inner.name)
  return { recognised, content }
}

/** The format for a report: tables have one reader, and several forms. */
export function formatOf(format: SourceFormat | null, structure: Structure | null): SourceFormat | null {
  const kind = structure?.within?.kind
  if (isMadeFormat(kind)) return kind
  return structure?.layout ? 'fixed-width' : format
}

/** Workbooks, dumps and fixed-width files are read as tables. */
export function readAs(format: SourceFormat | null): SourceFormat | null {
  return isTableFormat(format) ? 'csv' : format
}

/** Address of a cell in its worksheet, such as `B17`; null outside workbooks and for whole records. */
export function sheetCell(structure: Structure | null, field: string | null, row: number): string | null {
  if (structure?.within?.kind !== 'xlsx' || field === null) return null
  const column = structure.header.indexOf(field) + 1
  return column === 0 ? null : `${columnLetters(column)}${row}`
}
