/** `carryover reconcile`: legacy against target, every record accounted for. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { canonicalJson } from '../../../core/canonical.ts'
import { readExplanations } from '../../../core/data/reconcile/account/explanations.ts'
import { ledgerDocument } from '../../../core/data/reconcile/account/ledger-document.ts'
import { isLostLinks } from '../../../core/data/reconcile/account/lost-links.ts'
import { maskedReconciliation } from '../../../core/data/reconcile/account/masked-result.ts'
import { maskedTotals } from '../../../core/data/reconcile/account/masked-totals.ts'
import { openRecordsCsv } from '../../../core/data/reconcile/account/open-records.ts'
import { type ReportNames, reconcileJson, reconcileMarkdown, reconcileText } from '../../../core/data/reconcile/account/report.ts'
import type {
  Explanation,
  ReconcileInput,
  ReconcilePartial,
  ReconcileResult,
} from '../../../core/data/reconcile/account/result.ts'
import { pairWordings } from '../../../core/data/reconcile/compare/difference-codes.ts'
import { reconcile } from '../../../core/data/reconcile/reconcile.ts'
import { hashOf } from '../../../core/file-hash.ts'
import { severities } from '../../../core/finding.ts'
import { maskOf } from '../../../core/mask.ts'
import type { Update } from '../../../core/operation.ts'
import type { Wording } from '../../../core/rule.ts'
import { nodeSpillStore } from '../../../io/files/spill-node.ts'
import { writeWhole } from '../../../io/files/whole-file.ts'
import {
  type ReadingOptions,
  readingOf,
  readingOptions,
  type SourcesOption,
  sourcesOption,
  wholeNumber,
} from '../../inputs/data-inputs.ts'
import { failOnOption } from '../../shell/flag-values.ts'
import { interrupted, resultOf } from '../../shell/interruptible.ts'
import { refuseUnwritable } from '../../shell/out-files.ts'
import { deliver, printAside } from '../../shell/print.ts'
import { InputError, UsageError } from '../../shell/usage-error.ts'
import type { WordTakers } from '../../shell/word-takers.ts'
import { type CrosswalkInputs, crosswalkInputs } from './crosswalk-inputs.ts'
import { documentsReport, loadsReport, type SideReport } from './reconcile-loads.ts'

export interface ReconcileOptions extends ReadingOptions, SourcesOption {
  readonly legacy: readonly string[]
  readonly target: readonly string[]
  readonly mapping?: string
  readonly key: readonly string[]
  readonly explained?: string
  readonly before: readonly string[]
  readonly documents?: string
  readonly documentColumn?: string
  readonly reveal?: boolean
  readonly ledger?: string
  readonly unaccounted?: string
  readonly result?: string
  readonly format: string
  readonly out?: string
  readonly failOn: string
  readonly maxRows?: number
  readonly seed?: string
  readonly quiet?: boolean
  readonly jobs?: number
}

const formats = ['text', 'json', 'markdown']

export function addReconcile(command: Command): void {
  command
    .argument('[project]', 'a project folder or .carryover file with both sides and the field map')
    .option('--legacy <paths...>', 'files of the old system, instead of those of the project', [])
    .option('--target <paths...>', 'files of the new system, instead of those of the project', [])
    .option('--mapping <path>', 'field map: a project, a folder with fields.csv and values/, or fields.csv itself')
    .option(
      '--key <column>',
      'without a field map: compare columns of the same name, joined by this one; table=column or table=column+column for one table, the table of the patients first; can be repeated',
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .option(
      '--explained <file>',
      'records people have accounted for (side,table,record,state,into,reason,by), instead of private/explained.csv of the project',
    )
    .option('--before <paths...>', 'the trial load before: what changed in --target since then', [])
    .option('--documents <folder>', 'files of documents and scans, held against --document-column')
    .option('--document-column <table.column>', 'legacy column that names the file of a document')
    .option('--reveal', 'show names, days and values that stood in cells; with --before, the patients that changed')
    .option('--ledger <file>', 'write the totals as a document without values')
    .option('--unaccounted <file>', 'write a list (CSV) of the legacy records that nobody accounts for: file, line, key and why')
    .option('--result <file>', 'write the result as the page of a server run opens it, values masked')
    .addOption(new Option('--format <name>', 'how the result is written').choices(formats).default('text'))
    .option('--out <file>', 'write the result to a file')
    .addOption(failOnOption())
    .option('--max-rows <n>', 'places kept per finding; counts stay exact', wholeNumber)
    .option('--seed <text>', 'seed of the sample of places; 1 when left out')
  readingOptions(sourcesOption(command))
    .addHelpText(
      'after',
      '\nExamples:\n  carryover example --out riverside\n  carryover reconcile riverside\n  carryover reconcile --legacy old/patients.csv --target new/patients.csv --key MRN --format json\n  carryover reconcile --legacy old --target new --key patients=MRN --key orders=MRN+DATE+CODE\n  carryover reconcile --before load2 --target load3\n\nOn many processes or machines, with the same report:\n  carryover run reconcile riverside --engine local:2 --work riverside-run\n',
    )
    .action(async (project: string | undefined, options: ReconcileOptions) => {
      process.exitCode = await (reconcileTakers.get(command) ?? runReconcile)(project, options)
    })
}

/** Who takes the words of the verb as they were read, in place of its own run; by command. */
export const reconcileTakers: WordTakers<[string | undefined, ReconcileOptions]> = new WeakMap()

/** Both sides, the field map and what people said of records. */
export interface OpenedReconciliation {
  readonly opened: CrosswalkInputs
  readonly input: ReconcileInput
}

export async function openReconciliation(project: string | undefined, options: ReconcileOptions): Promise<OpenedReconciliation> {
  const { legacy, target, mapping, key, sources } = options
  const opened = await crosswalkInputs(
    {
      ...{ legacy, target, key },
      ...(project === undefined ? {} : { project }),
      ...(mapping === undefined ? {} : { mapping }),
      ...(sources === undefined ? {} : { sources }),
    },
    readingOf(options),
  )
  const explained = await explanations(options.explained, project)
  const rows = options.maxRows === undefined ? {} : { maxRows: options.maxRows }
  const input = { inputs: opened.inputs, mapping: opened.mapping, explained, seed: options.seed ?? '1', ...rows }
  return { opened, input }
}

/** @throws UsageError where one of the sides is not there */
export function needBothSides({ inputs }: ReconcileInput): void {
  for (const side of ['legacy', 'target'] as const)
    if (!inputs.some((one) => one.side === side))
      throw new UsageError(`There are no ${side} files; name them with --${side}, or a project that has them.`)
}

/** As `reconcile`. */
type BeginReconciliation = (
  input: ReconcileInput,
  signal: AbortSignal,
) => AsyncIterable<Update<ReconcilePartial, ReconcileResult>>

/** @param spread makes the result where the work was done elsewhere; left out, it is done here */
export async function runReconcile(
  project: string | undefined,
  options: ReconcileOptions,
  spread?: BeginReconciliation,
): Promise<number> {
  await refuseUnwritable('--out', [options.out])
  await refuseUnwritable('--ledger', [options.ledger])
  await refuseUnwritable('--unaccounted', [options.unaccounted])
  await refuseUnwritable('--result', [options.result])
  const aside = { quiet: options.quiet === true, json: options.format === 'json' }
  if (options.before.length > 0) {
    const { before, target, key, reveal } = options
    const asked = { before, target, key, reveal: reveal === true, ...aside }
    return printed(await loadsReport(asked, readingOf(options)), options)
  }
  const { opened, input } = await openReconciliation(project, options)
  const { mapping, paths } = opened
  if (options.documents !== undefined)
    return printed(await documentsReport(input.inputs, options.documents, options.documentColumn ?? '', aside), options)
  needBothSides(input)
  const begin = spread ?? ((given: ReconcileInput, signal: AbortSignal) => reconcile(given, signal, nodeSpillStore()))
  const done = await resultOf((signal) => begin(input, signal), options.quiet === true)
  if (done === null) {
    printAside('Interrupted; there is no result, because a ledger of half the records proves nothing.\n')
    return 130
  }
  const shown = options.reveal === true ? done.value : { ...done.value, totals: maskedTotals(done.value, mapping.values, maskOf) }
  const text = textOf(shown, options.format, { wording: wordingOf, paths, reveal: options.reveal === true })
  await deliver(options.out, text, { isPrivate: options.reveal === true })
  if (options.unaccounted !== undefined) {
    const isClear = options.reveal === true
    await writeWhole(options.unaccounted, openRecordsCsv(done.value.open, paths, isClear ? (key) => key : maskOf), true)
    if (done.value.open.length < done.value.unaccounted)
      printAside(`--unaccounted lists the first ${done.value.open.length} of ${done.value.unaccounted} records.\n`)
  }
  if (options.result !== undefined)
    await writeWhole(options.result, `${JSON.stringify(maskedReconciliation(done.value, mapping.values))}\n`, true)
  if (options.ledger !== undefined && done.value.notJudged !== undefined)
    printAside('--ledger writes nothing: not every record was compared, and a ledger of a part of the records proves nothing.\n')
  else if (options.ledger !== undefined)
    await writeWhole(options.ledger, `${canonicalJson(ledgerDocument(done.value, await digests(opened)))}\n`, true)
  return exitCodeOf(done.value, options.failOn)
}

/** Exit code of a report that either differs or does not. */
async function printed(report: SideReport | null, options: ReconcileOptions): Promise<number> {
  if (report === null) return interrupted()
  await deliver(options.out, report.text, { isPrivate: options.reveal === true })
  if (report.unreadable) return 3
  return report.differ && options.failOn !== 'never' ? 1 : 0
}

const wordings: ReadonlyMap<string, Wording> = new Map(pairWordings.map((one) => [one.code, one]))
const wordingOf = (code: string): Wording | null => wordings.get(code) ?? null

function textOf(result: ReconcileResult, format: string, names: ReportNames): string {
  if (format === 'json') return `${JSON.stringify(reconcileJson(result, names), null, 2)}\n`
  return format === 'markdown' ? reconcileMarkdown(result, names) : reconcileText(result, names)
}

/** The file that was named, else those of the project; of two lines about one record that in `private` counts. */
async function explanations(named: string | undefined, project: string | undefined): Promise<readonly Explanation[]> {
  if (named !== undefined) return openExplanations(named)
  if (project === undefined) return []
  // They hold keys of patients, so they are kept in private; older projects have them beside the field map.
  const lists = ['private', 'mapping'].map(async (folder) => {
    const file = join(project, folder, 'explained.csv')
    const info = await stat(file).catch(() => null)
    return info?.isFile() ? openExplanations(file) : []
  })
  return (await Promise.all(lists.reverse())).flat()
}

async function openExplanations(path: string): Promise<readonly Explanation[]> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) throw new UsageError(`--explained got "${path}", which can not be read; it takes a CSV file.`)
  const { explained, problems } = readExplanations(path, text.replace(/^\uFEFF/, ''))
  const [first] = problems
  if (first) throw new InputError(`${path}${first.line === null ? '' : `, line ${first.line}`}: ${first.words}`)
  return explained
}

async function digests({ inputs }: CrosswalkInputs): Promise<{ side: string; name: string; sha256: string }[]> {
  return Promise.all(
    inputs.map(async ({ source, side }) => {
      const hash = hashOf(source)
      for await (const bytes of source.stream()) hash.update(bytes)
      return { side: side ?? '', name: source.name, sha256: `sha256:${await hash.digest()}` }
    }),
  )
}

function exitCodeOf(result: ReconcileResult, failOn: string): number {
  if (result.inputs.some(({ status }) => status === 'unreadable')) return 3
  const worst = (severities as readonly string[]).indexOf(failOn)
  // A map that joins nobody has no findings, and is no all-clear.
  const isNobody = result.patients === 0 && result.tables.every(({ arrived }) => arrived === 0)
  if (isNobody && result.tables.length > 0 && failOn !== 'never') return 1
  // Nor is one that leaves whole tables unjudged.
  if (result.notEvaluated.some(isLostLinks) && failOn !== 'never') return 1
  return result.findings.some(({ severity }) => severities.indexOf(severity) <= worst) ? 1 : 0
}
