/** Who is here: told at a pace, forgotten when silent, and nothing more than is listed. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../../src/core/canonical.ts'
import {
  colourFor,
  heard,
  notTold,
  type Presence,
  paced,
  presenceBytes,
  readPresence,
  stillHere,
} from '../../../../src/core/workflow/together/presence.ts'

const ines: Presence = {
  name: 'Ines Varga',
  colour: 'violet',
  map: 'refill',
  pointer: { side: 'future', x: 10.5, y: -3 },
  selection: ['approve'],
  drag: { side: 'future', ids: ['approve'], dx: 4, dy: 0 },
  types: null,
}

test('it comes out as it went in, and a member that is not listed is refused on one end and not sent on the other', () => {
  expect(readPresence(presenceBytes(ines))).toEqual(ines)
  const withRecord = { ...ines, record: 'patient 17' }
  expect(new TextDecoder().decode(presenceBytes(withRecord))).not.toContain('patient')
  for (const wrong of [
    withRecord,
    { ...ines, colour: 'red' },
    { ...ines, selection: Array.from({ length: 501 }, () => 'a') },
    null,
  ])
    expect(readPresence(utf8(JSON.stringify(wrong)))).toBeNull()
  expect(readPresence(new Uint8Array([255, 0]))).toBeNull()
})

test('one second of dragging is told at most 20 times, and where it ended is told', () => {
  let pace = notTold
  const told: Presence[] = []
  const offer = (next: Presence | null, now: number): number | null => {
    const done = paced(pace, next, now)
    pace = done.pace
    if (done.tell) told.push(done.tell)
    return done.askAt
  }
  let ask: number | null = null
  for (let now = 0; now < 1000; now += 4) ask = offer({ ...ines, pointer: { side: 'future', x: now, y: 0 } }, now)
  expect(told.length).toBeLessThanOrEqual(20)
  expect(told.length).toBeGreaterThan(17)
  if (ask !== null) expect(offer(null, ask)).toBeNull()
  expect(told.at(-1)?.pointer?.x).toBe(996)
  expect(offer(null, 5000)).toBeNull()
})

test('who leaves or falls silent is gone', () => {
  const two = heard(heard([], 'a', ines, 0), 'b', { ...ines, name: 'Tomas' }, 10_000)
  expect(two.map(({ from }) => from)).toEqual(['a', 'b'])
  expect(heard(two, 'b', null, 10_001).map(({ from }) => from)).toEqual(['a'])
  expect(stillHere(two, 29_999)).toBe(two)
  expect(stillHere(two, 31_000).map(({ from }) => from)).toEqual(['b'])
})

test('people have colours of their own as far as there are colours', () => {
  const first = colourFor('ines', [])
  expect(colourFor('ines', [])).toBe(first)
  const three: ReturnType<typeof colourFor>[] = []
  for (const who of ['a', 'b', 'c']) three.push(colourFor(who, three))
  expect(new Set(three).size).toBe(3)
  expect(three).toContain(colourFor('d', three))
})
