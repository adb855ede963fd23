/** The SIMD kernel, the plain and the careful reader against each other: the same records, places, problems and findings, whatever the chunks. */
import { afterEach, expect, test } from 'vitest'
import { allowKernel } from '../../../../src/core/data/read/records/kernel-permit.ts'
import { readers } from '../../../../src/core/data/read/records/readers.ts'
import { StructuralIndex } from '../../../../src/core/data/read/records/structural-index.ts'
import { openTable, readTable } from '../../../../src/core/data/read/table.ts'
import { RecordView } from '../../../../src/core/data/read/text/record-view.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { type ByteSource, finish } from '../../../../src/core/operation.ts'
import { chunkedSource, signal } from '../reading.ts'
import { fuzzedTable, schema } from './fuzzed-tables.ts'

/** `npm run accept -- speed fuzz` asks for 10,000. */
const files = Number(process.env.FUZZED_FILES ?? 40)
const kinds = [
  { index: true, plain: false },
  { index: false, plain: true },
  { index: false, plain: false },
] as const

afterEach(() => Object.assign(readers, { index: true, plain: true }))

/** Everything that reading the table tells, in order, and how many records came in blocks. */
async function told(source: ByteSource): Promise<{ readonly events: readonly string[]; readonly inBlocks: number }> {
  const events: string[] = []
  let inBlocks = 0
  const table = await openTable(source, {}, 0, signal)
  const record = (view: RecordView, whole: boolean, byteOf: (index: number) => number): void => {
    const cells = Array.from({ length: view.count }, (_, cell) =>
      [byteOf(view.starts[cell] ?? 0), byteOf(view.ends[cell] ?? 0), view.flags[cell]].join('-'),
    )
    events.push([view.record, view.line, view.seen, whole, byteOf(view.start), byteOf(view.end), ...cells].join(' '))
  }
  const single = new RecordView()
  for await (const _ of table.read(
    {
      record,
      block(block, byteOf) {
        for (let at = block.first; at < block.last; at++) {
          block.show(at, single)
          record(single, true, byteOf)
          inBlocks++
        }
      },
      problem: (problem) => events.push(JSON.stringify(problem)),
      end: (totals) => events.push(JSON.stringify(totals)),
    },
    signal,
  ));
  return { events, inBlocks }
}

/** Rows and problems as reconciling, linking and mapping are given them. */
async function rowsOf(source: ByteSource): Promise<string> {
  const lines: string[] = []
  for await (const event of readTable(source, {}, signal))
    if (event.kind === 'rows') lines.push(...event.rows.map((row) => JSON.stringify(row)))
    else if (event.kind === 'end') lines.push(JSON.stringify(event))
  return lines.join('\n')
}

async function found(source: ByteSource): Promise<string> {
  const given = { source, side: null, format: null, table: 't', reading: {}, schema }
  const { findings, quality, summary, inputs } = await finish(validate({ inputs: [given] }, signal))
  return JSON.stringify({ findings, quality, summary, inputs })
}

test(`${files} generated files are read alike by all readers`, { timeout: 600_000 + files * 2000 }, async () => {
  allowKernel()
  expect(StructuralIndex.of(9, 44, 34)).not.toBeNull()
  const inBlocks = [0, 0, 0]
  let problems = 0
  for (let i = 0; i < files; i++) {
    const { bytes, chunks } = fuzzedTable(`fuzz ${i}`)
    const [reads, finds, rows]: [string[], string[], string[]] = [[], [], []]
    for (const [kind, chosen] of kinds.entries()) {
      // Every other time what the kernel leaves is read by places, as it is outside of tests.
      Object.assign(readers, kind === 0 && i % 2 === 0 ? { index: true, plain: true } : chosen)
      const source = () => chunkedSource('t.csv', bytes, chunks[kind] ?? [])
      const all = await told(source())
      if (i % 2 === 1) inBlocks[kind] = (inBlocks[kind] ?? 0) + all.inBlocks
      reads.push(all.events.join('\n'))
      rows.push(await rowsOf(source()))
      if (kind !== 1 || i % 4 === 0) finds[kind] = await found(source())
      problems += all.events.filter((event) => event.includes('"code":"data/')).length
    }
    expect(reads[0], `records of file ${i} by the kernel`).toBe(reads[2])
    expect(reads[1], `records of file ${i} by places`).toBe(reads[2])
    expect(rows[0], `rows of file ${i} by the kernel`).toBe(rows[2])
    expect(rows[1], `rows of file ${i} by places`).toBe(rows[2])
    expect(finds[0], `findings of file ${i} by the kernel`).toBe(finds[2])
    if (i % 4 === 0) expect(finds[1], `findings of file ${i} by places`).toBe(finds[2])
  }
  expect(inBlocks[0]).toBeGreaterThan(files * 5)
  expect(inBlocks[1]).toBeGreaterThan(files * 5)
  expect(inBlocks[2]).toBe(0)
  expect(problems).toBeGreaterThan(files)
  if (process.env.FUZZED_FILES)
    console.log(`${files} generated files: ${inBlocks[0]} records in blocks of the kernel alone, ${problems} problems`)
})
