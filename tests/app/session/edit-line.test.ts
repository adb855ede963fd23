/** Steps as data: what an edit changed leads back as long as nothing else has changed what it stands on. */
import { beforeEach, expect, test, vi } from 'vitest'
import { bringEditSteps, type EditPlace, editSteps, makeEdit, turnEdit } from '../../../src/app/session/edit-line.ts'
import { setWorkspace } from '../../../src/app/session/state.ts'
import { newProject } from '../../../src/core/project/format/open.ts'

const emptyProject = (id: string) =>
  newProject({ id, name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00+02:00', tool: 'test', servers: [] })

/** A text that is replaced; its edit is the next text, an object by identity. */
let text = { value: 'a' }
let projects = 0
const line: EditPlace<string> = {
  place: 'text',
  on: () => text,
  apply: (value) => {
    if (value === 'refused') return null
    const before = text.value
    text = { value }
    return before
  },
  join: (_first, second) => second,
}
const depth = () => [editSteps(line).undo.length, editSteps(line).redo.length]

beforeEach(() => {
  vi.useFakeTimers()
  text = { value: 'a' }
  setWorkspace({ project: emptyProject(`project-${++projects}`) })
})

test('edits go back and forth, and a new edit forgets what was taken back', () => {
  for (const value of ['b', 'c']) expect(makeEdit(line, value)).toBe(true)
  expect(turnEdit(line, 'undo')).toBe(true)
  expect(text.value).toBe('b')
  expect(turnEdit(line, 'redo')).toBe(true)
  expect(text.value).toBe('c')
  turnEdit(line, 'undo')
  makeEdit(line, 'd')
  expect(depth()).toEqual([2, 0])
  expect(turnEdit(line, 'redo')).toBe(false)
  expect(text.value).toBe('d')
})

test('what is refused leaves the line as it was', () => {
  makeEdit(line, 'b')
  expect(makeEdit(line, 'refused')).toBe(false)
  expect(depth()).toEqual([1, 0])
})

test('a burst is one step, a pause begins another', () => {
  for (const value of ['b', 'c', 'd']) makeEdit(line, value, 'typing')
  expect(depth()).toEqual([1, 0])
  vi.advanceTimersByTime(1000)
  makeEdit(line, 'e', 'typing')
  expect(depth()).toEqual([2, 0])
  turnEdit(line, 'undo')
  turnEdit(line, 'undo')
  expect(text.value).toBe('a')
})

test('where something else has changed the text no step leads back', () => {
  makeEdit(line, 'b')
  text = { value: 'from elsewhere' }
  expect(depth()).toEqual([0, 0])
  expect(turnEdit(line, 'undo')).toBe(false)
  makeEdit(line, 'c')
  turnEdit(line, 'undo')
  expect(text.value).toBe('from elsewhere')
})

test('a line that was kept is brought back for what is there now', () => {
  makeEdit(line, 'b')
  const kept = editSteps(line)
  setWorkspace({ project: emptyProject('another') })
  expect(depth()).toEqual([0, 0])
  bringEditSteps(line, kept)
  expect(turnEdit(line, 'undo')).toBe(true)
  expect(text.value).toBe('a')
})
