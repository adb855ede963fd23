/** From task times of a run on this machine to runs of up to 1,000 workers and 100 TB. Writes `docs/scale.svg`. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, root } from '../../setup.mjs'
import { chart } from './chart.mjs'
import { megabyte, scaledStages, simulatedSeconds } from './simulation.mjs'

const terabyte = 1e12
const gigabyte = 1e9
const blockBytes = 256 * megabyte
const measuredBlock = 16 * megabyte
const workers = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
const rows = 1_400_000

export function simulate() {
  build()
  const folder = mkdtempSync(join(tmpdir(), 'carryover-simulate-'))
  try {
    const { stages, megabytes, tasks } = measured(folder)
    const times = (bytes, storage) => {
      const scaled = scaledStages(stages, bytes, blockBytes)
      const one = simulatedSeconds(scaled, 1, storage)
      return workers.map((count) => [count, one / simulatedSeconds(scaled, count, storage)])
    }
    const lines = [
      { name: '4 TB, no limit', points: times(4 * terabyte, Number.POSITIVE_INFINITY) },
      { name: '4 TB, 10 GB/s', points: times(4 * terabyte, 10 * gigabyte) },
      { name: '4 TB, 2 GB/s', points: times(4 * terabyte, 2 * gigabyte) },
      { name: '0.1 TB, no limit', points: times(0.1 * terabyte, Number.POSITIVE_INFINITY) },
      { name: '1 TB, no limit', points: times(terabyte, Number.POSITIVE_INFINITY) },
      { name: '100 TB, no limit', points: times(100 * terabyte, Number.POSITIVE_INFINITY) },
    ]
    writeFileSync(
      join(root, 'docs/scale.svg'),
      chart('validate, simulated from measured tasks: 1 % stragglers, 0.2 % killed', lines),
    )
    const most = lines[0].points.at(-1)[1]
    const said = lines.map(
      ({ name, points }) =>
        `${name}: ${points.map(([count, speed]) => `${count} → ${speed.toFixed(speed < 10 ? 1 : 0)}`).join(', ')}`,
    )
    return {
      ok: most >= 600,
      figure: [`from ${tasks} tasks over ${megabytes.toFixed(0)} MB; docs/scale.svg`, ...said].join('\n       '),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** CPU and bytes of the tasks of each stage, per byte of input. */
function measured(folder) {
  const lines = ['id,name,birth,sex,note']
  for (let row = 0; row < rows; row++)
    lines.push(
      `P${row},Name ${row % 9973},19${10 + (row % 90)}-0${1 + (row % 9)}-1${row % 9},${'mfx?'[row % 4]},"note, ${row} lorem ipsum lorem ipsum lorem ipsum lorem ipsum"`,
    )
  const input = join(folder, 'rows.csv')
  writeFileSync(input, `${lines.join('\n')}\n`)
  const fields = [
    { name: 'id', type: 'string', constraints: { unique: true } },
    ...['name', 'sex', 'note'].map((name) => ({ name, type: 'string' })),
    { name: 'birth', type: 'date' },
  ]
  const order = ['id', 'name', 'birth', 'sex', 'note']
  fields.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  writeFileSync(join(folder, 'schema.json'), JSON.stringify({ fields }))
  const words = [
    'run',
    'validate',
    'rows.csv',
    '--schema',
    'schema.json',
    '--engine',
    'local:1',
    '--work',
    'work',
    '--block',
    '16M',
    '--quiet',
  ]
  const run = spawnSync(process.execPath, [join(root, 'dist/cli/carryover.js'), ...words], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (run.status !== 0 && run.status !== 1) throw new Error(run.stderr)
  const { size } = statSync(input)
  const plan = JSON.parse(readFileSync(join(folder, 'work/plan.json'), 'utf8'))
  const blocks = Math.ceil(size / measuredBlock)
  let tasks = 0
  let shuffled = 0
  const stages = plan.stages.map(({ name }) => {
    const done = readdirSync(join(folder, 'work/done'))
      .filter((file) => file.startsWith(`${name}-`))
      .map((file) => JSON.parse(readFileSync(join(folder, 'work/done', file), 'utf8')))
    tasks += done.length
    const cpu = done.map(({ cpuSeconds }) => cpuSeconds).sort((a, b) => a - b)
    const sum = (of) => done.reduce((total, one) => total + of(one), 0)
    // What a task reads of the work folder is not counted there: reduce reads what map wrote.
    const moved = sum((one) => one.bytesRead + one.bytesWritten) + (name === 'reduce' ? shuffled : 0)
    if (name === 'map') shuffled = sum((one) => one.bytesWritten)
    // The first task of a process warms it up: the middle one counts for all.
    const typical = cpu[cpu.length >> 1] ?? 0
    // A task of the census scans several blocks; those of reduce are as many as the rows that were set apart ask for.
    const taskBytes = { census: plan.asked.scanBytes, reduce: blockBytes / 0.3 }[name] ?? blockBytes
    const isSpread = done.length >= blocks || name in { census: 1, reduce: 1 }
    const grows = isSpread ? 'tasks' : moved > size / 2 ? 'serial' : 'never'
    return {
      grows,
      cpuPerByte: (typical * done.length) / size,
      bytesPerByte: moved / size,
      cpuPerTask: typical,
      taskBytes,
    }
  })
  const read = stages.reduce((sum, { bytesPerByte }) => sum + bytesPerByte, 0)
  if (read < 1)
    throw new Error(`the tasks say that they read ${read.toFixed(2)} of the input; without it no storage can be simulated`)
  return { stages, megabytes: size / megabyte, tasks }
}
