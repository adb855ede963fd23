/** Acceptance of speed: ratios of whole processes in one run, and the CPU seconds that a line names. */
import { spawn, spawnSync } from 'node:child_process'
import { dirname, isAbsolute, join } from 'node:path'
import { installPeers } from '../bench-peers.mjs'
import { build, root } from '../setup.mjs'
import { needBrowser, printed } from './measure.mjs'
import { openedSample } from './opened-sample.mjs'
import { oddLines } from './speed/odd-files.mjs'
import { cached, cli, cpuOf, extractFile, measured, median, reportOf, timed } from './speed/processes.mjs'
import { tabLines } from './speed/tab.mjs'
import { tableLines } from './speed/tables.mjs'
import { lines as ruleLines } from './workflow/rules.mjs'

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

const judged = (name) => join(root, 'tests', 'bench', 'data', name)

/** One `validate` as a whole process, and what it counted; without `jobs` it takes as many threads as it likes. */
function validated(path, schema, jobs = null) {
  const threads = jobs === null ? [] : ['--jobs', String(jobs)]
  const words = ['validate', path, '--schema', schema, ...threads, '--format', 'json', '--quiet', '--fail-on', 'never']
  const started = performance.now()
  const { stdout, cpu, peak } = measured(words)
  const wall = (performance.now() - started) / 1000
  const report = JSON.parse(stdout)
  return {
    cpu,
    wall,
    peak,
    report: reportOf({ stdout }),
    records: report.inputs[0].records,
    badCells: report.summary.error + report.summary.critical,
  }
}

function peer(module, path, extract = '', threads = 1) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [judged('run-one.mjs'), isAbsolute(module) ? module : judged(module), path, extract, String(threads)],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr.slice(-1000))
  return JSON.parse(stdout)
}

/** Whole processes in turns, so that a busy moment touches all of them; medians. */
async function nineRules() {
  build()
  installPeers('bench')
  const { extract } = await import('../../tests/bench/data/node.mjs')
  const files = Object.fromEntries(
    ['realistic', 'crlf'].map((name) => [name, [extractFile(name), extractFile(name).replace(/csv$/, 'schema.json')]]),
  )
  files.clean = [extract().path, judged('schema.json')]
  const idle = measured(['--version']).peak
  let ok = true
  const said = []
  for (const [name, [path, schema]] of Object.entries(files)) {
    const rules = name === 'crlf' ? 'realistic' : name
    const rows = Array.from({ length: 5 }, () => [
      validated(path, schema, 1),
      validated(path, schema),
      peer('papaparse-ajv.mjs', path, rules),
      peer('duckdb.mjs', path, rules),
      peer('duckdb.mjs', path, rules, 2),
    ])
    const counts = new Set(rows.flat().map(({ records, badCells }) => `${records} records, ${badCells} bad cells`))
    const reports = new Set(rows.flatMap(([one, many]) => [one.report, many.report]))
    const of = (column, key) => median(rows.map((row) => row[column][key]))
    const [papa, duck] = [of(2, 'cpu') / of(0, 'cpu'), of(3, 'cpu') / of(0, 'cpu')]
    const [papaWall, duckWall] = [of(2, 'seconds') / of(1, 'wall'), of(4, 'seconds') / of(1, 'wall')]
    const peak = Math.max(...rows.map(([one]) => one.peak)) - idle
    ok &&= counts.size === 1 && reports.size === 1 && papa >= 8 && duck >= 2 && papaWall >= 14 && duckWall >= 2 && peak <= 120
    said.push(
      `${name}, one job: ${of(0, 'cpu').toFixed(2)} CPU s; PapaParse + ajv ${of(2, 'cpu').toFixed(2)} (${papa.toFixed(1)}×), DuckDB with one thread ${of(3, 'cpu').toFixed(2)} (${duck.toFixed(1)}×); ${peak.toFixed(0)} MB over idle; ${[...counts].join(' / ')}`,
      `${name}, all cores: ${of(1, 'wall').toFixed(2)} s of wall time, ${of(1, 'cpu').toFixed(2)} CPU s; PapaParse + ajv ${papaWall.toFixed(1)}×, DuckDB with two threads ${duckWall.toFixed(1)}×; ${reports.size === 1 ? 'the same report' : 'reports differ'}`,
    )
  }
  return { ok, figure: said.join('\n       ') }
}

/** An event log of the size that a hospital has. */
function logFile() {
  const path = cached('log.xes')
  const cases = process.env.LOG_CASES ?? '13000'
  spawnSync(process.execPath, [join(root, 'dist', 'cli', 'carryover.js'), 'example', '--event-log', cases, '--out', path])
  return path
}

/** What a log shows without a map: reading it, its statistics and its graph, as a whole process. */
async function logGraph() {
  build()
  const { builtModules } = await import('../../tests/bench/built.mjs')
  const { graph } = await builtModules('workflow', { graph: join(root, 'tests', 'bench', 'workflow', 'log-graph.ts') })
  const path = logFile()
  const runs = Array.from({ length: 5 }, () => peer(graph, path))
  const cpu = median(runs.map((run) => run.cpu))
  const [{ cases, variants, arcs }] = runs
  return {
    ok: cpu <= 2 && cases > 0,
    figure: `${cases} cases, ${variants} variants, ${arcs} arcs: ${cpu.toFixed(2)} CPU s, reading and start included`,
  }
}

/** The whole command, with the map. */
function eventLog() {
  build()
  const path = logFile()
  const runs = Array.from({ length: 3 }, () => measured(['discover', path, '--format', 'json', '--quiet']))
  const cpu = median(runs.map((run) => run.cpu))
  const peak = Math.max(...runs.map((run) => run.peak))
  return {
    ok: runs.every(({ status }) => status === 0) && cpu <= 8 && peak <= 300,
    figure: `13,000 cases with the map, its fitness and precision: ${cpu.toFixed(1)} CPU s, ${peak.toFixed(0)} MB`,
  }
}

/** Bytes of the export in which no two resources are alike. */
const exportBytes = Number(process.env.EXPORT_BYTES ?? 200e6)
const exportWords = (folder, jobs) => [
  cli,
  'validate',
  folder,
  '--jobs',
  String(jobs),
  ...['--format', 'json', '--quiet', '--fail-on', 'never'],
]

/** JSON.parse of every line beside the whole validation, whole processes in turns. */
async function fhirLines() {
  build()
  const { distinctFolder, shapesOf } = await import('../../tests/bench/fhir/distinct.mjs')
  const { paths, bytes } = distinctFolder(exportBytes)
  const parse = join(root, 'tests', 'bench', 'fhir', 'parse-alone.mjs')
  const script = `import(${JSON.stringify(parse)}).then(({ parseAlone }) => parseAlone(${JSON.stringify(paths)})).then(console.log)`
  const rows = Array.from({ length: 5 }, () => [timed(['-e', script]), timed(exportWords(dirname(paths[0]), 1))])
  const [alone, ours] = [0, 1].map((column) => median(rows.map((row) => row[column].cpu)))
  const ratio = median(rows.map(([one, other]) => one.cpu / other.cpu))
  const { lines, shapes } = shapesOf(distinctFolder(Math.min(exportBytes, 50e6)).paths)
  return {
    ok: ratio >= 0.35,
    figure: `${(bytes / 1e6).toFixed(0)} MB: JSON.parse alone ${alone.toFixed(2)} CPU s, validate --jobs 1 ${ours.toFixed(2)}: ${ratio.toFixed(2)}; ${shapes} shapes in ${lines} lines`,
  }
}

/** One job and two, in turns; the reports are compared without the times they tell. */
async function fhirJobs() {
  build()
  const { distinctFolder } = await import('../../tests/bench/fhir/distinct.mjs')
  const folder = dirname(distinctFolder(exportBytes).paths[0])
  const rows = Array.from({ length: 5 }, () => [1, 2].map((jobs) => timed(exportWords(folder, jobs))))
  const reports = new Set(rows.flat().map(reportOf))
  const of = (column, key) => median(rows.map((row) => row[column][key]))
  const gain = median(rows.map(([one, two]) => one.wall / two.wall))
  return {
    ok: gain >= 1.6 && reports.size === 1,
    figure: `one job ${of(0, 'wall').toFixed(2)} s (${of(0, 'cpu').toFixed(2)} CPU s), two ${of(1, 'wall').toFixed(2)} s (${of(1, 'cpu').toFixed(2)} CPU s): ${gain.toFixed(2)}×; ${reports.size === 1 ? 'the same report' : 'reports differ'}`,
  }
}

/** Mutated resources and every suite, with shapes and without. */
const fhirShapes = () =>
  printed(['tests/core/data/fhir/shapes/shapes-agree.test.ts'], /by shape and by tree/, {
    MUTANTS: process.env.MUTANTS ?? '20000',
  })

/** Generated files, with every reader of records and through the whole of `validate`. */
const fuzz = () =>
  printed(['tests/core/data/read/readers-agree.test.ts', 'tests/core/data/read/records/ahead.test.ts'], /generated files/, {
    FUZZED_FILES: process.env.FUZZED_FILES ?? '10000',
  })

/** The step from one record to the next, in a real browser, beside a process that never rests. */
function nextRecord() {
  build()
  const neighbour = spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' })
  let outcome
  try {
    outcome = printed(['tests/journeys/next-record.long.test.ts'], /^next record/, { LONG: '1', CHROMIUM: needBrowser() })
  } finally {
    neighbour.kill('SIGKILL')
  }
  const [, cpu, painted] = /main thread (\d+) ms .* painted after \d+ ms \(median\), (\d+) ms/.exec(outcome.figure) ?? []
  return { ...outcome, ok: outcome.ok && Number(cpu) <= 35 && Number(painted) <= 100 }
}

/** The same measurement as of the workflows. */
const compareLine = { ...ruleLines.find(({ name }) => name === 'speed'), name: 'compare' }

export const lines = [
  {
    name: 'nine-rules',
    line: 'nine rules, 250 MB, clean and realistic, LF and CRLF: ≥ 8× PapaParse + ajv and ≥ 2× DuckDB with one thread, wall time on all cores ≥ 14× and ≥ 2×',
    measure: nineRules,
  },
  {
    name: 'fuzz',
    line: '10,000 generated files: the SIMD kernel, its JavaScript version, the careful reader and threads ahead agree on records, places and findings',
    measure: fuzz,
  },
  {
    name: 'fhir-lines',
    line: 'FHIR NDJSON, 200 MB of distinct resources: parse alone / validate ≥ 0.35 on one thread',
    measure: fhirLines,
  },
  {
    name: 'fhir-shapes',
    line: 'FHIR lines by shape: problems, findings, places and counts of 20,000 mutated resources and of every suite are those of the tree judge',
    measure: fhirShapes,
  },
  { name: 'fhir-jobs', line: 'the same export: two jobs ≥ 1.6× as fast as one, and the same report', measure: fhirJobs },
  { name: 'start', line: '--help, --version and sample bound ≤ 0.25 CPU seconds', measure: start },
  ...tableLines,
  ...tabLines,
  ...oddLines,
  {
    name: 'event-log',
    line: 'an event log of 13,000 cases with its map, fitness and precision: ≤ 8 CPU seconds, ≤ 300 MB',
    measure: eventLog,
  },
  { name: 'log-graph', line: 'statistics and graph of that log: ≤ 2 CPU seconds', measure: logGraph },
  compareLine,
  {
    name: 'next-record',
    line: 'the step to the next record, 60 steps: ≤ 35 ms of main-thread processor time, painted ≤ 100 ms (p95) beside one busy neighbour',
    measure: nextRecord,
  },
  { name: 'sample', line: 'the sample opened: ≤ 4 CPU seconds, facts ≤ 2 s on two quiet cores', measure: openedSample },
  { name: 'serve', line: 'serve answers within 0.5 s', measure: serve },
]
