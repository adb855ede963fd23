/** The seeded mutants of a room: all that the instrumenter knows, of which those with the smallest digests are drawn. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../../scripts/setup.mjs'

/** Rooms, with the folders of tests that speak for them and the score that they must reach. */
export const rooms = {
  review: { source: 'src/core/review', tests: ['tests/core/review', 'tests/core/project'], goal: 85 },
  project: { source: 'src/core/project', tests: ['tests/core/project', 'tests/core/review'], goal: 85 },
  checks: { source: 'src/core/data/checks', tests: ['tests/core/data'], goal: 80 },
  rules: { source: 'src/core/workflow/rules', tests: ['tests/core/workflow'], goal: 80 },
}

/** Stands where a test's id stands, for what a test file does before and between its tests. */
export const outsideOfTests = 'outside'

// Wording is no behaviour: texts stay as they are, and so do the files that hold nothing else. A text that decides
// something stands in a comparison, which is mutated.
const excludedMutations = ['StringLiteral']
const isWording = (path) => /(\.examples|\/words|[-/]words)\.ts$/.test(path)

/**
 * Draws `count` mutants of a room and gives its files with these mutants built in, each behind a switch.
 * A mutant is named by file, original, replacement and its number among the alike; neither other mutants nor lines
 * above it change its name, so that a change of one file changes few of the drawn.
 */
export async function drawMutants(room, count, seed) {
  const files = readdirSync(join(root, room.source), { recursive: true })
    .map((name) => join(root, room.source, name))
    .filter((path) => path.endsWith('.ts') && !isWording(path))
    .sort()
    .map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }))
  const all = (await instrument(files, () => true)).mutants
  const texts = new Map(files.map(({ name, content }) => [name, content]))
  const alike = new Map()
  const named = all.map(({ id, fileName, location, replacement, mutatorName }) => {
    const original = slice(texts.get(fileName), location)
    const key = [relative(root, fileName), mutatorName, original, replacement].join('\n')
    const nth = (alike.get(key) ?? 0) + 1
    alike.set(key, nth)
    return {
      id,
      key: digest(`${nth}\n${key}`).slice(0, 12),
      rank: digest(`${seed}\n${nth}\n${relative(room.source, relative(root, fileName))}\n${original}\n${replacement}`),
      file: relative(root, fileName),
      line: location.start.line + 1,
      mutator: mutatorName,
      original,
      replacement,
    }
  })
  const drawn = named.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, count)
  const ids = new Set(drawn.map(({ id }) => id))
  const built = await instrument(files, (id) => ids.has(id))
  // Two draws of one name have the same mutants under the same ids, and the larger one holds the smaller.
  const name = digest(named.map(({ id, rank }) => `${id} ${rank}`).join('\n'))
  return { name, total: all.length, mutants: drawn, files: new Map(built.files.map(({ name, content }) => [name, content])) }
}

/** Only the wanted mutants are built in: switches of all the others would slow every test. */
async function instrument(files, isWanted) {
  const { Instrumenter } = await import(
    pathToFileURL(createRequire(import.meta.url).resolve('@stryker-mutator/instrumenter')).href
  )
  const silent = () => {}
  const logger = { debug: silent, info: silent, warn: silent, isDebugEnabled: () => false }
  const instrumenter = new Instrumenter(logger)
  const place = instrumenter._transform
  instrumenter._transform = (ast, collector, context) => {
    const collect = collector.collect.bind(collector)
    const wanted = Object.create(collector, {
      collect: {
        value: (...args) => {
          const mutant = collect(...args)
          if (!mutant.ignoreReason && !isWanted(mutant.id)) mutant.ignoreReason = 'not drawn'
          return mutant
        },
      },
    })
    return place(ast, wanted, context)
  }
  const { files: built, mutants } = await instrumenter.instrument(files, { plugins: null, excludedMutations, ignorers: [] })
  return { files: built, mutants: mutants.filter(({ status }) => status !== 'Ignored') }
}

function slice(text, { start, end }) {
  const lines = text.split('\n').slice(start.line, end.line + 1)
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column)
  lines[0] = lines[0].slice(start.column)
  return lines.join('\n')
}

export const digest = (text) => createHash('sha256').update(text).digest('hex')
