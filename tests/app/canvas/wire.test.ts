/** A press on an arrow beside a step: pressed, or drawn to somewhere. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Scene } from '../../../src/app/canvas/scene-model.ts'
import { holdWire } from '../../../src/app/canvas/use-wire.tsx'

const boxes: Scene['boxes'] = new Map([
  ['current/a', { id: 'a', x: 0, y: 0, width: 152, height: 64 }],
  ['current/b', { id: 'b', x: 300, y: 0, width: 152, height: 64 }],
])
/** Right of step a. */
const arrow = { left: 162, right: 186, top: 20, bottom: 44 }
const middle = { x: 174, y: 32 }

let room: EventTarget
beforeEach(() => {
  room = new EventTarget()
  vi.stubGlobal('addEventListener', room.addEventListener.bind(room))
})
afterEach(() => vi.unstubAllGlobals())

const happens = (type: string, { x, y }: { readonly x: number; readonly y: number }): boolean =>
  room.dispatchEvent(Object.assign(new Event(type), { pointerId: 1, clientX: x, clientY: y }))

/** What one press on the arrow does, by the points that the pointer passes. */
function press(passes: readonly { readonly x: number; readonly y: number }[]): readonly string[] {
  const done: string[] = []
  const hands = {
    toCanvas: (event: { readonly clientX: number; readonly clientY: number }) => ({ x: event.clientX, y: event.clientY }),
    scene: (): Scene => ({ nodes: [], edges: [], held: new Map(), boxes }),
    zoom: () => 1,
    onSelect: (ref: string) => done.push(`select ${ref}`),
    onConnect: (from: string, to: string) => done.push(`connect ${from} ${to}`),
    onReconnect: () => done.push('reconnect'),
    onSpace: (from: string) => done.push(`space ${from}`),
  }
  const start = { pointerId: 1, clientX: middle.x, clientY: middle.y }
  const button = { box: arrow, act: () => done.push('add') }
  let shown = false
  holdWire(
    start,
    { fixed: 'current/a', flow: null, end: 'to' },
    hands,
    (wire) => {
      shown = wire !== null
    },
    button,
  )
  for (const pass of passes) happens('pointermove', pass)
  happens('pointerup', passes.at(-1) ?? middle)
  // Nothing follows the pointer after it was let go.
  happens('pointerup', { x: 600, y: 300 })
  expect(shown).toBe(false)
  return done
}
const by = (x: number, y: number) => ({ x: middle.x + x, y: middle.y + y })

test('a press that trembles on the arrow, or comes back to it, adds the step', () => {
  for (const passes of [[by(5, 0)], [by(3, 3), by(-6, 7)], [by(90, 40), by(2, 1)]]) expect(press(passes)).toEqual(['add'])
})

test('a press that stays is left to the click, and one that leaves draws a flow', () => {
  expect(press([])).toEqual(['select current/a'])
  expect(press([by(2, 2)])).toEqual(['select current/a'])
  expect(press([by(40, 0), { x: 350, y: 30 }])).toEqual(['connect current/a current/b'])
  expect(press([by(60, 200)])).toEqual(['space current/a'])
})
