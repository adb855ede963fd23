/** Acceptance of crosswalk, conservation and reconciliation. */
import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, root } from '../../setup.mjs'
import { cli, shared, tests } from '../measure.mjs'

/** The sample of so many patients on disk, removed after the work. */
async function withSample(patients, work) {
  build()
  const folder = mkdtempSync(join(tmpdir(), 'carryover-planted-'))
  try {
    const done = spawnSync(
      process.execPath,
      [join(root, 'dist', 'cli', 'carryover.js'), 'example', '--out', join(folder, 'sample'), '--patients', String(patients)],
      { encoding: 'utf8' },
    )
    if (done.status !== 0) throw new Error(done.stderr)
    return await work(join(folder, 'sample'), folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seconds of reading every file once: lines, cells and JSON, nothing kept. */
async function plainPass(sample) {
  const started = process.hrtime.bigint()
  let values = 0
  for (const side of ['legacy', 'target'])
    for (const name of readdirSync(join(sample, 'private', side))) {
      const json = name.endsWith('.ndjson')
      let rest = ''
      const options = { encoding: json ? 'utf8' : 'latin1', highWaterMark: 1 << 20 }
      for await (const chunk of createReadStream(join(sample, 'private', side, name), options)) {
        const lines = (rest + chunk).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) values += json ? Object.keys(JSON.parse(line)).length : line.split(/[;|,]/).length
      }
    }
  if (values === 0) throw new Error('the sample is empty')
  return Number(process.hrtime.bigint() - started) / 1e9
}

/** Runs a verb as JSON and gives what it wrote. */
function measured(args, out) {
  const done = spawnSync(process.execPath, [cli(), ...args, '--format', 'json', '--out', out, '--quiet', '--fail-on', 'never'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (done.status !== 0) throw new Error(done.stderr)
  return JSON.parse(readFileSync(out, 'utf8'))
}

const places = (result, paths) =>
  result.findings.flatMap(({ code, input, rows }) => rows.map(({ record }) => `${code} ${paths(input)}:${record}`))

/** Recall of each planted kind and precision of all that was said, over both engines that look for them. */
export async function planted(patients, engine = null) {
  return withSample(patients, async (sample, folder) => {
    const { entries } = JSON.parse(readFileSync(join(sample, 'private', 'truth.json'), 'utf8'))
    const sources = JSON.parse(readFileSync(join(sample, 'data', 'sources.json'), 'utf8'))
    const paths = (input) => `private/${sources[input]?.side}/${sources[input]?.name}`
    const plain = await plainPass(sample)
    const started = process.hrtime.bigint()
    const spread = engine === null ? [] : ['--engine', engine, '--work', join(folder, 'work')]
    const verb = engine === null ? ['reconcile'] : ['run', 'reconcile']
    const words = [...verb, sample, '--max-rows', '1000000', ...spread]
    const result = measured(words, join(folder, 'reconcile.json'))
    const seconds = Number(process.hrtime.bigint() - started) / 1e9
    const found = new Set(places(result, paths))
    const kinds = new Map()
    const wanted = new Set()
    for (const { kind, finds } of entries)
      for (const { engine, code, file, record } of finds) {
        if (engine !== 'pair') continue
        const place = `${code} ${file}:${record}`
        wanted.add(place)
        const held = kinds.get(kind) ?? { of: 0, found: 0 }
        held.of++
        if (found.has(place)) held.found++
        kinds.set(kind, held)
      }
    const recall = Math.min(...[...kinds.values()].map((one) => one.found / one.of))
    const precision = [...found].filter((place) => wanted.has(place)).length / found.size
    const balanced = result.tables.every((one) => one.legacy === one.arrived + one.merged + one.excluded + one.unaccounted)
    const times = seconds / plain
    return {
      ok: recall >= 0.99 && precision >= 0.99 && balanced && kinds.size >= 14 && (times <= 10 || engine !== null),
      figure: `${patients} patients, ${kinds.size} kinds, ${wanted.size} planted: lowest recall ${(100 * recall).toFixed(2)} %, precision ${(100 * precision).toFixed(2)} %, every table balanced: ${balanced}, ${result.unaccounted} unaccounted; ${seconds.toFixed(1)} s, ${times.toFixed(1)} times one plain pass of ${plain.toFixed(1)} s`,
    }
  })
}

export const lines = [
  {
    name: 'planted',
    line: 'The planted defects at 2,000 patients: recall and precision at least 99 % for every kind',
    measure: () => tests(['tests/core/data/reconcile/planted.test.ts', 'tests/samples/riverside.test.ts']),
  },
  {
    name: 'planted-200k',
    line: 'The planted defects at 200,000 patients: recall and precision at least 99 % for every kind, at most 10 times one plain pass',
    measure: () => planted(200_000),
  },
  {
    name: 'synthea-omop',
    line: 'Synthetic legacy tables against OMOP through a mapping: exact counts, 0 differences, 16 planted kinds found',
    measure: () =>
      existsSync(join(shared, 'data', 'csv', 'legacy-synthea-27'))
        ? tests(['tests/core/data/reconcile/synthea-omop.test.ts'])
        : { ok: false, figure: 'the tables are not beside the project' },
  },
  {
    name: 'map',
    line: 'Mapping: every row written, filtered or rejected with its bytes; what was written reconciles without difference',
    measure: () => tests(['tests/core/data/crosswalk']),
  },
  {
    name: 'conservation',
    line: 'Balances hold on random mappings, and unaccounted is 0 once explained',
    measure: () => {
      process.env.LONG = '1'
      return tests(['tests/core/data/reconcile/planted.test.ts'], ['-t', 'balance|unaccounted'])
    },
  },
]
