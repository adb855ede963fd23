/** `carryover readiness`: phases, criteria, evidence and blockers of a project. Exit code 1 when a gate is blocked. */

import type { Command } from 'commander'
import type { Project } from '../../core/project/format/project.ts'
import { saveProject } from '../../core/project/format/save.ts'
import { assess, type ReadinessBoard } from '../../core/readiness/board/board.ts'
import { settleBoard } from '../../core/readiness/board/record-board.ts'
import { boardJson, boardMarkdown, boardText } from '../../core/readiness/board/report.ts'
import { criteria } from '../../core/readiness/criteria/index.ts'
import { isZone } from '../../core/readiness/input-files/time-zone.ts'
import { momentText } from '../../core/values/day.ts'
import { writeProject } from '../../io/store/store-node.ts'
import { cliDevice, deviceKeyFlag, withKey, withSignature } from '../project/device-key.ts'
import { exitCode } from '../shell/exit-codes.ts'
import { aDay } from '../shell/flag-values.ts'
import { refuseUnwritable } from '../shell/out-files.ts'
import { type OutputFlag, outputOrder } from '../shell/output-order.ts'
import { deliver, isExactFormat } from '../shell/print.ts'
import { outputsOf } from '../shell/report-outputs.ts'
import { UsageError } from '../shell/usage-error.ts'
import { withKitFiles } from './kit-files.ts'
import { boardDay, handAt, openedForBoard, withInputs, writingDay } from './readiness-project.ts'

interface ReadinessOptions {
  readonly asOf?: string
  readonly format: readonly string[]
  readonly out: readonly string[]
  readonly input: readonly string[]
  readonly keep?: boolean
  readonly deviceKey?: string
  readonly kit?: string
  readonly zone: string
}

const formats: ReadonlyMap<string, (board: ReadinessBoard, project: string) => string> = new Map([
  ['text', boardText],
  ['json', (board) => `${JSON.stringify(boardJson(board), null, 2)}\n`],
  ['markdown', boardMarkdown],
])

export function addReadiness(command: Command): void {
  const order = outputOrder()
  command
    .argument('<project>', 'a project folder or .carryover file')
    .option('--as-of <date>', 'the day to judge on, YYYY-MM-DD; today when left out', aDay)
    .option(
      '--input <kind=file>',
      'judge with this file in the place of the one in the project; tests take JUnit XML, too',
      (value, before: readonly string[]) => [...before, value],
      [],
    )
    .option('--zone <zone>', 'time zone of JUnit times that say no offset: UTC, +01:00 or Europe/Vienna', 'UTC')
    .option('--kit <folder>', 'write the downtime kit of that day into this folder, one page to print for each department')
    .option(
      '--keep',
      'write the files of --input, and that the kit of --kit was made, into the project, with what they change on the board: all of it or nothing',
    )
    .option(...deviceKeyFlag)
    .option('--format <format>', 'text, json or markdown; may be given several times', order.collect('format'), [])
    .option('--out <file>', 'where the format beside it goes; standard output otherwise', order.collect('out'), [])
    .addHelpText(
      'after',
      '\nExample:\n  carryover readiness riverside --as-of 2026-07-14\n(carryover example --out riverside writes that project)\n\nWith the results of a test run:\n  carryover readiness riverside --input tests=junit.xml --keep\n\nPages to print for the hours in which no system answers:\n  carryover readiness riverside --kit kit\n',
    )
    .action((path: string, options: ReadinessOptions) => run(path, options, order.flags))
}

function zoneOf(zone: string): string {
  if (!isZone(zone)) throw new UsageError(`--zone got "${zone}"; it takes UTC, an offset as +01:00 or a name as Europe/Vienna.`)
  return zone
}

async function run(path: string, options: ReadinessOptions, order: readonly OutputFlag[]): Promise<void> {
  const asOf = options.keep ? writingDay(options.asOf) : boardDay(options.asOf)
  if (options.keep && options.input.length === 0 && options.kit === undefined)
    throw new UsageError('--keep goes with --input or --kit: there is nothing to keep.')
  const outputs = outputsOf(options, order, formats)
  await refuseUnwritable(
    '--out',
    outputs.map(({ file }) => file),
  )
  const opened = await openedForBoard(path)
  // What is kept was added now, whatever day the board is asked for; the board of today is what goes on record.
  const now = momentText(new Date())
  const device = options.keep ? await cliDevice(options.deviceKey) : null
  const hand = handAt(options.keep ? now : `${asOf}T00:00:00Z`, device?.device)
  const judge = (of: Project, day = asOf): ReadinessBoard => assess(of, day, null, criteria, opened.verification)
  const taken = await withInputs(
    device ? await withKey(opened.project, device, hand) : opened.project,
    { inputs: options.input, keep: options.keep === true, zone: zoneOf(options.zone) },
    hand,
  )
  const given = options.kit === undefined ? taken : await withKitFiles(taken, asOf, options.kit, hand)
  const project = options.keep ? settleBoard(given, (of) => judge(of, now.slice(0, 10)), hand) : given
  if (device) await writeProject(path, saveProject(await withSignature(project, device)))
  const board = judge(project)
  for (const { format, file } of outputs) {
    const text = (formats.get(format) ?? boardText)(board, project.manifest.name)
    await deliver(file, text, { isPrivate: false, isExact: isExactFormat(format) })
  }
  if (board.gate === 'blocked') process.exitCode = exitCode.findings
}
