/** `carryover compare`: which bottlenecks of today survive in the future workflow, and which were merely digitized. */
import { type Command, Option } from 'commander'
import { severities } from '../../core/finding.ts'
import { defaultPolicy, readPolicy } from '../../core/workflow/map/policy.ts'
import { readGraph, readTrace } from '../../core/workflow/map/read.ts'
import type { Workflow, WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { type Judgement, judge } from '../../core/workflow/simulation/judge.ts'
import { mostCases, mostReplications } from '../../core/workflow/simulation/limits.ts'
import { type Comparison, compare } from '../../core/workflow/survival/compare.ts'
import { readDataEvidence } from '../../core/workflow/survival/data-evidence.ts'
import { oneSidedStaff } from '../../core/workflow/times/one-sided-staff.ts'
import { suggestTrace } from '../../core/workflow/trace/suggest-trace.ts'
import { inferFate, proposedSteps } from '../../core/workflow/trace/trace.ts'
import { failOnOption } from '../shell/flag-values.ts'
import { interrupted, resultOf } from '../shell/interruptible.ts'
import { deliver, printAside } from '../shell/print.ts'
import { countOf, type RunOptions, readJsonFile, scenarioOf } from './workflow-inputs.ts'

declare const __VERSION__: string

interface CompareOptions extends RunOptions {
  readonly trace?: string
  readonly policy?: string
  readonly evidence?: string
  readonly suggestTrace?: boolean
  readonly format: string
  readonly out?: string
  readonly failOn: string
  readonly quiet?: boolean
}

export function addCompare(command: Command): void {
  command
    .argument('<current>', 'current.json of a workflow')
    .argument('<future>', 'future.json of a workflow')
    .option('--trace <file>', 'links between current and future steps (trace.json)')
    .option('--scenario <file>', 'arrivals, staff and calendars: waits are simulated')
    .option('--policy <file>', 'thresholds of the project (rules/workflow.json)')
    .option('--evidence <file>', 'which data is carried over: {"allergies": "carried", "dose": "mapped", "problems": "missing"}')
    .option('--suggest-trace', 'only suggest links between the steps of both maps; nothing is judged')
    .option('--replications <n>', 'replications at least', countOf('--replications', mostReplications))
    .option('--cases <n>', 'cases per replication', countOf('--cases', mostCases))
    .option('--seed <n>', 'seed of all random numbers', countOf('--seed'))
    .addOption(new Option('--format <name>', 'how the result is written').choices(['text', 'json']).default('text'))
    .option('--out <file>', 'write the result to a file')
    .addOption(failOnOption())
    .addHelpText(
      'after',
      '\nExample:\n  carryover compare samples/riverside/workflows/refill/current.json samples/riverside/workflows/refill/future.json --trace samples/riverside/workflows/refill/trace.json --scenario samples/riverside/workflows/refill/scenario.json\n',
    )
    .action(async (current: string, future: string, options: CompareOptions) => {
      process.exitCode = await runCompare(current, future, options)
    })
}

async function runCompare(currentPath: string, futurePath: string, options: CompareOptions): Promise<number> {
  const started = new Date()
  const current = await readJsonFile(currentPath, (json) => readGraph(json, 'current'))
  const future = await readJsonFile(futurePath, (json) => readGraph(json, 'future'))
  const workflow: Workflow = {
    id: current.id,
    current,
    future,
    trace: options.trace === undefined ? new Map() : await readJsonFile(options.trace, readTrace),
    scenario: await scenarioOf(options, [current, future]),
  }
  if (options.suggestTrace === true) return writeSuggestions(workflow, options)
  for (const sentence of oneSidedStaff(workflow)) printAside(`${options.scenario}: ${sentence}\n`)
  const evidence = options.evidence === undefined ? null : await readJsonFile(options.evidence, readDataEvidence)
  const policy =
    options.policy === undefined
      ? defaultPolicy
      : await readJsonFile(options.policy, (json) => {
          const { policy: value, problems } = readPolicy(json)
          return { value, problems: problems.map((sentence) => ({ place: '$', sentence })) }
        })
  const done = await resultOf((signal) => judge(workflow, signal), options.quiet === true)
  if (done === null) return interrupted()
  const judged = done.value
  const comparison = compare(workflow, {
    policy,
    ...(judged.results === null ? {} : { results: judged.results }),
    ...(evidence === null ? {} : { evidence }),
  })
  const run = { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
  const text =
    options.format === 'json'
      ? `${JSON.stringify(documentOf(comparison, judged, run), null, 2)}\n`
      : textOf(comparison, judged, proposedSteps(workflow).length)
  await deliver(options.out, text, { isPrivate: false })
  const names: readonly string[] = severities
  const limit = names.indexOf(options.failOn)
  const worst = [...comparison.findings, ...comparison.structure].some((finding) => severities.indexOf(finding.severity) <= limit)
  return options.failOn !== 'never' && worst ? 1 : 0
}

/** Links that fit together, and the best three of each step with reasons; a person decides. */
async function writeSuggestions(workflow: Workflow, options: CompareOptions): Promise<number> {
  const { steps, links } = suggestTrace(workflow.current, workflow.future, workflow.trace.values())
  const trace = links.map(({ from, to, score }) => ({ from, to, fate: inferFate(workflow, from, to), suggested: true, score }))
  const labelOf = (side: WorkflowSide, id: string): string => workflow[side].nodes.get(id)?.label ?? id
  const lines = [
    ...trace.map(
      ({ from, to, fate, score }) =>
        `${score.toFixed(2)}  ${fate.padEnd(9)}  ${from.map((id) => labelOf('current', id)).join(' + ')} → ${to.map((id) => labelOf('future', id)).join(' + ')}`,
    ),
    ...steps
      .filter(({ current }) => !links.some((link) => link.from.includes(current)))
      .map(
        ({ current, candidates }) =>
          `none  ${labelOf('current', current)}: ${candidates.map(({ future, score, reasons }) => `${labelOf('future', future)} ${score.toFixed(2)} (${reasons.join(', ')})`).join('; ')}`,
      ),
  ]
  const text =
    options.format === 'json'
      ? `${JSON.stringify({ tool: { name: 'carryover', version: __VERSION__ }, trace, steps }, null, 2)}\n`
      : `${lines.join('\n')}\n`
  await deliver(options.out, text, { isPrivate: false })
  return 0
}

function documentOf(comparison: Comparison, judged: Judgement, run: object): object {
  const { trace, ...rest } = comparison
  return {
    tool: { name: 'carryover', version: __VERSION__ },
    run,
    ...rest,
    trace: trace.map(({ shape: _, ...link }) => link),
    notSimulated: judged.obstacles,
    leadTime: judged.results && { current: leadOf(judged.results.current), future: leadOf(judged.results.future) },
  }
}

function leadOf(result: NonNullable<Judgement['results']>['current']): object | null {
  return (
    result.leadTime && {
      mean: result.leadTime.mean,
      interval: result.leadTime.interval,
      p50: result.leadTime.p50,
      p90: result.leadTime.p90,
    }
  )
}

function proposedText(proposed: number): string {
  return proposed === 0 ? '' : `, ${proposed} of them by links that nobody confirmed`
}

function textOf(comparison: Comparison, judged: Judgement, proposed: number): string {
  const lines = [
    `Traced ${comparison.traced.n} of ${comparison.traced.of} current steps${proposedText(proposed)}; waits are ${comparison.level}.`,
    ...judged.obstacles.map((sentence) => `Not simulated: ${sentence}`),
    ...comparison.blocked.map((sentence) => `Not judged: ${sentence}`),
    ...comparison.findings.map(
      (finding) => `${finding.outcome.padEnd(10)} ${finding.severity.padEnd(8)} ${finding.code}: ${finding.sentence}`,
    ),
    ...comparison.structure.map(
      (problem) => `${problem.side.padEnd(10)} ${problem.severity.padEnd(8)} ${problem.code}: ${problem.sentence}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}
