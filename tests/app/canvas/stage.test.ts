/** Where maps, lanes and steps lie on the one canvas. */
import { expect, test } from 'vitest'
import { laneAt, placeOf, stageOf, toMap } from '../../../src/app/canvas/stage.ts'
import { freePlace } from '../../../src/core/workflow/edit/free-place.ts'
import { refill } from '../refill.ts'

test('the future map stands below the current one, or beside it', () => {
  const over = stageOf(refill, 'stacked')
  expect(over.regions.future.y).toBeGreaterThan(over.regions.current.height)
  expect(over.regions.future.x).toBe(0)
  const beside = stageOf(refill, 'beside')
  expect(beside.regions.future.y).toBe(0)
  expect(beside.regions.future.x).toBeGreaterThan(beside.regions.current.width)
})

test('a step is drawn inside the lane it belongs to, even where its file says another height', () => {
  const stage = stageOf(refill, 'stacked')
  const sign = refill.current.nodes.get('sign-slip')
  if (!sign) throw new Error('the sample map has a step to sign')
  const band = stage.bands.find((each) => each.side === 'current' && each.lane?.id === sign.lane)
  if (!band) throw new Error('its lane has a band')
  for (const y of [-500, 0, 5000]) {
    const drawn = placeOf(stage, 'current', { ...sign, y })
    expect(drawn.y).toBeGreaterThanOrEqual(band.y)
    expect(drawn.y + drawn.height).toBeLessThanOrEqual(band.y + band.height)
    expect(laneAt(stage, 'current', drawn.y + drawn.height / 2)).toBe(sign.lane)
  }
})

test('a place on the canvas is the same place in the file of its map', () => {
  const stage = stageOf(refill, 'stacked')
  for (const side of ['current', 'future'] as const)
    for (const node of refill[side].nodes.values()) {
      const { x, y } = placeOf(stage, side, node)
      const back = toMap(stage, side, x, y)
      expect(placeOf(stage, side, { ...node, ...back })).toMatchObject({ x, y })
    }
})

test('steps without a lane stand in a band of their own', () => {
  const stage = stageOf({ ...refill, current: { ...refill.current, lanes: new Map() } }, 'stacked')
  expect(stage.bands.filter((band) => band.side === 'current').map((band) => band.lane)).toEqual([null])
})

test('a new step covers no other', () => {
  const size = { width: 176, height: 56 }
  const [first] = refill.current.nodes.values()
  if (!first) throw new Error('the map has a step')
  const place = freePlace(refill.current, { x: first.x, y: first.y }, size)
  for (const node of refill.current.nodes.values()) {
    const apart = place.x >= node.x + 96 || place.x + size.width <= node.x || Math.abs(place.y - node.y) >= 40
    expect(apart).toBe(true)
  }
})

test('start and end events without a lane stand level with the step they are connected to', () => {
  const stage = stageOf(refill, 'stacked')
  const start = [...refill.current.nodes.values()].find((node) => node.type === 'start')
  const call = refill.current.nodes.get('take-call')
  if (!start || !call) throw new Error('the map begins with a call')
  expect(start.lane).toBe(null)
  const a = placeOf(stage, 'current', start)
  const b = placeOf(stage, 'current', call)
  expect(a.y + a.height / 2).toBeCloseTo(b.y + b.height / 2, 0)
  expect(stage.bands.every((band) => band.lane !== null)).toBe(true)
})
