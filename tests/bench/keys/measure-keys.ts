/** Unique keys and references of so many invented records through the indexes of a run, with temporary files; prints one line of JSON. */

import { ReportSink } from '../../../src/core/data/blast-radius/report-sink.ts'
import { KeyColumns } from '../../../src/core/data/keys/key-columns.ts'
import { KeyRun } from '../../../src/core/data/keys/key-run.ts'
import { type KeyedTable, type KeyStep, type SeeRecord, told } from '../../../src/core/data/keys/source-table.ts'
import type { Constraint } from '../../../src/core/data/model/constraint.ts'
import { mostRecords, RecordBlock } from '../../../src/core/data/read/records/record-block.ts'
import { cellTexts } from '../../../src/core/data/read/text/cell-text.ts'
import { RecordView } from '../../../src/core/data/read/text/record-view.ts'
import { nodeSpillStore } from '../../../src/io/files/spill-node.ts'

const keys = Number(process.argv[2] ?? 20_000_000)
const half = keys / 2
/** Every so many records a key is repeated, and every so many references lead nowhere. */
const repeatEvery = 1_000_003
const orphanEvery = 700_001
const digits = 12
const signal = new AbortController().signal
const texts = cellTexts('utf-8', '"', '"')

/** A table of one column whose cells are numbers of twelve digits, written as they are asked for. */
class Numbers implements KeyedTable {
  readonly side = null
  readonly size = half * (digits + 1)
  readonly mostRecords = half
  readonly input: number
  readonly table: string
  private readonly planted: readonly number[]
  private readonly numberOf: (record: number) => number

  /** @param planted records whose number does not follow from the one before, in order */
  constructor(input: number, table: string, planted: readonly number[], numberOf: (record: number) => number) {
    this.input = input
    this.table = table
    this.planted = planted
    this.numberOf = numberOf
  }

  columnsOf(): KeyColumns {
    return new KeyColumns(['id'], [0], () => false, texts)
  }

  cellAt(view: RecordView) {
    return {
      kind: 'cell',
      input: this.input,
      field: 'id',
      path: null,
      record: view.record,
      line: view.record + 1,
      byte: 0,
      id: null,
    } as const
  }

  /** The records again; those that nobody wants are not written. */
  async *visit(see: SeeRecord, _signal: AbortSignal, wanted: () => number = () => 0): AsyncGenerator<number> {
    const view = new RecordView()
    view.bytes = new Uint8Array(digits)
    view.add(0, digits, 0)
    view.end = digits
    for (let record = Math.max(1, wanted()); record <= half; record = Math.max(record + 1, wanted())) {
      write(view.bytes, 0, this.numberOf(record))
      view.record = record
      see(view, byteOf)
      if ((record & 0xffff) === 0) yield record * (digits + 1)
    }
    yield this.size
  }

  /** All records, as the scanner hands them on. */
  *blocks(): Generator<RecordBlock> {
    const block = new RecordBlock(1)
    block.bytes = new Uint8Array(block.room * digits)
    for (let record = 0; record < block.room; record++) {
      block.starts[record] = record * digits
      block.ends[record] = (record + 1) * digits
    }
    // Between two records that were planted the numbers go up by one, which is cheaper to write than each of them anew.
    const { planted } = this
    let plant = 0
    let follows = false
    for (let first = 1; first <= half; first += block.room) {
      block.record = first
      block.last = Math.min(block.room, half + 1 - first)
      for (let at = 0; at < block.last; at++) {
        const isPlanted = first + at === planted[plant]
        if (isPlanted) plant++
        if (isPlanted || !follows || at === 0) write(block.bytes, at * digits, this.numberOf(first + at))
        else next(block.bytes, at * digits)
        follows = !isPlanted
      }
      yield block
    }
  }
}

const byteOf = (index: number): number => index

/** Writes the number after the one that stands before it. */
function next(bytes: Uint8Array, from: number): void {
  for (let at = from; at < from + digits; at++) bytes[at] = bytes[at - digits] as number
  for (let at = from + digits - 1; at >= from; at--) {
    if (bytes[at] !== 57) {
      bytes[at] = (bytes[at] as number) + 1
      return
    }
    bytes[at] = 48
  }
}

function write(bytes: Uint8Array, from: number, value: number): void {
  for (let at = from + digits - 1, rest = value; at >= from; at--, rest = Math.floor(rest / 10)) bytes[at] = 48 + (rest % 10)
}

const constraint = (check: string, table: string, params: Constraint['params']): Constraint => ({
  on: { table, fields: ['id'] },
  check,
  params,
  origin: { schema: '', pointer: '' },
})

const every = (step: number): number[] => Array.from({ length: Math.floor(half / step) }, (_, i) => (i + 1) * step)
const plantedAt = [...new Set([...every(repeatEvery), ...every(orphanEvery)])].sort((a, b) => a - b)
const parents = new Numbers(0, 'patients', plantedAt, (record) => (record % repeatEvery === 0 ? record - 7 : record))
const children = new Numbers(1, 'visits', plantedAt, (record) =>
  record % orphanEvery === 0 ? keys + record : record - (record % repeatEvery === 0 ? 1 : 0),
)
const repeats = Math.floor(half / repeatEvery)
const orphans = Math.floor(half / orphanEvery)

async function drain(steps: AsyncIterable<KeyStep>): Promise<void> {
  for await (const _ of steps) watch()
}

let heap = 0
let buffers = 0
let looks = 0
/** Looking costs more than a thousand keys, so it is not done at every step. */
function watch(): void {
  if (looks++ % 16 !== 0) return
  const now = process.memoryUsage()
  heap = Math.max(heap, now.heapUsed)
  buffers = Math.max(buffers, now.arrayBuffers)
}

const view = new RecordView()
const marks = new Uint8Array(mostRecords)
const sink = new ReportSink(['patients', 'visits'], '1', 200, { sides: [null, null], severityRules: [] })
const run = new KeyRun(sink, { spill: nodeSpillStore(), seed: 'measured' })
run.announceUnique(0, constraint('data/unique-key', 'patients', {}))
run.announceReference(1, constraint('data/foreign-key', 'visits', { table: 'patients' }), 0, ['id'])
/** Milliseconds in the indexes; writing the keys down, which is no work of theirs, is left out. */
let spent = 0
let since = performance.now()
await run.begin([parents, children])
spent += performance.now() - since
for (const table of [parents, children]) {
  const reader = run.readerOf(table)
  if (reader === null) throw new Error(`${table.table} has no keys`)
  for (const block of table.blocks()) {
    since = performance.now()
    marks.fill(0, 0, block.last)
    reader.block(block, marks)
    for (let at = marks.indexOf(told); at >= 0 && at < block.last; at = marks.indexOf(told, at + 1)) {
      block.show(at, view)
      reader.tell(view, byteOf)
    }
    spent += performance.now() - since
    watch()
  }
  since = performance.now()
  await drain(run.settle(table, signal))
  spent += performance.now() - since
}
since = performance.now()
await drain(run.finish(signal))
const seconds = (spent + performance.now() - since) / 1000
await run.close()
const count = (code: string): number => sink.findings().find((finding) => finding.code === code)?.count ?? 0
const found = { repeats: count('data/unique-key'), orphans: count('data/foreign-key') }
process.stdout.write(
  `${JSON.stringify({ keys, seconds, perSecond: Math.round(keys / seconds), heap, buffers, found, planted: { repeats, orphans } })}\n`,
)
