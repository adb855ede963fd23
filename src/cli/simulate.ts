/** `carryover simulate`: waits, lead time and busy roles of one map, by discrete-event simulation. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { readGraph } from '../core/workflow/read.ts'
import { valueText } from '../core/workflow/sentence.ts'
import type { SimulationResult } from '../core/workflow/simulation/result.ts'
import { obstacles, simulate } from '../core/workflow/simulation/simulate.ts'
import { resultOf } from './interruptible.ts'
import { InputError, UsageError } from './usage-error.ts'
import { countOf, type RunOptions, readJsonFile, scenarioOf } from './workflow-inputs.ts'

declare const __VERSION__: string

interface SimulateOptions extends RunOptions {
  readonly format: string
  readonly out?: string
  readonly quiet?: boolean
}

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .argument('<workflow>', 'current.json or future.json of a workflow')
    .description('simulate a map: waits, lead time, busy roles')
    .requiredOption('--scenario <file>', 'arrivals, staff and calendars (scenario.json)')
    .option('--replications <n>', 'replications at least; the scenario says otherwise', countOf('--replications'))
    .option('--cases <n>', 'cases per replication', countOf('--cases'))
    .option('--seed <n>', 'seed of all random numbers', countOf('--seed'))
    .option('--format <name>', 'text or json', 'text')
    .option('--out <file>', 'write the result to a file')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExample:\n  carryover simulate samples/riverside/workflows/refill/future.json --scenario samples/riverside/workflows/refill/scenario.json\n',
    )
    .action(async (path: string, options: SimulateOptions) => {
      process.exitCode = await runSimulate(path, options)
    })
}

async function runSimulate(path: string, options: SimulateOptions): Promise<number> {
  if (options.format !== 'text' && options.format !== 'json')
    throw new UsageError(`--format got "${options.format}"; it takes text or json.`)
  const graph = await readJsonFile(path, (json) => readGraph(json, sideOf(json)))
  const scenario = await scenarioOf(options)
  const inTheWay = obstacles(graph, scenario)
  if (inTheWay.length > 0 || scenario === null) throw new InputError(`${path} can not be simulated. ${inTheWay.join(' ')}`)
  const started = new Date()
  const done = await resultOf((signal) => simulate({ graph, scenario }, signal), options.quiet === true)
  if (done === null) return 130
  const result = done.value
  const run = { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
  const text = options.format === 'json' ? `${JSON.stringify(documentOf(result, run), null, 2)}\n` : textOf(result, graph.label)
  if (options.out === undefined) process.stdout.write(text)
  else await writeFile(options.out, text)
  return 0
}

function sideOf(json: unknown): 'current' | 'future' {
  return typeof json === 'object' && json !== null && 'side' in json && json.side === 'future' ? 'future' : 'current'
}

/** Without the series per replication, which only a comparison needs. */
function documentOf(result: SimulationResult, run: object): object {
  const { steps, roles, leadTime, ...rest } = result
  return {
    tool: { name: 'carryover', version: __VERSION__ },
    run,
    ...rest,
    leadTime: leadTime && { mean: leadTime.mean, interval: leadTime.interval, p50: leadTime.p50, p90: leadTime.p90 },
    steps: steps.map(({ series: _, ...step }) => step),
    roles: roles.map(({ wait: { series: _, ...wait }, ...role }) => ({ ...role, wait })),
  }
}

function textOf(result: SimulationResult, label: string): string {
  const minutes = (seconds: number): string => valueText(seconds / 60, 'minutes')
  const lead = result.leadTime
  const lines = [
    `${label}: ${result.replications} replications of ${result.cases} cases, seed ${result.seed}`,
    lead === null
      ? `No lead time: ${result.unstable.join(', ')} asked for more than their hours.`
      : `Lead time ${minutes(lead.mean)} (${minutes(lead.interval[0])} to ${minutes(lead.interval[1])}); half of the cases within ${minutes(lead.p50)}, nine of ten within ${minutes(lead.p90)}`,
    ...result.roles.map((role) => `${role.id}: asked for ${Math.round(role.load * 100)} % of their hours`),
    ...result.steps.map(
      (step) => `${step.id}: waits ${minutes(step.wait.mean)}, works ${minutes(step.service)}, ${step.visits.toFixed(2)} visits`,
    ),
    ...result.notes,
  ]
  return `${lines.join('\n')}\n`
}
