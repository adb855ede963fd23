/** A watch that takes many cells in one loop says what it says where it is shown them one by one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBlank } from '../../../../src/core/data/checks/bytes/suspect.ts'
import { Cell } from '../../../../src/core/data/checks/contract/check.ts'
import { type ColumnWatch, cellTraits } from '../../../../src/core/data/checks/contract/column-check.ts'
import { anyTrait, audience, WatchedCells } from '../../../../src/core/data/checks/contract/watched-cells.ts'
import { columnChecks } from '../../../../src/core/data/checks/index.ts'
import { cellTexts } from '../../../../src/core/data/read/text/cell-text.ts'
import { ESCAPED, HIGH } from '../../../../src/core/data/read/text/record-view.ts'
import { shapeOf } from '../../../../src/core/data/rules/shape.ts'

const digits = (least: number, most: number) => fc.stringMatching(new RegExp(`^\\d{${least},${most}}$`))

const value = fc.oneof(
  { arbitrary: digits(1, 20), weight: 4 },
  { arbitrary: digits(6, 9), weight: 3 },
  { arbitrary: fc.stringMatching(/^[-+]?\d{0,4}[.,]?\d{0,3}$/), weight: 3 },
  { arbitrary: fc.stringMatching(/^\d\.\d\de\+1\d$/), weight: 1 },
  { arbitrary: fc.stringMatching(/^(19|20)\d\d-0[1-9]-[0-2]\d(T0\d:[0-5]\d(:\d\d(Z|\+01:00)?)?)?$/), weight: 4 },
  { arbitrary: fc.constantFrom('1900-01-01', '1980-01-01', '9999-12-31', '1/1/80', '31.12.1999'), weight: 2 },
  { arbitrary: fc.constantFrom('May-3', '3-May', '#N/A', '####', 'E11.9', 'N02BE01', '1234-5', '0002-1433-80'), weight: 2 },
  { arbitrary: fc.stringMatching(/^ ?[a-zé漢]{1,30}( [a-z]{1,9})? ?$/), weight: 3 },
  {
    arbitrary: fc.constantFrom(
      'x\u0093y',
      'say ""yes""',
      'é ""é""',
      'naïve """" word',
      'bell\u0007',
      'x'.repeat(90),
      'word '.repeat(13).trim(),
    ),
    weight: 2,
  },
)

/** Few kinds of values in most columns, for many alike are what a watch speaks of. */
const column = fc.oneof(
  fc.array(value, { maxLength: 80 }),
  fc
    .array(value, { minLength: 1, maxLength: 4 })
    .chain((few) => fc.array(fc.constantFrom(...few), { minLength: 60, maxLength: 300 })),
)

const encoder = new TextEncoder()

interface Laid {
  readonly bytes: Uint8Array
  readonly cells: readonly { readonly start: number; readonly end: number; readonly flags: number }[]
}

function laid(values: readonly string[]): Laid {
  const parts = values.map((text) => encoder.encode(text))
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length + 1, 64))
  let at = 0
  const cells = parts.map((part, i) => {
    bytes.set(part, at)
    const start = at
    at += part.length + 1
    const flags = (part.some((byte) => byte > 127) ? HIGH : 0) | (values[i]?.includes('""') ? ESCAPED : 0)
    return { start, end: start + part.length, flags }
  })
  return { bytes, cells }
}

function traitsOf({ bytes }: Laid, { start, end, flags }: Laid['cells'][number]): number {
  const outer = isBlank(bytes[start] as number) || isBlank(bytes[end - 1] as number) ? cellTraits.outer : 0
  return cellTraits.code | outer | ((flags & HIGH) === 0 ? 0 : cellTraits.control)
}

/** What the watch says of cells and at the end; `together` shows the cells in runs. */
function saidBy(watch: ColumnWatch, ofShapes: number, needs: number, column: Laid, together: boolean): unknown {
  const texts = cellTexts('utf-8', '"', '"')
  const cell = new Cell(texts)
  const said: unknown[] = []
  const show = (at: number, start: number, end: number, flags: number): void => {
    cell.set(column.bytes, start, end, flags)
    const evidence = watch.see(cell, shapeOf(column.bytes, start, end))
    if (evidence !== null || watch.wanted === true) said.push({ at, evidence, wanted: watch.wanted === true })
    if (watch.wanted === true) watch.wanted = false
  }
  const run = 37
  for (let from = 0; from < column.cells.length; from += run) {
    const cells = new WatchedCells(run)
    cells.clear(column.bytes, texts)
    column.cells.slice(from, from + run).forEach((one, i) => {
      const { start, end, flags } = one
      if (end > start)
        cells.add(from + i, start, end, flags, shapeOf(column.bytes, start, end), traitsOf(column, one), audience.sample)
    })
    const many = cells.pick(ofShapes, needs, audience.sample)
    const showAt = (at: number): void =>
      show(cells.rows[at] as number, cells.starts[at] as number, cells.ends[at] as number, cells.flags[at] as number)
    cells.show = showAt
    if (together && watch.seeAll) watch.seeAll(cells)
    else for (let i = 0; i < many; i++) showAt(cells.picked[i] as number)
  }
  const filled = column.cells.filter(({ start, end }) => end > start).length
  return { said, settled: watch.isSettled?.() ?? null, verdicts: watch.finish(filled, filled) }
}

for (const check of columnChecks.filter(({ always }) => always))
  test(`${check.code}: cells together as one by one`, () => {
    const watches = (field: string, type: string | null) => {
      const watch = check.watch({ field, isOfPatients: true, type, params: null })
      return watch === null || typeof watch === 'string' ? null : watch
    }
    fc.assert(
      fc.property(
        column,
        fc.constantFrom('code', 'mrn', 'value'),
        fc.constantFrom(null, 'string', 'number'),
        (values, field, type) => {
          const [one, other] = [watches(field, type), watches(field, type)]
          if (one === null || other === null) return
          const needs = check.needs ?? anyTrait
          const cells = laid(values)
          expect(saidBy(one, check.shapes, needs, cells, true)).toEqual(saidBy(other, check.shapes, needs, cells, false))
        },
      ),
      { numRuns: 60 },
    )
  })
