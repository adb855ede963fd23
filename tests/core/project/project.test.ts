import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { migrateFiles, migrations } from '../../../src/core/project/format/migrations.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project, ProjectFiles } from '../../../src/core/project/format/project.ts'
import { afterSaving, saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { exampleProject, exampleRun } from './example-project.ts'

const text = (files: ProjectFiles, path: string): string => new TextDecoder().decode(files.get(path))
const bytesOf = (files: ProjectFiles): [string, string][] =>
  [...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')])

function open(files: ProjectFiles): Project {
  const { project, problems } = openProject(files)
  expect(problems).toEqual([])
  if (!project) throw new Error('not opened')
  return project
}

test('a saved project opens as it was and saves to the same bytes', () => {
  const files = saveProject(exampleProject())
  const reopened = open(files)
  expect(bytesOf(saveProject(reopened))).toEqual(bytesOf(files))
  expect(reopened.board.thresholds).toEqual(exampleProject().board.thresholds)
  expect(reopened.workflows).toEqual(exampleProject().workflows)
  expect(reopened.ledger).toEqual(exampleProject().ledger)
  expect(reopened.private).toEqual(exampleProject().private)
})

test('files are UTF-8 with LF, two spaces, fixed member order and lists sorted by id', () => {
  const project = exampleProject()
  const files = saveProject({ ...project, manifest: { ...project.manifest, servers: [], name: 'Änderung' } })
  expect(
    text(files, 'carryover.json').startsWith('{\n  "$schema": "urn:carryover:schema:project:1",\n  "formatVersion": 1,\n  "id"'),
  ).toBe(true)
  expect(text(files, 'board.json').indexOf('"s1"')).toBeLessThan(text(files, 'board.json').indexOf('"s2"'))
  for (const [path, bytes] of files) if (path.endsWith('.json')) expect(Buffer.from(bytes).includes(13)).toBe(false)
  const shuffled = {
    servers: [],
    tool: 't',
    created: 'c',
    target: 'T',
    legacy: 'L',
    name: 'N',
    id: 'i',
    formatVersion: 1,
    $schema: 's',
  }
  const sorted = {
    $schema: 's',
    formatVersion: 1,
    id: 'i',
    name: 'N',
    legacy: 'L',
    target: 'T',
    created: 'c',
    tool: 't',
    servers: [],
  }
  expect(text(saveProject({ ...project, manifest: shuffled }), 'carryover.json')).toBe(
    text(saveProject({ ...project, manifest: sorted }), 'carryover.json'),
  )
})

test('opening and saving changes no byte, however the files were formatted and whatever else lies beside them', () => {
  const base = saveProject(exampleProject())
  const name = fc.stringMatching(/^[a-z]{1,8}$/)
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.jsonValue()),
      fc.constantFrom(0, 1, 3, 4),
      fc.dictionary(name, fc.uint8Array({ maxLength: 40 })),
      (unknown, indent, strange) => {
        const files = new Map(base)
        const manifest: object = JSON.parse(text(base, 'carryover.json'))
        files.set('carryover.json', utf8(JSON.stringify({ ...unknown, ...manifest }, null, indent)))
        for (const [file, bytes] of Object.entries(strange)) files.set(`notes/${file}.bin`, new Uint8Array(bytes))
        const saved = saveProject(open(files))
        expect(bytesOf(saved)).toEqual(bytesOf(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))))
      },
    ),
  )
})

test('a member nobody knows survives a change beside it', () => {
  const files = new Map(saveProject(exampleProject()))
  files.set('carryover.json', utf8(text(files, 'carryover.json').replace('"name"', '"colour": {"deep": [1]},\n  "name"')))
  const project = open(files)
  const saved = saveProject({ ...project, manifest: { ...project.manifest, name: 'Renamed' } })
  expect(JSON.parse(text(saved, 'carryover.json'))).toMatchObject({ colour: { deep: [1] }, name: 'Renamed' })
})

test('moving one step changes one line of one file', () => {
  const before = saveProject(exampleProject())
  const project = open(before)
  const moved = project.workflows.map((each) => ({
    ...each,
    current: {
      format: 'carryover-workflow/1',
      id: 'refill',
      nodes: [
        { id: 'a', x: 1 },
        { id: 'b', x: 9 },
      ],
      edges: [],
    },
  }))
  const after = saveProject({ ...project, workflows: moved })
  const changed = [...after.keys()].filter((path) => text(after, path) !== text(before, path))
  expect(changed).toEqual(['workflows/refill/current.json'])
  const [old, fresh] = [before, after].map((files) => text(files, 'workflows/refill/current.json').split('\n'))
  expect(fresh?.filter((line, index) => line !== old?.[index])).toEqual(['    {"id":"b","x":9}'])
})

test('the ledger grows by whole lines and keeps a line it could not read', () => {
  const files = new Map(saveProject(exampleProject()))
  files.set('ledger.jsonl', utf8(`${text(files, 'ledger.jsonl')}not an entry\n`))
  const { project, problems } = openProject(files)
  const { length } = exampleProject().ledger
  expect(problems).toEqual([{ path: 'ledger.jsonl', what: `Line ${length + 1} of the ledger is not JSON.` }])
  if (!project) throw new Error('not opened')
  const time = { wall: '2026-03-01T09:00:00+01:00', counter: 0 }
  const ledger = appendEntries(project.ledger, [
    { device: 'd1', time, actor: 'a', action: 'exported', object: 'x', digest: null },
  ])
  const lines = text(saveProject({ ...project, ledger }), 'ledger.jsonl').split('\n')
  expect(lines[length]).toBe('not an entry')
  expect(lines).toHaveLength(length + 3)
  expect(JSON.parse(lines[length + 1] ?? '')).toMatchObject({ seq: length + 1, prev: project.ledger.at(-1)?.hash })
})

test('saving twice writes a change once and then leaves it alone', () => {
  const project = open(saveProject(exampleProject()))
  const changed = { ...project, runs: [...project.runs, { ...exampleRun, id: 'run-2', number: 2 }] }
  const files = saveProject(changed)
  const again = saveProject(afterSaving(changed, files))
  for (const [path, bytes] of files) expect(again.get(path)).toBe(bytes)
})

test('a project of a newer format opens for reading only and is never rewritten', () => {
  const files = new Map(saveProject(exampleProject()))
  files.set('carryover.json', utf8(text(files, 'carryover.json').replace('"formatVersion": 1', '"formatVersion": 7')))
  const project = open(files)
  expect(project.readOnly).toBe(
    'This project was saved by a newer version (format 7; this program writes 1). It is open for reading only: update Carryover to change it.',
  )
  expect(bytesOf(saveProject({ ...project, manifest: { ...project.manifest, name: 'X' } }))).toEqual(bytesOf(files))
})

test('documents that do not fit are named with file and member, kept, and the rest opens', () => {
  const files = new Map(saveProject(exampleProject()))
  files.set('board.json', utf8('{"goLive": 5}'))
  files.set('data/sources.json', utf8('[{"id": "x"'))
  files.set('runs/run-1/summary.json', utf8('{}'))
  files.set('mapping/fields.csv', new Uint8Array([0xff, 0xfe]))
  const { project, problems } = openProject(files)
  expect(problems.map((problem) => problem.path)).toEqual([
    'board.json',
    'data/sources.json',
    'mapping/fields.csv',
    'runs/run-1/summary.json',
  ])
  expect(problems[0]?.what).toBe('board.json: .goLive should be a text. The file is kept as it is.')
  if (!project) throw new Error('not opened')
  expect(bytesOf(saveProject(project))).toEqual(bytesOf(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))))
})

test('a folder without carryover.json, and one whose carryover.json is no JSON, say so', () => {
  expect(openProject(new Map()).problems[0]?.what).toBe('There is no carryover.json here: this is not a Carryover project.')
  const broken = openProject(new Map([['carryover.json', utf8('%PDF-1.7')]]))
  expect(broken.project).toBe(null)
  expect(broken.problems[0]?.what).toContain('carryover.json can not be read as JSON')
})

test('steps between format versions are applied in order, and a missing step is noticed', () => {
  const stamp = (from: number) => ({
    from,
    to: from + 1,
    migrate: (files: ProjectFiles) => new Map(files).set(`step-${from}`, new Uint8Array()),
    example: { before: new Map(), after: new Map() },
  })
  expect([...(migrateFiles(new Map(), 1, 3, [stamp(2), stamp(1)]) ?? [])].map(([path]) => path)).toEqual(['step-1', 'step-2'])
  expect(migrateFiles(new Map(), 1, 3, [stamp(2)])).toBe(null)
  for (const { from, to, migrate, example } of migrations) {
    expect(to).toBe(from + 1)
    expect(bytesOf(migrate(example.before))).toEqual(bytesOf(example.after))
  }
})
