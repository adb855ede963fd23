/** docs/architecture.svg is what the code gives: rooms on floors, no two in a circle, no arrow that a longer way says already. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from './source-files.ts'

type Folders = ReadonlyMap<string, ReadonlySet<string>>
interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
interface Boxes {
  readonly boxes: ReadonlyMap<string, { readonly part: string; readonly folders: readonly string[] }>
  readonly imports: Folders
}
const { arrowsOf, boxesOf, floorsOf, readFolders } = (await import(
  new URL('../../scripts/architecture/rooms.mjs', import.meta.url).href
)) as {
  readonly readFolders: (root: string) => Folders
  readonly boxesOf: (folders: Folders) => Boxes
  readonly floorsOf: (imports: Folders) => readonly (readonly string[])[]
  readonly arrowsOf: (imports: Folders) => readonly (readonly [string, string])[]
}
const { layOut } = (await import(new URL('../../scripts/architecture/layout.mjs', import.meta.url).href)) as {
  readonly layOut: (
    floors: readonly (readonly string[])[],
    arrows: readonly (readonly [string, string])[],
    sizeOf: (key: string) => { readonly width: number; readonly height: number },
  ) => { readonly boxes: ReadonlyMap<string, Box>; readonly width: number; readonly height: number }
}
const { drawHouse } = (await import(new URL('../../scripts/architecture.mjs', import.meta.url).href)) as {
  readonly drawHouse: (folders: Folders) => string
}

const foldersOf = (edges: Readonly<Record<string, readonly string[]>>): Folders =>
  new Map(Object.entries(edges).map(([name, targets]) => [name, new Set(targets)]))

test('the committed picture is what the code gives: run `npm run architecture`', () => {
  expect(readFileSync(`${root}docs/architecture.svg`, 'utf8')).toBe(drawHouse(readFolders(root)))
})

test('every box of the house stands above all that it imports', () => {
  const { imports } = boxesOf(readFolders(root))
  const floors = floorsOf(imports)
  const floorOf = new Map(floors.flatMap((keys, floor) => keys.map((key) => [key, floor] as const)))
  for (const [from, targets] of imports)
    for (const to of targets) expect(floorOf.get(to), `${from} → ${to}`).toBeGreaterThan(floorOf.get(from) ?? Infinity)
})

test('parts that import each other back and forth are cut where the part changes', () => {
  const { boxes, imports } = boxesOf(foldersOf({ 'a:high': ['b:low', 'a:low'], 'b:low': ['a:low'], 'a:low': ['c'], c: [] }))
  expect([...boxes.values()].map(({ part, folders }) => `${part}: ${folders.join()}`)).toEqual([
    'a: high',
    'b: low',
    'a: low',
    'c: ',
  ])
  expect(floorsOf(imports)).toEqual([['a 2'], ['b 1'], ['a 0'], ['c']])
})

test('folders of two parts in a circle are refused', () => {
  expect(() => boxesOf(foldersOf({ 'a:x': ['b:x'], 'b:x': ['a:x'] }))).toThrow('Folders in a circle: a:x → b:x → a:x')
})

test('an arrow that a longer way says already is left out', () => {
  expect(arrowsOf(foldersOf({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ])
})

test('boxes of different heights never touch, and all lie inside the picture', () => {
  const { imports } = boxesOf(readFolders(root))
  const { boxes, width, height } = layOut(floorsOf(imports), arrowsOf(imports), (key) => ({
    width: 60 + (key.length % 7) * 20,
    height: 30 + (key.length % 5) * 15,
  }))
  const all = [...boxes.values()]
  for (const [i, a] of all.entries()) {
    expect(Math.min(a.x, a.y, width - a.x - a.width, height - a.y - a.height)).toBeGreaterThanOrEqual(0)
    for (const b of all.slice(i + 1))
      expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
  }
})
