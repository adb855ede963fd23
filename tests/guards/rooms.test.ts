/** No circles between files or folders, and no flat crowd: a folder that can be read alone can be tested and moved alone. */
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

/** Most files that lie flat in one folder. */
const mostFiles = 40

/** Circles as a person reads them. */
function circleFaults(edges: Edges): readonly string[] {
  return circlesIn(edges).map((circle) => `${circle.join(' → ')}: move what both need to a file of its own, or hand it in`)
}

/** Files by folder; a rule and its examples beside it count as one. */
function crowdsOf(files: readonly string[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const path of files.filter((each) => !each.endsWith('.examples.ts')))
    sizes.set(posix.dirname(path), (sizes.get(posix.dirname(path)) ?? 0) + 1)
  return sizes
}

function crowdFaults(sizes: ReadonlyMap<string, number>): readonly string[] {
  return [...sizes]
    .filter(([, files]) => files > mostFiles)
    .map(([folder, files]) => `${folder} holds ${files} files: sort them into folders of one idea each, of at most ${mostFiles}`)
}

const byValue = edgesOf(valueImportsOf)
const withTypes = edgesOf(importsOf)

test('no file imports itself in a circle by value', () => {
  expect(circleFaults(byValue)).toEqual([])
})

test('no file imports itself in a circle, types included', () => {
  expect(circleFaults(withTypes)).toEqual([])
})

test('no folder imports itself in a circle by value', () => {
  expect(circleFaults(folders(byValue))).toEqual([])
})

test('no folder imports itself in a circle, types included', () => {
  expect(circleFaults(folders(withTypes))).toEqual([])
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

/** Imports of pages by what pages rest on: the frame, the session and the acts of a wing. */
function importsOfPages(edges: Edges): readonly string[] {
  const isPage = (path: string): boolean => path.startsWith('src/app/routes/') && !path.includes('/acts/')
  const rests = (path: string): boolean => /^src\/app\/[^/]+\//.test(path) && !isPage(path)
  return [...edges]
    .filter(([path]) => rests(path))
    .flatMap(([path, targets]) => targets.filter(isPage).map((target) => `${path} imports ${target}: hand it in from app.tsx`))
}

test('pages rest on the frame, the session and their acts, never these on a page', () => {
  expect(importsOfPages(withTypes)).toEqual([])
  const upward = new Map([['src/app/frame/header.tsx', ['src/app/routes/data/findings/findings.ts']]])
  expect(importsOfPages(upward)).toHaveLength(1)
  const frame = [...withTypes].filter(([path]) => path.startsWith('src/app/frame/'))
  expect(frame.flatMap(([, targets]) => targets).filter((target) => target.startsWith('src/app/routes/'))).toEqual([])
})

test('no folder is a flat crowd', () => {
  expect(crowdFaults(crowdsOf([...paths]))).toEqual([])
})

test('a crowd is found', () => {
  const sizes = (files: number) => crowdsOf(Array.from({ length: files }, (_, i) => `room/file${i}.ts`))
  expect(crowdFaults(sizes(40))).toEqual([])
  expect(crowdFaults(sizes(41))).toEqual(['room holds 41 files: sort them into folders of one idea each, of at most 40'])
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
  expect(circleFaults(edges)[0]).toContain('a → b → c: move')
})
