/** `carryover link`: probable duplicate patients, each with the reasons; it proposes, people decide. */
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { mergesOf } from '../../core/data/linkage/decisions.ts'
import {
  type LinkColumns,
  type LinkField,
  type LinkInput,
  type LinkModel,
  type LinkResult,
  type LinkSource,
  linkFields,
} from '../../core/data/linkage/linkage-types.ts'
import { link } from '../../core/data/linkage/probable-pairs.ts'
import { readModel } from '../../core/data/linkage/read-model.ts'
import { type LinkReportOptions, linkCsv, linkJson, linkText } from '../../core/data/linkage/report.ts'
import type { JsonValue } from '../../core/data/model/record.ts'
import { writeExplanations } from '../../core/data/reconcile/account/explanations.ts'
import { writeWhole } from '../../io/files/whole-file.ts'
import { openInputs, type ReadingOptions, readingOf, readingOptions } from '../inputs/data-inputs.ts'
import { resultOf } from '../shell/interruptible.ts'
import { refuseUnwritable } from '../shell/out-files.ts'
import { deliver, isExactFormat, printAside } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import type { WordTakers } from '../shell/word-takers.ts'

declare const __VERSION__: string

export interface LinkOptions extends ReadingOptions {
  readonly model?: string
  readonly writeModel?: string
  readonly threshold: string
  readonly review: string
  readonly columns?: string
  readonly merges?: string
  readonly seed: string
  readonly format: string
  readonly out?: string
  readonly reveal?: boolean
  readonly quiet?: boolean
  readonly jobs?: number
}

const formats = new Map<string, (result: LinkResult, options: LinkReportOptions) => string>([
  ['text', linkText],
  ['json', linkJson],
  ['csv', linkCsv],
])

export function addLink(command: Command): void {
  command
    .argument(
      '<inputs...>',
      'tables of patients or files of FHIR Patient resources, folders, patterns, or "-" for standard input',
    )
    .option('--model <file>', 'JSON with nicknames, prior, and m and u by comparison and level; estimated where left out')
    .option('--write-model <file>', 'write the model as estimated, to look at and to use again')
    .option('--threshold <p>', 'probability from which on a pair is proposed as one person', '0.9')
    .option('--review <p>', 'probability from which on a pair is listed for a person to look at', '0.5')
    .option('--columns <list>', `columns of a table, such as family=SURNAME,birth=DOB; fields are ${linkFields.join(', ')}`)
    .option(
      '--merges <file>',
      'write the proposals as lines for reconcile --explained; each counts once somebody puts a name in the column by',
    )
    .option('--seed <text>', 'seed of the random pairs that show chance agreement', '1')
    .option('--format <name>', `one of ${[...formats.keys()].join(', ')}`, 'text')
    .option('--out <file>', 'write the result to a file')
    .option('--mask', 'hide identifiers and values (default)')
    .option('--reveal', 'show identifiers and values; they are those of patients')
  readingOptions(command)
    .addHelpText(
      'after',
      '\nExample:\n  carryover link samples/data/patients.csv\n\nOn many processes or machines, with the same result:\n  carryover run link samples/data/patients.csv --engine local:2 --work link-run\n',
    )
    .action(async (names: readonly string[], options: LinkOptions) => {
      process.exitCode = await (linkTakers.get(command) ?? runLink)(names, options)
    })
}

/** Who takes the words of the verb as they were read, in place of its own run; by command. */
export const linkTakers: WordTakers<[readonly string[], LinkOptions]> = new WeakMap()

/** The files that the words name, and how their people are compared. */
export async function openLink(
  names: readonly string[],
  options: LinkOptions,
): Promise<{ readonly input: LinkInput; readonly paths: readonly string[] }> {
  const threshold = shareOf('--threshold', options.threshold)
  const review = shareOf('--review', options.review)
  const columns = columnsOf(options.columns)
  const model = options.model === undefined ? {} : await openModel(options.model)
  const { inputs, paths } = await openInputs(names, readingOf(options))
  const sources = inputs.map(
    ({ source, format, table, reading }): LinkSource => ({
      source,
      format,
      table,
      reading,
      ...(columns === undefined ? {} : { columns }),
    }),
  )
  return { input: { inputs: sources, model, threshold, review, seed: options.seed }, paths }
}

/** @param spread makes the result where the work was done elsewhere; left out, it is done here */
export async function runLink(names: readonly string[], options: LinkOptions, spread: typeof link = link): Promise<number> {
  const write = formats.get(options.format)
  if (!write) throw new UsageError(`--format got "${options.format}"; it takes ${[...formats.keys()].join(', ')}.`)
  await refuseUnwritable('--out', [options.out])
  await refuseUnwritable('--write-model', [options.writeModel])
  await refuseUnwritable('--merges', [options.merges])
  const started = new Date()
  const { input, paths } = await openLink(names, options)
  const done = await resultOf((signal) => spread(input, signal), options.quiet === true)
  if (done === null) {
    printAside('Interrupted; there is no result, because weights need all records.\n')
    return 130
  }
  const result = done.value
  const run = { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
  const text = write(result, { version: __VERSION__, run, paths, reveal: options.reveal === true })
  await deliver(options.out, text, { isPrivate: true, isExact: isExactFormat(options.format) })
  if (options.writeModel !== undefined) await writeWhole(options.writeModel, `${JSON.stringify(result.model, null, 2)}\n`, true)
  if (options.merges !== undefined) await writeWhole(options.merges, mergesText(result, input.inputs), true)
  return result.inputs.some(({ status }) => status === 'unreadable') ? 3 : 0
}

function mergesText({ clusters }: LinkResult, sources: readonly LinkSource[]): string {
  const proposed = clusters.filter(({ proposal }) => proposal === 'propose')
  const tableOf = (input: number): string => sources[input]?.table ?? ''
  return writeExplanations(
    proposed.flatMap((cluster) => mergesOf(cluster, tableOf, { reason: 'probably the same patient', by: '' })),
  )
}

function shareOf(flag: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value > 0 && value < 1))
    throw new UsageError(`${flag} got "${text}"; it takes a number between 0 and 1.`)
  return value
}

function columnsOf(text: string | undefined): LinkColumns | undefined {
  if (text === undefined) return undefined
  const columns: Partial<Record<LinkField, string>> = {}
  for (const part of text.split(',')) {
    const at = part.indexOf('=')
    const field = linkFields.find((one) => one === part.slice(0, Math.max(0, at)).trim())
    if (!field)
      throw new UsageError(`--columns got "${part}"; it takes field=COLUMN, where field is one of ${linkFields.join(', ')}.`)
    columns[field] = part.slice(at + 1).trim()
  }
  return columns
}

async function openModel(path: string): Promise<LinkModel> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new InputError(`--model got "${path}", which can not be read; it takes a JSON file.`)
  })
  let json: JsonValue
  try {
    json = JSON.parse(text) as JsonValue
  } catch {
    throw new UsageError(`--model got "${path}", which is not JSON.`)
  }
  const { model, problems } = readModel(json)
  const [first] = problems
  if (first) throw new UsageError(`--model got "${path}": ${first.place}: ${first.sentence}`)
  return model
}
