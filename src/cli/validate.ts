/** `carryover validate`: data against target schemas. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { createFhirJudge } from '../core/data/fhir/judge.ts'
import { type ReportDocument, reportOf } from '../core/data/report/document.ts'
import { reportFormats } from '../core/data/report/index.ts'
import { validate } from '../core/data/validate.ts'
import type { ValidateInput, ValidatePartial, ValidateResult } from '../core/data/validation.ts'
import { severities } from '../core/finding.ts'
import { Cancelled } from '../core/operation.ts'
import { openInputs, type ReadingOptions, readingOf, readingOptions, wholeNumber, withSchemas } from './data-inputs.ts'
import { progressLine } from './progress-line.ts'
import { UsageError } from './usage-error.ts'

declare const __VERSION__: string

interface ValidateOptions extends ReadingOptions {
  readonly schema: readonly string[]
  readonly format: readonly string[]
  readonly out: readonly string[]
  readonly failOn: string
  readonly maxRows?: number
  readonly reveal?: boolean
  readonly seed: string
  readonly quiet?: boolean
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export function addValidate(program: Command): void {
  const command = program
    .command('validate')
    .argument('<inputs...>', 'files, folders, patterns, a project folder or .carryover file, or "-" for standard input')
    .description('check data: tables against schemas, FHIR resources against R4')
    .option('--schema <file>', 'Table Schema, datapackage.json or JSON Schema; can be repeated', collect, [])
    .option(
      '--format <name>',
      `one of ${[...reportFormats.keys()].join(', ')}; can be repeated, each with its --out`,
      collect,
      [],
    )
    .option('--out <file>', 'write the format given before it to a file', collect, [])
    .option('--fail-on <severity>', 'exit with 1 from this severity on: critical, error, warning or never', 'error')
    .option('--max-rows <n>', 'places kept per finding; counts stay exact', wholeNumber)
    .option('--mask', 'hide values (default)')
    .option('--reveal', 'show values; they may be those of patients')
    .option('--seed <text>', 'seed of the sample of places', '1')
    .option('--quiet', 'no progress')
  readingOptions(command)
    .addHelpText('after', '\nExample:\n  carryover validate samples/data/*.csv --schema samples/data/datapackage.json\n')
    .action(async (names: readonly string[], options: ValidateOptions) => {
      process.exitCode = await runValidate(names, options)
    })
}

async function runValidate(names: readonly string[], options: ValidateOptions): Promise<number> {
  if (options.failOn !== 'never' && !severities.some((severity) => severity === options.failOn))
    throw new UsageError(`--fail-on got "${options.failOn}"; it takes critical, error, warning or never.`)
  const outputs = outputsOf(options)
  const started = new Date()
  const opened = await openInputs(names, readingOf(options))
  const inputs = await withSchemas(opened.inputs, options.schema)
  const input: ValidateInput = {
    inputs,
    seed: options.seed,
    ...(options.maxRows === undefined ? {} : { maxRows: options.maxRows }),
  }
  const result = await runInterruptible(input, options.quiet === true)
  const run = { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
  const report = reportOf(result, { version: __VERSION__, run, paths: opened.paths, reveal: options.reveal === true })
  for (const { format, file } of outputs) {
    const text = reportFormats.get(format)?.(report) ?? ''
    if (file === null) process.stdout.write(text)
    else await writeFile(file, text)
  }
  return exitCodeOf(report, options.failOn)
}

function outputsOf(options: ValidateOptions): { readonly format: string; readonly file: string | null }[] {
  const formats = options.format.length > 0 ? options.format : ['text']
  for (const format of formats)
    if (!reportFormats.has(format))
      throw new UsageError(`--format got "${format}"; it takes ${[...reportFormats.keys()].join(', ')}.`)
  if (options.out.length > formats.length)
    throw new UsageError(
      `--out was given ${options.out.length} times for ${formats.length} --format; each file needs its format.`,
    )
  if (formats.length - options.out.length > 1)
    throw new UsageError('Only one --format can go to standard output; give the others an --out.')
  return formats.map((format, i) => ({ format, file: options.out[i] ?? null }))
}

/** Runs to the end, or to an interrupt, which leaves what was found so far. */
async function runInterruptible(input: ValidateInput, quiet: boolean): Promise<ValidateResult | ValidatePartial> {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  process.once('SIGINT', interrupt)
  const progress = progressLine(quiet)
  let last: ValidateResult | ValidatePartial = nothingYet(input)
  try {
    for await (const update of validate(input, controller.signal, createFhirJudge)) {
      progress.show(update)
      if (update.kind !== 'progress') last = update.value
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    process.stderr.write('Interrupted; the result covers what was read so far.\n')
  } finally {
    progress.end()
    process.removeListener('SIGINT', interrupt)
  }
  return last
}

/** What is known before the first record is read. */
function nothingYet({ inputs }: ValidateInput): ValidatePartial {
  return {
    inputs: inputs.map(({ source, table, side, format }) => ({
      name: source.name,
      table,
      side,
      format,
      bytes: source.size,
      sha256: null,
      structure: null,
      records: 0,
      status: 'partial',
    })),
    summary: { critical: 0, error: 0, warning: 0, info: 0 },
    findings: [],
  }
}

function exitCodeOf(report: ReportDocument, failOn: string): number {
  if (report.partial) return 130
  if (report.inputs.some((input) => input.status === 'unreadable')) return 3
  const worst = (severities as readonly string[]).indexOf(failOn)
  return severities.slice(0, worst + 1).some((severity) => report.summary[severity] > 0) ? 1 : 0
}
