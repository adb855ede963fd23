/** No circles between files or folders: what can be read alone can be tested and moved alone. Circles from before are listed; the list only gets shorter. */
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
}

const allowed: Allowed = JSON.parse(readFileSync(new URL('./circles-left.json', import.meta.url), 'utf8'))

/** Circles that no listed one covers, as a person reads them. */
function newCircles(edges: Edges, listed: readonly (readonly string[])[]): readonly string[] {
  return circlesIn(edges)
    .filter((circle) => !listed.some((known) => circle.every((each) => known.includes(each))))
    .map((circle) => `${circle.join(' → ')}: move what both need to a file of its own, or hand it in`)
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
