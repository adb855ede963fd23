/** What waits to be sent: counted from what is kept and what the server has, so that a closed tab loses nothing and "saved" is never said early. */
import { expect, test } from 'vitest'
import { type KeptStanding, nothingKnown } from '../../../src/app/team/kept-standing.ts'
import { digestOfFile, sentFiles, unsentEntries, unsentFiles, unsentLines, waitingWords } from '../../../src/app/team/waiting.ts'
import { utf8 } from '../../../src/core/canonical.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { beginLog, lineOf, logBytes } from '../../../src/core/workflow/together/edit-log.ts'
import { editLogPath } from '../../../src/core/workflow/together/log-path.ts'
import { exampleProject } from '../../core/project/example-project.ts'
import { refill } from '../refill.ts'

function opened(project: Project): Project {
  const read = openProject(saveProject(project)).project
  if (!read) throw new Error('not opened')
  return read
}

/** The server has all of it. */
function standingOf(project: Project): KeptStanding {
  const heads: Record<string, { seq: number; hash: string }> = {}
  for (const { device, seq, hash } of project.ledger) heads[device] = { seq, hash }
  const files = Object.fromEntries([...sentFiles(project)].map(([path, bytes]) => [path, digestOfFile(bytes)]))
  return { ...nothingKnown, heads, files }
}

const edit = (to: number): string =>
  lineOf({ kind: 'edit', device: 'd1', from: to, to, by: 'amara', at: '2026-03-01T10:00:00Z', update: 'AAA=' })
const version = lineOf({
  kind: 'version',
  id: 'v1',
  name: 'After the huddle',
  by: 'amara',
  at: '2026-03-01T10:00:00Z',
  upto: { d1: 1 },
})

function shared(lines: string): Project {
  const log = new TextDecoder().decode(logBytes(beginLog(refill)))
  return opened({ ...exampleProject(), other: new Map([[editLogPath('refill'), utf8(log + lines)]]) })
}

test('nothing of the private part, the ledger file or what is held back here ever goes as a file', () => {
  const project = opened({
    ...exampleProject(),
    private: new Map([['private/roster.json', utf8('{"names":{}}')]]),
    other: new Map([['incidents/quarantined.jsonl', utf8('')]]),
  })
  const paths = [...sentFiles(project).keys()]
  expect(paths).toContain('board.json')
  expect(
    paths.filter((path) => path.startsWith('private/') || path.startsWith('ledger.') || path.includes('quarantined')),
  ).toEqual([])
})

test('what the server has does not wait, and one changed document does', () => {
  const project = opened(exampleProject())
  const standing = standingOf(project)
  expect(waitingWords(project, standing)).toEqual([])
  expect(unsentFiles(project, standing).size).toBe(0)
  const changed = { ...project, mapping: new Map([['mapping/fields.csv', 'legacy_source,legacy_field\n']]) }
  expect([...unsentFiles(changed, standing).keys()]).toEqual(['mapping/fields.csv'])
  expect(waitingWords(changed, standing)).toEqual(['document mapping/fields.csv'])
  const removed = { ...project, mapping: new Map() }
  expect(unsentFiles(removed, standing).get('mapping/fields.csv')).toBeNull()
})

test('entries behind the head of each device wait', () => {
  const project = opened(exampleProject())
  const standing = standingOf(project)
  expect(unsentEntries(project.ledger, { heads: { d1: { seq: 3, hash: '' } } })).toHaveLength(project.ledger.length - 3)
  expect(unsentEntries(project.ledger, standing)).toEqual([])
})

test('changes of a map and a named version wait until the server has them', () => {
  const project = shared(edit(1) + edit(2) + version)
  const log = project.other.get(editLogPath('refill')) ?? utf8('')
  expect(unsentLines('refill', log, undefined).map(({ kind }) => kind)).toEqual(['begin', 'edit', 'edit', 'version'])
  expect(unsentLines('refill', log, { d1: 1 }).map(({ kind, to }) => [kind, to])).toEqual([
    ['edit', 2],
    ['version', 1],
  ])
  const [named] = unsentLines('refill', log, { d1: 2 })
  expect(waitingWords(project, { ...standingOf(project), edits: { refill: { d1: 2 } } })).toEqual(['version of the map refill'])
  const known = { d1: 2, [named?.device ?? '']: 1 }
  expect(unsentLines('refill', log, known)).toEqual([])
  expect(waitingWords(project, { ...standingOf(project), edits: { refill: known } })).toEqual([])
})

test('lines of one device go in the order of their numbers, whatever its clock said', () => {
  const other = edit(1).replace('"d1"', '"d2"')
  const log = utf8(edit(2) + other + edit(3) + edit(1))
  expect(unsentLines('set back', log, {}).map(({ device, from }) => `${device} ${from}`)).toEqual([
    'd1 1',
    'd2 1',
    'd1 2',
    'd1 3',
  ])
})

test('a log that grew is read on from where it was, and one that was replaced is read anew', () => {
  const first = shared(edit(1)).other.get(editLogPath('refill')) ?? utf8('')
  expect(unsentLines('grown', first, {}).filter(({ kind }) => kind === 'edit')).toHaveLength(1)
  const grown = utf8(new TextDecoder().decode(first) + edit(2) + edit(3))
  expect(unsentLines('grown', grown, {}).flatMap(({ kind, to }) => (kind === 'edit' ? [to] : []))).toEqual([1, 2, 3])
  const other = utf8(edit(9))
  expect(unsentLines('grown', other, {}).map(({ to }) => to)).toEqual([9])
})

test('the documents of a map follow its log, so that nobody begins another log from them', () => {
  const project = shared(edit(1))
  const documents = (standing: KeptStanding): readonly string[] =>
    [...unsentFiles(project, standing).keys()].filter((path) => path.startsWith('workflows/'))
  expect(documents(nothingKnown)).toEqual([])
  expect(documents({ ...nothingKnown, edits: { refill: {} } })).toContain('workflows/refill/current.json')
})

test('a document that a person has to decide on is not sent before that, and counts as waiting', () => {
  const project = opened(exampleProject())
  const standing = standingOf(project)
  const changed = { ...project, mapping: new Map([['mapping/fields.csv', 'legacy_source,legacy_field\n']]) }
  const clashes = { 'mapping/fields.csv': { base: null, theirs: null, person: 'p-tomas' } }
  expect(unsentFiles(changed, { ...standing, clashes }).size).toBe(0)
  expect(waitingWords(changed, { ...standing, clashes })).toEqual(['to decide: mapping/fields.csv'])
})
