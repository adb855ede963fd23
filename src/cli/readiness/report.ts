/** `carryover report`: go/no-go page, board, register, month, outcomes, training gap, hand-over or certificate of a project; the same bytes as in the app. */
import { type Command, Option } from 'commander'
import {
  formatsOf,
  makeReport,
  type ReportKindName,
  reportKindNames,
  reportKinds,
  type SheetFormat,
  sheetFormats,
  writeReport,
} from '../../core/readiness/reports/index.ts'
import { aDay } from '../shell/flag-values.ts'
import { refuseUnwritable } from '../shell/out-files.ts'
import { type OutputFlag, outputOrder } from '../shell/output-order.ts'
import { deliver, isExactFormat } from '../shell/print.ts'
import { outputsOf } from '../shell/report-outputs.ts'
import { UsageError } from '../shell/usage-error.ts'
import { boardDay, openedForBoard } from './readiness-project.ts'

interface ReportOptions {
  readonly kind: ReportKindName
  readonly asOf?: string
  readonly format: readonly string[]
  readonly out: readonly string[]
}

const formats: ReadonlyMap<string, SheetFormat> = new Map(sheetFormats.map((format) => [format, format]))

export function addReport(command: Command): void {
  const order = outputOrder()
  const kinds = reportKindNames.map((kind) => `  ${kind.padEnd(14)}${reportKinds[kind].says}`)
  command
    .argument('<project>', 'a project folder or .carryover file')
    .addOption(new Option('--kind <kind>', 'which report').choices(reportKindNames).default('go-no-go'))
    .option('--as-of <date>', 'the day it is made for, YYYY-MM-DD; today when left out', aDay)
    .option('--format <format>', `${sheetFormats.join(', ')}; may be given several times`, order.collect('format'), [])
    .option('--out <file>', 'where the format beside it goes; standard output otherwise', order.collect('out'), [])
    .addHelpText(
      'after',
      `\nKinds:\n${kinds.join('\n')}\n\nThe same project and day give the same bytes, here and in the app.\n\nExample:\n  carryover report riverside --kind go-no-go --as-of 2026-07-14 --format markdown\n(carryover example --out riverside writes that project)\n`,
    )
    .action((path: string, options: ReportOptions) => run(path, options, order.flags))
}

async function run(path: string, options: ReportOptions, order: readonly OutputFlag[]): Promise<void> {
  const asOf = boardDay(options.asOf)
  const outputs = outputsOf(options, order, formats)
  await refuseUnwritable(
    '--out',
    outputs.map(({ file }) => file),
  )
  const { project, verification } = await openedForBoard(path)
  const report = makeReport(options.kind, project, asOf, verification)
  const known = formatsOf(report)
  const unknown = outputs.map(({ format }) => format).find((format) => !known.some((each) => each === format))
  if (unknown !== undefined)
    throw new UsageError(`--kind ${options.kind} has no format ${unknown}: it is no list. It has ${known.join(', ')}.`)
  for (const { format, file } of outputs) {
    const text = writeReport(report, formats.get(format) ?? 'text')
    await deliver(file, text, { isPrivate: false, isExact: isExactFormat(format) })
  }
}
