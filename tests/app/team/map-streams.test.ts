/** Lines of a map on their way: in order, again after a refusal, and never into another project. */
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { setWorkspace, workspace } from '../../../src/app/session/state.ts'
import { Connection, type ConnectionSettings, type SocketEvents } from '../../../src/app/team/connection.ts'
import { type KeptStanding, nothingKnown } from '../../../src/app/team/kept-standing.ts'
import { MapStreams } from '../../../src/app/team/map-streams.ts'
import { SenderBook } from '../../../src/app/team/sender-book.ts'
import { linesOf } from '../../../src/app/team/waiting.ts'
import { utf8 } from '../../../src/core/canonical.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import {
  type ClientFrame,
  decodeClientFrame,
  encodeServerFrame,
  protocolVersion,
  type ServerFrame,
  type StreamItem,
} from '../../../src/core/team/frames.ts'
import { nobodyKnown, type Senders } from '../../../src/core/team/senders.ts'
import { documentsOf } from '../../../src/core/workflow/map/files.ts'
import type { Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { beginLog, lineOf, logBytes } from '../../../src/core/workflow/together/edit-log.ts'
import { editLogPath } from '../../../src/core/workflow/together/log-path.ts'
import { exampleProject } from '../../core/project/example-project.ts'
import { refill } from '../refill.ts'

vi.mock('../../../src/app/session/keep.ts', async () => (await import('../keep-double.ts')).keepDouble)
vi.mock('../../../src/app/session/browser-store.ts', async () => (await import('../keep-double.ts')).keepDouble)
vi.mock('../../../src/app/session/device.ts', () => ({ deviceId: () => 'd1' }))
vi.mock('../../../src/app/session/jobs.ts', () => ({ jobs: {} }))

const begin = new TextDecoder().decode(logBytes(beginLog(refill)))
const edit = (to: number): string =>
  lineOf({ kind: 'edit', device: 'd1', from: to, to, by: 'amara', at: `2026-03-01T10:00:0${to}Z`, update: 'AAA=' })

function projectWith(log: string, id = 'p-riverside'): Project {
  const base = exampleProject()
  const files = saveProject({
    ...base,
    manifest: { ...base.manifest, id },
    workflows: [documentsOf(refill)],
    other: new Map([[editLogPath('refill'), utf8(log)]]),
  })
  const { project } = openProject(files)
  if (!project) throw new Error('not opened')
  return project
}

function show(project: Project): void {
  setWorkspace({ project, workflows: new Map([[refill.id, refill]]), problem: null })
}

let streams: MapStreams | null = null
let connection: Connection
let heard: ClientFrame[]
let say: (frame: ServerFrame) => void
let standing: KeptStanding
/** What the server says now of who is who. */
let who: Senders
const refused: string[] = []
/** Items as the server has them. */
const stored = new Map<number, StreamItem>()

// The page loads it with the first item; a busy machine takes long for that.
beforeAll(() => import('../../../src/app/routes/workflow/acts/receive-shared.ts'), 120_000)

beforeEach(() => {
  heard = []
  standing = nothingKnown
  who = nobodyKnown
  refused.length = 0
  stored.clear()
  connect()
})

function connect(): void {
  const open: ConnectionSettings['open'] = (events: SocketEvents) => {
    say = (frame) => events.heard(encodeServerFrame(frame))
    return {
      send: (bytes) => {
        const read = decodeClientFrame(bytes)
        if (read.ok) heard.push(read.frame)
      },
      close: () => undefined,
    }
  }
  connection = new Connection({ open, standing: async () => 'here', changed: () => undefined, present: () => undefined })
  say({ kind: 'welcome', version: protocolVersion, connection: 1, person: 'p' })
}

afterEach(() => {
  streams?.close()
  connection.close()
  setWorkspace({ project: null, workflows: new Map() })
})

function begins(): void {
  streams = new MapStreams({
    project: 'p-riverside',
    connection,
    standing: () => standing,
    noted: (change) => {
      standing = change(standing)
    },
    saved: () => undefined,
    refused: (why) => refused.push(why),
    mayWrite: () => true,
    mayShare: () => true,
    senders: new SenderBook(async () => who),
    itemAt: async (_, seq) => stored.get(seq) ?? null,
    device: () => 'd1',
    nameOf: (person) => person,
  })
}

/** Amara works here on `d1`; Eve is a colleague on `d-eve`. */
const twoPeople: Senders = {
  you: 'p',
  people: [
    { person: 'p', actor: 'amara', since: 10 },
    { person: 'p-eve', actor: 'eve', since: 20 },
  ],
  devices: [
    { device: 'd1', person: 'p', since: 10 },
    { device: 'd-eve', person: 'p-eve', since: 20 },
  ],
}
const lineBy = (device: string, by: string | null, from: number, to = from): string => {
  const line = lineOf({ kind: 'edit', device, from: 1, to: 1, by, at: '2026-03-01T11:00:00Z', update: '' })
  return line.replace('"from":1', `"from":${from}`).replace('"to":1', `"to":${to}`)
}
const hear = (seq: number, person: string, body: string, at = 100): void => {
  const item = { seq, person, at, body: utf8(body) }
  stored.set(seq, item)
  say({ kind: 'items', stream: 'map/refill', items: [item] })
}
const logHere = (): string => new TextDecoder().decode(workspace().project?.other.get(editLogPath('refill')))

const sent = () => heard.filter((frame) => frame.kind === 'append')
const kinds = (body: Uint8Array): readonly string[] => linesOf(body).map(({ kind, to }) => `${kind} ${to}`)
const until = (check: () => void): Promise<void> => vi.waitFor(check, 10_000)

test('the next lines go when the ones before are stored', async () => {
  show(projectWith(begin + edit(1)))
  begins()
  await until(() => expect(sent()).toHaveLength(1))
  expect(kinds(sent()[0]?.body ?? utf8(''))).toEqual(['begin 0', 'edit 1'])
  show(projectWith(begin + edit(1) + edit(2)))
  await new Promise((done) => setTimeout(done, 100))
  expect(sent()).toHaveLength(1)
  expect(standing.edits).toEqual({})
  say({ kind: 'saved', number: sent()[0]?.number ?? 0, seq: 1 })
  await until(() => expect(sent()).toHaveLength(2))
  expect(standing.edits).toEqual({ refill: { d1: 1 } })
  expect(kinds(sent()[1]?.body ?? utf8(''))).toEqual(['edit 2'])
})

test('what was refused is said, and goes again when a person tries again', async () => {
  show(projectWith(begin + edit(1)))
  begins()
  await until(() => expect(sent()).toHaveLength(1))
  say({
    kind: 'refused',
    number: sent()[0]?.number ?? 0,
    code: 'not-allowed',
    why: 'Who has the role viewer can look.',
    detail: '',
  })
  await until(() => expect(refused).toHaveLength(1))
  expect([refused[0]?.includes('role viewer'), standing.edits]).toEqual([true, {}])
  await new Promise((done) => setTimeout(done, 100))
  expect(sent()).toHaveLength(1)
  streams?.tryAgain()
  await until(() => expect(sent()).toHaveLength(2))
})

test('what comes for one project is never drawn into another that was opened meanwhile', async () => {
  show(projectWith(begin))
  begins()
  const other = projectWith(begin, 'p-other')
  show(other)
  const body = utf8(begin + edit(1))
  say({ kind: 'items', stream: 'map/refill', items: [{ seq: 1, person: 'p', at: 0, body }] })
  await new Promise((done) => setTimeout(done, 300))
  expect(workspace().project).toBe(other)
  expect(standing.seqs).toEqual({})
})

test.each([
  ['a number without an end', lineBy('d1', 'amara', 1e300)],
  ['a wide line', lineBy('d1', 'amara', 1, 1e15)],
  ['a wide line in their own name', lineBy('d1', 'eve', 1, 1e15)],
  ['the next number', lineBy('d1', 'amara', 1)],
])('nobody stops own changes from being sent with %s for this device', async (_, forged) => {
  who = twoPeople
  show(projectWith(begin))
  begins()
  await until(() => expect(sent()).toHaveLength(1))
  say({ kind: 'saved', number: sent()[0]?.number ?? 0, seq: 1 })
  hear(1, 'p', begin)
  hear(2, 'p-eve', forged)
  await until(() => expect(standing.seqs['map/refill']).toBe(2))
  expect(standing.edits.refill?.d1).toBeUndefined()
  expect(logHere()).toBe(begin)
  show(projectWith(begin + edit(1)))
  await until(() => expect(sent()).toHaveLength(2))
  expect(kinds(sent()[1]?.body ?? utf8(''))).toEqual(['edit 1'])
  // The own echo is what the server has.
  hear(3, 'p', edit(1))
  await until(() => expect(standing.edits.refill).toEqual({ d1: 1 }))
})

test('of a colleague lines are taken for their own devices, in their own name and without gaps; what is left out is said', async () => {
  who = twoPeople
  show(projectWith(begin))
  begins()
  hear(1, 'p', begin)
  hear(2, 'p-eve', lineBy('d-eve', 'eve', 1) + lineBy('d-eve', 'amara', 2))
  await until(() => expect(standing.seqs['map/refill']).toBe(2))
  expect(standing.edits.refill).toEqual({ 'd-eve': 1 })
  expect(workspace().problem).toContain('p-eve sent changes of the map refill under the name of somebody else')
  hear(3, 'p-eve', lineBy('d-eve', 'eve', 5))
  await until(() => expect(standing.seqs['map/refill']).toBe(3))
  expect(standing.edits.refill).toEqual({ 'd-eve': 1 })
  const version = { kind: 'version', id: 'v', name: 'n', at: '2026-03-01T11:00:00Z', upto: {} } as const
  hear(4, 'p-eve', lineOf({ ...version, by: 'amara' }) + lineOf({ ...version, by: 'eve' }))
  await until(() => expect(standing.seqs['map/refill']).toBe(4))
  expect(linesOf(utf8(logHere())).map(({ kind, by }) => [kind, by])).toEqual([
    ['begin', null],
    ['edit', 'eve'],
    ['version', 'eve'],
  ])
})

test('a line that came before those in front of it is drawn when they come', async () => {
  who = { ...twoPeople, devices: [{ device: 'd-late', person: 'p-eve', since: 20 }] }
  show(projectWith(begin))
  begins()
  hear(1, 'p', begin)
  hear(2, 'p-eve', lineBy('d-late', 'eve', 2) + lineBy('d-late', 'eve', 1) + lineBy('d-late', 'eve', 5))
  await until(() => expect(standing.seqs['map/refill']).toBe(2))
  expect(standing.edits.refill).toEqual({ 'd-late': 2 })
  hear(3, 'p-eve', lineBy('d-late', 'eve', 4))
  hear(4, 'p-eve', lineBy('d-late', 'eve', 3))
  await until(() => expect(standing.seqs['map/refill']).toBe(4))
  expect(standing.edits.refill).toEqual({ 'd-late': 5 })
  expect(linesOf(utf8(logHere())).filter(({ device }) => device === 'd-late')).toHaveLength(5)
})

test('what came with a copy before its people were here is taken; who comes anew is asked about', async () => {
  show(projectWith(begin))
  begins()
  hear(1, 'p-eve', begin)
  await until(() => expect(standing.seqs['map/refill']).toBe(1))
  who = twoPeople
  hear(2, 'p-eve', lineBy('d1', 'amara', 1), 5)
  hear(3, 'p-eve', lineBy('d-old', 'amara', 1), 100)
  await until(() => expect(standing.seqs['map/refill']).toBe(3))
  // Drawn, and not counted as what this browser sent.
  expect(linesOf(utf8(logHere())).map(({ device }) => device)).toEqual(['', 'd1'])
  expect(standing.edits.refill).toEqual({})
})

test('a change of somebody who works on the server is not sent for them, and never called saved', async () => {
  who = twoPeople
  show(projectWith(begin + lineBy('d-eve', 'eve', 1)))
  begins()
  hear(1, 'p', begin)
  await until(() => expect(standing.seqs['map/refill']).toBe(1))
  await until(() => expect(refused).toHaveLength(1))
  expect(refused[0]).toContain('Ask eve to open that copy here')
  expect(standing.edits.refill).toEqual({})
})

test('a line of somebody else waits alone: what this person drew goes', async () => {
  who = twoPeople
  show(projectWith(begin + lineBy('d-eve', 'eve', 7) + edit(1) + lineBy('d-eve', 'eve', 8)))
  begins()
  hear(1, 'p', begin)
  await until(() => expect(standing.seqs['map/refill']).toBe(1))
  await until(() => expect(refused).toHaveLength(1))
  await until(() => expect(sent().length).toBeGreaterThan(0))
  say({ kind: 'saved', number: sent()[0]?.number ?? 0, seq: 2 })
  await until(() => expect(standing.edits.refill?.d1).toBe(1))
  await new Promise((done) => setTimeout(done, 100))
  expect(
    sent()
      .flatMap(({ body }) => linesOf(body))
      .some(({ device }) => device === 'd-eve'),
  ).toBe(false)
  expect([refused.length, standing.edits.refill]).toEqual([1, { d1: 1 }])
})

test('a line that waits for those in front of it waits on after a reload', async () => {
  who = { ...twoPeople, devices: [{ device: 'd-waits', person: 'p-eve', since: 20 }] }
  show(projectWith(begin))
  begins()
  hear(1, 'p', begin)
  hear(2, 'p-eve', lineBy('d-waits', 'eve', 3) + lineBy('d-waits', 'eve', 1))
  await until(() => expect(standing.seqs['map/refill']).toBe(2))
  expect([standing.edits.refill, standing.aside]).toEqual([{ 'd-waits': 1 }, { refill: [2] }])
  streams?.close()
  connection.close()
  connect()
  // What is known of the server is all that a new visit has.
  standing = JSON.parse(JSON.stringify(standing))
  begins()
  hear(3, 'p-eve', lineBy('d-waits', 'eve', 2))
  await until(() => expect(standing.seqs['map/refill']).toBe(3))
  expect([standing.edits.refill, standing.aside]).toEqual([{ 'd-waits': 3 }, { refill: [] }])
  expect(linesOf(utf8(logHere())).filter(({ device }) => device === 'd-waits')).toHaveLength(3)
})

/** The map as somebody else has it: another name on the map of today. */
const elsewhere: Workflow = { ...refill, current: { ...refill.current, label: 'Refill as it is at the other site' } }
const otherBegin = new TextDecoder().decode(logBytes(beginLog(elsewhere)))
test('a second beginning takes nobody else’s changes down with it', async () => {
  // A device that no test before drew with: a map that is open stays open.
  who = { ...twoPeople, devices: [{ device: 'd-second', person: 'p-eve', since: 20 }] }
  show(projectWith(begin))
  begins()
  hear(1, 'p', begin)
  await until(() => expect(standing.seqs['map/refill']).toBe(1))
  hear(2, 'p-eve', lineBy('d-second', 'eve', 1) + otherBegin + lineBy('d-second', 'eve', 2))
  await until(() => expect(standing.seqs['map/refill']).toBe(2))
  expect(standing.edits.refill).toEqual({ 'd-second': 2 })
  expect(linesOf(utf8(logHere())).map(({ kind, device }) => `${kind} ${device}`)).toEqual([
    'begin ',
    'edit d-second',
    'edit d-second',
  ])
  expect([logHere().startsWith(begin), workspace().problem]).toEqual([true, null])
})

test('a map that was shared here for itself is joined with how it began on the server', async () => {
  who = twoPeople
  const project = projectWith(otherBegin + edit(1))
  setWorkspace({ project, workflows: new Map([[refill.id, elsewhere]]), problem: null, done: null })
  begins()
  hear(1, 'p-eve', begin)
  hear(2, 'p-eve', lineBy('d-eve', 'eve', 1))
  await until(() => expect(standing.seqs['map/refill']).toBe(2))
  const lines = linesOf(utf8(logHere()))
  expect(logHere().startsWith(begin)).toBe(true)
  expect(lines.filter(({ kind }) => kind === 'begin')).toHaveLength(1)
  // What is here is in it, and so is what the colleague drew.
  expect(lines.map(({ device }) => device.replace(/-[0-9a-f]{12}$/, ''))).toEqual(
    expect.arrayContaining(['d1', 'd-eve', 'outside']),
  )
  expect(workspace().workflows.get('refill')?.current.label).toBe('Refill as it is at the other site')
  expect(workspace().done).toContain('Both are joined')
})
