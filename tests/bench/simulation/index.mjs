/** `npm run bench -- simulation`: events a second in one worker, the same models in SimPy where it is there, and what common random numbers save. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { builtModules } from '../built.mjs'

let made = null
const engine = () =>
  (made ??= builtModules('simulation', { engine: join(import.meta.dirname, 'engine.ts') }).then((built) => built.engine))

const cases = 300_000

function variance(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

/** Best of three rounds of each model, in a worker. */
let spent = null
function inWorker() {
  spent ??= engine().then(
    (path) =>
      new Promise((resolve, reject) => {
        const found = []
        const worker = new Worker(join(import.meta.dirname, 'worker.mjs'), { workerData: { engine: path, cases, rounds: 3 } })
        worker.on('message', (row) => found.push(row))
        worker.on('error', reject)
        worker.on('exit', () => resolve(found))
      }),
  )
  return spent
}

export const parts = {
  events: {
    title: 'events a second in one worker',
    async measure() {
      const found = await inWorker()
      const rate = ({ events, seconds }) => events / seconds / 1e6
      const least = Math.min(...found.map(rate))
      return {
        table: found.map(
          (row) => `${row.name}: ${row.events} events in ${row.seconds.toFixed(2)} s, ${rate(row).toFixed(2)} M/s`,
        ),
        ratios: [{ what: 'slowest model', value: `${least.toFixed(2)} M events/s`, goal: '≥ 5 M events/s', ok: least >= 5 }],
      }
    },
  },
  simpy: {
    title: 'the same models in SimPy',
    async measure() {
      const found = await inWorker()
      const done = spawnSync('python3', [join(import.meta.dirname, 'simpy.py'), '30000'], { encoding: 'utf8' })
      if (done.error || done.status !== 0) return { table: ['not measured: SimPy is not installed here'], ratios: [] }
      const rows = done.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      const times = rows.map((row) => {
        const own = found.find(({ name }) => name === row.name)
        return { row, ratio: row.seconds / row.customers / (own.seconds / cases) }
      })
      const least = Math.min(...times.map(({ ratio }) => ratio))
      return {
        table: times.map(
          ({ row, ratio }) =>
            `${row.name}: SimPy ${row.version} ${Math.round(row.customers / row.seconds)} customers/s, ${ratio.toFixed(1)}× slower`,
        ),
        ratios: [{ what: 'times as fast as SimPy', value: least.toFixed(1), goal: '≥ 15', ok: least >= 15 }],
      }
    },
  },
  crn: {
    title: 'variance of the difference of both maps, common random numbers against independent ones',
    async measure() {
      const { compile, run, seedOf, streamKeys, riversideWorkflows } = await import(await engine())
      const replications = 60
      const table = []
      const ratios = []
      for (const [id, workflow] of riversideWorkflows) {
        const lead = (side, seed) => {
          const model = compile(workflow[side], workflow.scenario, streamKeys(workflow, side))
          const { leads } = run(model, { seed, cases: workflow.scenario.cases, skip: 50 })
          const counted = leads.subarray(50).filter((value) => !Number.isNaN(value))
          return counted.reduce((sum, value) => sum + value, 0) / counted.length
        }
        const series = (side, offset) => Array.from({ length: replications }, (_, n) => lead(side, seedOf(1, n + offset)))
        const [now, next, apart] = [series('current', 0), series('future', 0), series('future', 10_000)]
        const difference = (other) => other.map((value, n) => value - now[n])
        const ratio = variance(difference(next)) / variance(difference(apart))
        // Luck that is shared wholly takes out 2·σ₁σ₂ of σ₁² + σ₂²: where one map varies far less than the other, little is shared.
        const [a, b] = [variance(now), variance(next)]
        const least = 1 - (2 * Math.sqrt(a * b)) / (a + b)
        table.push(`${id}: ${ratio.toFixed(3)}; least that any sharing of luck can reach, by Cauchy–Schwarz: ${least.toFixed(3)}`)
        ratios.push(ratio)
      }
      const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length
      return {
        table,
        ratios: [{ what: 'mean ratio over the sample workflows', value: mean.toFixed(3), goal: '≤ 0.5', ok: mean <= 0.5 }],
      }
    },
  },
}
