/** A delimited file from its first byte to exact totals: encoding, dialect and layout first, then records and problems in order. */
import { type ByteSource, stopIfAborted } from '../../operation.ts'
import type { Guess, ReadProblem, TableEvent } from '../model/events.ts'
import { problemIn } from '../model/read-problem.ts'
import type { Row } from '../model/record.ts'
import type { ReadingChoices } from '../model/source.ts'
import { openContent } from './containers/content.ts'
import { mostColumns } from './containers/sheet-text.ts'
import { type OpenTable, settleTable, type TableOrigin } from './settle.ts'
import type { TableSink, TableTotals } from './table-body.ts'
import { cellTexts } from './text/cell-text.ts'
import { RecordView } from './text/record-view.ts'

export type { OpenTable, TableOrigin } from './settle.ts'

const firstTable: TableOrigin = { table: 1, byte: 0, line: 1 }

/** Settles encoding, dialect and layout. `input` is the index of the file in the run, for the places of problems. */
export async function openTable(
  source: ByteSource,
  choices: ReadingChoices,
  input: number,
  signal: AbortSignal,
  origin: TableOrigin = firstTable,
): Promise<OpenTable> {
  const opened = await openContent(source, choices, signal)
  if (opened.kind === 'other') return unreadableTable(input, opened.words, opened.advice)
  const { content } = opened
  const wanted = content.reading.tableNumber ?? 1
  let at = origin
  let table = await settleTable(content, at, input, signal)
  while (origin === firstTable && at.table < wanted) {
    for await (const _ of table.read(noSink, signal)) stopIfAborted(signal)
    const next = table.next()
    if (next === null)
      return unreadableTable(
        input,
        `a file of ${at.table} ${at.table === 1 ? 'table' : 'tables'}, without table ${wanted}`,
        'Choose another table.',
      )
    at = next
    table = await settleTable(content, at, input, signal)
  }
  const columns = table.structure.header.length
  return columns > mostColumns ? unreadableTable(input, tooWide(columns), 'Split it into files of fewer columns.') : table
}

const tooWide = (columns: number): string =>
  `a table of ${columns.toLocaleString('en')} columns, more than the ${mostColumns.toLocaleString('en')} that are read`

const noSink: TableSink = { record() {}, problem() {}, end() {} }

function unreadableTable(input: number, words: string, advice: string): OpenTable {
  const facts = [
    { name: 'The file is', value: words },
    { name: 'What to do', value: advice },
  ]
  const nothing = { confidence: 1, evidence: words, alternatives: [], chosen: false }
  const none: Guess<number> = { value: 0, ...nothing }
  return {
    structure: {
      encoding: { value: 'utf-8', ...nothing },
      bom: 0,
      dialect: { value: { delimiter: ',', quote: '"', escape: '"', newline: '\n' }, ...nothing },
      header: [],
      labels: [],
      headerRows: 0,
      headerEvidence: words,
      headerChoice: none,
      skipRows: 0,
      skipChoice: none,
      skipped: [],
      layout: null,
      table: 1,
      within: null,
      bodyByte: 0,
      bodyLine: 1,
    },
    problems: [problemIn('data/unreadable', { input, header: [] }, { line: 1, byte: 0 }, facts)],
    texts: cellTexts('utf-8', '"', '"'),
    encoding: 'utf-8',
    next: () => null,
    readFrom: null,
    async *read(sink) {
      sink.end({ status: 'unreadable', records: 0, bytes: 0, lines: 0 })
      yield 0
    },
  }
}

/** Rows of a table in batches, with everything that reading it told. */
export async function* readTable(
  source: ByteSource,
  choices: ReadingChoices,
  signal: AbortSignal,
  input = 0,
): AsyncGenerator<TableEvent> {
  const table = await openTable(source, choices, input, signal)
  yield { kind: 'structure', structure: table.structure }
  for (const problem of table.problems) yield { kind: 'problem', problem }
  yield* rowsOf(table, (sink) => table.read(sink, signal))
}

/** Rows in batches as somebody reads them, with what is told meanwhile. @param begin reads the table into the sink */
export async function* rowsOf(
  table: OpenTable,
  begin: (sink: TableSink) => AsyncIterable<number>,
): AsyncGenerator<Exclude<TableEvent, { kind: 'structure' }>> {
  let rows: Row[] = []
  const problems: ReadProblem[] = []
  let end: TableTotals | null = null
  const single = new RecordView()
  const keep = (view: RecordView, byteOf: (index: number) => number): void => {
    const cells = table.texts.cells(view)
    const byte = byteOf(view.start)
    rows.push({ kind: 'row', record: view.record, line: view.line, byte, length: byteOf(view.end) - byte, cells })
  }
  const sink: TableSink = {
    record: (view, _whole, byteOf) => keep(view, byteOf),
    block(block, byteOf) {
      for (let record = block.first; record < block.last; record++) {
        block.show(record, single)
        keep(single, byteOf)
      }
    },
    problem: (problem) => problems.push(problem),
    end: (totals) => {
      end = totals
    },
  }
  let done = 0
  const flush = function* (): Generator<Exclude<TableEvent, { kind: 'structure' }>> {
    for (const problem of problems.splice(0)) yield { kind: 'problem', problem }
    if (rows.length > 0) yield { kind: 'rows', rows, done }
    rows = []
  }
  for await (const bytes of begin(sink)) {
    done = bytes
    yield* flush()
  }
  yield* flush()
  yield { kind: 'end', ...(end ?? { status: 'partial', records: 0, bytes: done, lines: 0 }) }
}
