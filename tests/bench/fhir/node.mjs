/** Speed in Node: beside the peers on the same resources in one process, and beside JSON.parse alone from disk to findings. */
import { join } from 'node:path'
import { root } from '../../../scripts/setup.mjs'
import { builtModules } from '../built.mjs'
import { bulkFolder, bulkResources, bundleOf } from './bulk.mjs'
import { parseAlone } from './parse-alone.mjs'
import { fhirJs, medplum, officialSchema } from './peers.mjs'

const rounds = 3
const fileBytes = 60e6
const copies = 8

let made = null
async function engine() {
  made ??= builtModules('fhir', {
    engine: join(import.meta.dirname, 'engine.ts'),
    helper: join(root, 'src', 'cli', 'judge-lines.ts'),
  })
  const { engine: path, helper } = await made
  return { helper, ...(await import(path)) }
}

/** Seconds of the fastest of several rounds; one more before them is not counted. Rounds of all go in turns. */
async function inTurns(works) {
  const best = new Map()
  const results = new Map()
  for (let round = -1; round < rounds; round++)
    for (const [name, work] of works) {
      const started = performance.now()
      results.set(name, await work())
      const seconds = (performance.now() - started) / 1000
      if (round >= 0) best.set(name, Math.min(best.get(name) ?? Infinity, seconds))
    }
  return { best, results }
}

const times = (what, value, goal) => ({ what, value: `${value.toFixed(2)}×`, goal: `≥ ${goal}×`, ok: value >= goal })
const atMost = (what, value, unit, goal) => ({
  what,
  value: `${value.toFixed(2)} ${unit}`,
  goal: `≤ ${goal} ${unit}`,
  ok: value <= goal,
})

export const nodeParts = {
  node: {
    title: 'the public bulk resources in one process, all layers and invariants on; fastest of three rounds in turns',
    async measure() {
      // As many as a run has at least: definitions are compiled once and not for every resource.
      const resources = bulkResources(copies)
      const { judgeAll } = await engine()
      const count = (accepts) => () => resources.filter((resource) => !accepts(resource)).length
      const { best, results } = await inTurns([
        ['Carryover', () => judgeAll(resources)],
        ['@medplum/core 4.5.2', count(await medplum())],
        ['fhir 4.12', count(fhirJs())],
        ['ajv, official schema', count(await officialSchema())],
      ])
      const ours = best.get('Carryover')
      return {
        table: [...best].map(
          ([name, seconds]) =>
            `${name.padEnd(24)} ${Math.round(resources.length / seconds)
              .toString()
              .padStart(7)} resources/s, ${results.get(name)} of ${resources.length} rejected`,
        ),
        ratios: [
          times('against @medplum/core', best.get('@medplum/core 4.5.2') / ours, 10),
          times('against fhir', best.get('fhir 4.12') / ours, 2.5),
          {
            what: 'clean resources rejected',
            value: `${results.get('Carryover')}`,
            goal: '0',
            ok: results.get('Carryover') === 0,
          },
        ],
      }
    },
  },
  ndjson: {
    title:
      'NDJSON from the disk to findings beside JSON.parse alone; one thread, then two as the command line uses them, the second started anew for each run',
    async measure() {
      const { helper, endToEnd } = await engine()
      const { paths, bytes, resources } = bulkFolder(fileBytes)
      const { best, results } = await inTurns([
        ['JSON.parse alone', () => parseAlone(paths)],
        ['Carryover', () => endToEnd(paths)],
        ['Carryover, two threads', () => endToEnd(paths, helper)],
      ])
      for (const [name, { records }] of results)
        if (records !== resources) throw new Error(`${name} read ${records} of ${resources} resources`)
      return {
        table: [...best].map(([name, seconds]) => `${name.padEnd(24)} ${(bytes / 1e6 / seconds).toFixed(0).padStart(4)} MB/s`),
        ratios: [
          times('against JSON.parse alone', best.get('JSON.parse alone') / best.get('Carryover'), 0.35),
          times('two threads against one', best.get('Carryover') / best.get('Carryover, two threads'), 1.6),
        ],
      }
    },
  },
  bundle: {
    title: 'one Bundle of 5,000 and one of 10,000 entries; fastest of three rounds',
    async measure() {
      const { bundle } = await engine()
      const [half, whole] = [bundleOf(5000), bundleOf(10_000)]
      const { best } = await inTurns([
        ['5,000 entries', () => bundle(half)],
        ['10,000 entries', () => bundle(whole)],
      ])
      return {
        table: [...best].map(([name, seconds]) => `${name.padEnd(16)} ${seconds.toFixed(2)} s`),
        ratios: [
          atMost('10,000 against 5,000 entries', best.get('10,000 entries') / best.get('5,000 entries'), '×', 3),
          atMost('10,000 entries', best.get('10,000 entries'), 's', 2),
        ],
      }
    },
  },
}
