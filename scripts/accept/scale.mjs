/** Acceptance of spread runs: one run in tasks against the verb alone, on a table made here. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../setup.mjs'
import { planted } from './extracts/reconcile.mjs'
import { cli, mega, tests } from './measure.mjs'
import { faultLines } from './scale/faults.mjs'
import { cpuOf, workers } from './scale/workers.mjs'

const schema = {
  fields: [
    { name: 'id', type: 'string' },
    { name: 'name', type: 'string', constraints: { required: true } },
    { name: 'born', type: 'date' },
    { name: 'score', type: 'integer', constraints: { minimum: 0, maximum: 100 } },
    { name: 'note', type: 'string' },
  ],
  primaryKey: 'id',
}

/** A table of `records`, of which some repeat a key, lack a name or have no such day. */
function table(folder, records) {
  const file = join(folder, 'patients.csv')
  const names = ['Ada', 'Novak', '"Smith, J"', 'Lee', '"O""Brien"']
  writeFileSync(file, 'id,name,born,score,note\n')
  for (let from = 0; from < records; from += 100_000) {
    const rows = Array.from({ length: Math.min(100_000, records - from) }, (_, at) => {
      const i = from + at
      const id = i % 50_021 === 50_020 ? i - 40_000 : i
      const day = i % 40_009 === 0 ? '2001-02-30' : `19${50 + (i % 50)}-0${1 + (i % 9)}-1${i % 10}`
      return `P${id},${i % 30_011 === 0 ? '' : names[i % 5]},${day},${i % 101},visit ${i} of the clinic without anything to tell\n`
    })
    writeFileSync(file, rows.join(''), { flag: 'a' })
  }
  writeFileSync(join(folder, 'schema.json'), JSON.stringify(schema))
  return file
}

function run(folder, words) {
  const given = [cli(), ...words, '--schema', 'schema.json', '--as-of', '2026-06-30', '--format', 'json', '--quiet']
  const started = process.hrtime.bigint()
  const done = spawnSync(process.execPath, given, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  if (done.status > 1) throw new Error(done.stderr)
  const { run: _run, ...report } = JSON.parse(done.stdout)
  // A file of several blocks is read by nobody in one piece.
  for (const input of report.inputs) {
    delete input.sha256
    delete input.sha256Blocks
  }
  return { report: JSON.stringify(report), seconds }
}

function spread(folder, workers, block, partitions) {
  const work = join(folder, `work-${workers}-${block}-${partitions}`)
  rmSync(work, { recursive: true, force: true })
  const asked = ['--engine', `local:${workers}`, '--work', work, '--block', String(block), '--partitions', String(partitions)]
  const { report, seconds } = run(folder, ['run', 'validate', 'patients.csv', ...asked])
  const done = readdirSync(join(work, 'done')).map((name) => JSON.parse(readFileSync(join(work, 'done', name), 'utf8')))
  const tasks = done.filter(({ task }) => task !== undefined)
  return {
    report,
    seconds,
    bytesRead: tasks.reduce((sum, one) => sum + one.bytesRead, 0),
    reportRead: done.find(({ task }) => task === undefined)?.bytesRead,
  }
}

/** Hands a folder with a table of about `records` to `work`. */
function withTable(records, work) {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-scale-'))
  try {
    const file = table(folder, records)
    return work(folder, readFileSync(file).length)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Names and bytes of all files of a folder. */
function filesOf(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile())
  return JSON.stringify(names.sort().map((name) => [name, readFileSync(join(folder, name), 'latin1')]))
}

/** The other verbs over a small sample clinic, cut as finely as asked for. */
function otherVerbs() {
  build()
  const folder = mkdtempSync(join(tmpdir(), 'carryover-verbs-'))
  const node = (program, words) => {
    const done = spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
    if (done.status > 1) throw new Error(done.stderr)
    return done.stdout
  }
  const report = (words) => {
    const { run: _run, ...told } = JSON.parse(node(cli(), [...words, '--format', 'json', '--quiet']))
    return JSON.stringify(told)
  }
  try {
    node(cli(), ['example', '--out', 'clinic', '--patients', '300'])
    const legacy = 'clinic/private/legacy'
    const size = Math.max(...readdirSync(join(folder, legacy)).map((name) => statSync(join(folder, legacy, name)).size))
    const figures = []
    let ok = true
    for (const words of [
      ['profile', legacy, '--reveal'],
      ['map', 'clinic'],
      ['link', `${legacy}/patients.csv`],
      ['reconcile', 'clinic'],
    ]) {
      const writes = words[0] === 'map'
      const to = (name) => (writes ? ['--out', name] : [])
      const alone = report([...words, ...to('alone')])
      const same = []
      let most = 0
      let read = 0
      for (const many of [1, 2, 7, 64]) {
        const work = `work-${words[0]}-${many}`
        const cut = ['--block', String(Math.ceil(size / many)), '--partitions', String(many)]
        const made = report(['run', ...words, ...to(`out-${many}`), '--engine', 'local:2', '--work', work, ...cut])
        const isSame = !writes || filesOf(join(folder, 'alone')) === filesOf(join(folder, `out-${many}`))
        if (made === alone && isSame) same.push(many)
        const done = readdirSync(join(folder, work, 'done')).map((name) =>
          JSON.parse(readFileSync(join(folder, work, 'done', name), 'utf8')),
        )
        const { bytes } = JSON.parse(readFileSync(join(folder, work, 'plan.json'), 'utf8'))
        const ofTasks = done.reduce((sum, one) => sum + (one.task === undefined ? 0 : one.bytesRead), 0)
        if (many < 64) most = Math.max(most, ofTasks / bytes)
        read += done.find(({ task }) => task === undefined).bytesRead
      }
      ok &&= same.length === 4 && most <= 2.9 && read === 0
      figures.push(`${words[0]}: same for ${same.join(', ')}; at most ${most.toFixed(2)} N read, ${read} bytes by the report`)
    }
    return { ok, figure: figures.join('\n       ') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Two jobs against one where the work is done in tasks: the same report, and all processor time. */
function jobs() {
  build()
  const folder = mkdtempSync(join(tmpdir(), 'carryover-jobs-'))
  try {
    const sample = (words) => spawnSync(process.execPath, [cli(), 'example', ...words], { cwd: folder })
    sample(['--extract', '1000000000', '--out', 'extract.csv'])
    sample(['--out', 'clinic', '--patients', '40000'])
    const figures = []
    let ok = true
    for (const words of ['profile extract.csv --reveal', 'reconcile clinic --fail-on never']) {
      const of = [1, 2].map((count) => cpuOf(folder, `${words} --format json --quiet --jobs ${count}`, `${count}.json`))
      const [one, two] = [1, 2].map((count) => readFileSync(join(folder, `${count}.json`), 'utf8'))
      ok &&= one === two && of[1] <= 1.1 * of[0]
      figures.push(
        `${words.split(' ')[0]}: ${(of[1] / of[0]).toFixed(2)}x the CPU seconds of one job; ${one === two ? 'the same report' : 'reports differ'}`,
      )
    }
    return { ok, figure: figures.join('\n       ') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const lines = [
  ...faultLines,
  {
    name: 'simulate',
    line: 'simulated from measured task times: 1,000 workers on 4 TB, unlimited storage ≥ 600 ×; 10 and 2 GB/s beside it',
    measure: async () => (await import('./scale/simulate.mjs')).simulate(),
  },
  {
    name: 'partitions',
    line: 'the report of 1, 2, 7 and 64 partitions is that of the verb alone, byte for byte',
    measure: () =>
      withTable(200_000, (folder, size) => {
        const alone = run(folder, ['validate', 'patients.csv']).report
        const same = [1, 2, 7, 64].filter((many) => spread(folder, 2, Math.ceil(size / many), many).report === alone)
        return { ok: same.length === 4, figure: `same for ${same.join(', ')} blocks and partitions` }
      }),
  },
  {
    name: 'bytes-read',
    line: 'bytes read by all tasks <= 2.9 N, the same within 2 % for 1 and 64 workers',
    measure: () =>
      withTable(2_000_000, (folder, size) => {
        const [one, many] = [1, 64].map((workers) => spread(folder, workers, 32 << 20, 4).bytesRead)
        const figure = `${(one / size).toFixed(3)} N with 1 worker, ${(many / size).toFixed(3)} N with 64, N = ${mega(size)}`
        return { ok: one / size <= 2.9 && Math.abs(many - one) <= one * 0.02, figure }
      }),
  },
  {
    name: 'finish-bytes',
    line: 'the report reads 0 bytes of the inputs',
    measure: () =>
      withTable(200_000, (folder, size) => {
        const { reportRead } = spread(folder, 2, Math.ceil(size / 5), 3)
        return { ok: reportRead === 0, figure: `${reportRead} bytes` }
      }),
  },
  {
    name: 'workers',
    line: 'on 1 GB, CPU seconds, median of 5: one worker <= 1.4 x the verb alone, the busiest of two <= 0.56 of one; <= 1.5 GiB per worker',
    measure: () => withTable(12_000_000, (folder, size) => workers(folder, size, 5)),
  },
  {
    name: 'verbs',
    line: 'profile, map, link and reconcile in 1, 2, 7 and 64 blocks and shares: the report and files of the verb alone; <= 2.9 N read, 0 by the report',
    measure: otherVerbs,
  },
  {
    name: 'jobs',
    line: 'profile of 1 GB and reconcile of 300 MB with two jobs: the report of one, <= 1.1x its CPU seconds',
    measure: jobs,
  },
  {
    name: 'planted-200k',
    line: 'the planted defects at 200,000 patients on local:2: recall and precision at least 99 % for every kind',
    measure: () => planted(200_000, 'local:2'),
  },
  {
    name: 'bucket',
    line: 'a bucket as the work folder, each engine but Slurm: the report of the verb alone, faults of the store passed, no key in it',
    measure: () => tests(['tests/scale/bucket-folder.test.ts', 'tests/scale/bucket-runs.test.ts']),
  },
  {
    name: 'cuts',
    line: 'messy tables and lines in random cuts, tasks in any order: the same report (1,000 in test:long)',
    measure: () => tests(['validate', 'profile', 'map', 'link', 'reconcile'].map((verb) => `tests/scale/spread-${verb}.test.ts`)),
  },
]
