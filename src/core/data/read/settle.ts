/** One table of a file settled: encoding, dialect and layout, each with its evidence; its records are read later. */

import { type Guess, isMadeTable, type ReadProblem, type Structure, type Within } from '../model/events.ts'
import { problemIn, type TablePlace } from '../model/read-problem.ts'
import type { FixedLayout, ReadingChoices } from '../model/source.ts'
import type { Content } from './containers/content.ts'
import type { Landmark } from './landmarks.ts'
import { type DialectGuess, guessDialect } from './layout/dialect.ts'
import { detectLayout, layoutFault, measureOf } from './layout/fixed-width.ts'
import { columnNames, type Layout, layoutOf } from './layout/structure.ts'
import { dialectProblem, encodingProblem, fixedProblem, headerProblems, headerQuotes } from './problems.ts'
import { type BodyForm, readBody } from './read-body.ts'
import { countBreaks } from './records/quote-trial.ts'
import { sampleRecords } from './records/sample-records.ts'
import type { BodyPlan, TableSink } from './table-body.ts'
import { type CellTexts, cellTexts } from './text/cell-text.ts'
import { type EncodingGuess, encodingName, guessEncoding } from './text/encoding.ts'
import { headBytes, takeSamples } from './text/stretches.ts'
import { scannedInPlace, Transcoder } from './text/transcode.ts'

/** Where a table begins in its file; the first one at the first byte. */
export interface TableOrigin {
  /** Which table of the file, 1-based. */
  readonly table: number
  /** In the original bytes (of what was unpacked). */
  readonly byte: number
  readonly line: number
}

/**
 * Reads records from one on whose offset in the file is known; without its landmark it counts as the first, in line 1.
 * @param until offset of a later record, before which the reading ends
 */
export type ReadFrom = (
  byte: number,
  sink: TableSink,
  signal: AbortSignal,
  at?: Pick<Landmark, 'record' | 'line'>,
  until?: number,
) => AsyncIterable<number>

/** What is known of a table before its records are read, and the way to read them. */
export interface OpenTable {
  readonly structure: Structure
  readonly problems: readonly ReadProblem[]
  readonly texts: CellTexts
  readonly encoding: string
  /** Reads the records; yields the number of bytes read after each chunk. Can be called again. */
  read(sink: TableSink, signal: AbortSignal): AsyncIterable<number>
  /** The records from one on; null where the bytes are not scanned as they stand there. */
  readonly readFrom: ReadFrom | null
  /** Where the next table of the file begins; known once this one was read, null where there is none. */
  next(): TableOrigin | null
}

/** Settles the table that begins at `origin`. */
export async function settleTable(content: Content, origin: TableOrigin, input: number, signal: AbortSignal): Promise<OpenTable> {
  const { source, reading: choices } = content
  const samples = await takeSamples(source, signal, origin.byte)
  const isFirst = origin.byte === 0
  const encoding = guessEncoding(isFirst ? samples : await takeSamples(source, signal), choices.encoding, content.encoding)
  const name = encodingName(encoding.value) ?? 'utf-8'
  const bom = isFirst ? encoding.bom : 0
  const head = (samples[0]?.bytes ?? new Uint8Array(0)).subarray(bom)
  const inPlace = scannedInPlace(name)
  const bytes = inPlace ? head.subarray(0, headBytes) : new Transcoder(name, bom).push(head.subarray(0, headBytes))
  const whole = head.length <= headBytes && origin.byte + (samples[0]?.bytes.length ?? 0) >= source.size
  const scanned = inPlace ? name : 'utf-8'
  const given = isFirst ? choices : laterChoices(choices)
  const dialect = guessDialect(bytes, whole, (quote, escapeWith) => cellTexts(scanned, quote, escapeWith), given)
  const texts = cellTexts(scanned, dialect.value.quote, dialect.value.escape)
  const fixed = layoutGuess(bytes, texts, dialect, given)
  const columns = fixed ? { layout: fixed.value, measure: measureOf(fixed.value, name) } : null
  const place = { whole, limit: 500, expected: 0, line: origin.line, fixed: columns }
  const records = sampleRecords(bytes, texts, dialect.value, place)
  const end = { at: bytes.length, line: countBreaks(bytes, 0, bytes.length) + origin.line }
  const layout = named(layoutOf(records, fixedChoices(given, fixed), end), fixed)
  const structure = structureOf({ encoding, bom }, dialect, layout, { inPlace, origin, fixed, within: content.within })
  const tablePlace: TablePlace = { input, header: structure.header }
  const fault = choices.layout ? layoutFault(choices.layout) : null
  let next: TableOrigin | null = null
  const plan: BodyPlan & BodyForm = {
    structure,
    layout,
    texts,
    place: tablePlace,
    encoding: name,
    splits: choices.tables !== 'one' && !(choices.headerRows === 0) && fixed === null && !isMadeTable(content.within),
    rowOf: content.rowOf,
    origin: isFirst ? bom : origin.byte,
    line: origin.line,
    fixed: columns,
  }
  return {
    structure,
    problems: [
      ...(isFirst ? content.problems(input) : []),
      ...(encodingName(encoding.value) === null ? [unknownEncoding(input, encoding.value)] : []),
      ...(isFirst ? encodingProblem(encoding, tablePlace) : []),
      ...(fault === null ? [] : [problemIn('data/unreadable', tablePlace, null, [{ name: 'layout', value: fault }])]),
      ...(fixed ? fixedProblem(fixed, tablePlace, origin) : dialectProblem(dialect, tablePlace)),
      ...headerProblems(structure, tablePlace),
      ...headerQuotes(layout.strays, tablePlace, plan.origin),
    ],
    texts,
    encoding: name,
    next: () => next,
    readFrom:
      inPlace && isFirst && fixed === null && content.within === null
        ? (byte, sink, again, { record, line } = { record: 1, line: 1 }, until) => {
            const end = until === undefined ? undefined : until - plan.origin
            return readBody(content, plan, sink, again, () => {}, { byte: byte - plan.origin, line, record, until: end })
          }
        : null,
    async *read(sink, again) {
      next = null
      yield* readBody(content, plan, sink, again, (start) => {
        next = { table: origin.table + 1, ...start }
      })
    },
  }
}

/** Rows to skip and header rows were chosen for the first table of the file. */
function laterChoices(choices: ReadingChoices): ReadingChoices {
  const { skipRows: _skip, headerRows: _header, ...rest } = choices
  return choices.tableNumber === undefined ? rest : choices
}

/** A chosen layout, or one that is found where no delimiter qualifies. */
function layoutGuess(
  bytes: Uint8Array,
  texts: CellTexts,
  dialect: DialectGuess,
  choices: ReadingChoices,
): Guess<FixedLayout> | null {
  if (choices.layout && layoutFault(choices.layout) === null)
    return { value: choices.layout, confidence: 1, evidence: 'Chosen by a person.', alternatives: [], chosen: true }
  if (choices.delimiter !== undefined || choices.layout) return null
  const isDoubtful =
    dialect.value.delimiter === ' ' || dialect.value.delimiter === ':' || dialect.regular < 0.6 || dialect.columns < 2
  return isDoubtful ? detectLayout(texts.text(bytes, 0, bytes.length, 4)) : null
}

/** A layout with names needs no header row, one that was found knows whether its first line holds the names. */
function fixedChoices(choices: ReadingChoices, fixed: Guess<FixedLayout> | null): ReadingChoices {
  if (!fixed || choices.headerRows !== undefined) return choices
  if (fixed.chosen) return { ...choices, headerRows: 0, skipRows: choices.skipRows ?? 0 }
  return { ...choices, headerRows: fixed.value.columns.some(({ name }) => name !== '') ? 1 : 0 }
}

function named(layout: Layout, fixed: Guess<FixedLayout> | null): Layout {
  if (!fixed?.chosen) return layout
  const names = fixed.value.columns.map(({ name }) => name)
  return layout.labels.length > 0 ? layout : { ...layout, labels: names, header: columnNames(names) }
}

function unknownEncoding(input: number, label: string): ReadProblem {
  return problemIn(
    'data/unreadable',
    { input, header: [] },
    null,
    [{ name: 'encoding', value: label }],
    `"${label}" is no encoding this program knows; the file is read as UTF-8.`,
  )
}

function structureOf(
  { encoding, bom }: { readonly encoding: EncodingGuess; readonly bom: number },
  dialect: DialectGuess,
  layout: Layout,
  from: {
    readonly inPlace: boolean
    readonly origin: TableOrigin
    readonly fixed: Guess<FixedLayout> | null
    readonly within: Within | null
  },
): Structure {
  const { bom: _bom, ...guess } = encoding
  const {
    margin: _margin,
    regular: _regular,
    hiddenDelimiter: _hidden,
    columns: _columns,
    bareQuotes: _quotes,
    ...dialectGuess
  } = dialect
  const start = from.origin.byte === 0 ? bom : from.origin.byte
  const byteOf = (at: number): number => (from.inPlace ? start + at : at)
  const none = {
    ...dialectGuess,
    value: { ...dialectGuess.value, delimiter: '', quote: '', escape: '' },
    evidence: from.fixed?.evidence ?? '',
  }
  return {
    encoding: guess,
    bom,
    dialect: from.fixed ? none : dialectGuess,
    header: layout.header,
    labels: layout.labels,
    headerRows: layout.headerChoice.value,
    headerEvidence: layout.headerChoice.evidence,
    headerChoice: layout.headerChoice,
    skipRows: layout.skipChoice.value,
    skipChoice: layout.skipChoice,
    skipped: layout.skipped.map((line) => ({ ...line, byte: byteOf(line.byte) })),
    layout: from.fixed,
    table: from.origin.table,
    within: from.within,
    bodyByte: byteOf(layout.bodyAt),
    bodyLine: layout.bodyLine,
  }
}
