/** A connection that is shown what can not be true stops and says so; one that hears nothing goes on trying. */
import { afterEach, expect, test, vi } from 'vitest'
import { Connection, type Line, type SocketEvents } from '../../../src/app/team/connection.ts'
import { utf8 } from '../../../src/core/canonical.ts'
import {
  type ClientFrame,
  decodeClientFrame,
  encodeServerFrame,
  protocolVersion,
  type ServerFrame,
} from '../../../src/core/team/frames.ts'

/** The other end of one socket, led by hand. */
interface FarEnd {
  readonly events: SocketEvents
  readonly heard: ClientFrame[]
  isClosed: boolean
}

const open: Connection[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

function connect(more: { readonly patience?: number } = {}) {
  const ends: FarEnd[] = []
  const lines: Line[] = []
  const connection = new Connection({
    open: (events) => {
      const end: FarEnd = { events, heard: [], isClosed: false }
      ends.push(end)
      return {
        send: (bytes) => {
          const read = decodeClientFrame(bytes)
          if (read.ok) end.heard.push(read.frame)
        },
        close: () => {
          end.isClosed = true
        },
      }
    },
    standing: async () => 'here',
    changed: (line) => lines.push(line),
    present: () => undefined,
    firstPause: 5,
    ...more,
  })
  open.push(connection)
  const say = (frame: ServerFrame): void => ends.at(-1)?.events.heard(encodeServerFrame(frame))
  const welcome = (): void => {
    ends.at(-1)?.events.opened()
    say({ kind: 'welcome', version: protocolVersion, connection: 1, person: 'p-amara' })
  }
  const follow = (from: number) => {
    const seen: number[] = []
    const current: number[] = []
    connection.follow('ledger', from, {
      items: (items) => seen.push(...items.map(({ seq }) => seq)),
      current: (last) => current.push(last),
    })
    return { seen, current }
  }
  const items = (...seqs: readonly number[]): void =>
    say({ kind: 'items', stream: 'ledger', items: seqs.map((seq) => ({ seq, person: 'p', at: 0, body: utf8(`${seq}`) })) })
  const follows = (): readonly number[] =>
    (ends.at(-1)?.heard ?? []).flatMap((frame) => (frame.kind === 'follow' ? [frame.from] : []))
  return { connection, ends, lines, say, welcome, follow, items, follows }
}

test('items that are left out are asked for once more, and then the server is not believed', () => {
  const { connection, welcome, follow, items, follows } = connect()
  welcome()
  const { seen } = follow(0)
  items(1, 2)
  items(4)
  expect(seen).toEqual([1, 2])
  expect(follows()).toEqual([0, 2])
  // It had only come in a wrong order: all is well.
  items(3, 4)
  expect(seen).toEqual([1, 2, 3, 4])
  items(6)
  items(6)
  expect(seen).toEqual([1, 2, 3, 4])
  expect(connection.line).toMatchObject({ kind: 'stopped' })
  expect(connection.line.kind === 'stopped' && connection.line.why).toContain('leaves out what came after item 4 of ledger')
})

test('a server that shows less than was seen was set back: nothing is sent any more', () => {
  const { connection, ends, say, welcome, follow } = connect()
  welcome()
  const { current } = follow(7)
  say({ kind: 'current', number: 1, stream: 'ledger', last: 7 })
  expect(current).toEqual([7])
  say({ kind: 'current', number: 2, stream: 'ledger', last: 5 })
  expect(connection.line.kind === 'stopped' && connection.line.why).toContain('shows 5 items of ledger, and you have seen 7')
  expect(ends[0]?.isClosed).toBe(true)
  const before = ends[0]?.heard.length
  void connection.append('ledger', utf8('x'))
  connection.tryNow()
  expect([ends.length, ends[0]?.heard.length]).toEqual([1, before])
})

test('more than what came is missing, and asked for', () => {
  const { connection, say, welcome, follow, follows } = connect()
  welcome()
  const { current } = follow(2)
  say({ kind: 'current', number: 1, stream: 'ledger', last: 3 })
  expect([current, follows()]).toEqual([[], [2, 2]])
  say({ kind: 'current', number: 2, stream: 'ledger', last: 3 })
  expect(connection.line.kind).toBe('stopped')
})

test('a socket that never says a word is given up and tried again', async () => {
  const { ends, lines } = connect({ patience: 30 })
  await vi.waitFor(() => expect(ends.length).toBeGreaterThan(2), 10_000)
  expect(ends[0]?.isClosed).toBe(true)
  expect(lines.map(({ kind }) => kind)).toContain('offline')
})

test('nobody waits for ever on a connection that was closed', async () => {
  const { connection, welcome } = connect()
  welcome()
  const waiting = connection.append('ledger', utf8('x'))
  connection.close()
  expect(await waiting).toMatchObject({ ok: false, refusal: { code: 'closed' } })
})
