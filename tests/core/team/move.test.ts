/** What a server says of a move is held to what it said first: later words free nothing more. */
import { expect, test } from 'vitest'
import { heldMove, isOfMove, type KeptMove, moveIn } from '../../../src/core/team/move.ts'

const day = 24 * 60 * 60 * 1000
const maker = { seq: 7, person: 'maker' }

test('an answer is read as far as it can be true', () => {
  expect(moveIn({ move: { by: 'maker', ended: 3 }, streams: { files: 9 } })).toEqual({ by: 'maker', ended: 3 })
  expect(moveIn({ move: { by: 'maker', ended: 1e9 }, streams: { files: 9 } })).toEqual({ by: 'maker', ended: 9 })
  expect(moveIn({ move: { by: 'maker', ended: null }, streams: {} })).toEqual({ by: 'maker', ended: null })
  for (const odd of [null, {}, { move: { by: 3 } }, { move: { by: 'maker' } }, { move: { by: 'maker', ended: 'x' } }])
    expect(moveIn(odd)).toBeNull()
})

test('the first word on whose move it is and on its end stands', () => {
  const open = heldMove(undefined, { by: 'maker', ended: null }, 5)
  expect(open).toEqual({ by: 'maker', ended: null, heard: 5 })
  expect(heldMove(open, { by: 'another', ended: 9 }, 6)).toBe(open)
  const over = heldMove(open, { by: 'maker', ended: 9 }, 7)
  expect(over).toEqual({ by: 'maker', ended: 9, heard: 5 })
  for (const later of [12, 1e9, null]) expect(heldMove(over, { by: 'maker', ended: later }, 8)).toBe(over)
})

test('an item belongs to it that its maker sent until the end, or within a day of the first word', () => {
  const over: KeptMove = { by: 'maker', ended: 7, heard: 0 }
  expect(isOfMove(over, maker, 30 * day)).toBe(true)
  expect(isOfMove(over, { ...maker, seq: 8 }, 0)).toBe(false)
  expect(isOfMove(over, { ...maker, person: 'another' }, 0)).toBe(false)
  const open: KeptMove = { ...over, ended: null }
  expect([isOfMove(open, maker, day - 1), isOfMove(open, maker, day)]).toEqual([true, false])
  expect([isOfMove(undefined, { ...maker, seq: 1 }, 0), isOfMove(undefined, maker, 0)]).toEqual([true, false])
})
