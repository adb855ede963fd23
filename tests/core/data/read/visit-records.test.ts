/** Records looked up again by landmarks: the same records, at the same places, as one reading from end to end shows. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Landmarks } from '../../../../src/core/data/read/landmarks.ts'
import { openTable } from '../../../../src/core/data/read/table.ts'
import type { TableSink } from '../../../../src/core/data/read/table-body.ts'
import { visitRecords } from '../../../../src/core/data/read/visit-records.ts'
import { chunkedSource, signal } from '../reading.ts'

const cell = fc.constantFrom('7', 'north', '', '"a, b"', '"two\nlines"', '"say ""so"""', '"open', 'a"b', '"x"y', 'é', '\u0000')
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.nat(999), fc.constantFrom('a', 'b'), fc.nat(99)).map((cells) => cells.join(',')) },
  { weight: 1, arbitrary: fc.tuple(cell, cell, cell).map((cells) => cells.join(',')) },
  { weight: 1, arbitrary: fc.constantFrom('', '1,2', '1,2,3,4', 'id,site,value', '(3 rows)') },
)

test('wanted records are shown as they were, whatever stands between them', async () => {
  let jumps = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 300 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 7, max: 4000 }),
      async (lines, numbers, apart, size) => {
        const bytes = new TextEncoder().encode(`id,site,value\n${lines.join('\n')}\n`)
        const source = chunkedSource('table.csv', bytes, [size])
        const open = await openTable(
          source,
          { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, tables: 'one' },
          0,
          signal,
        )
        const landmarks = new Landmarks(apart)
        const all = new Map<number, string>()
        const whole: TableSink = {
          block(block, byteOf) {
            landmarks.note(block.record, byteOf(block.from[block.first] ?? 0), block.line + (block.breaks[block.first] ?? 0))
            for (let record = block.first; record < block.last; record++) {
              const at = byteOf(block.from[record] ?? 0)
              const text = Buffer.from(block.bytes.subarray(block.from[record], block.to[record])).toString('latin1')
              all.set(block.record + record - block.first, `${at} ${block.line + (block.breaks[record] ?? 0)} ${text}`)
            }
          },
          record: (view, _whole, byteOf) => {
            const text = Buffer.from(view.bytes.subarray(view.start, view.end)).toString('latin1')
            all.set(view.record, `${byteOf(view.start)} ${view.line} ${text}`)
          },
          problem() {},
          end() {},
        }
        for await (const _ of open.read(whole, signal));
        const wanted = numbers.filter((number) => all.has(number)).sort((a, b) => a - b)
        const seen = new Map<number, string>()
        const sink: TableSink = {
          record: (view, _whole, byteOf) => {
            if (view.record !== wanted[0]) return
            wanted.shift()
            const text = Buffer.from(view.bytes.subarray(view.start, view.end)).toString('latin1')
            seen.set(view.record, `${byteOf(view.start)} ${view.line} ${text}`)
          },
          problem() {},
          end() {},
        }
        const expected = new Map(wanted.map((number) => [number, all.get(number)]))
        const { readFrom } = open
        if (readFrom === null) throw new Error('the table can not be read from its middle')
        const jumping: typeof open = {
          ...open,
          readFrom: (...place) => {
            jumps++
            return readFrom(...place)
          },
        }
        for await (const _ of visitRecords(jumping, landmarks, sink, () => wanted[0] ?? Number.POSITIVE_INFINITY, signal));
        expect(seen).toEqual(expected)
      },
    ),
    { numRuns: process.env.LONG ? 5000 : 150 },
  )
  expect(jumps).toBeGreaterThan(0)
})

test('many landmarks are thinned out, and the nearest before a record is found', () => {
  const landmarks = new Landmarks(10)
  for (let record = 1; record <= 100_000; record++) landmarks.note(record, record * 10, record)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (record) => {
      const at = landmarks.before(record)
      expect(landmarks.at(at)?.record).toBeLessThanOrEqual(record)
      expect(landmarks.at(at + 1)?.record ?? Number.POSITIVE_INFINITY).toBeGreaterThan(record)
    }),
  )
  expect(landmarks.at(1 << 15)).toBeNull()
  expect(landmarks.before(0)).toBe(-1)
})
