/** `carryover conform`: did the work go as drawn? An event log against a workflow, step by step. */
import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { dayText } from '../../core/values/day.ts'
import { type Conformance, conform } from '../../core/workflow/mining/conformance.ts'
import type { Drift } from '../../core/workflow/mining/drift.ts'
import { readDrawingFrom } from '../../io/workflow/drawing.ts'
import { interrupted, resultOf } from '../shell/interruptible.ts'
import { printOut } from '../shell/print.ts'
import { InputError } from '../shell/usage-error.ts'
import { addLogOptions, type LogOptions, logOf } from './log-inputs.ts'
import { countOf, readJsonFile } from './workflow-inputs.ts'

declare const __VERSION__: string

interface ConformOptions extends LogOptions {
  readonly labels?: string
  readonly baseline?: number
  readonly window?: number
  readonly format: string
}

export function addConform(command: Command): void {
  addLogOptions(
    command
      .argument('<log>', 'event log: XES or a table, also packed (.gz, .zip, .xlsx)')
      .argument('<workflow>', 'the map as drawn: current.json, future.json, BPMN 2.0, draw.io, Visio or XPDL'),
  )
    .option('--labels <file>', 'JSON object from activity to step (id or label), where the names differ')
    .option(
      '--baseline <n>',
      'first cases that show how it should go, for drift; a quarter of all when left out',
      countOf('--baseline'),
    )
    .option('--window <n>', 'later cases that are held against them at a time', countOf('--window'))
    .addOption(new Option('--format <name>', 'how the result is written').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nExample:\n  carryover conform samples/workflow/refill-log.csv samples/riverside/workflows/refill/current.json\n',
    )
    .action(async (log: string, workflow: string, options: ConformOptions) => {
      process.exitCode = await runConform(log, workflow, options)
    })
}

async function runConform(logPath: string, workflowPath: string, options: ConformOptions): Promise<number> {
  const started = new Date()
  const bytes = await readFile(workflowPath).catch(() => {
    throw new InputError(`${workflowPath} could not be read. Check its name.`)
  })
  const drawing = await readDrawingFrom(workflowPath, bytes, 'future', new AbortController().signal)
  if (typeof drawing === 'string') throw new InputError(drawing)
  const labels = options.labels === undefined ? new Map<string, string>() : await readJsonFile(options.labels, readLabels)
  const read = await logOf(logPath, options)
  if (read === null) return interrupted()
  const { baseline, window } = options
  const windows = { ...(baseline === undefined ? {} : { baseline }), ...(window === undefined ? {} : { window }) }
  const done = await resultOf(
    (signal) => conform({ log: read.log, graph: drawing.graph, labels, ...windows }, signal),
    options.quiet === true,
  )
  if (done === null) return interrupted()
  if (done.value.kind === 'impossible') throw new InputError(done.value.sentence)
  const { conformance } = done.value
  const run = { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
  const document = { tool: { name: 'carryover', version: __VERSION__ }, run, ...conformance, problems: read.problems }
  printOut(options.format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : textOf(conformance))
  return 0
}

function readLabels(json: unknown): { value: ReadonlyMap<string, string>; problems: { place: string; sentence: string }[] } {
  const entries = typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json) : []
  const value = new Map<string, string>()
  for (const [activity, step] of entries) if (typeof step === 'string') value.set(activity, step)
  const problems =
    value.size === entries.length && entries.length > 0
      ? []
      : [{ place: '$', sentence: 'The file takes a JSON object from activity to step; everything else is left out.' }]
  return { value, problems }
}

function textOf(found: Conformance): string {
  const words = { skipped: 'skipped', extra: 'extra', order: 'out of order', role: 'by another role' } as const
  const lines = [
    ...found.unmatched.activities.map(({ name, count }) => `No step of the map is named like “${name}” (${count} events).`),
    ...found.unmatched.steps.map(({ label, id }) => `No activity of the log is named like the step “${label || id}”.`),
    `${found.fittingPercent.toFixed(1)} % of ${found.cases} cases went as drawn; fitness ${found.averageFitness.toFixed(4)} per case, ${found.logFitness.toFixed(4)} over all events`,
    ...(found.undecided === 0
      ? []
      : [
          `${String(found.undecided).padStart(8)}  not decided: between ${found.bounds.fittingPercent.map((one) => one.toFixed(1)).join(' and ')} % went as drawn, fitness per case between ${found.bounds.averageFitness.map((one) => one.toFixed(4)).join(' and ')}`,
        ]),
    ...found.deviations.map(
      ({ kind, label, count, cases }) => `${String(count).padStart(8)}  ${words[kind].padEnd(15)}  ${label}  (${cases} cases)`,
    ),
    ...(found.drift === null ? [] : driftLines(found.drift)),
    ...found.notes,
  ]
  return `${lines.join('\n')}\n`
}

function driftLines({ baseline, windows, leadTime, missing }: Drift): string[] {
  const day = (time: number): string => dayText(new Date(time).toISOString())
  const alarms = windows.filter((one) => one.alarms.length > 0)
  const arcs = alarms.find((one) => one.alarms.includes('arcs'))
  const fits = alarms.find((one) => one.alarms.includes('conformance'))
  const lines = [
    ...(arcs
      ? [`Since ${day(arcs.from)} steps follow each other in another way than in the first ${baseline.cases} cases.`]
      : []),
    ...(fits ? [`Since ${day(fits.from)} fewer cases go as drawn.`] : []),
    ...(leadTime ? [`Since ${day(leadTime.began)} cases take ${leadTime.direction === 'up' ? 'longer' : 'less time'}.`] : []),
    ...missing.map(
      ({ activity, window, before, after }) =>
        `Since ${day(windows[window]?.from ?? 0)} “${activity}” goes missing: ${(100 * before).toFixed(0)} % of cases had it, now ${(100 * after).toFixed(0)} %. Look whether it is done on paper again.`,
    ),
  ]
  return lines.length > 0 ? lines : [`No drift in ${windows.length} windows after the first ${baseline.cases} cases.`]
}
