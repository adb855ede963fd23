import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, type SourceFile, sourceFiles } from './source-files.ts'

/** What a layer may import of ours; the sentence a person reads is made from this table. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'src/core': ['src/core'],
  'src/io': ['src/io', 'src/core'],
  workers: ['workers', 'src/io', 'src/core', 'samples'],
  'src/app': ['src/app', 'workers', 'src/io', 'src/core', 'samples'],
  'src/library': ['src/library', 'src/io', 'src/core'],
  'src/scale': ['src/scale', 'src/io', 'src/core'],
  'src/team': ['src/team', 'src/scale', 'src/io', 'src/core'],
  'src/cli': ['src/cli', 'src/team', 'src/scale', 'src/io', 'src/core', 'samples'],
  samples: ['samples', 'src/core'],
}

/** Inside core: workflow and data do not know each other; they meet in readiness. */
const wings: Readonly<Record<string, readonly string[]>> = {
  'src/core/workflow': ['src/core/workflow'],
  'src/core/data': ['src/core/data'],
  'src/core/review': ['src/core/review', 'src/core/data'],
  'src/core/readiness': ['src/core/readiness', 'src/core/review', 'src/core/data', 'src/core/workflow', 'src/core/project'],
  'src/core/team': ['src/core/team', 'src/core/project'],
  'src/core/project': ['src/core/project', 'src/core/review', 'src/core/data', 'src/core/workflow', 'src/core/readiness'],
}

/** Packages with one door each. */
const doors: Readonly<Record<string, readonly string[]>> = {
  comlink: ['workers/bridge.ts'],
  papaparse: [
    'src/core/data/read/layout/dialect.ts',
    'src/core/workflow/interop/step-list.ts',
    'src/core/readiness/input-files/',
  ],
  ajv: ['src/core/data/checks/'],
  '@xyflow/react': ['src/app/canvas/'],
  'fhir-kit-client': ['src/io/fhir-server.ts'],
  idb: ['src/io/'],
  '@hono/node-server': ['src/io/server/static-server.ts', 'src/team/server/'],
}

const all = Object.keys(layers).flatMap((layer) => sourceFiles(layer))

function targets(file: SourceFile): { ours: string[]; packages: string[] } {
  const specifiers = importsOf(file.text).map((name) => name.replace(/\?.*$/, ''))
  return {
    ours: specifiers.filter((name) => name.startsWith('.')).map((name) => posix.join(posix.dirname(file.path), name)),
    packages: specifiers.filter((name) => !name.startsWith('.')),
  }
}

function isUnder(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`))
}

test('each layer imports only what it may', () => {
  const wrong = all.flatMap((file) => {
    const layer = Object.keys(layers).find((name) => file.path.startsWith(`${name}/`)) ?? ''
    const allowed = layers[layer] ?? []
    return targets(file)
      .ours.filter((target) => !isUnder(target, allowed) && !target.startsWith('package.json'))
      .map((target) => `${file.path} imports ${target}: ${layer} may import only ${allowed.join(', ')}`)
  })
  expect(wrong).toEqual([])
})

test('wings of core meet only where the map says', () => {
  const shared = /^src\/core\/(?:values\/)?[\w-]+(\.d)?\.ts$/
  const wrong = all.flatMap((file) => {
    const wing = Object.keys(wings).find((name) => file.path.startsWith(`${name}/`))
    if (!wing) return []
    const allowed = wings[wing] ?? []
    return targets(file)
      .ours.filter((target) => target.startsWith('src/core/') && !shared.test(target) && !isUnder(target, allowed))
      .map(
        (target) => `${file.path} imports ${target}: ${wing} may import only ${allowed.join(', ')} and the shared files of core`,
      )
  })
  expect(wrong).toEqual([])
})

test('packages with one door are imported only there', () => {
  const wrong = all.flatMap((file) =>
    targets(file).packages.flatMap((name) => {
      const door = Object.keys(doors).find(
        (packageName) =>
          name === packageName || name.startsWith(`${packageName}/`) || (packageName === 'ajv' && name.startsWith('ajv')),
      )
      const places = door === undefined ? null : (doors[door] ?? [])
      return places && !places.some((place) => file.path.startsWith(place))
        ? [`${file.path} imports ${name}, whose door is ${places.join(', ')}`]
        : []
    }),
  )
  expect(wrong).toEqual([])
})

test('core and samples touch neither Node nor React', () => {
  const wrong = all
    .filter((file) => /^(src\/core|samples)\//.test(file.path))
    .flatMap((file) =>
      targets(file)
        .packages.filter((name) => /^(node:|react|@xyflow|wouter|zustand|hono|idb)/.test(name))
        .map((name) => `${file.path} imports ${name}`),
    )
  expect(wrong).toEqual([])
})
