/** Walking over both maps by keys. */
import { expect, test } from 'vitest'
import { intentOf } from '../../../src/app/canvas/canvas-keys.ts'
import { refOf } from '../../../src/app/canvas/node-ref.ts'
import { placeOf, stageOf } from '../../../src/app/canvas/stage.ts'
import { neighbour, readingOrder, stepInOrder } from '../../../src/app/canvas/walk.ts'
import { comboOf } from '../../../src/app/window/keys.ts'
import { refill } from '../refill.ts'

const order = readingOrder(refill)
const stage = stageOf(refill, 'stacked')
const boxes = new Map(
  (['current', 'future'] as const).flatMap((side) =>
    [...refill[side].nodes.values()].map((node) => [refOf(side, node.id), placeOf(stage, side, node)] as const),
  ),
)

test('Page Down goes through all steps of the current map in flow order, then through the future one', () => {
  expect(order.indexOf('current/take-call')).toBeLessThan(order.indexOf('current/sign-slip'))
  expect(order.indexOf('current/sign-slip')).toBeLessThan(order.indexOf('current/fax-to-ward'))
  expect(order.indexOf('current/fax-to-ward')).toBeLessThan(order.indexOf('future/refill-task'))
  let at = stepInOrder(order, null, 'next')
  const walked = [at]
  for (at = stepInOrder(order, at, 'next'); at; at = stepInOrder(order, at, 'next')) walked.push(at)
  expect(walked).toEqual(order)
  expect(order).toHaveLength(refill.current.nodes.size + refill.future.nodes.size)
})

test('Home and End go to the first and the last step; before the first there is none', () => {
  expect(stepInOrder(order, 'current/sign-slip', 'first')).toBe(order[0])
  expect(stepInOrder(order, null, 'last')).toBe(order.at(-1))
  expect(stepInOrder(order, order[0] ?? null, 'previous')).toBe(null)
})

test('right follows the flow forward, not the way of rejected work', () => {
  expect(neighbour(refill, boxes, 'current/take-call', 'right')).toBe('current/sign-slip')
  expect(neighbour(refill, boxes, 'current/sign-slip', 'right')).toBe('current/fax-to-ward')
  expect(neighbour(refill, boxes, 'current/sign-slip', 'left')).toBe('current/take-call')
})

test('down crosses from the current map into the future one, and up comes back', () => {
  let at = neighbour(refill, boxes, 'current/sign-slip', 'down')
  for (let i = 0; i < 4 && at?.startsWith('current/'); i++) at = neighbour(refill, boxes, at, 'down')
  expect(at?.startsWith('future/')).toBe(true)
  expect(neighbour(refill, boxes, 'future/refill-task', 'up')?.startsWith('current/')).toBe(true)
})

test('keys of the map of shortcuts ask for what it says', () => {
  const key = (
    name: string,
    modifiers: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> = {},
    code = '',
  ) => intentOf(comboOf({ key: name, code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...modifiers }))
  expect(key('t')).toEqual({ do: 'add', type: 'step' })
  expect(key('T', { shiftKey: true })).toEqual({ do: 'table' })
  expect(key('Delete')).toEqual({ do: 'delete', bridge: true })
  expect(key('Delete', { shiftKey: true })).toEqual({ do: 'delete', bridge: false })
  expect(key('ArrowLeft', { altKey: true })).toEqual({ do: 'nudge', dx: -8, dy: 0 })
  expect(key('ArrowDown', { altKey: true, shiftKey: true })).toEqual({ do: 'nudge', dx: 0, dy: 32 })
  expect(key('z', { ctrlKey: true })).toEqual({ do: 'undo' })
  expect(key('Z', { metaKey: true, shiftKey: true })).toEqual({ do: 'redo' })
  expect(key('!', { shiftKey: true }, 'Digit1')).toEqual({ do: 'zoom-fit' })
  expect(key('Tab')).toBe(null)
  expect(intentOf('__proto__')).toBe(null)
})
