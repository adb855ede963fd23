/** What the maps of the gallery look like once they are laid out. */
import { expect, test } from 'vitest'
import { galleryMaps } from './maps.ts'
import { type Measured, measure, nothing } from './measure.ts'
import { pictureOf } from './pictures.ts'

/** What nobody would draw, on any map. */
const faults = [
  'overlaps',
  'throughSteps',
  'throughWords',
  'coveredWords',
  'onTop',
] as const satisfies readonly (keyof Measured)[]

test('no step lies over another, no line runs through a step, through words or on top of another', async () => {
  const maps = await galleryMaps()
  // Models and logs beside the project may be absent; what is in it is always there.
  expect(maps.length).toBeGreaterThanOrEqual(200)
  for (const { name, graph } of maps) {
    const found = measure(pictureOf(graph))
    for (const fault of faults) expect(`${name}: ${found[fault]} ${fault}`).toBe(`${name}: 0 ${fault}`)
  }
})

test('the measure sees each fault', () => {
  const boxes = new Map([
    ['a', { x: 0, y: 0, width: 100, height: 40 }],
    ['b', { x: 300, y: 0, width: 100, height: 40 }],
    ['c', { x: 150, y: 0, width: 100, height: 40 }],
  ])
  const straight = {
    from: 'a',
    to: 'b',
    way: [
      { x: 100, y: 20 },
      { x: 300, y: 20 },
    ],
  }
  const other = {
    from: 'c',
    to: 'd',
    way: [
      { x: 120, y: 20 },
      { x: 280, y: 20 },
      { x: 280, y: 200 },
    ],
  }
  const across = {
    from: 'e',
    to: 'f',
    way: [
      { x: 120, y: -50 },
      { x: 120, y: 90 },
    ],
  }
  const over = { x: 160, y: 10, width: 100, height: 40 }
  const seen = measure({
    boxes: new Map([...boxes, ['d', over]]),
    lines: [straight, other, across],
    words: [{ ...over, x: 110, of: 'w' }],
  })
  expect(seen).toMatchObject({ crossings: 1, bends: 1, overlaps: 1, throughSteps: 2, throughWords: 1, coveredWords: 1, onTop: 1 })
  expect(measure({ boxes: new Map([...boxes].slice(0, 2)), lines: [straight], words: [] })).toMatchObject({
    ...nothing,
    area: 16_000,
    length: 200,
  })
})
