/** Keys at scale and duplicate patients: figures of invented keys and an invented population with known truth. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build as bundle, runnerImport } from 'vite'
import { build, root } from '../../setup.mjs'
import { cli, mega, needBrowser, seconds, tests } from '../measure.mjs'

export const lines = [
  {
    name: 'keys',
    line: '20 million keys (100 million with LONG=1): duplicates and references, ≥ 10 M keys/s, heap ≤ 64 MB beyond buffers, none false',
    measure: keysAtScale,
  },
  {
    name: 'keys-browser-spill',
    line: '1.1 million keys in the worker of a real browser: spilled to its private storage, counted exactly, nothing left after the end, Cancel or a closed tab',
    measure: () => {
      needBrowser()
      return tests(['tests/journeys/keys-spill.long.test.ts'])
    },
  },
  { name: 'linkage-f1', line: 'duplicate patients: pairwise F1 ≥ 0.95, no twins joined', measure: linkageTruth },
  { name: 'linkage-200k', line: '200,000 patients linked in ≤ 60 s by one worker', measure: linkageAtScale },
]

async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-keys-measure-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function keysAtScale() {
  return inFolder(async (folder) => {
    await bundle({
      root,
      configFile: false,
      logLevel: 'silent',
      build: { ssr: join(root, 'tests/bench/keys/measure-keys.ts'), outDir: folder, minify: false, target: 'node20' },
      ssr: { noExternal: true },
    })
    const keys = process.env.LONG ? 100_000_000 : 20_000_000
    const done = spawnSync(process.execPath, [join(folder, 'measure-keys.js'), String(keys)], { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(done.stderr)
    const { perSecond, heap, buffers, found, planted } = JSON.parse(done.stdout)
    const exact = found.repeats === planted.repeats && found.orphans === planted.orphans
    return {
      ok: exact && perSecond >= 10e6 && heap <= 64 * 2 ** 20,
      figure: `${(perSecond / 1e6).toFixed(1)} M keys/s over ${keys / 1e6} million; heap ${mega(heap)}, buffers ${mega(buffers)}; ${found.repeats} of ${planted.repeats} repeated and ${found.orphans} of ${planted.orphans} missing keys found`,
    }
  })
}

async function linked(persons, work) {
  build()
  return inFolder(async (folder) => {
    const { module } = await runnerImport(join(root, 'tests/core/data/linkage/population.ts'), {
      configFile: false,
      logLevel: 'silent',
    })
    const truth = module.population(persons, 'accept')
    const path = join(folder, 'patients.csv')
    writeFileSync(path, module.csvOf(truth.records))
    const out = join(folder, 'links.json')
    const started = performance.now()
    const done = spawnSync(
      process.execPath,
      [join(root, 'scripts', 'peak-memory.mjs'), cli(), 'link', path, '--format', 'json', '--out', out, '--quiet'],
      { encoding: 'utf8' },
    )
    const took = performance.now() - started
    if (done.status !== 0) throw new Error(done.stderr)
    const document = JSON.parse(readFileSync(out, 'utf8'))
    const clusters = document.clusters
      .filter((_, i) => document.clusterNotes[i].proposal === 'propose')
      .map((ids) => ids.map((id) => Number(/#(\d+)$/.exec(id)[1]) - 1))
    const peak = Number(/peak (\d+)/.exec(done.stderr)?.[1] ?? Number.NaN)
    return work({ score: module.scoreOf(truth, clusters), records: truth.records.length, took, peak })
  })
}

function linkageTruth() {
  return linked(50_000, ({ score, records }) => ({
    ok: score.f1 >= 0.95 && score.twinsJoined === 0,
    figure: `${records} records: F1 ${score.f1.toFixed(3)}, precision ${score.precision.toFixed(3)}, recall ${score.recall.toFixed(3)} of ${score.truePairs} pairs; ${score.twinsJoined} twins and ${score.namesakesJoined} namesakes joined`,
  }))
}

function linkageAtScale() {
  return linked(176_000, ({ score, records, took, peak }) => ({
    ok: records >= 200_000 && took <= 60_000 && score.twinsJoined === 0,
    figure: `${records} records in ${seconds(took)}, peak memory ${mega(peak)}; F1 ${score.f1.toFixed(3)}, ${score.twinsJoined} twins joined`,
  }))
}
