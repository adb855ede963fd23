/** `carryover convert`: a drawing of a workflow, or an event log, from one format to another, with everything that could not be carried over named. */
import { stat } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { counted } from '../../core/counted.ts'
import { countsWritten, type Drawing, drawingFormats } from '../../core/workflow/interop/formats.ts'
import type { DrawingCounts, Loss } from '../../core/workflow/interop/loss/loss.ts'
import { type LogFormat, logFormats, lostBy, writeLog } from '../../core/workflow/log/write-log.ts'
import { readTrace } from '../../core/workflow/map/read.ts'
import { sides, type WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { writePieces, writeWhole } from '../../io/files/whole-file.ts'
import { readDrawingFrom } from '../../io/workflow/drawing.ts'
import { isTooLarge, tooLarge } from '../../io/workflow/drawing-file.ts'
import { interrupted } from '../shell/interruptible.ts'
import { printAside, printExact, printOut, printPieces } from '../shell/print.ts'
import { inputBytes } from '../shell/stdin.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import { addLogOptions, type LogOptions, logOf } from './log-inputs.ts'
import { readJsonFile } from './workflow-inputs.ts'

interface ConvertOptions extends LogOptions {
  readonly out?: string
  readonly to?: string
  readonly side?: string
  readonly trace?: string
  readonly format?: string
}

const endings = [...drawingFormats.keys()].join(', ')

export function addConvert(command: Command): void {
  command
    .argument(
      '<in>',
      'BPMN 2.0, draw.io, Visio, Lucidchart CSV, XPDL, a table of steps (CSV), a Carryover workflow (JSON), or an event log (XES; a table where the other file is .xes)',
    )
    .argument('[out]', `where it goes; the ending says the format: ${endings}; xes or csv for logs`)
    .option('--out <file>', 'the same as the second argument')
    .option('--to <format>', `write to standard output in this format: ${endings}`)
    .addOption(
      new Option('--side <side>', 'what the drawing is used as; what a Carryover file says otherwise, else current').choices(
        sides,
      ),
    )
    .option('--trace <file>', 'links between current and future steps (trace.json), written into BPMN')
    .addOption(
      new Option('--format <name>', 'how the report is written; text on a terminal, json otherwise').choices(['text', 'json']),
    )
    .addHelpText(
      'after',
      '\nExample:\n  carryover convert samples/riverside/workflows/refill/current.json --to mmd\n  carryover convert refill.bpmn refill.svg --format text\n  carryover convert samples/workflow/refill-log.csv refill.xes\n',
    )
    .action(async (path: string, second: string | undefined, options: ConvertOptions) => {
      process.exitCode = await convert(path, second, options)
    })
  addLogOptions(command)
}

async function convert(path: string, second: string | undefined, options: ConvertOptions): Promise<number> {
  const out = second ?? options.out
  if (out === undefined && options.to === undefined)
    throw new UsageError(`convert needs a second file, or --to with one of ${endings}.`)
  const given = sides.find((known) => known === options.side)
  const named = (out ?? '').replace(/^.*\./, '').toLowerCase()
  const ending = options.to ?? named
  if (options.to !== undefined && out !== undefined && drawingFormats.has(named) && named !== options.to)
    throw new UsageError(`--to got "${options.to}", but ${out} ends in .${named}; name one format.`)
  const log = logFormats.find((known) => known === ending)
  if (log && (ending === 'xes' || /\.xes(\.gz)?$/i.test(path))) return convertLog(path, log, out, options)
  const format = drawingFormats.get(ending)
  if (!format)
    throw new UsageError(
      options.to === undefined
        ? `${out} ends in no format that is written; it takes ${endings}.`
        : `--to got "${options.to}"; it takes ${endings}.`,
    )
  if (isTooLarge((await stat(path).catch(() => null))?.size ?? 0)) throw new InputError(tooLarge(path))
  const bytes = await inputBytes(path)
  const drawing = await readDrawingFrom(path, bytes, given ?? statedSide(bytes) ?? 'current', new AbortController().signal)
  if (typeof drawing === 'string') throw new InputError(drawing)
  const trace = options.trace === undefined ? [] : [...(await readJsonFile(options.trace, readTrace)).values()]
  const written = format.write(drawing.graph, trace)
  if (out === undefined) {
    printExact(written.text)
    for (const loss of [...drawing.losses, ...written.losses]) printAside(`${lossLine(loss)}\n`)
    return 0
  }
  await writeWhole(out, written.text, false)
  const report = {
    read: drawing.counts,
    written: countsWritten(ending, written.text, drawing.graph),
    losses: [...drawing.losses, ...written.losses],
  }
  const asText = options.format === undefined ? process.stdout.isTTY === true : options.format === 'text'
  printOut(asText ? textOf(report, drawing, out) : `${JSON.stringify(report, null, 2)}\n`)
  return 0
}

async function convertLog(path: string, format: LogFormat, out: string | undefined, options: ConvertOptions): Promise<number> {
  const read = await logOf(path, options)
  if (read === null) return interrupted('Nothing was written.')
  const { log } = read
  const losses = lostBy(log, format)
  if (out === undefined) {
    await printPieces(writeLog(log, format))
    for (const loss of losses) printAside(`${loss}\n`)
    return 0
  }
  await writePieces(out, writeLog(log, format), true)
  const asText = options.format === undefined ? process.stdout.isTTY === true : options.format === 'text'
  const { cases, events } = log
  const report = { cases, events, activities: log.activities.length, losses }
  const lines = [`${counted(events, 'event')} of ${counted(cases, 'case')} → ${out}`, ...losses.map((loss) => `  ${loss}`), '']
  printOut(asText ? lines.join('\n') : `${JSON.stringify(report, null, 2)}\n`)
  return 0
}

/** The side a Carryover workflow file says it is. */
function statedSide(bytes: Uint8Array): WorkflowSide | null {
  if (bytes[0] !== 0x7b) return null
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const said = typeof json === 'object' && json !== null && 'side' in json ? json.side : null
    return sides.find((known) => known === said) ?? null
  } catch {
    return null
  }
}

function textOf(
  report: { readonly read: DrawingCounts; readonly written: DrawingCounts; readonly losses: readonly Loss[] },
  drawing: Drawing,
  out: string,
): string {
  const row = (what: string, counts: DrawingCounts): string =>
    `${what.padEnd(9)}${counts.tasks} tasks, ${counts.events} events, ${counts.gateways} gateways, ${counts.flows} flows, ${counts.lanes} lanes, ${counts.shapes} shapes`
  const lost =
    report.losses.length === 0
      ? 'Nothing was lost.'
      : `${report.losses.length} ${report.losses.length === 1 ? 'thing was' : 'things were'} not carried over as drawn:`
  return [
    `${drawing.format} → ${out}`,
    row('read', report.read),
    row('written', report.written),
    lost,
    ...report.losses.map((loss) => `  ${lossLine(loss)}`),
    '',
  ].join('\n')
}

function lossLine({ id, what, why }: Loss): string {
  return `${what}${id === '' ? '' : ` (${id})`}: ${why}`
}
