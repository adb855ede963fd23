/** The map in src/README.md against the code: every folder is on it, all that it names exists, and the walks are as short as they say. */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { root, sourceFiles } from './source-files.ts'

const page = readFileSync(`${root}src/README.md`, 'utf8')
const files = ['src', 'workers', 'samples', 'tests', 'scripts', 'bin', 'docs', 'public', '.ci'].flatMap((folder) =>
  sourceFiles(folder, /./).map(({ path }) => path),
)
const folders = new Set(files.flatMap((path) => foldersOf(path)))

function foldersOf(path: string): readonly string[] {
  const parts = posix.dirname(path).split('/')
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

/** A folder of the map with all that is said of it, the lines below its own that name no folder at their head included. */
interface Entry {
  readonly folder: string
  text: string
}

/** Folders at the head of a line by their indent; several on one line stand at wide gaps. */
function entriesOf(text: string): readonly Entry[] {
  const entries: Entry[] = []
  const open: { readonly indent: number; readonly folder: string }[] = []
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/)
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop()
    const parent = open.at(-1)?.folder ?? ''
    const [, first = '', said = ''] = /^([\w./-]+\/\s+)?(.*)$/.exec(line.trim()) ?? []
    const [text = '', ...beside] = said.split(/ {4,}(?=[\w-]+\/ )/)
    const cells = [`${first}${text}`, ...beside]
    let headed = false
    for (const cell of cells) {
      const head = /^([\w./-]+)\/(?=\s|$)/.exec(cell)?.[1]
      const folder = head === undefined ? null : posix.join(parent, head)
      if (folder !== null) {
        entries.push({ folder, text: cell })
        if (!headed) open.push({ indent, folder })
        headed = true
      } else {
        const last = entries.findLast(({ folder: each }) => each === parent) ?? entries.at(-1)
        if (last) last.text += `\n${cell}`
      }
    }
  }
  return entries
}

function section(title: string): string {
  return page.split(/^## /m).find((each) => each.startsWith(title)) ?? ''
}

const map = /```\n([\s\S]*?)```/.exec(section('Map'))?.[1] ?? ''

/** Folders of src/ that are neither an entry nor a word of the entry above them. */
function missingFrom(entries: readonly Entry[], all: Iterable<string>): readonly string[] {
  return [...all].filter((folder) => {
    const above = entries.filter((entry) => folder === entry.folder || folder.startsWith(`${entry.folder}/`))
    const nearest = above.toSorted((a, b) => b.folder.length - a.folder.length)[0]
    if (!nearest || nearest.folder === folder) return nearest === undefined
    const rest = folder.slice(nearest.folder.length + 1).split('/')
    return !rest.every((name) => new RegExp(`(^|[^\\w-])${name}([^\\w-]|$)`).test(nearest.text))
  })
}

/** Names with an ending, and names with a slash, that the folder of their entry does not hold. */
function unknownIn(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(({ folder, text }) => {
    if (!folders.has(folder)) return [`${folder}/`]
    const inside = [...files, ...[...folders].map((each) => `${each}/`)].filter((path) => path.startsWith(`${folder}/`))
    const named = [
      ...text.matchAll(/(?<![\w./<*-])[\w][\w-]*(?:\/[\w-]+)*(?:\/(?=[\s,;:.()]|$)|\.(?:tsx?|mjs|test\.ts)(?![\w-]))/g),
    ]
    return named.flatMap(({ 0: name }) =>
      inside.some((path) => path.endsWith(`/${name}`)) || name === 'src/' || name === `${folder}/` ? [] : [`${folder}: ${name}`],
    )
  })
}

/** Files of a walk in their order; a bare name stands beside the file before it, or is the only one of its name. */
function filesOfWalk(text: string): { readonly found: readonly string[]; readonly unknown: readonly string[] } {
  const found: string[] = []
  const unknown: string[] = []
  for (const [, name = ''] of text.matchAll(/`([\w./-]+\.tsx?)`/g)) {
    const fitting = files.filter((path) => /^(src|workers)\//.test(path) && `/${path}`.endsWith(`/${name}`))
    const beside = fitting.find((path) => posix.dirname(path) === posix.dirname(found.at(-1) ?? ''))
    const only = fitting.length === 1 ? fitting[0] : beside
    if (only === undefined) unknown.push(fitting.length === 0 ? name : `${name}: one of ${fitting.join(', ')}`)
    else found.push(only)
  }
  return { found, unknown }
}

const entries = entriesOf(map)

test('every folder of src/ is on the map', () => {
  const own = [...folders].filter((folder) => folder.startsWith('src/'))
  expect(own.length).toBeGreaterThan(150)
  expect(missingFrom(entries, own).map((folder) => `${folder}/ is missing from the map in src/README.md`)).toEqual([])
})

test('every folder and file that the map names exists', () => {
  expect(unknownIn(entries).map((name) => `${name} is on the map in src/README.md and does not exist`)).toEqual([])
})

/** Most files of each walk, and most folders of the first. */
const walks = [
  ['A CSV byte becomes a finding', 9, 6],
  ['A drawn step becomes a flag', 8, null],
  ['A verdict becomes a signature', 8, null],
] as const

test.each(walks)('%s: every file exists, at most %i', (title, most, folderLimit) => {
  const text =
    section('Three walks')
      .split(/^(?=\*\*)/m)
      .find((each) => each.startsWith(`**${title}`)) ?? ''
  expect(filesOfWalk(text).unknown.map((name) => `${name} does not exist, or not once`)).toEqual([])
  const numbered = text.slice(0, text.indexOf('\n')).match(/\(\d+\) `[\w./-]+\.tsx?`/g) ?? []
  expect(numbered.map((step) => Number(/\d+/.exec(step)))).toEqual(numbered.map((_, at) => at + 1))
  expect(numbered.length).toBeGreaterThan(4)
  expect(numbered.length).toBeLessThanOrEqual(most)
  if (folderLimit === null) return
  const { found } = filesOfWalk(numbered.join(' '))
  expect(new Set(found.map((path) => posix.dirname(path))).size).toBeLessThanOrEqual(folderLimit)
})

test('the guard sees a folder that is left out, and names that are no longer there', () => {
  const few = entriesOf('src/\n  core/\n    values/   words; gone.ts, build.ts and lost/\n  app/   session and nothing\n')
  expect(few.map(({ folder }) => folder)).toEqual(['src', 'src/core', 'src/core/values', 'src/app'])
  expect(missingFrom(few, ['src/core/values', 'src/core/team', 'src/app/session'])).toEqual(['src/core/team'])
  expect(unknownIn(few)).toEqual(['src/core/values: gone.ts', 'src/core/values: lost/'])
  expect(filesOfWalk('`values/gone.ts`, then `values/day.ts`')).toEqual({
    found: ['src/core/values/day.ts'],
    unknown: ['values/gone.ts'],
  })
})
