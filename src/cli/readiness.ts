/** `carryover readiness`: phases, criteria, evidence and blockers of a project. Exit code 1 when a gate is blocked. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { openProject } from '../core/project/open.ts'
import type { Project } from '../core/project/project.ts'
import { StoreProblem } from '../core/project/store.ts'
import { assess, type ReadinessBoard } from '../core/readiness/board.ts'
import { isDay } from '../core/readiness/day.ts'
import { boardJson, boardMarkdown, boardText } from '../core/readiness/report.ts'
import { readProject } from '../io/store-node.ts'
import { InputError, UsageError } from './usage-error.ts'

interface ReadinessOptions {
  readonly asOf?: string
  readonly format: readonly string[]
  readonly out: readonly string[]
}

const formats: ReadonlyMap<string, (board: ReadinessBoard, project: string) => string> = new Map([
  ['text', boardText],
  ['json', (board) => `${JSON.stringify(boardJson(board), null, 2)}\n`],
  ['markdown', boardMarkdown],
])

export function addReadiness(program: Command): void {
  const gather = (value: string, held: readonly string[]): readonly string[] => [...held, value]
  program
    .command('readiness')
    .argument('<project>', 'a project folder or .carryover file')
    .description('say whether the next phase may start, from evidence by digest; exit code 1 when blocked')
    .option('--as-of <date>', 'the day to judge on, YYYY-MM-DD; today when left out')
    .option('--format <format>', 'text, json or markdown; may be given several times', gather, [])
    .option('--out <file>', 'where the format at the same place goes; standard output otherwise', gather, [])
    .addHelpText(
      'after',
      '\nExample:\n  carryover readiness riverside --as-of 2026-07-14\n(npm run sample -- --out riverside writes that project)\n',
    )
    .action(report)
}

async function report(path: string, options: ReadinessOptions): Promise<void> {
  const asOf = options.asOf ?? new Date().toISOString().slice(0, 10)
  if (!isDay(asOf)) throw new UsageError(`--as-of got "${asOf}"; it takes a calendar day as YYYY-MM-DD.`)
  const asked = options.format.length === 0 ? ['text'] : options.format
  const writers = asked.map((format) => {
    const writer = formats.get(format)
    if (!writer) throw new UsageError(`--format got "${format}"; it takes text, json or markdown.`)
    return writer
  })
  if (options.out.length > writers.length)
    throw new UsageError(
      `--out was given ${options.out.length} times for ${writers.length} formats; each takes a --format before it.`,
    )
  const project = await opened(path)
  const board = assess(project, asOf)
  for (const [index, writer] of writers.entries()) {
    const text = writer(board, project.manifest.name)
    const file = options.out[index]
    if (file === undefined) process.stdout.write(text)
    else await writeFile(file, text)
  }
  if (board.gate === 'blocked') process.exitCode = 1
}

async function opened(path: string): Promise<Project> {
  try {
    const { project, problems } = openProject(await readProject(path))
    for (const problem of problems) process.stderr.write(`${problem.path}: ${problem.what}\n`)
    if (project) return project
  } catch (error) {
    if (error instanceof StoreProblem) throw new InputError(error.message)
    throw error
  }
  throw new InputError(`${path} is not a Carryover project: its carryover.json can not be read.`)
}
