/** The sentence of the status bar: "saved" is said for the server's word alone. */
import { expect, test } from 'vitest'
import { decidedTwice, twiceWords } from '../../../src/app/team/decided-twice.ts'
import { lineWords } from '../../../src/app/team/team-line.tsx'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'

const open = { kind: 'open', connection: 1, person: 'p' } as const
const now = 100_000
const team = { line: open, waiting: [] as readonly string[], savedAt: now - 2000, refused: null }

test('saved is said where nothing waits, nothing was refused and the server has answered', () => {
  expect(lineWords(team, now).words).toBe("Saved on the clinic's server 2 s ago")
  expect(lineWords({ ...team, savedAt: null }, now).words).toBe('Comparing with the server…')
  expect(lineWords({ ...team, waiting: ['a'] }, now).words).toBe('Sending 1 change…')
  expect(lineWords({ ...team, refused: 'no', waiting: [] }, now).words).not.toContain('Saved')
  const offline = { ...team, line: { kind: 'offline', tryAt: 0 } as const, waiting: Array.from({ length: 14 }, () => 'x') }
  expect(lineWords(offline, now).words).toBe('Offline: 14 changes wait here')
})

test('who may look only is never told that their change is saved', () => {
  expect(lineWords({ ...team, mayWrite: false }, now).words).toMatch(/^You may look here/)
  const changed = lineWords({ ...team, mayWrite: false, waiting: ['a'] }, now)
  expect([changed.mark, changed.words]).toEqual(['warning', 'You may look here: 1 change of yours stays in this browser'])
})

test('a server that does not answer is no refusal', () => {
  const words = lineWords({ ...team, waiting: ['a'], isTrying: true }, now)
  expect([words.mark, words.words]).toEqual(['warning', 'The server does not answer: 1 change waits here. It is tried again'])
})

test('two people who decide of one thing learn of each other; of two things they do not', () => {
  const entry = (device: string, actor: string, action: string, object: string, wall: string) =>
    appendEntries([], [{ device, actor, action, object, digest: null, time: { wall, counter: 0 } }])
  const mine = entry('d1', 'amara', 'finding-accepted', 'ff', '2026-03-01T10:00:00Z')
  const theirs = [
    ...entry('d2', 'tomas', 'acceptance-withdrawn', 'ff', '2026-03-01T10:05:00Z'),
    ...entry('d3', 'tomas', 'finding-accepted', 'aa', '2026-03-01T10:05:00Z'),
    ...entry('d4', 'amara', 'finding-accepted', 'ff', '2026-03-01T10:05:00Z'),
  ]
  const at = Date.parse('2026-03-01T11:00:00Z')
  const found = decidedTwice(mine, theirs, 'amara', at)
  expect(found.map((each) => twiceWords(each, () => 'Tomas'))).toEqual([
    'Tomas decided the same as you: acceptance withdrawn, ff. Theirs is the later one. Both are in the ledger.',
  ])
  // What was decided days ago is in the ledger, and nobody is called about it.
  expect(decidedTwice(mine, theirs, 'amara', at + 3 * 24 * 3600 * 1000)).toEqual([])
})
