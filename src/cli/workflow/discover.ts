/** `carryover discover`: what really happens, from an event log: statistics, the directly-follows graph and a map of the work. */
import { type Command, Option } from 'commander'
import { drawingFormats } from '../../core/workflow/interop/formats.ts'
import { formWords } from '../../core/workflow/log/date-order.ts'
import { lengthText } from '../../core/workflow/log/length-text.ts'
import type { LogStatistics } from '../../core/workflow/log/statistics.ts'
import { scenarioText } from '../../core/workflow/map/write.ts'
import { type Discovery, discover } from '../../core/workflow/mining/discover.ts'
import { writeWhole } from '../../io/files/whole-file.ts'
import { interrupted, resultOf } from '../shell/interruptible.ts'
import { printOut } from '../shell/print.ts'
import { UsageError } from '../shell/usage-error.ts'
import { addLogOptions, type LogOptions, logOf, type ReadLog } from './log-inputs.ts'

declare const __VERSION__: string

interface DiscoverOptions extends LogOptions {
  readonly noise: string
  readonly out?: string
  readonly scenarioOut?: string
  readonly format: string
  readonly reveal?: boolean
}

const endings = [...drawingFormats.keys()].join(', ')

export function addDiscover(command: Command): void {
  addLogOptions(command.argument('<log>', 'event log: XES or a table, also packed (.gz, .zip, .xlsx)'))
    .option('--noise <share>', 'leave out ways rarer than this share of the usual one, 0 to 1', '0')
    .option('--out <file>', `write the discovered map; the ending says the format: ${endings}`)
    .option('--scenario-out <file>', 'write arrivals, staff and calendars as the log shows them (scenario.json)')
    .addOption(new Option('--format <name>', 'how the result is written').choices(['text', 'json']).default('text'))
    .option('--reveal', 'show the names of people')
    .addHelpText('after', '\nExample:\n  carryover discover samples/workflow/refill-log.csv --noise 0.2\n')
    .action(async (path: string, options: DiscoverOptions) => {
      process.exitCode = await runDiscover(path, options)
    })
}

async function runDiscover(path: string, options: DiscoverOptions): Promise<number> {
  const noise = Number(options.noise)
  if (!(noise >= 0 && noise < 1) || options.noise.trim() === '')
    throw new UsageError(`--noise got "${options.noise}"; it takes a number from 0 to below 1.`)
  const ending = (options.out ?? '').replace(/^.*\./, '').toLowerCase()
  const format = drawingFormats.get(ending)
  if (options.out !== undefined && !format) throw new UsageError(`--out got "${options.out}"; its ending takes ${endings}.`)
  const started = new Date()
  const read = await logOf(path, options)
  if (read === null) return interrupted()
  const id = path.replace(/^.*[/\\]/, '').replace(/\..*$/, '') || 'workflow'
  const reveal = options.reveal === true
  const done = await resultOf(
    (signal) => discover({ log: read.log, noise, id, label: id, reveal }, signal),
    options.quiet === true,
  )
  if (done === null) return interrupted()
  const found = done.value
  if (format && options.out !== undefined) await write(options.out, format.write(found.graph, []).text)
  if (options.scenarioOut !== undefined) await write(options.scenarioOut, scenarioText(found.scenario))
  const run = { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
  printOut(
    options.format === 'json' ? `${JSON.stringify(documentOf(read, found, noise, reveal, run), null, 2)}\n` : textOf(found, read),
  )
  return 0
}

async function write(path: string, text: string): Promise<void> {
  await writeWhole(path, text, true)
}

function documentOf(read: ReadLog, { statistics, ...found }: Discovery, noise: number, reveal: boolean, run: object): object {
  const { activities, rework, handOvers, resources, variants, variantCount, notes, ...counts } = statistics
  const nameOf = maskedNames(statistics, reveal)
  return {
    tool: { name: 'carryover', version: __VERSION__ },
    run,
    input: {
      name: read.log.name,
      format: read.format,
      whole: read.whole,
      recorded: statistics.recorded,
      columns: columnsOf(read),
      dates: read.mapping && { form: read.mapping.form, why: read.mapping.formWhy },
    },
    cases: counts.cases,
    events: counts.events,
    activities: activities.length,
    variants: variantCount,
    directlyFollows: counts.directlyFollows,
    start: Object.fromEntries(activities.filter(({ starts }) => starts > 0).map(({ name, starts }) => [name, starts])),
    end: Object.fromEntries(activities.filter(({ ends }) => ends > 0).map(({ name, ends }) => [name, ends])),
    rework,
    throughput: counts.times,
    activityFacts: activities,
    mostFrequentVariants: variants,
    handOvers: {
      ...handOvers,
      pairs: handOvers.pairs.map(({ from, to, count }) => ({ from: nameOf(from), to: nameOf(to), count })),
    },
    resources: resources.map((one) => ({ ...one, name: nameOf(one.name) })),
    model: {
      noise,
      tree: found.tree,
      fitness: found.fitness && {
        fittingPercent: 100 * found.fitness.fitting,
        average: found.fitness.average,
        log: found.fitness.log,
        undecided: found.fitness.undecided,
        bounds: {
          fittingPercent: found.fitness.bounds.fitting.map((share) => 100 * share),
          average: found.fitness.bounds.average,
        },
      },
      precision: found.precision && {
        value: found.precision.value,
        enabled: found.precision.enabled,
        escaping: found.precision.escaping,
      },
      precisionAsPublished: found.precision?.asPublished ?? null,
      generalisation: found.generalisation,
      fits: Object.fromEntries(found.fits),
    },
    problems: read.problems,
    notes: [...notes, ...found.notes],
  }
}

function columnsOf(read: ReadLog): object | null {
  if (read.mapping === null) return null
  return Object.fromEntries(
    Object.entries(read.mapping.roles).map(([role, guess]) => [role, { column: read.header[guess.column], why: guess.why }]),
  )
}

/** Names of people are values of the log: numbered unless a person asked to see them. */
function maskedNames({ resources }: LogStatistics, reveal: boolean): (name: string) => string {
  const numbers = new Map(resources.map(({ name }, index) => [name, `person ${index + 1}`]))
  return (name) => (reveal ? name : (numbers.get(name) ?? 'person'))
}

function textOf({ statistics, tree, fitness, precision, generalisation, notes }: Discovery, read: ReadLog): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
  const time = statistics.times.startToComplete ?? statistics.times.completeToComplete
  const lines = [
    `${read.log.name}: ${statistics.cases} cases, ${statistics.events} events, ${statistics.activities.length} activities, ${statistics.variantCount} variants`,
    ...(read.mapping === null || statistics.span === null
      ? []
      : [`Dates were read ${formWords[read.mapping.form]}: ${read.mapping.formWhy}.`]),
    time === null
      ? 'Durations are not known.'
      : `Case time: half within ${lengthText(time.median)}, nine of ten within ${lengthText(time.p90)}, mean ${lengthText(time.mean)}`,
    '',
    ...statistics.directlyFollows
      .slice(0, 20)
      .map(
        (arc) =>
          `${String(arc.count).padStart(8)}  ${arc.from} → ${arc.to}${arc.medianSeconds === null ? '' : `  (median ${lengthText(arc.medianSeconds)})`}`,
      ),
    ...(statistics.directlyFollows.length > 20
      ? [`          and ${statistics.directlyFollows.length - 20} more arcs (--format json lists all)`]
      : []),
    '',
    `Done again at once ${sumOf(statistics.rework.selfLoops)} times in ${statistics.rework.selfLoops.cases} cases, later ${sumOf(statistics.rework.repetitions)} times in ${statistics.rework.repetitions.cases} cases`,
    `Handed to another person ${statistics.handOvers.changes} of ${statistics.handOvers.total} times`,
    '',
    `Process: ${tree}`,
    ...(fitness === null
      ? []
      : [
          `It replays ${percent(fitness.fitting)} of the cases whole; fitness ${fitness.average.toFixed(4)}, precision ${precision === null ? 'not known' : `${precision.value.toFixed(4)} (${precision.escaping} of ${precision.enabled} ways that stood open were taken by no case)`}, generalisation ${generalisation.toFixed(4)}`,
        ]),
    ...statistics.notes,
    ...notes,
  ]
  return `${lines.join('\n')}\n`
}

function sumOf({ repeat, redo, unknown }: { readonly repeat: number; readonly redo: number; readonly unknown: number }): number {
  return repeat + redo + unknown
}
