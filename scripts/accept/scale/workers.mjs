/** What a spread run costs beside the verb alone: CPU seconds of all processes, of the busiest worker, and memory. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../../setup.mjs'
import { cli, mega } from '../measure.mjs'

const verb = 'validate patients.csv --schema schema.json --as-of 2026-06-30 --format json --quiet --fail-on never'

/** Seconds of CPU of a command and of everything it started, as the shell counts them. */
export function cpuOf(folder, words, report = 'report.json') {
  const script = `"$0" "$1" ${words} > ${report}; code=$?; times; exit $code`
  const done = spawnSync('bash', ['-c', script, process.execPath, cli()], { cwd: folder, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
  const last = done.stdout.trim().split('\n').at(-1)
  return last.split(' ').reduce((sum, one) => {
    const [minutes, seconds] = one.split('m')
    return sum + Number(minutes) * 60 + Number.parseFloat(seconds)
  }, 0)
}

function spread(folder, count) {
  rmSync(join(folder, 'work'), { recursive: true, force: true })
  const cpu = cpuOf(folder, `run ${verb} --engine local:${count} --work work`)
  const of = new Map()
  let peak = 0
  for (const name of readdirSync(join(folder, 'work/done'))) {
    const { task, cpuSeconds, peakBytes } = JSON.parse(readFileSync(join(folder, 'work/done', name), 'utf8'))
    if (task === undefined) continue
    const { pid } = JSON.parse(readFileSync(join(folder, `work/attempts/${task}-1.json`), 'utf8'))
    of.set(pid, (of.get(pid) ?? 0) + cpuSeconds)
    peak = Math.max(peak, peakBytes)
  }
  return { cpu, busiest: Math.max(...of.values()), peak }
}

const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1]

export function workers(folder, size, rounds) {
  build()
  const costs = []
  const shares = []
  const peaks = []
  for (let round = 0; round < rounds; round++) {
    const alone = cpuOf(folder, `${verb} --jobs 1`)
    const one = spread(folder, 1)
    const two = spread(folder, 2)
    costs.push(one.cpu / alone)
    shares.push(two.busiest / one.busiest)
    peaks.push(one.peak, two.peak)
  }
  const [cost, share, peak] = [middle(costs), middle(shares), Math.max(...peaks)]
  return {
    ok: cost <= 1.4 && share <= 0.56 && peak <= 1.5 * 2 ** 30,
    figure: `one worker ${cost.toFixed(2)} x, the busiest of two ${share.toFixed(2)}, ${mega(peak)} per worker; ${mega(size)} of input`,
  }
}
