/** `carryover baseline`: what changed from run to run, the trend over trial loads, the worklist for the vendor, and accepting findings. */

import { type Command, Option } from 'commander'
import type { AcceptanceEntry } from '../../core/data/baseline/acceptance.ts'
import { comparable, compareRuns, countStates, type RunChange } from '../../core/data/baseline/compare-runs.ts'
import { trendOf } from '../../core/data/baseline/trend.ts'
import { worklistCsv, worklistMarkdown, worklistOf } from '../../core/data/baseline/worklist.ts'
import { wordingOf } from '../../core/data/checks/index.ts'
import { whyNotAllowed } from '../../core/project/duties/roles.ts'
import { saveProject } from '../../core/project/format/save.ts'
import { slugOf } from '../../core/project/ledger/actor-slug.ts'
import { acceptFinding } from '../../core/project/runs/accept-finding.ts'
import { writeProject } from '../../io/store/store-node.ts'
import { isProject } from '../inputs/project-inputs.ts'
import { cliDevice, deviceKeyFlag, withKey, withSignature } from '../project/device-key.ts'
import { exitCode } from '../shell/exit-codes.ts'
import { aDay } from '../shell/flag-values.ts'
import { localDay } from '../shell/local-day.ts'
import { refuseUnwritable } from '../shell/out-files.ts'
import { deliver, isExactFormat, printOut } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import { heldAgainst } from './held-against.ts'
import { type KeptRun, keptRuns, projectAt } from './kept-runs.ts'

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export function addBaseline(baseline: Command): void {
  addCompareRuns(baseline)
  addTrend(baseline)
  addWorklist(baseline)
  addAccept(baseline)
}

function addCompareRuns(baseline: Command): void {
  baseline
    .command('compare')
    .argument('<runs...>', 'two reports (validate --format json), or a project, whose last two runs are taken')
    .description(
      'say which findings are new, known, fixed or there in another number; exit code 1 when something is new or worse',
    )
    .addOption(new Option('--format <format>', 'how the result is written').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  carryover baseline compare samples/data/load-1.json samples/data/load-2.json\n')
    .action(async (paths: readonly string[], { format }: { readonly format: string }) => {
      const runs = (await keptRuns(paths)).slice(-2)
      const [before, after] = runs
      if (!before || !after) throw new InputError('Two runs are needed to compare; there is only one.')
      const { compared, notRead } = comparable(before.findings, after.inputs?.map((each) => each.name) ?? null)
      const changes = compareRuns(compared, after.findings)
      const counts = countStates(changes)
      const document = { before: before.name, after: after.name, counts, changes: changes.map(changeJson), notRead }
      printOut(format === 'json' ? asJson(document) : changesText(before, after, changes, notRead))
      process.exitCode = changes.some(({ worse }) => worse) ? exitCode.findings : exitCode.passed
    })
}

function changeJson({ state, code, place, input, fingerprint, before, after, difference, worse }: RunChange): unknown {
  const side = (finding: RunChange['after']) =>
    finding && { severity: finding.severity, count: finding.count, denominator: finding.denominator, patients: finding.patients }
  return { state, code, place, input, fingerprint, before: side(before), after: side(after), difference, worse }
}

function changesText(
  before: KeptRun,
  after: KeptRun,
  changes: readonly RunChange[],
  notRead: ReturnType<typeof comparable>['notRead'],
): string {
  const counts = countStates(changes)
  const lines = changes.map(({ state, code, place, input, before: b, after: a }) => {
    const severity = a?.severity ?? b?.severity ?? ''
    return `${state.padEnd(8)} ${severity.padEnd(8)} ${`${b?.count ?? 0} → ${a?.count ?? 0}`.padEnd(14)} ${where(input, place)}  [${code}]`
  })
  const sum = `${counts.new} new, ${counts.changed} changed, ${counts.known} known, ${counts.fixed} fixed`
  const left = notRead.map(({ input, findings }) => `not read ${input}: what became of its ${findings} is not known`)
  return `${[`${before.name} → ${after.name}: ${sum}.`, ...lines, ...left].join('\n')}\n`
}

function addTrend(baseline: Command): void {
  baseline
    .command('trend')
    .argument('<runs...>', 'reports of trial loads in their order, or a project')
    .description('show every finding over a row of trial loads as n of N')
    .addOption(new Option('--format <format>', 'how the result is written').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExample:\n  carryover baseline trend samples/data/load-1.json samples/data/load-2.json\n')
    .action(async (paths: readonly string[], { format }: { readonly format: string }) => {
      const runs = await keptRuns(paths)
      const lines = trendOf(runs)
      const names = runs.map(({ name }) => name)
      const text = lines.map(({ severity, code, input, place, points }) => {
        const row = points.map(({ n, of }) => (n === null ? 'not read' : of === null ? String(n) : `${n} of ${of}`))
        return `${severity.padEnd(8)} ${row.join(' · ')}  ${where(input, place)}  [${code}]`
      })
      printOut(format === 'json' ? asJson({ runs: names, lines }) : `${[names.join(' · '), ...text].join('\n')}\n`)
    })
}

interface WorklistOptions {
  readonly format: string
  readonly out?: string
  readonly owner?: string
  readonly accepted: readonly string[]
  readonly asOf?: string
}

function addWorklist(baseline: Command): void {
  baseline
    .command('worklist')
    .argument('<run>', 'a report (validate --format json), or a project, whose last run is taken')
    .description('list what is to be mended, without data of patients, to send to a vendor')
    .addOption(
      new Option('--format <format>', 'csv is for spreadsheets, csv-machine for programs')
        .choices(['markdown', 'csv', 'csv-machine'])
        .default('markdown'),
    )
    .option('--out <file>', 'write to a file')
    .option('--owner <name>', 'only what this person or firm is to mend')
    .option('--accepted <file>', 'accepted findings with owner and due date; those of a project count unasked', gather, [])
    .option('--as-of <day>', 'the day that decides what is overdue, YYYY-MM-DD; today when left out', aDay)
    .addHelpText('after', '\nExample:\n  carryover baseline worklist samples/data/load-2.json\n')
    .action(async (path: string, options: WorklistOptions) => {
      await refuseUnwritable('--out', [options.out])
      const run = (await keptRuns([path])).at(-1)
      if (!run) throw new InputError(`${path} has no run yet. Check its files first.`)
      const { accepted } = await heldAgainst((await isProject(path)) ? (await projectAt(path)).baseline : [], options.accepted)
      const owner = options.owner === undefined ? {} : { owner: options.owner }
      const items = worklistOf(run.findings, { accepted, asOf: dayOf(options.asOf), wordsOf: wordingOf, ...owner })
      const mode = options.format === 'csv-machine' ? 'machine' : 'spreadsheet'
      const text = options.format === 'markdown' ? worklistMarkdown(items) : worklistCsv(items, mode)
      await deliver(options.out, text, { isPrivate: false, isExact: isExactFormat(options.format) })
    })
}

interface AcceptOptions {
  readonly report?: string
  readonly deviceKey?: string
  readonly finding: string
  readonly reason: string
  readonly by: string
  readonly expires: string
  readonly owner?: string
  readonly due?: string
}

function addAccept(baseline: Command): void {
  baseline
    .command('accept')
    .argument('<project>', 'a project folder or .carryover file')
    .description('accept a finding with a reason, a name and an expiry; written in baseline.json and in the ledger')
    .requiredOption('--finding <finding>', 'its fingerprint (at least 8 digits), or code@place')
    .requiredOption('--reason <text>', 'why it may stay')
    .requiredOption('--by <name>', 'who answers for it')
    .requiredOption('--expires <day>', 'day after which it counts again, YYYY-MM-DD', aDay)
    .option('--owner <name>', 'who is to mend it')
    .option('--due <day>', 'day by which it is to be mended', aDay)
    .option(...deviceKeyFlag)
    .option('--report <file>', 'the report that has the finding; the last run of the project when left out')
    .addHelpText(
      'after',
      `
Example:
  carryover baseline accept riverside --report samples/data/load-2.json --finding data/value-list@sex --reason mapped-in-load-3 --by Reader --expires 2099-12-31
(carryover example --out riverside writes that project)
`,
    )
    .action(accept)
}

async function accept(path: string, options: AcceptOptions): Promise<void> {
  if (!(await isProject(path))) throw new InputError(`${path} is not a Carryover project.`)
  const run = (await keptRuns([options.report ?? path])).at(-1)
  const { finding: wanted } = options
  const found = run?.findings.filter(
    ({ fingerprint, code, place }) => (wanted.length >= 8 && fingerprint.startsWith(wanted)) || `${code}@${place}` === wanted,
  )
  const [one, other] = found ?? []
  if (!one) throw new UsageError(`--finding got "${wanted}", which the run does not have; it takes a fingerprint or code@place.`)
  if (other)
    throw new UsageError(`--finding got "${wanted}", which ${found?.length} findings fit; it takes a longer fingerprint.`)
  const wall = new Date().toISOString()
  const { reason, by, expires, owner, due } = options
  const extra: Pick<AcceptanceEntry, 'owner' | 'due'> = {
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
  }
  const { fingerprint, code, place } = one
  const given = { fingerprint, code, place, reason, by, at: wall, expires, ...extra }
  const device = await cliDevice(options.deviceKey)
  const hand = { device: device.device, actor: slugOf(by), wall }
  const opened = await projectAt(path)
  const forbidden = whyNotAllowed(opened.ledger, hand, 'finding-accepted')
  if (forbidden !== null) throw new UsageError(`Nothing was accepted: ${forbidden}. Accept it in the app, where your role is.`)
  const project = acceptFinding(await withKey(opened, device, hand), given, hand)
  if (typeof project === 'string') throw new UsageError(project)
  await writeProject(path, saveProject(await withSignature(project, device)))
  printOut(
    `Accepted until ${expires}: ${code} at ${place === '' ? 'file' : place}. It is written in baseline.json and in the ledger.\n`,
  )
}

function gather(value: string, held: readonly string[]): readonly string[] {
  return [...held, value]
}

function where(input: string | null, place: string): string {
  return [input, place].filter((part) => part !== null && part !== '').join(' ')
}

function dayOf(given: string | undefined): string {
  return given ?? localDay()
}
