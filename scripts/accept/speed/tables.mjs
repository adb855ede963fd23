/** Acceptance of long tables: what a profile and keys cost beside the rules, and what a second job gains. */
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build, root } from '../../setup.mjs'
import { cached, cli, extractBytes, extractFile, median, reportOf, threaded } from './processes.mjs'

const bench = (name) => join(root, 'tests', 'bench', 'data', name)
const turns = 5
const bytesOfRecord = 169

/** The table that the realistic extract refers to: every number that it may name. */
function patientsOfRealistic() {
  const path = cached('patients-realistic.csv')
  if (!existsSync(path))
    writeFileSync(path, `mrn,name\n${Array.from({ length: 200_000 }, (_, i) => `${10_000_000 + i},Patient ${i}\n`).join('')}`)
  return path
}

function peer(module, words) {
  const done = spawnSync(process.execPath, [bench('run-one.mjs'), module, ...words], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr.slice(-1000))
  return JSON.parse(done.stdout)
}

/** Whole processes in turns: the nine rules alone, and with the profile of all columns, a primary key and a foreign key. */
async function profiled() {
  build()
  const { builtEngine } = await import('../../../tests/bench/data/built.mjs')
  const { extract } = await import('../../../tests/bench/data/node.mjs')
  const { writePatients } = await import('../../../tests/bench/data/extract.mjs')
  const { engine, full } = await builtEngine()
  const clean = extract(Math.round(extractBytes / bytesOfRecord))
  const patients = `${clean.path}.patients.csv`
  writePatients(patients)
  const realistic = extractFile('realistic')
  let ok = true
  const said = []
  for (const [name, path, schema, people, field] of [
    ['clean', clean.path, bench('schema.json'), patients, 'mrn'],
    ['realistic', realistic, realistic.replace(/csv$/, 'schema.json'), patientsOfRealistic(), 'patient'],
  ]) {
    const rows = Array.from({ length: turns }, () => [
      peer(engine, [path, schema]),
      peer(full, [path, schema, people, '', field]),
    ])
    const [plain, all] = [0, 1].map((column) => median(rows.map((row) => row[column].cpu)))
    const share = median(rows.map(([one, other]) => one.cpu / other.cpu))
    const counts = new Set(
      rows.map(([, { records, repeated, orphans, profiled }]) => [records, repeated, orphans, profiled].join()),
    )
    const [[, found]] = rows
    ok &&= share >= 0.6 && counts.size === 1 && found.profiled > 0
    said.push(
      `${name}: nine rules ${plain.toFixed(2)} CPU s, with profile and keys ${all.toFixed(2)}: ${(share * 100).toFixed(0)} % of the speed; ${found.records} records, ${found.repeated} repeated keys, ${found.orphans} that refer to nobody`,
    )
  }
  return { ok, figure: said.join('\n       ') }
}

/** One job and two, in turns: all processor time, the thread that worked most, and the report. */
async function twoJobs() {
  build()
  const { distinctFolder } = await import('../../../tests/bench/fhir/distinct.mjs')
  const realistic = extractFile('realistic')
  const lines = dirname(distinctFolder(Number(process.env.EXPORT_BYTES ?? 200e6)).paths[0])
  let ok = true
  const said = []
  for (const [name, words] of [
    ['CSV', [realistic, '--schema', realistic.replace(/csv$/, 'schema.json')]],
    ['NDJSON', [lines]],
  ]) {
    const rows = []
    for (let turn = 0; turn < turns; turn++) {
      const row = []
      for (const jobs of ['1', '2'])
        row.push(await threaded([cli, 'validate', ...words, '--jobs', jobs, '--format', 'json', '--quiet', '--fail-on', 'never']))
      rows.push(row)
    }
    const sum = median(rows.map(([one, two]) => two.cpu / one.cpu))
    const longest = median(rows.map(([one, two]) => two.longest / one.longest))
    const reports = new Set(rows.flat().map(reportOf))
    ok &&= sum <= 1.1 && longest <= 0.56 && reports.size === 1
    said.push(
      `${name}: two jobs take ${sum.toFixed(2)}× the CPU seconds of one, the longest thread ${longest.toFixed(2)}× of its longest; ${reports.size === 1 ? 'the same report' : 'reports differ'}`,
    )
  }
  return { ok, figure: said.join('\n       ') }
}

export const tableLines = [
  {
    name: 'profiled',
    line: 'nine rules with a profile of all columns, a foreign key and a primary key: ≥ 60 % of the speed of the rules alone, clean and realistic',
    measure: profiled,
  },
  {
    name: 'two-jobs',
    line: 'two jobs against one, CSV and NDJSON: CPU seconds ≤ 1.1×, the longest thread ≤ 0.56×, the same report',
    measure: twoJobs,
  },
]
