/** Acceptance of speed: ratios of whole processes in one run, and the CPU seconds that a line names. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installPeers } from '../bench-peers.mjs'
import { build, root } from '../setup.mjs'
import { printed } from './measure.mjs'

const cli = join(root, 'dist', 'cli', 'carryover.js')
/** Reported by the process itself as it ends: user and system time of all its threads, since it was started. */
const told =
  'data:text/javascript,process.on("exit",()=>{const{userCPUTime:u,systemCPUTime:s}=process.resourceUsage();process.stderr.write("cpu "+(u+s)+"\\n")})'
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** CPU seconds of a whole process, median of five. */
function cpuOf(words) {
  const times = Array.from({ length: 5 }, () => {
    const { stderr } = spawnSync(process.execPath, ['--import', told, ...words], { cwd: root, encoding: 'utf8' })
    return Number(/cpu (\d+)/.exec(stderr)?.[1]) / 1e6
  })
  return median(times)
}

function start() {
  build()
  const commands = {
    '--help': ['--help'],
    '--version': ['--version'],
    'sample bound': ['sample', 'bound', '--population', '800', '--n', '300', '--errors', '0'],
  }
  const figures = Object.entries(commands).map(([name, words]) => [name, cpuOf([cli, ...words])])
  const bare = cpuOf(['-e', '0'])
  return {
    ok: figures.every(([, seconds]) => seconds <= 0.25),
    figure: `${figures.map(([name, seconds]) => `${name} ${seconds.toFixed(2)}`).join(', ')} CPU seconds; Node alone ${bare.toFixed(2)}`,
  }
}

/** Seconds until a fresh `serve` has answered with the start page. */
function firstAnswer() {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, [cli, 'serve', '--no-open', '--port', '0'], { cwd: root })
    let said = ''
    child.on('error', reject)
    child.stdout.on('data', async (chunk) => {
      said += chunk
      const address = /http:\/\/\S+/.exec(said)?.[0]
      if (address === undefined || child.killed) return
      try {
        const { status } = await fetch(address)
        if (status !== 200) throw new Error(`serve answered ${status}`)
        resolve((performance.now() - started) / 1000)
      } catch (error) {
        reject(error)
      } finally {
        child.kill()
      }
    })
  })
}

async function serve() {
  build()
  const times = []
  for (let run = 0; run < 5; run++) times.push(await firstAnswer())
  const seconds = median(times)
  return { ok: seconds <= 0.5, figure: `${seconds.toFixed(2)} s from start to the first page` }
}

const extractBytes = Number(process.env.EXTRACT_BYTES ?? 250e6)
const judged = (name) => join(root, 'tests', 'bench', 'data', name)

/** The extract of this name, written once and kept in the cache. */
function extractFile(name) {
  const folder = join(root, '.cache', 'bench')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}-${extractBytes}.csv`)
  if (!existsSync(path))
    spawnSync(process.execPath, [
      join(root, 'dist', 'cli', 'sample.js'),
      '--extract',
      String(extractBytes),
      '--realistic',
      ...(name === 'crlf' ? ['--crlf'] : []),
      '--out',
      path,
    ])
  return path
}

/** CPU seconds of `validate` as a whole process, and what it counted. */
function validated(path, schema) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', told, cli, 'validate', path, '--schema', schema, '--format', 'json', '--quiet', '--fail-on', 'never'],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const { inputs, summary } = JSON.parse(stdout)
  return {
    cpu: Number(/cpu (\d+)/.exec(stderr)?.[1]) / 1e6,
    records: inputs[0].records,
    badCells: summary.error + summary.critical,
  }
}

function peer(module, path, extract) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [judged('run-one.mjs'), judged(module), path, extract], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr.slice(-1000))
  return JSON.parse(stdout)
}

/** Whole processes in turns, so that a busy moment touches all of them; medians of their CPU seconds. */
async function nineRules() {
  build()
  installPeers('bench')
  const { extract } = await import('../../tests/bench/data/node.mjs')
  const realistic = extractFile('realistic')
  const files = {
    clean: [extract().path, judged('schema.json')],
    realistic: [realistic, realistic.replace(/csv$/, 'schema.json')],
  }
  let ok = true
  const said = []
  for (const [name, [path, schema]] of Object.entries(files)) {
    const rows = []
    for (let turn = 0; turn < 5; turn++)
      rows.push([validated(path, schema), peer('papaparse-ajv.mjs', path, name), peer('duckdb.mjs', path, name)])
    const counts = new Set(rows.flat().map(({ records, badCells }) => `${records} records, ${badCells} bad cells`))
    const [ours, papa, duck] = [0, 1, 2].map((column) => median(rows.map((row) => row[column].cpu)))
    ok &&= counts.size === 1 && papa / ours >= 8 && duck / ours >= 2
    said.push(
      `${name}: ${ours.toFixed(2)} CPU s; PapaParse + ajv ${papa.toFixed(2)} (${(papa / ours).toFixed(1)}×), DuckDB with one thread ${duck.toFixed(2)} (${(duck / ours).toFixed(1)}×); ${[...counts].join(' / ')}`,
    )
  }
  return { ok, figure: said.join('\n       ') }
}

/** CPU seconds, peak memory in MB and output of one command as a whole process. */
function measured(words) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', told, join(root, 'scripts', 'peak-memory.mjs'), cli, ...words],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  return {
    status,
    stdout,
    cpu: Number(/cpu (\d+)/.exec(stderr)?.[1]) / 1e6,
    peak: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1e6,
  }
}

/** A table of so many columns with the same bytes in all. */
function wideTable(columns, records) {
  const folder = join(root, '.cache', 'bench')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `wide-${columns}.csv`)
  const rows = Array.from({ length: records + 1 }, (_, row) =>
    Array.from({ length: columns }, (_, column) =>
      row === 0 ? `field_${column}` : (row * 7919 + column * 104729) % 100_003,
    ).join(','),
  )
  writeFileSync(path, `${rows.join('\n')}\n`)
  return path
}

/** The cells are the same number in every file: what grows is the work that columns cost by themselves. */
function wide() {
  build()
  const runs = [1_000, 5_000, 10_000].map((columns) => {
    const words = ['validate', wideTable(columns, 200_000 / columns), '--format', 'json', '--quiet', '--fail-on', 'never']
    const { cpu, peak, status } = measured(words)
    return { columns, cpu, peak, status }
  })
  const [, half, whole] = runs
  const growth = whole.cpu / half.cpu
  return {
    ok: runs.every(({ status }) => status === 0) && growth <= 2.5,
    figure: `${runs.map(({ columns, cpu, peak }) => `${columns} columns ${cpu.toFixed(1)} CPU s, ${peak.toFixed(0)} MB`).join('; ')}; twice the columns cost ${growth.toFixed(2)}×`,
  }
}

/** An event log of the size that a hospital has; the whole command and, alone, what needs no map. */
function eventLog() {
  build()
  const path = join(root, '.cache', 'bench', 'log.xes')
  mkdirSync(join(root, '.cache', 'bench'), { recursive: true })
  spawnSync(process.execPath, [join(root, 'dist', 'cli', 'sample.js'), '--event-log', '13000', '--out', path])
  const runs = Array.from({ length: 3 }, () => measured(['discover', path, '--format', 'json', '--quiet']))
  const cpu = median(runs.map((run) => run.cpu))
  const peak = Math.max(...runs.map((run) => run.peak))
  return {
    ok: runs.every(({ status }) => status === 0) && cpu <= 8 && peak <= 300,
    figure: `13,000 cases with the map, its fitness and precision: ${cpu.toFixed(1)} CPU s, ${peak.toFixed(0)} MB`,
  }
}

/** Generated files, with every reader of records and through the whole of `validate`. */
const fuzz = () =>
  printed(['tests/core/data/read/readers-agree.test.ts'], /generated files/, {
    FUZZED_FILES: process.env.FUZZED_FILES ?? '10000',
  })

export const lines = [
  {
    name: 'nine-rules',
    line: 'nine rules, 250 MB, one core: ≥ 8× PapaParse + ajv and ≥ 2× DuckDB with one thread on the clean and the realistic extract',
    measure: nineRules,
  },
  {
    name: 'fuzz',
    line: '10,000 generated files: the SIMD kernel, its JavaScript version and the careful reader agree on records, places and findings',
    measure: fuzz,
  },
  { name: 'start', line: '--help, --version and sample bound ≤ 0.25 CPU seconds', measure: start },
  { name: 'wide', line: '10,000 columns: linear time, stated memory', measure: wide },
  {
    name: 'event-log',
    line: 'an event log of 13,000 cases with its map, fitness and precision: ≤ 8 CPU seconds, ≤ 300 MB',
    measure: eventLog,
  },
  { name: 'serve', line: 'serve answers within 0.5 s', measure: serve },
]
