/** The door to event logs: XES or a table, packed or not. Here the reader of tables and the reader of events meet. */

import { counted } from '../../core/counted.ts'
import { wordingOf } from '../../core/data/checks/index.ts'
import type { ReadProblem } from '../../core/data/model/events.ts'
import type { ReadingChoices } from '../../core/data/model/source.ts'
import { openContent } from '../../core/data/read/containers/content.ts'
import { type OpenTable, openTable } from '../../core/data/read/table.ts'
import type { TableTotals } from '../../core/data/read/table-body.ts'
import type { CellTexts } from '../../core/data/read/text/cell-text.ts'
import { ESCAPED, HIGH, type RecordView } from '../../core/data/read/text/record-view.ts'
import { type ByteSource, stopIfAborted, type Update } from '../../core/operation.ts'
import { type ColumnChoices, type ColumnMapping, guessColumns, shortList } from '../../core/workflow/log/columns.ts'
import type { EventLog, LogProblem } from '../../core/workflow/log/event-log.ts'
import { ProblemTally } from '../../core/workflow/log/problem-tally.ts'
import { TableLog } from '../../core/workflow/log/table-rows.ts'
import { type XesFault, XesReader } from '../../core/workflow/log/xes.ts'
import { xmlBytes } from '../../core/workflow/xml/xml-bytes.ts'
import { XmlFault } from '../../core/workflow/xml/xml-fault.ts'

export interface LogInput {
  readonly source: ByteSource
  readonly columns?: ColumnChoices
  readonly reading?: ReadingChoices
  /** Takes what stands before the fault of a XES file that is cut off or not well-formed. */
  readonly salvage?: boolean
}

export type LogImport =
  | {
      readonly kind: 'log'
      readonly format: 'xes' | 'csv'
      readonly log: EventLog
      readonly problems: readonly LogProblem[]
      readonly whole: boolean
      /** Columns and how each was found, for tables. */
      readonly header: readonly string[]
      readonly mapping: ColumnMapping | null
      readonly classifiers: readonly { readonly name: string; readonly keys: readonly string[] }[]
    }
  /** A table whose columns have to be named first, with its first rows. */
  | {
      readonly kind: 'columns'
      readonly header: readonly string[]
      readonly rows: readonly (readonly string[])[]
      readonly mapping: ColumnMapping
    }
  /** `sentence` says what the file is and what to do. */
  | { readonly kind: 'unreadable'; readonly sentence: string; readonly salvageable: boolean }

/** Rows looked at before columns are guessed. */
const sampled = 500

export async function* readLog(
  { source, columns = {}, reading = {}, salvage = false }: LogInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, LogImport>> {
  const opened = await openContent(source, reading, signal)
  if (opened.kind === 'other') {
    yield refused(`${source.name} is ${opened.words}. ${opened.advice}`)
    return
  }
  const { content } = opened
  try {
    if (await looksLikeXml(content.source))
      yield* readXes(content.source, { columns, salvage, damage: () => content.damage() }, signal)
    else yield* readTableLog(content.source, content.reading, columns, signal)
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    yield refused(`${source.name} was not read. ${error.message}`)
  }
}

function refused(sentence: string, salvageable = false): Update<never, LogImport> {
  return { kind: 'result', value: { kind: 'unreadable', sentence, salvageable } }
}

async function looksLikeXml(source: ByteSource): Promise<boolean> {
  for await (const chunk of source.stream(0, Math.min(source.size, 64))) {
    // A chunk may hold no more than white space or a part of the byte order mark.
    const first = chunk.find((byte) => byte > 0x20 && ![0xef, 0xbb, 0xbf, 0xff, 0xfe].includes(byte))
    if (first !== undefined) return first === 0x3c
  }
  return false
}

async function* readXes(
  source: ByteSource,
  {
    columns,
    salvage,
    damage,
  }: { readonly columns: ColumnChoices; readonly salvage: boolean; readonly damage: () => string | null },
  signal: AbortSignal,
): AsyncGenerator<Update<never, LogImport>> {
  if (typeof columns.start === 'string') {
    yield refused(
      `${source.name} is XES, where the begin of work is an event of its own (lifecycle:transition) and no column. Leave the column of the begin out.`,
    )
    return
  }
  const keys = ['case', 'activity', 'timestamp', 'resource', 'lifecycle', 'instance'] as const
  const reader = new XesReader(
    Object.fromEntries(
      keys.flatMap((key) => {
        const chosen = columns[key]
        return typeof chosen === 'string' ? [[key, chosen]] : []
      }),
    ),
  )
  let done = 0
  const measured = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of source.stream()) {
      done += chunk.length
      yield chunk
    }
  }
  for await (const chunk of xmlBytes(measured())) {
    stopIfAborted(signal)
    if (!reader.push(chunk)) break
    yield { kind: 'progress', done, total: source.size, unit: 'bytes', label: source.name }
  }
  const { log, problems, classifiers, absent, fault } = reader.finish(source.name)
  const torn = damage()
  const packed = torn === null ? '' : ` The packed file can not be unpacked whole: ${torn}.`
  if (!salvage && (fault !== null || torn !== null)) {
    const before =
      fault === null
        ? ''
        : ` Before that place stand ${counted(fault.traces, 'whole trace')} and ${counted(fault.events, 'event')}.`
    yield refused(`${source.name} was not read. ${fault?.sentence ?? ''}${packed}${before} Export the log again.`, true)
    return
  }
  if (absent.length > 0) {
    const sentences = absent.map(
      ({ key, of, seen }) =>
        `No ${of} of ${source.name} carries "${key}"; ${of}s carry ${seen.length === 0 ? 'no key at all' : shortList(seen)}.`,
    )
    yield refused(sentences.join(' '))
    return
  }
  yield {
    kind: 'result',
    value: {
      kind: 'log',
      format: 'xes',
      log,
      problems: [...lostOf(fault, packed, source.size - done), ...problems],
      whole: fault === null && torn === null,
      header: [],
      mapping: null,
      classifiers,
    },
  }
}

/** What a person who asked for the readable part goes without. */
function lostOf(fault: XesFault | null, packed: string, left: number): LogProblem[] {
  if (fault === null && packed === '') return []
  const unread = left > 0 ? ` ${counted(left, 'byte')} and more after it were not looked at.` : ''
  const kept =
    fault === null
      ? ''
      : ` ${counted(fault.traces, 'whole trace')} and ${counted(fault.events, 'event')} before it are kept; the trace around it is kept as far as it goes.`
  return [{ code: 'damaged', n: 1, sentence: `${fault?.sentence ?? ''}${packed}${kept}${unread}`.trim(), place: null }]
}

async function* readTableLog(
  source: ByteSource,
  reading: ReadingChoices,
  columns: ColumnChoices,
  signal: AbortSignal,
): AsyncGenerator<Update<never, LogImport>> {
  const table = await openTable(source, reading, 0, signal)
  const header = table.structure.labels.length > 0 ? table.structure.labels : table.structure.header
  const rows = await firstRows(table, signal)
  const mapping = guessColumns(header, rows, columns)
  if (rows.length === 0) {
    yield refused(`${source.name} holds no rows to read events from: ${table.structure.headerEvidence}.`)
    return
  }
  if (mapping.missing.length > 0) {
    yield { kind: 'result', value: { kind: 'columns', header, rows: rows.slice(0, 20), mapping } }
    return
  }
  const events = new TableLog(mapping, header)
  const cells = new PlainCells(table.texts, table.encoding)
  const seen = new ProblemTally()
  let damaged = 0
  const totals = { value: null as TableTotals | null }
  const sink = {
    record: (view: RecordView) => {
      cells.view = view
      events.row(view, cells.text)
    },
    problem: ({ sighting }: ReadProblem) => {
      const { code, at } = sighting
      if (code === 'data/damaged-container' || code === 'data/unreadable') damaged++
      const words = wordingOf(code)
      const line = (at.kind === 'cell' || at.kind === 'input') && at.line !== null ? at.line : null
      seen.add(code, words ? `${words.title}. ${words.remedy}` : `${code}.`, line === null ? null : { line })
    },
    end: (end: TableTotals) => {
      totals.value = end
    },
  }
  for await (const done of table.read(sink, signal))
    yield { kind: 'progress', done, total: source.size, unit: 'bytes', label: source.name }
  const { log, problems, mapping: used } = events.finish(source.name)
  const whole = damaged === 0 && totals.value?.status === 'read'
  yield {
    kind: 'result',
    value: {
      kind: 'log',
      format: 'csv',
      log,
      problems: [...problems, ...seen.list()],
      whole,
      header,
      mapping: used,
      classifiers: [],
    },
  }
}

async function firstRows(table: OpenTable, signal: AbortSignal): Promise<string[][]> {
  const rows: string[][] = []
  const sink = {
    record: (view: RecordView) => {
      if (rows.length < sampled) rows.push(table.texts.cells(view))
    },
    problem() {},
    end() {},
  }
  for await (const _ of table.read(sink, signal)) if (rows.length >= sampled) break
  return rows
}

/** Decodes only what can not be taken as UTF-8 bytes. */
class PlainCells {
  view: RecordView | null = null
  private readonly texts: CellTexts
  private readonly special: number
  constructor(texts: CellTexts, encoding: string) {
    this.texts = texts
    this.special = encoding === 'utf-8' ? ESCAPED : ESCAPED | HIGH
  }
  readonly text = (cell: number): string | null => {
    const { view } = this
    if (view === null || ((view.flags[cell] ?? 0) & this.special) === 0) return null
    return this.texts.text(view.bytes, view.starts[cell] ?? 0, view.ends[cell] ?? 0, view.flags[cell] ?? 0)
  }
}
