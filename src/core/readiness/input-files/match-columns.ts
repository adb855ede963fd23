/** A file of the clinic with other names of columns: which of them is meant, proposed by name, said by a person, kept for the next file of its kind. */
import * as v from 'valibot'
import { type Kept, keptIn, map } from '../../values/document.ts'
import { lineEnds, recordsIn } from './csv-records.ts'
import type { InputFile } from './input-file.ts'
import { columnName } from './read-input.ts'
import { csvText } from './write-input.ts'

/** The name in the file, by the column that it is. */
export type ColumnMatch = Readonly<Record<string, string>>

export interface Unmatched {
  /** Columns that the file has to have and does not name. */
  readonly missing: readonly string[]
  /** Other known columns that it does not name. */
  readonly optional: readonly string[]
  /** Names in the file that are no known column. */
  readonly free: readonly string[]
}

/** Null where every needed column is named, or no name is left that could be meant. */
export function unmatchedColumns(file: InputFile, content: string): Unmatched | null {
  const { head } = recordsIn(content)
  const names = new Set(head.map(columnName))
  const absent = Object.entries(file.columns).filter(([name]) => !names.has(name))
  const missing = absent.filter(([, { required }]) => required).map(([name]) => name)
  const free = head.filter((name) => name.trim() !== '' && !Object.hasOwn(file.columns, columnName(name)))
  if (missing.length === 0 || free.length === 0) return null
  return { missing, optional: absent.filter(([, { required }]) => !required).map(([name]) => name), free }
}

/** What was said of the last such file, else the name that shares most words with the column; each name once. */
export function proposedMatch(file: InputFile, { missing, optional, free }: Unmatched, kept: ColumnMatch): ColumnMatch {
  const match: Record<string, string> = {}
  const left = new Set(free)
  const take = (column: string, name: string): void => {
    match[column] = name
    left.delete(name)
  }
  const columns = [...missing, ...optional]
  for (const column of columns) {
    const before = kept[column]
    if (before !== undefined && left.has(before)) take(column, before)
  }
  const pairs = columns
    .flatMap((column) => free.map((name) => ({ column, name, score: likeness(column, file.columns[column]?.says ?? '', name) })))
    .filter(({ score }) => score >= leastLikeness)
    .sort((a, b) => b.score - a.score)
  for (const { column, name } of pairs) if (match[column] === undefined && left.has(name)) take(column, name)
  return match
}

const leastLikeness = 0.4

/** Words in common of all words; words of the name count more than those of what the column says. */
function likeness(column: string, says: string, name: string): number {
  const [own, told, given] = [wordsOf(column), wordsOf(says), wordsOf(name)]
  const shared = given.filter((word) => own.some((each) => isSame(each, word))).length
  const hinted = given.filter((word) => told.some((each) => isSame(each, word))).length
  return Math.max(shared / Math.max(own.length, given.length), (0.6 * hinted) / given.length)
}

function wordsOf(text: string): readonly string[] {
  return columnName(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** "plan" and "planned" are one word here. */
function isSame(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length)
  return a === b || (length >= 4 && a.slice(0, length) === b.slice(0, length))
}

/** The text with the columns called as the board calls them. Each record stays in its line, so that what is said of a line finds it in the file. */
export function withColumnNames(content: string, match: ColumnMatch): string {
  const { head, records } = recordsIn(content)
  const names = new Map(Object.entries(match).map(([column, name]) => [name, column]))
  const before = lineEnds(/^[\ufeff\r\n]*/.exec(content)?.[0] ?? '')
  let text = '\n'.repeat(before) + csvText([head.map((name) => names.get(name) ?? name)])
  let line = lineEnds(text) + 1
  for (const record of records) {
    const written = csvText([record.cells])
    const blank = '\n'.repeat(Math.max(0, record.line - line))
    text += blank + written
    line += blank.length + lineEnds(written)
  }
  return text
}

/** Where the choices stand: names of columns are the clinic's own, so they leave with the private part alone. */
export const columnChoicesPath = 'private/readiness/columns.json'

/** By kind. */
export const columnChoicesDocument = map(map(v.string()))

/** What can not be read is no choice. */
export function columnChoices(bytes: Uint8Array | undefined): Kept<typeof columnChoicesDocument> {
  return (bytes && keptIn(bytes, columnChoicesDocument)) ?? {}
}
