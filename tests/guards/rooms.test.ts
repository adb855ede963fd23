/**
 * No circles between files or folders, and no flat crowd: a folder that can be read alone can be tested and moved alone.
 * `circles-left.json` lists the circles and crowds from before. The list only gets shorter, and it names nothing that is gone.
 */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { circlesIn, valueImportsOf } from './circles.ts'
import { importsOf, type SourceFile, sourceFiles } from './source-files.ts'

const all = ['src', 'workers', 'samples'].flatMap((folder) => sourceFiles(folder))
const paths = new Set(all.map(({ path }) => path))

type Edges = ReadonlyMap<string, readonly string[]>

function edgesOf(imports: (text: string) => readonly string[]): Edges {
  const targets = ({ path, text }: SourceFile): readonly string[] =>
    imports(text)
      .filter((name) => name.startsWith('.'))
      .map((name) => posix.join(posix.dirname(path), name.replace(/\?.*$/, '')))
      .filter((target) => paths.has(target))
  return new Map(all.map((file) => [file.path, targets(file)]))
}

function folders(edges: Edges): Edges {
  const among = new Map<string, Set<string>>()
  for (const [path, targets] of edges) {
    const folder = posix.dirname(path)
    const reached = among.get(folder) ?? new Set()
    for (const target of targets.map((each) => posix.dirname(each))) if (target !== folder) reached.add(target)
    among.set(folder, reached)
  }
  return new Map([...among].map(([folder, targets]) => [folder, [...targets]]))
}

interface Allowed {
  readonly filesByValue: readonly (readonly string[])[]
  readonly files: readonly (readonly string[])[]
  readonly foldersByValue: readonly (readonly string[])[]
  readonly folders: readonly (readonly string[])[]
  /** Folders above the limit, with the number of their files. */
  readonly crowds: Readonly<Record<string, number>>
}

/** Most files that lie flat in one folder. */
const mostFiles = 40

const allowed: Allowed = JSON.parse(readFileSync(new URL('./circles-left.json', import.meta.url), 'utf8'))

/** Circles that no listed one covers, as a person reads them. */
function newCircles(edges: Edges, listed: readonly (readonly string[])[]): readonly string[] {
  return circlesIn(edges)
    .filter((circle) => !listed.some((known) => circle.every((each) => known.includes(each))))
    .map((circle) => `${circle.join(' → ')}: move what both need to a file of its own, or hand it in`)
}

/** Listed circles that the code no longer has in this form. */
function staleCircles(edges: Edges, listed: readonly (readonly string[])[]): readonly string[] {
  const now = new Set(circlesIn(edges).map((circle) => circle.join('\n')))
  return listed
    .filter((known) => !now.has(known.join('\n')))
    .map((known) => `${known.join(' → ')}: gone or smaller, list what is left of it in circles-left.json`)
}

/** Files by folder; a rule and its examples beside it count as one. */
function crowdsOf(files: readonly string[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const path of files.filter((each) => !each.endsWith('.examples.ts')))
    sizes.set(posix.dirname(path), (sizes.get(posix.dirname(path)) ?? 0) + 1)
  return sizes
}

/** What the sizes of folders and the list of exceptions say against each other. */
function crowdFaults(sizes: ReadonlyMap<string, number>, listed: Allowed['crowds']): readonly string[] {
  const grown = [...sizes]
    .filter(([folder, files]) => files > Math.max(mostFiles, listed[folder] ?? 0))
    .map(([folder, files]) => `${folder} holds ${files} files: sort them into folders of one idea each, of at most ${mostFiles}`)
  const stale = Object.entries(listed)
    .filter(([folder, files]) => (sizes.get(folder) ?? 0) < files || files <= mostFiles)
    .map(([folder]) => `${folder} holds ${sizes.get(folder) ?? 0} files: lower or remove its number in circles-left.json`)
  return [...grown, ...stale]
}

const byValue = edgesOf(valueImportsOf)
const withTypes = edgesOf(importsOf)

test('no file imports itself in a circle by value', () => {
  expect(newCircles(byValue, allowed.filesByValue)).toEqual([])
})

test('no file imports itself in a circle, types included', () => {
  expect(newCircles(withTypes, allowed.files)).toEqual([])
})

test('no folder imports itself in a circle by value', () => {
  expect(newCircles(folders(byValue), allowed.foldersByValue)).toEqual([])
})

test('no folder imports itself in a circle, types included', () => {
  expect(newCircles(folders(withTypes), allowed.folders)).toEqual([])
})

/** Imports between the rooms of a wing, each room with all its folders. */
function rooms(edges: Edges, wing: string): Edges {
  const roomOf = (path: string): string => path.slice(wing.length + 1).split('/')[0] ?? ''
  const reached = new Map<string, Set<string>>()
  for (const [path, targets] of edges) {
    if (!path.startsWith(`${wing}/`)) continue
    const own = reached.get(roomOf(path)) ?? new Set()
    reached.set(roomOf(path), own)
    for (const target of targets) if (target.startsWith(`${wing}/`) && roomOf(target) !== roomOf(path)) own.add(roomOf(target))
  }
  return new Map([...reached].map(([room, targets]) => [room, [...targets]]))
}

test('the rooms of the data wing lie in floors, each with all its folders', () => {
  expect(circlesIn(rooms(withTypes, 'src/core/data'))).toEqual([])
  const upward = new Map([...withTypes, ['src/core/data/model/record.ts', ['src/core/data/read/table.ts']]])
  expect(circlesIn(rooms(upward, 'src/core/data'))[0]).toContain('model')
})

test('the list names no circle that is gone', () => {
  expect([
    ...staleCircles(byValue, allowed.filesByValue),
    ...staleCircles(withTypes, allowed.files),
    ...staleCircles(folders(byValue), allowed.foldersByValue),
    ...staleCircles(folders(withTypes), allowed.folders),
  ]).toEqual([])
})

test('no folder is a flat crowd', () => {
  expect(crowdFaults(crowdsOf([...paths]), allowed.crowds)).toEqual([])
})

test('a stale entry and a grown crowd are found', () => {
  const edges = new Map([
    ['a', ['b']],
    ['b', ['a']],
  ])
  expect(staleCircles(edges, [['a', 'b']])).toEqual([])
  expect(staleCircles(edges, [['a', 'b', 'c']])).toHaveLength(1)
  const sizes = crowdsOf(Array.from({ length: 43 }, (_, i) => `room/file${i}.ts`))
  expect(crowdFaults(sizes, { room: 43 })).toEqual([])
  expect(crowdFaults(sizes, {})[0]).toContain('room holds 43 files: sort them')
  expect(crowdFaults(sizes, { room: 42 })[0]).toContain('sort them')
  expect(crowdFaults(sizes, { room: 44 })[0]).toContain('lower or remove')
  expect(crowdFaults(new Map(), { room: 41 })[0]).toContain('holds 0 files')
})

test('a circle is found, and a type alone closes none by value', () => {
  const text =
    "import { a, type B } from './a.ts'\nimport type { C } from './c.ts'\nimport { type D } from './d.ts'\nexport { e } from './e.ts'\n"
  expect(valueImportsOf(text)).toEqual(['./a.ts', './e.ts'])
  const edges = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['a']],
    ['d', ['a']],
  ])
  expect(circlesIn(edges)).toEqual([['a', 'b', 'c']])
})
