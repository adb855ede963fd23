/** The rooms of the house and which of them import which, read off the code; types count as imports. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'

/** A room of a file: the part of the house that it belongs to, and its folder there. */
export function placeOf(path) {
  const [first, layer = '', name = '', wing = '', folder = ''] = posix.dirname(path).split('/')
  if (first !== 'src') return { part: first, folder: '' }
  if (layer === 'core') return { part: name === '' ? 'core' : `core/${name}`, folder: wing }
  if (layer !== 'app') return { part: layer, folder: '' }
  if (name === 'routes' && wing !== '') return { part: `pages/${wing}`, folder }
  return { part: name === '' ? 'app' : name === 'routes' ? 'pages' : `app/${name}`, folder: '' }
}

/** Folders by name (`part` or `part:folder`), each with those that its files import. */
export function readFolders(root) {
  const files = new Map(
    ['src', 'workers', 'samples']
      .flatMap((wing) => readdirSync(join(root, wing), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  const nameOf = (path) => {
    const { part, folder } = placeOf(path)
    return folder === '' ? part : `${part}:${folder}`
  }
  const folders = new Map()
  for (const [path, text] of files) {
    const own = folders.get(nameOf(path)) ?? new Set()
    folders.set(nameOf(path), own)
    for (const [, from, later] of text.matchAll(/\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)/g)) {
      const target = posix.join(posix.dirname(path), (from ?? later).replace(/\?.*$/, ''))
      if (files.has(target) && nameOf(target) !== nameOf(path)) own.add(nameOf(target))
    }
  }
  return folders
}

/**
 * Boxes of the picture: a part is one box, unless parts import each other back and forth.
 * Such a part is cut into boxes at each change of part, so that no two boxes import each other.
 * @throws {Error} where folders import each other in a circle
 */
export function boxesOf(folders) {
  const partOf = (folder) => folder.split(':')[0]
  const parts = new Map([...folders.keys()].map((folder) => [partOf(folder), new Set()]))
  for (const [folder, targets] of folders)
    for (const target of targets) if (partOf(target) !== partOf(folder)) parts.get(partOf(folder)).add(partOf(target))
  const partReach = reachOf(parts)
  const isMutual = (a, b) => a !== b && partReach.get(a).has(b) && partReach.get(b).has(a)
  const changes = new Map()
  const changesOf = (folder, above) => {
    if (above.includes(folder)) throw new Error(`Folders in a circle: ${[...above, folder].join(' → ')}`)
    if (!changes.has(folder)) {
      const below = [...folders.get(folder)].map((target) => {
        if (isMutual(partOf(folder), partOf(target))) return 1 + changesOf(target, [...above, folder])
        return partOf(folder) === partOf(target) ? changesOf(target, [...above, folder]) : 0
      })
      changes.set(folder, Math.max(0, ...below))
    }
    return changes.get(folder)
  }
  const boxes = new Map()
  for (const folder of folders.keys()) {
    const part = partOf(folder)
    const isCut = [...parts.keys()].some((other) => isMutual(part, other))
    const key = isCut ? `${part} ${changesOf(folder, [])}` : part
    const box = boxes.get(key) ?? { part, folders: [], isCut }
    box.folders.push(folder.slice(part.length + 1))
    boxes.set(key, box)
  }
  const keyOf = new Map(
    [...boxes].flatMap(([key, { part, folders }]) => folders.map((f) => [f === '' ? part : `${part}:${f}`, key])),
  )
  const imports = new Map([...boxes.keys()].map((key) => [key, new Set()]))
  for (const [folder, targets] of folders)
    for (const target of targets)
      if (keyOf.get(target) !== keyOf.get(folder)) imports.get(keyOf.get(folder)).add(keyOf.get(target))
  return { boxes, imports }
}

/** Floors of keys, the highest first: each stands above all that it imports. */
export function floorsOf(imports) {
  const heights = new Map()
  const heightOf = (key) => {
    if (!heights.has(key)) heights.set(key, Math.max(-1, ...[...imports.get(key)].map(heightOf)) + 1)
    return heights.get(key)
  }
  const top = Math.max(...[...imports.keys()].map(heightOf))
  return Array.from({ length: top + 1 }, (_, floor) => [...imports.keys()].filter((key) => heights.get(key) === top - floor))
}

/** The imports that no longer way already says, as pairs from, to. */
export function arrowsOf(imports) {
  const reach = reachOf(imports)
  return [...imports].flatMap(([from, targets]) =>
    [...targets].filter((to) => ![...targets].some((other) => other !== to && reach.get(other).has(to))).map((to) => [from, to]),
  )
}

function reachOf(edges) {
  return new Map(
    [...edges.keys()].map((start) => {
      const reached = new Set()
      const waiting = [start]
      for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
        for (const next of edges.get(at))
          if (!reached.has(next)) {
            reached.add(next)
            waiting.push(next)
          }
      return [start, reached]
    }),
  )
}
