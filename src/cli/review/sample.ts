/** `carryover sample size|bound|draw|audit`: how many records, what a result proves, which records, may we stop. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { counted } from '../../core/counted.ts'
import { draw } from '../../core/review/draw/draw.ts'
import { buildFrame, type Frame, frameDigest } from '../../core/review/draw/frame.ts'
import { million, percentText, smallestIntolerable } from '../../core/review/model/claim.ts'
import { allocate } from '../../core/review/plan/sampling-plan.ts'
import { count } from '../../core/review/result/result.ts'
import { type AuditState, anticipatedShare, auditAgainst, auditOf } from '../../core/review/statistics/audit.ts'
import { clopperPearson, smallestBinomialSample } from '../../core/review/statistics/binomial.ts'
import { lowerBound, smallestSample, upperBound } from '../../core/review/statistics/hypergeometric.ts'
import {
  correctedIntolerable,
  smallestEndlessSampleFor,
  smallestSampleFor,
  splitRisk,
  upperBoundFor,
} from '../../core/review/statistics/sensitivity.ts'
import { boundText } from '../../core/share-text.ts'
import { columnOf, readStrictTable } from '../inputs/strict-table.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import { type Answer, print, type Shared, share, whole } from './sample-answers.ts'
import { addHazardLog } from './sample-hazards.ts'
import { addFamiliarPlans } from './sample-plans.ts'
import { addWorklist } from './sample-worklist.ts'

export function addSample(sample: Command): void {
  const format = (): Option =>
    new Option('--format <format>', 'text or json; json where the result goes to another program').choices(['text', 'json'])

  sample
    .command('size')
    .description('smallest sample that proves "at most this share is wrong"')
    .requiredOption('--population <number>', 'records in all, or "infinite"')
    .requiredOption('--tolerable <share>', 'share of wrong records to exclude, e.g. 0.01')
    .option('--confidence <share>', 'how sure', '0.95')
    .option('--errors-allowed <number>', 'wrong records in the sample that still pass', '0')
    .option('--sensitivity <share>', 'share of wrong records that readers notice', '1')
    .addOption(format())
    .addHelpText('after', '\nExample:\n  carryover sample size --population 5000 --tolerable 0.01 --confidence 0.95\n')
    .action((options: SizeOptions) => print(options.format, ...sizeOf(options)))

  sample
    .command('bound')
    .description('what a number of wrong records in a sample proves about all of them')
    .requiredOption('--population <number>', 'records in all, or "infinite"')
    .requiredOption('--n <number>', 'records reviewed')
    .requiredOption('--errors <number>', 'wrong ones among them')
    .option('--confidence <share>', 'how sure', '0.95')
    .option('--sensitivity <share>', 'share of wrong records that readers notice; one-sided bounds of finite lots only', '1')
    .addOption(new Option('--sides <number>', '1: upper limit only; 2: an interval').choices(['1', '2']).default('1'))
    .addOption(format())
    .addHelpText('after', '\nExample:\n  carryover sample bound --population 5000 --n 300 --errors 1\n')
    .action((options: BoundOptions) => print(options.format, ...boundOf(options)))

  sample
    .command('draw')
    .description('the same records for everybody who has the frame and the seed')
    .requiredOption('--frame <file>', 'CSV with a column "id"')
    .requiredOption('--seed <digits>', '20 decimal digits, rolled after the frame was committed', digitsOf)
    .requiredOption('--n <number>', 'records in all, or per stratum: s0=3,s1=7')
    .option('--strata <column>', 'column that names the stratum of each record')
    .addOption(format())
    .addHelpText(
      'after',
      '\nExample:\n  carryover sample draw --frame samples/review/frame.csv --strata clinic --seed 01234567890123456789 --n 12\n',
    )
    .action(async (options: DrawOptions) => print(options.format, ...(await drawOf(options))))

  sample
    .command('audit')
    .description('may the review stop: accept, continue or full review')
    .requiredOption('--population <number>', 'records in all')
    .requiredOption('--tolerable <share>', 'share of wrong records to exclude')
    .requiredOption('--results <file>', 'CSV ticket,verdict in ticket order')
    .option('--risk-limit <share>', 'greatest chance of accepting a worse migration', '0.05')
    .option('--sensitivity <share>', 'share of wrong records that readers notice, known or its lower limit', '1')
    .addOption(format())
    .addHelpText(
      'after',
      '\nExample:\n  carryover sample audit --population 40 --tolerable 0.05 --results samples/review/verdicts.csv\n',
    )
    .action(async (options: AuditOptions) => print(options.format, ...(await auditResult(options))))
  addWorklist(sample)
  addHazardLog(sample)
  addFamiliarPlans(sample, format)
}

interface SizeOptions extends Shared {
  readonly population: string
  readonly tolerable: string
  readonly confidence: string
  readonly errorsAllowed: string
  readonly sensitivity: string
}
interface BoundOptions extends Shared {
  readonly population: string
  readonly n: string
  readonly errors: string
  readonly confidence: string
  readonly sides: '1' | '2'
  readonly sensitivity: string
}
interface DrawOptions extends Shared {
  readonly frame: string
  readonly seed: string
  readonly n: string
  readonly strata?: string
}
interface AuditOptions extends Shared {
  readonly population: string
  readonly tolerable: string
  readonly results: string
  readonly riskLimit: string
  readonly sensitivity: string
}

function sizeOf(options: SizeOptions): Answer {
  const population = populationOf(options.population)
  const tolerable = share('--tolerable', options.tolerable)
  const confidence = share('--confidence', options.confidence)
  const c = whole('--errors-allowed', options.errorsAllowed)
  const seen = share('--sensitivity', options.sensitivity, true)
  const n = smallestFor(population, tolerable, c, million - confidence, seen)
  if (n === null)
    throw new UsageError(
      `--sensitivity got ${options.sensitivity}; with readers who miss that much even all ${population ?? ''} records do not prove the claim.`,
    )
  const of = population === null ? 'an endless lot' : counted(population, 'record', 'records', count(population))
  const claim = `at most ${percentText(tolerable)} of ${of} are wrong, with ${percentText(confidence)} confidence`
  const passes = c === 0 ? 'if all are right' : `if at most ${c} are wrong`
  return [{ n, claim }, `Review ${counted(n, 'record', 'records', count(n))}; ${passes}, the claim holds: ${claim}.`]
}

function smallestFor(population: number | null, tolerable: number, c: number, risk: number, seen: number): number | null {
  if (population === null)
    return seen === million
      ? smallestBinomialSample(tolerable / million, c, risk / million)
      : smallestEndlessSampleFor(tolerable, c, risk, seen / million)
  const intolerable = smallestIntolerable(population, tolerable)
  return seen === million
    ? smallestSample(population, intolerable, c, risk)
    : smallestSampleFor(population, intolerable, c, risk, seen / million)
}

function boundOf(options: BoundOptions): Answer {
  const population = populationOf(options.population)
  const n = whole('--n', options.n)
  const errors = whole('--errors', options.errors)
  const confidence = share('--confidence', options.confidence)
  if (errors > n) throw new UsageError(`--errors got ${errors}; it takes at most the ${counted(n, 'record')} of --n.`)
  if (n === 0) throw new UsageError('--n got 0; a bound needs at least one reviewed record.')
  const two = options.sides === '2'
  const seen = share('--sensitivity', options.sensitivity, true)
  if (seen < million && (two || population === null))
    throw new UsageError(
      '--sensitivity corrects the upper limit of a finite lot: give --population a number and leave --sides 1.',
    )
  if (population === null) {
    const { lower, upper } = clopperPearson(errors, n, confidence / million, two ? 'two' : 'upper')
    const most = `${outward(upper, Math.ceil)} % are wrong.`
    const words = two ? `Between ${outward(lower, Math.floor)} % and ${most}` : `At most ${most}`
    return [{ method: 'clopper-pearson', lower, upper }, words]
  }
  if (n > population) throw new UsageError(`--n got ${n}; it takes at most the ${counted(population, 'record')} of --population.`)
  const risk = two ? Math.floor((million - confidence) / 2) : million - confidence
  const upperRecords =
    seen === million ? upperBound(population, n, errors, risk) : upperBoundFor(population, n, errors, risk, seen / million)
  const lowerRecords = two ? lowerBound(population, n, errors, risk) : 0
  const result = {
    method: 'hypergeometric',
    lower: lowerRecords / population,
    upper: upperRecords / population,
    lowerRecords,
    upperRecords,
  }
  const most = `${count(upperRecords)} of ${counted(population, 'record', 'records', count(population))} (${boundText(upperRecords, population)}) are wrong.`
  // One side says nothing of the least: what was seen is wrong in any case.
  return [result, two ? `Between ${count(lowerRecords)} and ${most}` : `At most ${most}`]
}

/** In percent, to the thousandth: rounded to the nearest, a limit would promise what was not proven. */
function outward(share: number, round: (value: number) => number): string {
  return (round(share * 100_000) / 1000).toFixed(3)
}

async function drawOf(options: DrawOptions): Promise<Answer> {
  const frame = await frameOf(options)
  const drawn = draw(frame, options.seed, countsOf(options.n, frame))
  if (!drawn.ok) throw new UsageError(drawn.problem)
  const records = drawn.records.map(({ id, stratum, ticket }) => ({ id, stratum, ticket }))
  return [
    { frame: frameDigest(frame), records },
    [`frame ${frameDigest(frame)}`, ...records.map((record) => `${record.stratum}\t${record.id}`)].join('\n'),
  ]
}

async function frameOf(options: DrawOptions): Promise<Frame> {
  const table = await readStrictTable(options.frame)
  const id = columnOf(table, 'id', options.frame)
  const stratum = options.strata === undefined ? null : columnOf(table, options.strata, options.frame)
  const built = buildFrame(table.rows.map((row) => [stratum === null ? 'all' : (row[stratum] ?? ''), row[id] ?? ''] as const))
  if (!built.ok) throw new InputError(`${options.frame}: ${built.problems.join(' ')}`)
  return built.frame
}

function countsOf(text: string, frame: Frame): ReadonlyMap<string, number> {
  if (!text.includes('=')) {
    const total = whole('--n', text)
    const size = frame.strata.reduce((sum, stratum) => sum + stratum.records.length, 0)
    if (total > size) throw new UsageError(`--n got ${total}; the frame holds ${counted(size, 'record')}.`)
    return allocate(
      total,
      frame.strata.map((stratum) => ({ id: stratum.id, size: stratum.records.length, minimum: 0 })),
    )
  }
  const counts = new Map<string, number>()
  for (const part of text.split(',')) {
    const [, name, number] = /^([^=]+)=(\d+)$/.exec(part) ?? []
    if (name === undefined) throw new UsageError(`--n got "${part}"; it takes a number, or stratum=number separated by commas.`)
    counts.set(name, Number(number))
  }
  return counts
}

async function auditResult(options: AuditOptions): Promise<Answer> {
  const population = populationOf(options.population)
  if (population === null) throw new UsageError('--population got "infinite"; an audit needs the number of records.')
  const claim = {
    tolerablePpm: share('--tolerable', options.tolerable),
    riskPpm: share('--risk-limit', options.riskLimit),
  }
  const seen = share('--sensitivity', options.sensitivity, true)
  const table = await readStrictTable(options.results)
  const [ticket, verdict] = ['ticket', 'verdict'].map((name) => columnOf(table, name, options.results))
  const tickets = new Set(table.rows.map((row) => row[ticket ?? 0]))
  if (tickets.size < table.rows.length)
    throw new InputError(`${options.results}: a ticket is listed twice; each record counts once.`)
  if (table.rows.length > population)
    throw new InputError(
      `${options.results} holds ${counted(table.rows.length, 'verdict')} for ${counted(population, 'record')}.`,
    )
  const rights = table.rows.map((row, index) => isRight(row[verdict ?? 1] ?? '', index + 1, options.results))
  const { p, decision, reviewed } =
    seen === million ? auditOf(population, claim, rights) : correctedAudit(population, claim, rights, seen)
  const words = {
    accept: 'Accept: the claim holds.',
    continue: 'Continue with the next tickets.',
    'full-review': 'Review every record: stopping early is no longer possible.',
  }[decision]
  return [{ p, decision, reviewed }, `${words} ${count(reviewed)} reviewed, p = ${p.toPrecision(3)}.`]
}

/** Sensitivity as a number that is known: a fifth of the risk covers errors nobody sees, the rest the test. */
function correctedAudit(
  size: number,
  claim: { readonly tolerablePpm: number; readonly riskPpm: number },
  rights: readonly boolean[],
  seen: number,
): AuditState {
  const { test, unseen, readers } = splitRisk(claim.riskPpm)
  const intolerable = correctedIntolerable(smallestIntolerable(size, claim.tolerablePpm), seen / million, unseen)
  if (intolerable === 0)
    throw new UsageError('--sensitivity is too small: such readers might flag nothing although too many records are wrong.')
  const expectedRight = 1 - (anticipatedShare * claim.tolerablePpm) / million
  return auditAgainst({ size, intolerable, riskPpm: test + readers, expectedRight }, rights)
}

function isRight(verdict: string, record: number, path: string): boolean {
  if (verdict === 'right' || verdict === 'acceptable') return true
  if (verdict === 'wrong' || verdict === 'harmful' || verdict === 'cannot-tell') return false
  throw new InputError(
    `${path}: record ${record} has the verdict "${verdict}"; it takes right, wrong, acceptable, harmful or cannot-tell.`,
  )
}

function populationOf(text: string): number | null {
  return text === 'infinite' ? null : whole('--population', text)
}

function digitsOf(text: string): string {
  if (!/^\d{20}$/.test(text)) throw new InvalidArgumentError('It takes 20 decimal digits.')
  return text
}
