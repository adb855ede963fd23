/** `carryover readiness`: phases, criteria, evidence and blockers of a project. Exit code 1 when a gate is blocked. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Project } from '../core/project/project.ts'
import { saveProject } from '../core/project/save.ts'
import { assess, type ReadinessBoard } from '../core/readiness/board.ts'
import { criteria } from '../core/readiness/criteria/index.ts'
import { settleBoard } from '../core/readiness/record-board.ts'
import { boardJson, boardMarkdown, boardText } from '../core/readiness/report.ts'
import { writeProject } from '../io/store-node.ts'
import { refuseUnwritable } from './out-files.ts'
import { type OutputFlag, outputOrder } from './output-order.ts'
import { boardDay, handOn, openedForBoard, withInputs, writingDay } from './readiness-project.ts'
import { outputsOf } from './report-outputs.ts'
import { UsageError } from './usage-error.ts'

interface ReadinessOptions {
  readonly asOf?: string
  readonly format: readonly string[]
  readonly out: readonly string[]
  readonly input: readonly string[]
  readonly keep?: boolean
}

const formats: ReadonlyMap<string, (board: ReadinessBoard, project: string) => string> = new Map([
  ['text', boardText],
  ['json', (board) => `${JSON.stringify(boardJson(board), null, 2)}\n`],
  ['markdown', boardMarkdown],
])

export function addReadiness(program: Command): void {
  const order = outputOrder()
  program
    .command('readiness')
    .argument('<project>', 'a project folder or .carryover file')
    .description('say whether the next phase may start, from evidence by digest; exit code 1 when blocked')
    .option('--as-of <date>', 'the day to judge on, YYYY-MM-DD; today when left out')
    .option(
      '--input <kind=file>',
      'judge with this file in the place of the one in the project; tests take JUnit XML, too',
      (value, before: readonly string[]) => [...before, value],
      [],
    )
    .option('--keep', 'write the files of --input into the project, with what they change on the board: all of it or nothing')
    .option('--format <format>', 'text, json or markdown; may be given several times', order.collect('format'), [])
    .option('--out <file>', 'where the format beside it goes; standard output otherwise', order.collect('out'), [])
    .addHelpText(
      'after',
      '\nExample:\n  carryover readiness riverside --as-of 2026-07-14\n(npm run sample -- --out riverside writes that project)\n\nWith the results of a test run:\n  carryover readiness riverside --input tests=junit.xml --keep\n',
    )
    .action((path: string, options: ReadinessOptions) => run(path, options, order.flags))
}

async function run(path: string, options: ReadinessOptions, order: readonly OutputFlag[]): Promise<void> {
  const asOf = options.keep ? writingDay(options.asOf) : boardDay(options.asOf)
  if (options.keep && options.input.length === 0) throw new UsageError('--keep goes with --input: there is no file to keep.')
  const outputs = outputsOf(options, order, formats)
  await refuseUnwritable(
    '--out',
    outputs.map(({ file }) => file),
  )
  const opened = await openedForBoard(path)
  const hand = handOn(asOf)
  const judge = (of: Project): ReadinessBoard => assess(of, asOf, null, criteria, opened.verification)
  const given = await withInputs(opened.project, options.input, options.keep === true, hand)
  const project = options.keep ? settleBoard(given, judge, hand) : given
  if (options.keep) await writeProject(path, saveProject(project))
  const board = judge(project)
  for (const { format, file } of outputs) {
    const text = (formats.get(format) ?? boardText)(board, project.manifest.name)
    if (file === null) process.stdout.write(text)
    else await writeFile(file, text)
  }
  if (board.gate === 'blocked') process.exitCode = 1
}
