/** `carryover validate`: data against target schemas. */
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { dqdRows } from '../../../core/data/dqd/export.ts'
import type { DqdReport } from '../../../core/data/dqd/result.ts'
import { type FhirSettings, fhirSettings, readFhirSettings } from '../../../core/data/fhir/definitions/settings.ts'
import type { WalkContext } from '../../../core/data/fhir/walk.ts'
import type { JsonObject } from '../../../core/data/model/record.ts'
import type { ValidatePartial, ValidateResult, ValidateSource } from '../../../core/data/model/validation.ts'
import { together } from '../../../core/data/report/all-rows.ts'
import { type ReportDocument, reportOf } from '../../../core/data/report/document.ts'
import { reportFormats } from '../../../core/data/report/index.ts'
import { maskedResult } from '../../../core/data/report/masked-result.ts'
import { RejectedRecords } from '../../../core/data/report/rejected-records.ts'
import { type CreateJudge, validate } from '../../../core/data/validate/validate.ts'
import type { ValidateInput } from '../../../core/data/validate/validate-input.ts'
import { type Severity, severities } from '../../../core/finding.ts'
import { Cancelled, type Update } from '../../../core/operation.ts'
import { nodeSpillStore } from '../../../io/files/spill-node.ts'
import { writeWhole } from '../../../io/files/whole-file.ts'
import { nodeAhead } from '../../../io/threads/index-ahead-node.ts'
import { readingOptions, sourcesOption, wholeNumber } from '../../inputs/data-inputs.ts'
import { loadDefinitionsFrom } from '../../inputs/packages.ts'
import { aDay, failOnOption } from '../../shell/flag-values.ts'
import { onInterrupt } from '../../shell/interruptible.ts'
import { localDay } from '../../shell/local-day.ts'
import { makeFolder, refuseUnwritable } from '../../shell/out-files.ts'
import { type OutputFlag, outputOrder } from '../../shell/output-order.ts'
import { deliver, isExactFormat, printAside } from '../../shell/print.ts'
import { outputsOf } from '../../shell/report-outputs.ts'
import { UsageError } from '../../shell/usage-error.ts'
import type { WordTakers } from '../../shell/word-takers.ts'
import { held, heldAgainst } from '../held-against.ts'
import { type ExportOptions, exportOptions, fetchExport } from './export.ts'
import { definitionsIn, failedWeights, failureSentence, runDashboard } from './quality-dashboard.ts'
import { type RejectsReport, writeRejects } from './rejects-folder.ts'
import { RowsFiles } from './rows-files.ts'
import { type OpenedValidation, openValidation, type ValidateChoices } from './validate-input.ts'
import { runInterruptible } from './validate-run.ts'

declare const __VERSION__: string

export interface ValidateOptions extends ValidateChoices, ExportOptions {
  readonly format: readonly string[]
  readonly out: readonly string[]
  readonly failOn: string
  readonly maxRows?: number
  readonly reveal?: boolean
  readonly seed: string
  readonly quiet?: boolean
  readonly jobs?: number
  readonly dqd?: string
  readonly baseline: readonly string[]
  readonly newOnly?: boolean
  readonly rejects?: string
  readonly result?: string
  readonly rows: readonly string[]
  readonly fhirSetting: readonly string[]
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

const settingLines = fhirSettings.map(({ name, takes, says }) => `  ${name}: ${takes}; ${says}`).join('\n')

export function addValidate(command: Command): void {
  const order = outputOrder()
  command
    .argument('[inputs...]', 'files, folders, patterns, a project folder or .carryover file, or "-" for standard input')
    .option(
      '--schema <file>',
      'Table Schema, datapackage.json, JSON Schema or definitions of OMOP as CSV; can be repeated',
      collect,
      [],
    )
    .option(
      '--format <name>',
      `one of ${[...reportFormats.keys()].join(', ')}; can be repeated, each with its --out`,
      order.collect('format'),
      [],
    )
    .option('--out <file>', 'write the format given before it to a file', order.collect('out'), [])
    .addOption(failOnOption())
    .option('--max-rows <n>', 'places kept per finding; counts stay exact', wholeNumber)
    .option('--mask', 'hide values (default)')
    .option('--reveal', 'show values; they may be those of patients')
    .option('--seed <text>', 'seed of the sample of places', '1')
    .option('--dqd <folder>', "check definitions of OHDSI's DataQualityDashboard, for an OMOP export as tables")
    .option(
      '--as-of <day>',
      'what rules, --dqd and expiries call today, as YYYY-MM-DD; by default rules take the asOf of a project',
      aDay,
    )
    .option('--baseline <file>', 'JSON of an earlier run, or accepted findings: what it knows fails no more', collect, [])
    .option('--new-only', 'leave out what --baseline knows; critical findings stay; needs --baseline')
    .option('--checks <file>', 'rules of the team as JSON; those of a project are used anyway; can be repeated', collect, [])
    .option('--severity <file>', 'rules about severities; by default rules/severity.json of the project')
    .option('--rejects <folder>', 'write the records that would not load, unchanged, and a list of their codes')
    .option('--rows <code@place=file>', 'write every row of a finding as CSV, not a sample; can be repeated', collect, [])
    .option('--ig <path>', 'FHIR package (.tgz), folder or JSON file with definitions; can be repeated', collect, [])
    .option('--profile <url>', 'profile that every resource of its type has to fit; can be repeated', collect, [])
    .option('--fhir-setting <name=value>', 'what is an error in FHIR resources, listed below; can be repeated', collect, [])
    .option('--result <file>', 'write the result as the page of a server run opens it, values masked')
  exportOptions(readingOptions(sourcesOption(command)))
    .addHelpText(
      'after',
      `
Example:
  carryover validate samples/data/*.csv --schema samples/data/datapackage.json

Resources against a package of profiles (FHIR implementation guide):
  carryover validate samples/fhir/patients.ndjson --ig samples/fhir/profiles --profile urn:example:clinic-patient

Resources held to stricter or looser settings, named as in HL7's validator:
  carryover validate samples/fhir/patients.ndjson --fhir-setting security-checks=true --fhir-setting best-practice=warning
${settingLines}

With rules of the team (columns, comparison, days between, look-ups in other tables):
  carryover validate samples/data/*.csv --schema samples/data/datapackage.json --checks samples/data/rules.json

Against an earlier run, failing on what is new or worse, with the rejected records and all rows of one finding:
  carryover validate samples/data/*.csv --schema samples/data/datapackage.json --baseline samples/data/load-1.json --new-only
  carryover validate samples/data/*.csv --schema samples/data/datapackage.json --rejects rejects --rows data/date-format@born=dates.csv

On many processes or machines, with the same report:
  carryover run validate samples/data/*.csv --schema samples/data/datapackage.json --engine local:2 --work check-run
`,
    )
    .action(async (names: readonly string[], options: ValidateOptions) => {
      process.exitCode = await (validateTakers.get(command) ?? runValidate)(names, options, order.flags)
    })
}

/** Who takes the words of the verb as they were read, in place of its own run; by command. */
export const validateTakers: WordTakers<[readonly string[], ValidateOptions, readonly OutputFlag[]]> = new WeakMap()

/** As `validate`. */
export type BeginValidation = (
  input: ValidateInput,
  signal: AbortSignal,
  createJudge: CreateJudge,
) => AsyncIterable<Update<ValidatePartial, ValidateResult>>

/** @param spread makes the result where the work was done elsewhere; left out, it is done here */
export async function runValidate(
  given: readonly string[],
  chosen: ValidateOptions,
  order: readonly OutputFlag[],
  spread?: BeginValidation,
): Promise<number> {
  if (chosen.export === undefined && chosen.tokenEnv !== undefined)
    throw new UsageError('--token-env belongs to --export, which was not given.')
  const fetched = chosen.export === undefined ? { names: given, out: chosen.out } : await fetchExport(given, chosen)
  if (fetched === null) return 130
  const { names } = fetched
  const options = { ...chosen, out: fetched.out }
  if (options.newOnly === true && options.baseline.length === 0)
    throw new UsageError('--new-only goes with --baseline, which names the run that decides what is new.')
  const outputs = outputsOf(options, order)
  await refuseUnwritable(
    '--out',
    outputs.map(({ file }) => file),
  )
  const started = new Date()
  // Asked once, whatever the clock says later: expiries count from today, rules and the dashboard from the day of the extract.
  const today = options.asOf ?? localDay(started)
  const opened = await openValidation(names, options, today)
  const day = opened.input.asOf ?? today
  const { inputs } = opened.input
  for (const line of opened.said) printAside(`${line}\n`)
  const against = await heldAgainst(opened.accepted, options.baseline)
  const definitions = options.dqd === undefined ? null : await definitionsIn(options.dqd)
  const packages = await loadDefinitionsFrom(options.ig)
  const loaded = [...opened.definitions, ...packages.definitions]
  await refuseUnwritable('--result', [options.result])
  if (options.rejects !== undefined) await makeFolder('--rejects', options.rejects)
  const rows = await RowsFiles.open(options.rows, opened.paths, options.reveal === true)
  const rejected = options.rejects === undefined ? null : new RejectedRecords()
  const watchers = [...rows.watchers, ...(rejected === null ? [] : [rejected])]
  const input: ValidateInput = {
    ...opened.input,
    ...(watchers.length === 0 ? {} : { observer: together(watchers) }),
    seed: options.seed,
    fhir: settingsOf(options.fhirSetting),
    spill: nodeSpillStore(),
    ahead: nodeAhead(aheadScript, chosen.jobs),
    keySeed: randomBytes(16).toString('hex'),
    ...(options.maxRows === undefined ? {} : { maxRows: options.maxRows }),
  }
  const profiles = inputs.map((one) => one.profiles ?? [])
  const createJudge = judgeWith({ loaded, chosenProfiles: options.profile, profilesByInput: profiles }, chosen.jobs)
  const begin = (signal: AbortSignal) => (spread ?? validate)(input, signal, createJudge)
  const quiet = options.quiet === true
  const { signal, done } = onInterrupt()
  const result = await runInterruptible(input, begin, quiet, () => rows.write(), signal)
  const said = await rows.close()
  const isWhole = 'quality' in result
  const dashboard = definitions && isWhole ? await runDashboard(inputs, definitions, day, quiet, signal) : null
  const isJudged = isWhole && result.notJudged === undefined
  const rejects = rejected && isJudged ? await rejectsOf(options, inputs, result, rejected, signal) : null
  done()
  const run = { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 }
  const told = reportOf(result, { version: __VERSION__, run, paths: opened.paths, reveal: options.reveal === true })
  const unwritten = rejected && isWhole && !isJudged ? [noRejects] : []
  const unasked = definitions && dashboard === null ? [noDashboard] : []
  const checked = {
    ...told,
    partial: told.partial || signal.aborted,
    notEvaluated: [...opened.notEvaluated, ...told.notEvaluated, ...packages.missing, ...unasked, ...unwritten],
  }
  const whole = dashboard === null ? checked : withDashboard(checked, dashboard)
  const compared = held(whole, against, today, options.newOnly === true)
  const report = rejects === null ? compared : { ...compared, rejects: rejects.written }
  if (!quiet) for (const line of [...said, ...(rejects?.sentences ?? [])]) printAside(`${line}\n`)
  for (const { format, file } of outputs) {
    const text = reportFormats.get(format)?.(report) ?? ''
    await deliver(file, text, { isPrivate: options.reveal === true, isExact: isExactFormat(format) })
  }
  if (options.result !== undefined && isWhole)
    await writeWhole(options.result, `${JSON.stringify(maskedResult({ ...result, notEvaluated: checked.notEvaluated }))}\n`, true)
  if (dashboard !== null) printAside(failureSentence(dashboard))
  return exitCodeOf(report, options.failOn, dashboard === null ? [] : failedWeights(dashboard))
}

const noRejects = { what: '--rejects', why: 'Some bytes were not judged, so nobody knows which of their records would load.' }

const noDashboard = { what: 'DataQualityDashboard', why: 'The run was interrupted before its checks were through.' }

/** What resources are held against, for tasks that judge a stretch of them. */
export async function fhirContextOf(opened: OpenedValidation, options: ValidateOptions): Promise<WalkContext> {
  const { definitions } = await loadDefinitionsFrom(options.ig)
  const { asOf } = opened.input
  return {
    loaded: [...opened.definitions, ...definitions],
    chosenProfiles: options.profile,
    profilesByInput: opened.input.inputs.map((one) => one.profiles ?? []),
    settings: settingsOf(options.fhirSetting),
    ...(asOf ? { asOf } : {}),
  }
}

function settingsOf(given: readonly string[]): FhirSettings {
  const settings = readFhirSettings(given)
  if (typeof settings === 'string') throw new UsageError(`--fhir-setting: ${settings}`)
  return settings
}

/** Built beside this program, see vite.config.ts. */
const beside = dirname(fileURLToPath(import.meta.url))
const helperScript = join(beside, 'judge-lines.js')
const aheadScript = join(beside, 'index-ahead.js')

/** A profile that is asked for has to be there: a misspelt one would judge nothing. */
function judgeWith(
  definitions: {
    readonly loaded: readonly JsonObject[]
    readonly chosenProfiles: readonly string[]
    readonly profilesByInput: readonly (readonly string[])[]
  },
  jobs: number | undefined,
): CreateJudge {
  return async ({ bytes = 0, ...context }) => {
    // A run without resources does not load what judges them.
    const [{ createFhirJudge }, { nodeHelpers }] = await Promise.all([
      import('../../../core/data/fhir/judge.ts'),
      import('../../../io/threads/line-judges-node.ts'),
    ])
    const helpers = nodeHelpers(helperScript, bytes, jobs)
    const given = { ...context, ...definitions }
    const judge = await createFhirJudge(helpers === null ? given : { ...given, helpers })
    const unknown = judge.unknownProfiles?.() ?? []
    if (unknown.length > 0) throw new UsageError(`--profile: ${unknown.join(' ')} Give what is missing with --ig.`)
    return judge
  }
}

/** Of an interrupted run it is not known which records would load; null where it was interrupted meanwhile. */
async function rejectsOf(
  { rejects: folder }: ValidateOptions,
  inputs: readonly ValidateSource[],
  result: ValidateResult,
  records: RejectedRecords,
  signal: AbortSignal,
): Promise<RejectsReport | null> {
  if (folder === undefined) return null
  try {
    return await writeRejects(folder, inputs, result, records, signal)
  } catch (error) {
    if (error instanceof Cancelled) return null
    throw error
  }
}

function withDashboard(report: ReportDocument, dashboard: DqdReport): ReportDocument {
  const notEvaluated = [...report.notEvaluated, ...dashboard.notEvaluated]
  return { ...report, notEvaluated, dqd: dqdRows(dashboard) }
}

function exitCodeOf(report: ReportDocument, failOn: string, failed: readonly Severity[]): number {
  if (report.partial) return 130
  if (report.inputs.some((input) => input.status === 'unreadable')) return 3
  const worst = (severities as readonly string[]).indexOf(failOn)
  const grave = severities.slice(0, worst + 1)
  return grave.some((severity) => failed.includes(severity)) ||
    report.findings.some((each) => each.counts && grave.includes(each.severity))
    ? 1
    : 0
}
