/** Cells looked at in one loop each question: the state that they give one by one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CellRun } from '../../../../src/core/data/columns/cell-run.ts'
import { Fingerprint, fingerprintRun } from '../../../../src/core/data/columns/fingerprint.ts'
import { HyperLogLog } from '../../../../src/core/data/columns/hyper-log-log.ts'
import { LivePlace } from '../../../../src/core/data/columns/live-place.ts'
import { Traits } from '../../../../src/core/data/columns/traits.ts'
import { RecordBlock } from '../../../../src/core/data/read/records/record-block.ts'

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 18 })
const cell = fc.oneof(
  digits,
  fc
    .tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.', '.0', '.25', 'e3', 'E-2', '.5e1', '-', 'e'))
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '.',
    '-',
    '+.',
    '.5',
    '-.5',
    '5.',
    '00',
    '-0',
    '0',
    '0.0',
    '1.2.3',
    '1e400',
    '1e',
    'true',
    'false',
    't',
    'NA',
    'n/a',
    '?',
    'unknown',
  ),
  fc
    .tuple(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      fc.constantFrom('', 'T10:00:00', 'T23:59:60', 'T25:00:00Z', 'T00:00:01Z', ' 10:00'),
    )
    .map(
      ([year, month, day, time]) =>
        `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}${time}`,
    ),
  fc.constantFrom('20200229', '20190229', '03/04/1990', '28/02/1990', '31.12.1999', '2020-02-29Z', '0000-02-29', '1900-02-29'),
  fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 9 }),
  fc.constantFrom('ab', 'long ').map((text) => text.repeat(80)),
)

/** The cells as a column of a block, each a record of its own. */
function blockOf(cells: readonly string[]): RecordBlock {
  const block = new RecordBlock(2)
  block.bytes = new TextEncoder().encode(`${cells.join(',')},`)
  let at = 0
  for (const [record, { length }] of cells.entries()) {
    block.starts[record] = at
    block.ends[record] = at + length
    block.from[record] = at
    block.to[record] = at + length
    at += length + 1
  }
  block.last = cells.length
  return block
}

function stateOf(traits: Traits): unknown {
  traits.finish()
  const { numbers, dates, shapes, texts } = traits
  return {
    lengths: [traits.bytes.entries(), traits.characters.entries()],
    shapes: shapes.counts && [...shapes.counts].sort(),
    numbers: [
      numbers.decimals,
      numbers.integers,
      numbers.leadingZeros,
      numbers.unsummed,
      [...numbers.sums].sort(),
      [...numbers.buckets].sort(),
    ],
    dates: [[...dates.votes], dates.order, dates.days.map((days) => days.entries())],
    ends: [numbers.extremes, ...dates.extremes].map(({ lowest, highest }) => [lowest, highest]),
    texts: [texts.texts(), texts.lowest.byte, texts.highest.byte],
    words: [traits.booleans, [...traits.undeclared].sort()],
  }
}

test('a run of cells gives the state that its cells give one by one, however it is cut', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 40 }), (cells, size) => {
      const block = blockOf(cells)
      const place = new LivePlace()
      place.setBlock(block, (index) => index)
      const run = new CellRun(place)
      const [alone, together] = [new Traits('table field'), new Traits('table field')]
      const [sketch, sketched] = [new HyperLogLog(), new HyperLogLog()]
      const fingerprint = new Fingerprint()
      for (let record = 0; record < cells.length; record++) {
        const start = block.starts[record] ?? 0
        const end = block.ends[record] ?? 0
        if (record % size === 0) run.begin(block)
        run.add(start, end, record)
        alone.see(block.bytes, start, end, 1, { byte: start, span: end - start })
        fingerprint.of(block.bytes, start, end)
        sketch.add(fingerprint.a, fingerprint.b)
        if (run.count < size && record < cells.length - 1) continue
        fingerprintRun(run)
        sketched.addRun(run)
        together.seeRun(run)
      }
      expect(stateOf(together)).toEqual(stateOf(alone))
      expect(Buffer.compare(sketched.registers, sketch.registers)).toBe(0)
    }),
    { numRuns: process.env.LONG ? 5000 : 100 },
  )
})
