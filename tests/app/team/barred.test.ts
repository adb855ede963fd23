/** What the server refused for a role is not sent again as it is, and is forgotten when it is something else. */
import { expect, test } from 'vitest'
import { Barred } from '../../../src/app/team/barred.ts'
import { utf8 } from '../../../src/core/canonical.ts'

const files = (board: string | null): Map<string, Uint8Array<ArrayBuffer> | null> =>
  new Map([
    ['board.json', board === null ? null : utf8(board)],
    ['carryover.json', utf8('{}')],
  ])

test('a refused state stays here while it is the same, and one that differs goes', () => {
  const barred = new Barred()
  expect(barred.add(['board.json'], files('a'), 'Not yours.')).toBe(true)
  expect([...barred.allowedOf(files('a')).keys()]).toEqual(['carryover.json'])
  expect([barred.why, barred.paths()]).toEqual(['Not yours. Your change stays in this browser.', ['board.json']])
  expect(barred.add(['board.json'], files('a'), 'Not yours.')).toBe(false)
  expect([...barred.allowedOf(files('b')).keys()]).toEqual(['board.json', 'carryover.json'])
  expect([barred.why, barred.paths()]).toEqual([null, []])
})

test('what is as the server has it by now is refused no longer', () => {
  const barred = new Barred()
  barred.add(['board.json'], files(null), 'Not yours.')
  expect(barred.allowedOf(files(null)).has('board.json')).toBe(false)
  barred.allowedOf(new Map())
  expect([barred.why, barred.paths()]).toEqual([null, []])
})
