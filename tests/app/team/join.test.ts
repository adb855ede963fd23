/** What a server tells of others, joined with what is here: nothing is lost, nothing is overwritten in silence, nothing without a right counts. */
import { expect, test } from 'vitest'
import { openClashes, withClashes } from '../../../src/app/team/clashes.ts'
import { type HeardChange, type HeardEntry, incomingOf, waitsForHead } from '../../../src/app/team/incoming.ts'
import { joinOthers } from '../../../src/app/team/join.ts'
import { type KeptClash, nothingKnown } from '../../../src/app/team/kept-standing.ts'
import { digestOfFile, sentFiles, unsentFiles } from '../../../src/app/team/waiting.ts'
import { utf8 } from '../../../src/core/canonical.ts'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import { quarantinedIn } from '../../../src/core/project/copies/quarantine.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import type { KeptMove } from '../../../src/core/team/move.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { allSigned, withDevices } from '../../core/project/device-keys.ts'
import { exampleProject } from '../../core/project/example-project.ts'
import { sharedTeam } from '../../core/project/sharing/team-of-three.ts'

type Bytes = Uint8Array<ArrayBuffer>
const nurse: Hand = { device: 'd-tomas', actor: 'tomas', wall: '2026-03-02T09:00:00+01:00' }

function opened(project: Project): Project {
  const read = openProject(saveProject(project)).project
  if (!read) throw new Error('not opened')
  return read
}

/** The server of these tests: bytes by digest, and what everybody knows. */
class Shelf {
  readonly blobs = new Map<string, Bytes>()
  readonly blob = (digest: string): Promise<Bytes> => {
    const bytes = this.blobs.get(digest)
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error('no such file'))
  }

  put(bytes: Bytes): string {
    const digest = digestOfFile(bytes)
    this.blobs.set(digest, bytes)
    return digest
  }

  /** All files of a project as the server has them. */
  files(project: Project): Record<string, string> {
    return Object.fromEntries([...sentFiles(project)].map(([path, bytes]) => [path, this.put(bytes)]))
  }
}

const fields = 'mapping/fields.csv'
const withFields = (project: Project, text: string): Project => ({ ...project, mapping: new Map([[fields, text]]) })
const head = 'legacy_source,legacy_field,target\n'

/** People of these tests have the id `p-` and their name in the ledger. */
const actorOf = (person: string): string => person.slice(2)

async function told(
  here: Project,
  standing: { files: Record<string, string>; clashes?: Record<string, KeptClash>; move?: KeptMove },
  shelf: Shelf,
  changes: readonly HeardChange[],
  entries: readonly HeardEntry[] = [],
  sent: ReadonlySet<string> = new Set(),
) {
  const incoming = await incomingOf(here, standing, { entries, changes, actorOf }, sent, shelf.blob)
  const outcome = await joinOthers(here, incoming, webVerifier)
  if (!outcome.ok) throw new Error(outcome.problem)
  return { incoming, outcome }
}

const change = (
  seq: number,
  person: string,
  files: Record<string, string | null>,
  base?: Record<string, string | null>,
): HeardChange => ({
  seq,
  person,
  at: 1000 + seq,
  item: { entries: [], files, ...(base ? { base } : {}) },
})

test('a document that only others changed is theirs; one that both changed at different lines holds both', async () => {
  const shelf = new Shelf()
  const base = opened(withFields(exampleProject(), `${head}a,X,\na,Y,\n`))
  const standing = { files: shelf.files(base) }
  const theirs = shelf.put(utf8(`${head}a,X,Patient.name\na,Y,\n`))
  const taken = await told(base, standing, shelf, [change(1, 'p-tomas', { [fields]: theirs })])
  expect(taken.outcome.project.mapping.get(fields)).toBe(`${head}a,X,Patient.name\na,Y,\n`)
  expect(taken.outcome.project.board).toBe(base.board)

  const mine = withFields(base, `${head}a,X,\na,Y,Patient.gender\n`)
  const both = await told(mine, standing, shelf, [change(1, 'p-tomas', { [fields]: theirs })])
  expect(both.outcome.project.mapping.get(fields)).toBe(`${head}a,X,Patient.name\na,Y,Patient.gender\n`)
  expect(both.outcome.clashes.size).toBe(0)
})

test('the same line changed by both stays as it is here, and the place is named', async () => {
  const shelf = new Shelf()
  const base = opened(withFields(exampleProject(), `${head}a,X,\n`))
  const standing = { files: shelf.files(base) }
  const theirs = shelf.put(utf8(`${head}a,X,Patient.name\n`))
  const { outcome } = await told(withFields(base, `${head}a,X,Patient.id\n`), standing, shelf, [
    change(1, 'p-tomas', { [fields]: theirs }),
  ])
  expect(outcome.project.mapping.get(fields)).toBe(`${head}a,X,Patient.id\n`)
  expect(outcome.clashes.get(fields)).toEqual([{ place: 'a · X', here: 'target: Patient.id', theirs: 'target: Patient.name' }])
})

test('whoever wrote without knowing what stood does not overwrite it: what both say is joined', async () => {
  const shelf = new Shelf()
  const base = opened(withFields(exampleProject(), `${head}a,X,\na,Y,\n`))
  const standing = { files: shelf.files(base) }
  const before = standing.files[fields] ?? ''
  const mine = withFields(base, `${head}a,X,Patient.id\na,Y,\n`)
  const own = shelf.put(utf8(`${head}a,X,Patient.id\na,Y,\n`))
  const theirs = shelf.put(utf8(`${head}a,X,\na,Y,Patient.gender\n`))
  // Own state was stored first; Tomas's came right behind it and was made from the state before.
  const { outcome, incoming } = await told(
    mine,
    standing,
    shelf,
    [
      change(1, 'p-amara', { [fields]: own }, { [fields]: before }),
      change(2, 'p-tomas', { [fields]: theirs }, { [fields]: before }),
    ],
    [],
    new Set([own]),
  )
  expect(outcome.project.mapping.get(fields)).toBe(`${head}a,X,Patient.id\na,Y,Patient.gender\n`)
  expect(incoming.files[fields]).toBe(theirs)
})

test('of numbers that both worked out from a map those on the server stand, and nobody is asked', async () => {
  const shelf = new Shelf()
  const path = 'workflows/refill/simulated.json'
  const base = opened({ ...exampleProject(), other: new Map([[path, utf8('{"at":"1"}\n')]]) })
  const standing = { files: shelf.files(base) }
  const mine = { ...base, other: new Map([[path, utf8('{"at":"2"}\n')]]) }
  const theirs = shelf.put(utf8('{"at":"3"}\n'))
  const { outcome } = await told(mine, standing, shelf, [change(1, 'p-tomas', { [path]: theirs })])
  expect(new TextDecoder().decode(outcome.project.other.get(path))).toBe('{"at":"3"}\n')
  expect(outcome.clashes.size).toBe(0)
})

test('a document that can not be read is not taken, and nothing here is lost', async () => {
  const shelf = new Shelf()
  const base = opened(exampleProject())
  const standing = { files: shelf.files(base) }
  const broken = shelf.put(utf8('{"goLive": 7}\n'))
  const incoming = await incomingOf(
    base,
    standing,
    { entries: [], changes: [change(1, 'p-tomas', { 'board.json': broken })], actorOf },
    new Set(),
    shelf.blob,
  )
  const outcome = await joinOthers(base, incoming, webVerifier)
  expect(outcome.ok).toBe(false)
  expect(!outcome.ok && outcome.problem).toContain('board.json')
})

test('a file that somebody removed is gone here, unless it was changed here', async () => {
  const shelf = new Shelf()
  const base = opened(withFields(exampleProject(), `${head}a,X,\n`))
  const standing = { files: shelf.files(base) }
  const gone = await told(base, standing, shelf, [change(1, 'p-tomas', { [fields]: null })])
  expect(gone.outcome.project.mapping.has(fields)).toBe(false)
  const kept = await told(withFields(base, `${head}a,X,Patient.id\n`), standing, shelf, [
    change(1, 'p-tomas', { [fields]: null }),
  ])
  expect(kept.outcome.project.mapping.get(fields)).toContain('Patient.id')
  expect(kept.outcome.clashes.get(fields)).toEqual([{ place: '', here: 'the document', theirs: null }])
})

test('a state that is here already is where others went on from', async () => {
  const shelf = new Shelf()
  const base = opened(withFields(exampleProject(), `${head}a,X,\n`))
  const own = shelf.files(base)[fields] ?? ''
  const theirs = shelf.put(utf8(`${head}a,X,Patient.name\n`))
  // This browser knows nothing of the server any more: it left it, and comes back.
  const { outcome } = await told(base, nothingKnown, shelf, [
    change(1, 'p-amara', { [fields]: own }),
    change(2, 'p-tomas', { [fields]: theirs }),
  ])
  expect(outcome.project.mapping.get(fields)).toBe(`${head}a,X,Patient.name\n`)
  expect(outcome.clashes.size).toBe(0)
})

test('an entry waits for the signed end of its chain; unsigned it is held back, and it counts once the end came', async () => {
  const here = opened(await allSigned(await withDevices(exampleProject(), nurse)))
  const theirs = record(here, [{ action: 'statement', object: 'readiness/training', digest: null }], nurse)
  const fresh = theirs.ledger.slice(here.ledger.length)
  const entries = fresh.map((entry, index) => ({ entry, seq: index + 1, at: 1000 }))
  const shelf = new Shelf()
  const standing = { files: shelf.files(here) }
  expect(waitsForHead(here, entries, [])).toBe(true)
  const early = await told(here, standing, shelf, [], entries)
  expect(early.outcome.project.ledger).toHaveLength(here.ledger.length)
  expect(early.outcome.held).toHaveLength(1)
  expect(early.outcome.held[0]).toContain('d-tomas')
  expect(quarantinedIn(early.outcome.project)).toHaveLength(fresh.length)
  // What is held back is this browser's own judgement, and goes nowhere.
  expect(sentFiles(early.outcome.project).has('incidents/quarantined.jsonl')).toBe(false)

  const signed = await allSigned(theirs)
  const heads = saveProject(signed).get('ledger-heads.json')
  if (!heads) throw new Error('no heads')
  const late = await told(early.outcome.project, standing, shelf, [
    change(1, 'p-tomas', { 'ledger-heads.json': shelf.put(heads) }),
  ])
  expect(late.outcome.held).toEqual([])
  expect(late.outcome.project.ledger).toHaveLength(here.ledger.length + fresh.length)
  expect(quarantinedIn(late.outcome.project)).toEqual([])
})

test('what somebody without the role changed is held back with a sentence, whatever the server let through', async () => {
  const shelf = new Shelf()
  const { project } = await sharedTeam([
    ['ines', 'reviewer'],
    ['tomas', 'data'],
  ])
  const base = opened(withFields(project, `${head}a,X,\n`))
  const standing = { files: shelf.files(base) }
  const theirs = shelf.put(utf8(`${head}a,X,Patient.name\n`))
  const forged = await told(base, standing, shelf, [change(2, 'p-ines', { [fields]: theirs })])
  expect(forged.outcome.project.mapping.get(fields)).toBe(`${head}a,X,\n`)
  expect(forged.outcome.held).toEqual([
    'A change by ines has no effect here. The role reviewer does not allow a change of mapping/fields.csv: data may. Ask an administrator for the role.',
  ])
  const rightful = await told(base, standing, shelf, [change(2, 'p-tomas', { [fields]: theirs })])
  expect(rightful.outcome.project.mapping.get(fields)).toBe(`${head}a,X,Patient.name\n`)
  // A state that the page can not know the roles of: as the maker moved the project here, and before anybody granted a role.
  const moved = await told(base, standing, shelf, [change(1, 'p-ines', { [fields]: theirs })])
  expect([moved.outcome.project.mapping.get(fields), moved.outcome.held]).toEqual([`${head}a,X,Patient.name\n`, []])
  // All that its maker sent until the move ended is the project as they had it; nothing else is freed by that.
  const file = { [fields]: theirs }
  const move = { by: 'p-ines', ended: 3, heard: Date.now() }
  const freed = async (seq: number, kept: KeptMove, person = 'p-ines'): Promise<boolean> =>
    (await told(base, { ...standing, move: kept }, shelf, [change(seq, person, file)])).outcome.held.length === 0
  expect([await freed(3, move), await freed(4, move), await freed(3, { ...move, by: 'p-tomas' })]).toEqual([true, false, false])
  const grants = project.ledger.filter(({ action }) => action === 'role-granted')
  const late = grants.map((entry, index) => ({ entry, seq: index + 1, at: 5000 }))
  const early = await told(base, standing, shelf, [change(2, 'p-ines', { [fields]: theirs })], late)
  expect([early.outcome.project.mapping.get(fields), early.outcome.held]).toEqual([`${head}a,X,Patient.name\n`, []])
})

test('of a board the statements of a reviewer are taken, and no limit', async () => {
  const shelf = new Shelf()
  const { project } = await sharedTeam([['ines', 'reviewer']])
  const base = opened(project)
  const standing = { files: shelf.files(base) }
  const boardOf = (board: Project['board']): string => shelf.put(saveProject({ ...base, board }).get('board.json') ?? utf8(''))
  const statement = {
    id: 's1',
    criterion: 'readiness/training',
    text: 't',
    by: 'Ines',
    role: 'r',
    reason: '',
    at: '2026-03-02',
    expires: null,
  }
  const stated = boardOf({ ...base.board, statements: [statement] })
  const taken = await told(base, standing, shelf, [change(2, 'p-ines', { 'board.json': stated })])
  expect([taken.outcome.project.board.statements.length, taken.outcome.held]).toEqual([1, []])
  const limits = boardOf({ ...base.board, thresholds: { 'readiness/training': { share: 0 } }, statements: [statement] })
  const forged = await told(base, standing, shelf, [change(2, 'p-ines', { 'board.json': limits })])
  expect([forged.outcome.project.board, forged.outcome.held.length]).toEqual([base.board, 1])
})

/** The board of a project with these thresholds and statements, as bytes on the shelf. */
function boards(base: Project, shelf: Shelf): (share: number, statements: readonly string[]) => string {
  return (share, statements) => {
    const one = { criterion: 'readiness/training', text: 't', by: 'Ana', role: 'r', reason: '', at: '2026-03-02', expires: null }
    const board = {
      ...base.board,
      thresholds: { 'readiness/training': { share } },
      statements: statements.map((id) => ({ id, ...one })),
    }
    return shelf.put(saveProject({ ...base, board }).get('board.json') ?? utf8(''))
  }
}

test('a statement on a limit that came with it is taken: it is judged against what stood on the server then', async () => {
  const shelf = new Shelf()
  const { project } = await sharedTeam([
    ['olga', 'owner'],
    ['ana', 'analyst'],
  ])
  const base = opened(project)
  const standing = { files: shelf.files(base) }
  const board = boards(base, shelf)
  const [v1 = null, v2, v3] = [standing.files['board.json'], board(0.5, []), board(0.5, ['s1'])]
  const { outcome, incoming } = await told(base, standing, shelf, [
    change(2, 'p-olga', { 'board.json': v2 }, { 'board.json': v1 }),
    change(3, 'p-ana', { 'board.json': v3 }, { 'board.json': v2 }),
    // Whoever wrote last of all did not write the board last.
    change(4, 'p-olga', { 'carryover.json': shelf.put(saveProject(base).get('carryover.json') ?? utf8('')) }),
  ])
  expect([outcome.held, outcome.heldBack.size]).toEqual([[], 0])
  expect(outcome.project.board.statements.map(({ id }) => id)).toEqual(['s1'])
  expect(unsentFiles(outcome.project, { ...nothingKnown, files: incoming.files }).size).toBe(0)
})

test('a state that was held back is never sent against, until a person decides or somebody with the role writes it', async () => {
  const shelf = new Shelf()
  const { project } = await sharedTeam([
    ['olga', 'owner'],
    ['ana', 'analyst'],
  ])
  const base = opened(project)
  const standing = { files: shelf.files(base) }
  const board = boards(base, shelf)
  const [v1 = null, forged, stated] = [standing.files['board.json'], board(0.1, []), board(0.1, ['s1'])]
  const fresh = shelf.put(utf8(head))
  const first = await told(base, standing, shelf, [
    change(2, 'p-ana', { 'board.json': forged, [fields]: fresh }, { 'board.json': v1, [fields]: null }),
  ])
  expect([...first.outcome.heldBack]).toEqual([
    ['board.json', v1],
    [fields, null],
  ])
  const clashes = withClashes(nothingKnown, [], first.incoming, first.outcome.heldBack)
  const after = { ...nothingKnown, files: { ...first.incoming.files }, clashes }
  expect(unsentFiles(first.outcome.project, after).size).toBe(0)
  const open = await openClashes(first.outcome.project, clashes, new Set(), shelf.blob)
  expect(open.open.map(({ path, places }) => [path, places.map(({ place }) => place)])).toEqual([
    ['board.json', ['']],
    [fields, ['']],
  ])
  const decided = await openClashes(first.outcome.project, clashes, new Set(['board.json\n']), shelf.blob)
  expect(Object.keys(decided.clashes)).toEqual([fields])

  // A statement on top of it carries it along; the owner makes it theirs.
  const kept = { files: after.files, clashes: { ...clashes } }
  const carried = await told(first.outcome.project, kept, shelf, [
    change(3, 'p-ana', { 'board.json': stated }, { 'board.json': forged }),
  ])
  expect([...carried.outcome.heldBack.keys()]).toEqual(['board.json'])
  expect(carried.outcome.project.board).toBe(first.outcome.project.board)
  const owned = await told(first.outcome.project, kept, shelf, [
    change(3, 'p-olga', { 'board.json': stated }, { 'board.json': forged }),
  ])
  expect(owned.outcome.project.board.statements).toHaveLength(1)
  expect(owned.outcome.clashes.size).toBe(0)
  const next = withClashes(after, [], owned.incoming, owned.outcome.heldBack)
  expect(Object.keys((await openClashes(owned.outcome.project, next, new Set(), shelf.blob)).clashes)).toEqual([fields])
})
