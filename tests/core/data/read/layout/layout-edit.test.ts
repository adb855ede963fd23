/** Fixed-width columns changed by a person: cuts are taken back exactly, nothing overlaps, and the preview shows the lines they cut. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FixedLayout } from '../../../../../src/core/data/model/source.ts'
import {
  joinedWithBefore,
  layoutDoubt,
  movedStart,
  renamed,
  toggleCut,
  uncutLayout,
} from '../../../../../src/core/data/read/layout/layout-edit.ts'
import { previewSource } from '../../../../../src/core/data/read/preview.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'

const places = ({ columns }: FixedLayout) => columns.map(({ start, width }) => [start, width])
const start = uncutLayout(['0123456789', 'x'])

/** Whether the columns stand in order and cover the line without gap. */
function covers(layout: FixedLayout, width: number): boolean {
  let at = 0
  for (const column of layout.columns) {
    if (column.start !== at || column.width < 1) return false
    at += column.width
  }
  return at === width
}

test('a cut made twice is no cut, and any cuts and moves leave columns that cover the line', () => {
  const act = fc.oneof(
    fc.nat(12).map((at) => (layout: FixedLayout) => toggleCut(layout, at)),
    fc.tuple(fc.nat(5), fc.integer({ min: -3, max: 14 })).map(
      ([index, to]) =>
        (layout: FixedLayout) =>
          movedStart(layout, index, to),
    ),
    fc.nat(5).map((index) => (layout: FixedLayout) => joinedWithBefore(layout, index)),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), fc.nat(9), (acts, at) => {
      let layout = start
      for (const change of acts) {
        const next = change(layout)
        // The first column may begin later: what stands before it is then in no column.
        if (next.columns[0]?.start === 0) layout = next
        expect(covers(layout, 10)).toBe(true)
      }
      const cut = layout.columns.some((column) => column.start === at)
      if (!cut) expect(places(toggleCut(toggleCut(layout, at), at))).toEqual(places(layout))
    }),
  )
})

test('new columns have names of their own; two of one name and one of none are told', () => {
  const three = toggleCut(toggleCut(start, 4), 7)
  expect(three.columns.map(({ name }) => name)).toEqual(['column_1', 'column_2', 'column_3'])
  expect(layoutDoubt(three)).toBeNull()
  expect(layoutDoubt(renamed(three, 1, 'column_1'))).toContain('Two columns are called column_1')
  expect(layoutDoubt(renamed(three, 1, ' '))).toContain('Column 2 has no name')
})

test('the preview gives the lines of the body, whatever the encoding, and records without line breaks one by one', async () => {
  const look = async (bytes: Uint8Array, reading: object) => {
    const preview = await finish(
      previewSource({ source: bytesSource('t.txt', bytes), format: null, reading }, new AbortController().signal),
    )
    return preview.kind === 'table' ? preview.lines : []
  }
  const layout = {
    unit: 'bytes',
    columns: [
      { name: 'a', start: 0, width: 3 },
      { name: 'b', start: 3, width: 2 },
    ],
  }
  const latin = Uint8Array.from('abc12\r\nd\xe9f34\r\n', (letter) => letter.charCodeAt(0))
  expect(await look(latin, { layout, encoding: 'windows-1252' })).toEqual(['abc12', 'déf34'])
  const joined = new TextEncoder().encode('abc12def34')
  expect(await look(joined, { layout: { ...layout, recordLength: 5 }, encoding: 'utf-8' })).toEqual(['abc12', 'def34'])
})
