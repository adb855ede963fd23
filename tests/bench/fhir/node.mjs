/** Speed in Node: beside the peers on the same resources in one process, and beside JSON.parse alone from disk to findings. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { builtModules } from '../built.mjs'
import { bulkFolder, bulkResources, bundleOf, halves } from './bulk.mjs'
import { parseAlone } from './parse-alone.mjs'
import { fhirJs, medplum, officialSchema } from './peers.mjs'

const rounds = 3
const fileBytes = 60e6
const copies = 8

let made = null
async function engine() {
  made ??= builtModules('fhir', { engine: join(import.meta.dirname, 'engine.ts') })
  const { engine: path } = await made
  return { path, ...(await import(path)) }
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
    title: 'NDJSON from the disk to findings beside JSON.parse alone; one worker, then two with half of the files each',
    async measure() {
      const { path, endToEnd } = await engine()
      const { paths, bytes, resources } = bulkFolder(fileBytes)
      const two = pair(path, halves(paths))
      await two.ready
      const { best, results } = await inTurns([
        ['JSON.parse alone', () => parseAlone(paths)],
        ['Carryover', () => endToEnd(paths)],
        ['Carryover, two workers', () => two.judge()],
      ]).finally(() => two.end())
      for (const [name, { records }] of results)
        if (records !== resources) throw new Error(`${name} read ${records} of ${resources} resources`)
      return {
        table: [...best].map(([name, seconds]) => `${name.padEnd(24)} ${(bytes / 1e6 / seconds).toFixed(0).padStart(4)} MB/s`),
        ratios: [
          times('against JSON.parse alone', best.get('JSON.parse alone') / best.get('Carryover'), 0.35),
          times('two workers against one', best.get('Carryover') / best.get('Carryover, two workers'), 1.6),
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

/** Workers that stay: what they compiled in an earlier round is at hand in the next one, as it is for the work of one thread. */
function pair(engine, parts) {
  const workers = parts.map(
    (paths) => new Worker(join(import.meta.dirname, 'half.worker.mjs'), { workerData: { engine, paths } }),
  )
  const next = (worker) =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
  const ready = Promise.all(workers.map(next))
  return {
    ready,
    async judge() {
      const done = Promise.all(workers.map(next))
      for (const worker of workers) worker.postMessage('begin')
      const results = await done
      return { records: results.reduce((sum, { records }) => sum + records, 0) }
    },
    end: () => Promise.all(workers.map((worker) => worker.terminate())),
  }
}
