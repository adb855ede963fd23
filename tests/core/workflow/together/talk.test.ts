/** Comments: threads out of a list that only grows, joined without conflict. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../../../src/core/canonical.ts'
import {
  joinedMarks,
  joinedTalk,
  markedRead,
  mentionsIn,
  partsOf,
  readTalk,
  type TalkEvent,
  talkBytes,
  threadsOf,
  unreadIn,
} from '../../../../src/core/workflow/together/talk.ts'

const about = { kind: 'step', map: 'refill', side: 'future', id: 'approve' } as const
const at = (minute: number): string => `2026-03-02T09:${String(minute).padStart(2, '0')}:00Z`
const said = (id: string, thread: string, by: string, minute: number, text = id): TalkEvent => ({
  kind: 'said',
  id,
  thread,
  by,
  at: at(minute),
  text,
  mentions: [],
  ...(id === thread ? { about } : {}),
})
const settle = (id: string, thread: string, minute: number, isOpen: boolean): TalkEvent => ({
  kind: 'settled',
  id,
  thread,
  by: 'jo',
  at: at(minute),
  isOpen,
})

test('replies follow in order, the last word on resolving counts, and one takes back only what is one’s own', () => {
  const events: readonly TalkEvent[] = [
    said('b', 'a', 'tomas', 11),
    said('a', 'a', 'ines', 10),
    said('c', 'a', 'tomas', 12),
    { kind: 'withdrawn', id: 'd', thread: 'a', by: 'tomas', at: at(13), what: 'c' },
    { kind: 'withdrawn', id: 'e', thread: 'a', by: 'tomas', at: at(13), what: 'a' },
    settle('f', 'a', 14, false),
    said('z', 'nowhere', 'ines', 15),
  ]
  const [thread, ...rest] = threadsOf(events)
  expect(rest).toEqual([])
  expect(thread).toMatchObject({ id: 'a', about, resolved: { by: 'jo', at: at(14) } })
  expect(thread?.said.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(threadsOf([...events, settle('g', 'a', 15, true)])[0]?.resolved).toBeNull()
})

test('two lists join to one, whoever joins them and however often', () => {
  const event = fc
    .record({ n: fc.nat(30), by: fc.constantFrom('ana', 'ben'), minute: fc.nat(59) })
    .map(
      ({ n, by, minute }): TalkEvent =>
        n % 5 === 0
          ? settle(`e${n}-${by}`, 't', minute, n % 2 === 0)
          : said(`e${n}-${by}`, n % 3 === 0 ? `e${n}-${by}` : 't', by, minute, `said at ${minute}`),
    )
  const list = fc.array(event, { maxLength: 20 })
  fc.assert(
    fc.property(list, list, (a, b) => {
      const [x, y] = [talkBytes({ events: a, unread: ['{"new":1}'] }), talkBytes({ events: b, unread: [] })]
      const joined = joinedTalk(x, y)
      expect(joinedTalk(y, x)).toEqual(joined)
      expect(joinedTalk(joined, x)).toEqual(joined)
      expect(readTalk(joined).unread).toEqual(['{"new":1}'])
      const ids = new Set(readTalk(joined).events.map(({ id }) => id))
      for (const { id } of [...a, ...b]) expect(ids.has(id)).toBe(true)
    }),
    { numRuns: 50 },
  )
  expect(readTalk(utf8('not json\n'))).toEqual({ events: [], unread: ['not json'] })
})

test('nobody puts other words in the place of what was said: both stand, on every side the same', () => {
  const spoken = said('a', 'a', 'ines', 10, 'Stop the drug')
  // Earlier, at the same moment and later: whatever their writer chose.
  for (const minute of [9, 10, 11]) {
    const forged = said('a', 'a', 'ines', minute, 'Go on with the drug')
    const [x, y] = [talkBytes({ events: [spoken], unread: [] }), talkBytes({ events: [forged], unread: [] })]
    const joined = joinedTalk(x, y)
    expect(joinedTalk(y, x)).toEqual(joined)
    expect(joinedTalk(joined, joined)).toEqual(joined)
    expect(joinedTalk(joined, y)).toEqual(joined)
    const [thread] = threadsOf(readTalk(joined).events)
    expect(thread?.said.map(({ text }) => text).sort()).toEqual(['Go on with the drug', 'Stop the drug'])
  }
  // Under an own name and the id of another, to take both back.
  const taken: TalkEvent = { kind: 'withdrawn', id: 'd', thread: 'a', by: 'ben', at: at(12), what: 'a' }
  const [thread] = threadsOf([spoken, said('a', 'a', 'ben', 11, 'x'), taken])
  expect(thread?.said.map(({ text }) => text)).toEqual(['Stop the drug'])
})

test('what others said since is unread until it is read, on whichever device', () => {
  const [thread] = threadsOf([said('a', 'a', 'ines', 10), said('b', 'a', 'tomas', 11), said('c', 'a', 'ines', 12)])
  if (!thread) throw new Error('no thread')
  expect(unreadIn(thread, {}, 'ines').map(({ id }) => id)).toEqual(['b'])
  const read = markedRead({}, thread)
  expect(unreadIn(thread, read, 'ines')).toEqual([])
  expect(markedRead(read, thread)).toBe(read)
  expect(joinedMarks({ a: at(10), b: at(3) }, read)).toEqual({ a: at(12), b: at(3) })
})

test('names behind an @ are found: the longest that fits, a first name where only one has it, none inside a word', () => {
  const people = [
    { slug: 'tomas', name: 'Tomas Brandt' },
    { slug: 'ines', name: 'Ines Varga' },
    { slug: 'ines2', name: 'Ines Vargas' },
  ]
  expect(mentionsIn('@Tomas two inbox blocks a day? @ines vargas', people)).toEqual(['tomas', 'ines2'])
  expect(mentionsIn('ask @Ines, mail a@tomas or @Tomasz', people)).toEqual([])
  expect(partsOf('Hi @Tomas!', people)).toEqual([
    { text: 'Hi ', person: null },
    { text: '@Tomas', person: people[0] },
    { text: '!', person: null },
  ])
})
