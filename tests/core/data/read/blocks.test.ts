/** Records handed on many at a time are those that are read one by one: the same cells, places and problems in the same order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadingChoices } from '../../../../src/core/data/model/source.ts'
import type { RecordBlock } from '../../../../src/core/data/read/records/record-block.ts'
import { openTable } from '../../../../src/core/data/read/table.ts'
import type { TableSink } from '../../../../src/core/data/read/table-body.ts'
import { RecordView } from '../../../../src/core/data/read/text/record-view.ts'
import { type ByteSource, bytesSource } from '../../../../src/core/operation.ts'
import { chunkedSource, signal } from '../reading.ts'
import { write } from './generated-tables.ts'

const encoder = new TextEncoder()

/** Everything that reading a table tells, in order; and how many records came in blocks. */
async function told(source: ByteSource, withBlocks: boolean, choices: ReadingChoices = {}) {
  const events: unknown[] = []
  let inBlocks = 0
  const table = await openTable(source, choices, 0, signal)
  const record = (view: RecordView, whole: boolean, byteOf: (index: number) => number): void => {
    const { count, seen, line, record: number } = view
    const cells = Array.from({ length: count }, (_, cell) => [
      byteOf(view.starts[cell] ?? 0),
      byteOf(view.ends[cell] ?? 0),
      view.flags[cell],
    ])
    events.push({
      number,
      line,
      seen,
      whole,
      byte: byteOf(view.start),
      end: byteOf(view.end),
      cells,
      texts: table.texts.cells(view),
    })
  }
  const sink: TableSink = {
    record,
    block: withBlocks
      ? (block: RecordBlock, byteOf: (index: number) => number) => {
          const view = new RecordView()
          for (let at = block.first; at < block.last; at++) {
            block.show(at, view)
            record(view, true, byteOf)
            inBlocks++
          }
        }
      : undefined,
    problem: (problem) => events.push(problem),
    end: (totals) => events.push(totals),
  }
  for await (const _ of table.read(sink, signal));
  return { events, inBlocks }
}

async function compare(text: string, sizes: readonly number[], choices?: ReadingChoices): Promise<number> {
  const bytes = encoder.encode(text)
  const source = () => (sizes.length === 0 ? bytesSource('t.csv', bytes) : chunkedSource('t.csv', bytes, sizes))
  const blocks = await told(source(), true, choices)
  expect(blocks.events).toEqual((await told(source(), false, choices)).events)
  return blocks.inBlocks
}

test('generated tables in odd forms are the same in blocks and one by one, whatever the chunks', async () => {
  let inBlocks = 0
  let runs = 0
  for (const delimiter of [',', '\t', ';'])
    for (const newline of ['\n', '\r\n', '\r'])
      for (const header of ['one', 'units', 'none'] as const) {
        const form = { delimiter, quote: '"', escape: '"', newline, preamble: runs % 3, header, footer: runs % 2 === 0 }
        const { text } = write(form, `blocks ${runs}`, 60)
        inBlocks += await compare(text, [[], [7], [64, 1, 300]][runs++ % 3] ?? [])
      }
  expect(inBlocks).toBeGreaterThan(runs * 20)
})

test('records that stand out among plain ones are told in their place', async () => {
  const lines = Array.from({ length: 400 }, (_, i) => `${i},2001-02-03,"note ${i}, ""said""",Zoë`)
  lines.splice(
    300,
    0,
    'id,born,note,name',
    ',,,',
    '',
    '7,short',
    'Total,,,',
    '\uFEFF9,2001-02-03,a,b',
    '10,x,"1,2,3,4\n5,6,7,8",z',
  )
  lines.splice(100, 0, '11,2001-02-03,two\0,x', '12,2001-02-03,"line\nbreak",x', '13,2001-02-03,st"ray,x')
  const text = `id,born,note,name\n${lines.join('\n')}\n`
  for (const sizes of [[], [1000], [29], [70_000]]) expect(await compare(text, sizes)).toBeGreaterThan(390)
  expect(await compare(text, [], { encoding: 'windows-1252' })).toBeGreaterThan(390)
})

test('damaged texts are the same in blocks and one by one', async () => {
  const body = fc.string({
    unit: fc.constantFrom('a', '1', ',', ',', '"', '\n', '\n', '\r', 'é', '\0', ' ', 't', 'i'),
    minLength: 20,
    maxLength: 300,
  })
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom([], [1], [5, 2]), async (text, sizes) => {
      await compare(`id,name,note\n1,Ada,x\n2,Bo,"y, z"\n${text}`, sizes)
    }),
    { numRuns: process.env.LONG ? 5000 : 150 },
  )
})
