/**
 * Which delimiter, quote and escape a table uses: pattern × type score (van den Burg, Nazábal, Sutton 2019), with
 * PapaParse's guess as one more vote. Nothing is decided silently: the runner-up and the margin are kept as evidence.
 */
/// <reference path="../papaparse.d.ts" />
import Papa from 'papaparse'
import type { Dialect, Guess } from '../../model/events.ts'
import type { ReadingChoices } from '../../model/source.ts'
import { type SampleRecord, sampleRecords } from '../records/sample-records.ts'
import type { CellTexts } from '../text/cell-text.ts'
import { candidateDialects, dialectOf, newlineOf } from './dialect-candidates.ts'

/** Characters of ordinary text: they must explain the rows much better than others to be believed. */
const ordinary: Readonly<Record<string, number>> = { ' ': 0.6, ':': 0.8 }
/** Delimiters that seldom occur in text: a table read as one column although they are there is never believed. */
const tellTale = [',', ';', '\t', '|', '^', '~', '\x01', '\x1e', '\x1f']
/** Below this margin between the best and the next reading a person should look. */
export const sureMargin = 0.1

export interface DialectGuess extends Guess<Dialect> {
  /** 1 − score of the runner-up / score of the best. */
  readonly margin: number
  /** Share of rows with the most frequent number of cells, among the first ones. */
  readonly regular: number
  /** Cells that begin with a quotation mark although none is read as such. */
  readonly bareQuotes: number
  /** Cells of most rows. */
  readonly columns: number
  /** Share of lines that hold a tell-tale delimiter although the table has one column; 0 otherwise. */
  readonly hiddenDelimiter: { readonly delimiter: string; readonly share: number } | null
}

export function guessDialect(
  bytes: Uint8Array,
  whole: boolean,
  texts: (quote: string, escapeWith: string) => CellTexts,
  choices: ReadingChoices,
): DialectGuess {
  const text = texts('"', '"').text(bytes, 0, bytes.length, 4)
  const newline = newlineOf(bytes)
  const declared = /^\uFEFF?sep=(.)[ \t]*(\r|\n)/.exec(text)?.[1]
  const chosenDelimiter = choices.delimiter ?? declared
  const candidates = candidateDialects(text, newline, choices, chosenDelimiter)
  const [only] = candidates
  // Nothing is left to guess, so nothing is scored: a project that is opened again reads what was settled once.
  if (choices.delimiter !== undefined && only && candidates.length === 1)
    return {
      value: only,
      confidence: 1,
      evidence: evidenceOf(only, 0, undefined, { chosen: true, declared: declared !== undefined }),
      alternatives: [],
      chosen: true,
      margin: 1,
      regular: 1,
      columns: 2,
      bareQuotes: 0,
      hiddenDelimiter: null,
    }
  const vote = chosenDelimiter ?? papaVote(text)
  const rowsOf = (dialect: Dialect): SampleRecord[] =>
    sampleRecords(bytes, texts(dialect.quote, dialect.escape), dialect, { whole, limit: scoredRows, expected: 0 })
  const typed = new Map<string, boolean>()
  const scored = candidates
    .map((dialect) => {
      const rows = rowsOf(dialect)
      return { dialect, rows, score: scoreOf(rows, typed) * weightOf(dialect, vote, candidates) }
    })
    .sort((a, b) => b.score - a.score)
  const none = dialectOf(',', '"', '"', newline)
  const best = scored[0] ?? { dialect: none, rows: rowsOf(none), score: 0 }
  const next = scored.find((entry) => !areKin(entry.dialect.delimiter, best.dialect.delimiter))
  const chosen = choices.delimiter !== undefined
  const margin = chosenDelimiter !== undefined || !next || best.score === 0 ? 1 : 1 - next.score / best.score
  const shape = usualShape(best.rows)
  return {
    value: best.dialect,
    confidence: margin,
    evidence: evidenceOf(best.dialect, best.score, next, { chosen, declared: declared !== undefined }),
    alternatives: scored
      .filter((entry, i) => i > 0 && entry.dialect.delimiter !== best.dialect.delimiter)
      .slice(0, 3)
      .map((entry) => ({ value: entry.dialect, confidence: entry.score, evidence: `Score ${entry.score.toFixed(3)}.` })),
    chosen,
    margin,
    regular: chosenDelimiter !== undefined ? 1 : shape.share,
    columns: shape.columns,
    bareQuotes: best.dialect.quote === '' && choices.quote === undefined ? shape.bareQuotes : 0,
    hiddenDelimiter: chosen ? null : hiddenDelimiter(best.rows, text),
  }
}

/** A backslash that comes first among the escapes was seen to escape: reading on across it makes rows fewer and no worse. */
function weightOf(dialect: Dialect, vote: string, all: readonly Dialect[]): number {
  const { delimiter, quote } = dialect
  const first = all.find((other) => other.delimiter === delimiter && other.quote === quote)
  const slashed = dialect.escape === '\\' && first === dialect
  return (delimiter === vote ? 1.05 : 1) * (ordinary[delimiter] ?? 1) * (slashed ? 1.15 : 1)
}

/** One is the other with more characters: `,` and `, ` are no two opinions about the columns. */
function areKin(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a)
}

function evidenceOf(
  dialect: Dialect,
  score: number,
  next: { readonly dialect: Dialect; readonly score: number } | undefined,
  from: { readonly chosen: boolean; readonly declared: boolean },
): string {
  if (from.chosen) return 'Chosen by a person.'
  if (from.declared) return 'The first line says "sep=".'
  const second = next
    ? `, next is ${delimiterName(next.dialect.delimiter)} with ${next.score.toFixed(3)}`
    : ', no other delimiter occurs'
  return `Rows of equal length with recognisable values: ${delimiterName(dialect.delimiter)} scores ${score.toFixed(3)}${second}.`
}

/** Name of a delimiter that can be read in a sentence. */
export function delimiterName(delimiter: string): string {
  const names: Readonly<Record<string, string>> = {
    ',': 'comma',
    ';': 'semicolon',
    '\t': 'tab',
    '|': 'pipe',
    ' ': 'space',
    ':': 'colon',
  }
  if (names[delimiter] !== undefined) return names[delimiter]
  const shown = Array.from(delimiter, (char) =>
    char < ' ' ? `0x${char.charCodeAt(0).toString(16).padStart(2, '0')}` : char,
  ).join('')
  return `"${shown}"`
}

function papaVote(text: string): string {
  const start = text.slice(0, 64 << 10)
  return Papa.parse(start, {
    delimiter: '',
    quoteChar: '"',
    header: false,
    dynamicTyping: false,
    preview: 100,
    skipEmptyLines: true,
  }).meta.delimiter
}

const scoredRows = 300

/** P × T: how alike the rows are in length, times the share of cells of a recognised type; most candidates cut the same cells. */
function scoreOf(rows: readonly SampleRecord[], known: Map<string, boolean>): number {
  const shapes = new Map<number, number>()
  let cells = 0
  let typed = 0
  for (const row of rows) {
    if (row.cells.length === 1 && row.cells[0] === '') continue
    shapes.set(row.cells.length, (shapes.get(row.cells.length) ?? 0) + 1)
    for (const cell of row.cells) {
      cells++
      const isOne = known.get(cell) ?? isTyped(cell.trim())
      known.set(cell, isOne)
      if (isOne) typed++
    }
  }
  let pattern = 0
  for (const [length, rowsOf] of shapes) pattern += (rowsOf * Math.max(0.001, length - 1)) / length
  const total = [...shapes.values()].reduce((sum, n) => sum + n, 0)
  if (cells === 0 || total === 0) return 0
  return (pattern / shapes.size / total) * Math.max(0.0000000001, typed / cells)
}

const typedForms: readonly RegExp[] = [
  /^\s*$/,
  /^[-+]?(\d+|\d{1,3}([,. ]\d{3})+)([.,]\d+)?([eE][-+]?\d+)?$/,
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s?([AaPp][Mm])?(Z|[-+]\d{2}:?\d{2})?)?$/,
  /^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s?([AaPp][Mm])?$/,
  /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/,
  /^https?:\/\/\S+$/,
  /^[$€£¥]\s?[\d.,]+$|^[\d.,]+\s?([$€£¥%]|mg|mcg|g|ml|mL|kg|cm|mmHg)$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^[\w./#+()-]{1,40}$/,
  /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .'’()/%&#+*@<>=?!\r\n-]{0,120}$/u,
]

function isTyped(cell: string): boolean {
  return typedForms.some((form) => form.test(cell))
}

/** The most frequent number of cells and the share of rows that have it: 1 for tables too short to say. */
function usualShape(rows: readonly SampleRecord[]): {
  readonly columns: number
  readonly share: number
  readonly bareQuotes: number
} {
  const shapes = new Map<number, number>()
  for (const { cells } of rows)
    if (cells.length > 1 || cells[0] !== '') shapes.set(cells.length, (shapes.get(cells.length) ?? 0) + 1)
  const total = [...shapes.values()].reduce((sum, n) => sum + n, 0)
  const [columns, n] = [...shapes].sort((a, b) => b[1] - a[1])[0] ?? [0, 0]
  const bareQuotes = rows.reduce((sum, { cells }) => sum + cells.filter((cell) => cell.startsWith('"')).length, 0)
  // Several tables in one file have widths of their own, each for many rows.
  const alike = rows.filter(({ cells }, i) => cells.length === rows[i - 1]?.cells.length).length
  return { columns, share: total < 5 ? 1 : Math.max(n / total, alike / (rows.length - 1)), bareQuotes }
}

/** One column although a delimiter is about: the silent misreading that must never happen. */
function hiddenDelimiter(rows: readonly SampleRecord[], text: string): { delimiter: string; share: number } | null {
  const single = rows.filter((row) => row.cells.length === 1).length
  if (rows.length === 0 || single * 2 <= rows.length) return null
  const lines = text
    .split(/\r\n|\n|\r/)
    .slice(0, scoredRows)
    .filter((line) => line.trim() !== '')
  let found: { delimiter: string; share: number } | null = null
  for (const delimiter of tellTale) {
    const share = lines.filter((line) => line.includes(delimiter)).length / Math.max(1, lines.length)
    if (share >= 0.1 && share > (found?.share ?? 0)) found = { delimiter, share }
  }
  return found
}
