/** `carryover simulate`: waits, lead time and busy roles of one map, by discrete-event simulation. */
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { readGraph } from '../../core/workflow/map/read.ts'
import type { Scenario } from '../../core/workflow/map/scenario.ts'
import { emptyWorkflow, type Graph, type Workflow } from '../../core/workflow/map/workflow.ts'
import { run } from '../../core/workflow/simulation/engine/engine.ts'
import { EventLog } from '../../core/workflow/simulation/engine/event-log.ts'
import { type ForecastStudy, forecastGoLive } from '../../core/workflow/simulation/forecast.ts'
import { type LeverStudy, rankLevers } from '../../core/workflow/simulation/levers.ts'
import { mostCases, mostDays, mostReplications } from '../../core/workflow/simulation/limits.ts'
import { logCsv, logRows, logXes } from '../../core/workflow/simulation/log-rows.ts'
import { compileTogether, type Part } from '../../core/workflow/simulation/model/model.ts'
import { obstacles } from '../../core/workflow/simulation/obstacles.ts'
import { seedOf, simulate } from '../../core/workflow/simulation/simulate.ts'
import { writePieces } from '../../io/files/whole-file.ts'
import { interrupted, onInterrupt, resultOf } from '../shell/interruptible.ts'
import { deliver, printAside } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import { simulationDocument, simulationText } from './simulation-output.ts'
import { countOf, type RunOptions, readJsonFile, scenarioFile, scenarioOf } from './workflow-inputs.ts'

interface SimulateOptions extends RunOptions {
  readonly days?: number
  readonly log?: string
  readonly beside?: readonly string[]
  readonly levers?: boolean
  readonly goLive?: boolean
  readonly format: string
  readonly out?: string
  readonly quiet?: boolean
}

export function addSimulate(command: Command): void {
  command
    .argument('<workflow>', 'current.json or future.json of a workflow')
    .requiredOption('--scenario <file>', 'arrivals, staff and calendars (scenario.json)')
    .option(
      '--replications <n>',
      'replications at least; the scenario says otherwise',
      countOf('--replications', mostReplications),
    )
    .option('--cases <n>', 'cases per replication', countOf('--cases', mostCases))
    .option('--days <n>', 'days on which cases come, instead of a number of cases', countOf('--days', mostDays))
    .option('--seed <n>', 'seed of all random numbers', countOf('--seed'))
    .option('--beside <folders...>', 'other workflows that share roles: folders with the same map and a scenario.json')
    .option('--levers', 'rank what would help most: staff one up or down, each step automated or left out')
    .option('--go-live', 'forecast the backlog of the weeks after go-live, for cuts of the first week’s bookings')
    .option('--log <file>', 'write the event log of the first replication: .csv, or .xes')
    .addOption(new Option('--format <name>', 'how the result is written').choices(['text', 'json']).default('text'))
    .option('--out <file>', 'write the result to a file')
    .addHelpText(
      'after',
      `
Examples:
  carryover simulate samples/riverside/workflows/refill/future.json --scenario samples/riverside/workflows/refill/scenario.json
  carryover simulate samples/riverside/workflows/refill/future.json --scenario samples/riverside/workflows/refill/scenario.json --log refill.csv --levers
`,
    )
    .action(async (path: string, options: SimulateOptions) => {
      process.exitCode = await runSimulate(path, options)
    })
}

async function runSimulate(path: string, options: SimulateOptions): Promise<number> {
  if (options.log !== undefined && !/\.(csv|xes)$/i.test(options.log))
    throw new UsageError(`--log got "${options.log}"; it takes a file that ends in .csv or .xes.`)
  if (options.goLive && options.beside !== undefined)
    throw new UsageError('--go-live forecasts one workflow by itself and does not go with --beside: leave one of them out.')
  const graph = await readMap(path)
  const given = await scenarioOf(options, [graph])
  const scenario: Scenario | null = given && (options.days === undefined ? given : { ...given, days: options.days })
  const inTheWay = obstacles(graph, scenario)
  if (inTheWay.length > 0 || scenario === null) throw new InputError(`${path} can not be simulated. ${inTheWay.join(' ')}`)
  const beside = await Promise.all((options.beside ?? []).map((folder) => partOf(folder, graph.side)))
  const started = new Date()
  const quiet = options.quiet === true
  const interrupt = onInterrupt()
  try {
    const { signal } = interrupt
    const done = await resultOf((own) => simulate({ graph, scenario, beside }, own), quiet, { signal })
    if (done === null) return interrupted()
    const workflow: Workflow = { ...emptyWorkflow(graph.id), future: { ...graph, side: 'future' }, scenario }
    const levers = options.levers
      ? await resultOf<never, LeverStudy>((own) => rankLevers(workflow, own, beside), quiet, { signal })
      : null
    if (levers === null && options.levers) return interrupted()
    const forecast = options.goLive
      ? await resultOf<never, ForecastStudy>((own) => forecastGoLive(workflow, own), quiet, { signal })
      : null
    if (forecast === null && options.goLive) return interrupted()
    if (options.log !== undefined) await writeLog(options.log, { graph, scenario, keys: new Map() }, beside)
    const found = { result: done.value, levers: levers?.value ?? null, forecast: forecast?.value ?? null }
    const spent = { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
    const text =
      options.format === 'json' ? `${JSON.stringify(simulationDocument(found, spent), null, 2)}\n` : simulationText(found, graph)
    await deliver(options.out, text, { isPrivate: false })
    return 0
  } finally {
    interrupt.done()
  }
}

/** The side is what the file says; a map without one counts as the current one. */
function readMap(path: string): Promise<Graph> {
  return readJsonFile(path, (json) => readGraph(json, sideOf(json)))
}

function sideOf(json: unknown): 'current' | 'future' {
  return typeof json === 'object' && json !== null && 'side' in json && json.side === 'future' ? 'future' : 'current'
}

async function partOf(folder: string, side: 'current' | 'future'): Promise<Part> {
  const graph = await readMap(join(folder, `${side}.json`))
  const scenario = await scenarioFile(join(folder, 'scenario.json'), [graph])
  // How many cases come is decided by the workflow they run beside.
  const inTheWay = obstacles(graph, { ...scenario, cases: 1, days: null, replications: 1 })
  if (inTheWay.length > 0) throw new InputError(`${folder} can not be simulated. ${inTheWay.join(' ')}`)
  return { graph, scenario, keys: new Map() }
}

/** The first replication again, this time written down. */
async function writeLog(path: string, part: Part, beside: readonly Part[]): Promise<void> {
  const model = compileTogether([part, ...beside])
  const log = new EventLog()
  const { cases, days, seed } = part.scenario
  const { came } = run(model, {
    seed: seedOf(seed, 0),
    cases: Math.max(1, Math.round(cases)),
    horizon: days && days * 86400,
    skip: 0,
    log,
  })
  const rows = logRows(model, log)
  await writePieces(path, /\.xes$/i.test(path) ? logXes(rows) : logCsv(rows), false)
  printAside(`${log.length} events of ${came} cases written to ${path}.\n`)
}
