import { expect, test } from 'vitest'
import {
  isToReadAgain,
  type WorklistFinding,
  type WorklistLook,
  worklistState,
} from '../../../src/core/review/result/worklist.ts'

const finding: WorklistFinding = {
  id: 'f',
  code: 'review/dose',
  record: 'r1',
  domain: 'medicines',
  item: 'medicines:1',
  fields: [],
  class: 'changed',
  verdict: 'wrong',
  reason: 'dose',
  draw: 'd',
  run: 1,
  verdicts: ['v1'],
}
const look = (run: number, by: WorklistLook['by'], there: boolean): WorklistLook => ({ finding: 'f', run, by, there })
const after = (lastRun: number, ...looks: readonly WorklistLook[]) => worklistState(finding, looks, lastRun)

test('what a reader found right is looked for again after every later run', () => {
  expect([after(1), after(2), after(2, look(2, 'reader', false))]).toEqual(['open', 'unlooked', 'closed'])
  expect(after(3, look(2, 'reader', false))).toBe('unlooked')
  expect(isToReadAgain(after(3, look(2, 'reader', false)))).toBe(true)
  expect(after(3, look(2, 'reader', false), look(3, 'run', false))).toBe('closed')
  expect(after(3, look(2, 'reader', false), look(3, 'run', true))).toBe('still-there')
  expect(after(3, look(3, 'run', true), look(3, 'reader', false))).toBe('closed')
  expect([after(3, look(2, 'run', false)), after(3, look(3, 'run', false))]).toEqual(['unlooked', 'gone'])
  expect(after(3, look(2, 'reader', true))).toBe('wrong-again')
})
