/** `carryover sample size|bound|draw|audit`: how many records, what a result proves, which records, may we stop. */
import { type Command, Option } from 'commander'
import { auditOf } from '../core/review/audit.ts'
import { clopperPearson, smallestBinomialSample } from '../core/review/binomial.ts'
import { million, percentText, smallestIntolerable } from '../core/review/claim.ts'
import { draw } from '../core/review/draw.ts'
import { buildFrame, type Frame, frameDigest } from '../core/review/frame.ts'
import { lowerBound, smallestSample, upperBound } from '../core/review/hypergeometric.ts'
import { count } from '../core/review/result.ts'
import { allocate } from '../core/review/sampling-plan.ts'
import { smallestEndlessSampleFor, smallestSampleFor } from '../core/review/sensitivity.ts'
import { columnOf, readStrictTable } from './strict-table.ts'
import { InputError, UsageError } from './usage-error.ts'

type Format = 'text' | 'json'

export function addSample(program: Command): void {
  const sample = program
    .command('sample')
    .description('how many records to review, what a result proves, which records, may we stop')
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
    .addOption(new Option('--sides <number>', '1: upper limit only; 2: an interval').choices(['1', '2']).default('1'))
    .addOption(format())
    .addHelpText('after', '\nExample:\n  carryover sample bound --population 5000 --n 300 --errors 1\n')
    .action((options: BoundOptions) => print(options.format, ...boundOf(options)))

  sample
    .command('draw')
    .description('the same records for everybody who has the frame and the seed')
    .requiredOption('--frame <file>', 'CSV with a column "id"')
    .requiredOption('--seed <digits>', '20 decimal digits, rolled after the frame was committed')
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
    .addOption(format())
    .addHelpText(
      'after',
      '\nExample:\n  carryover sample audit --population 40 --tolerable 0.05 --results samples/review/verdicts.csv\n',
    )
    .action(async (options: AuditOptions) => print(options.format, ...(await auditResult(options))))
}

interface Shared {
  readonly format?: Format
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
}

type Answer = readonly [result: object, words: string]

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
  const of = population === null ? 'an endless lot' : `${count(population)} records`
  const claim = `at most ${percentText(tolerable)} of ${of} are wrong, with ${percentText(confidence)} confidence`
  const passes = c === 0 ? 'if all are right' : `if at most ${c} are wrong`
  return [{ n, claim }, `Review ${count(n)} records; ${passes}, the claim holds: ${claim}.`]
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
  if (errors > n) throw new UsageError(`--errors got ${errors}; it takes at most the ${n} records of --n.`)
  if (n === 0) throw new UsageError('--n got 0; a bound needs at least one reviewed record.')
  const two = options.sides === '2'
  if (population === null) {
    const { lower, upper } = clopperPearson(errors, n, confidence / million, two ? 'two' : 'upper')
    const words = `Between ${(lower * 100).toFixed(3)} % and ${(upper * 100).toFixed(3)} % are wrong.`
    return [{ method: 'clopper-pearson', lower, upper }, words]
  }
  if (n > population) throw new UsageError(`--n got ${n}; it takes at most the ${population} records of --population.`)
  const risk = two ? Math.floor((million - confidence) / 2) : million - confidence
  const upperRecords = upperBound(population, n, errors, risk)
  const lowerRecords = two ? lowerBound(population, n, errors, risk) : 0
  const result = {
    method: 'hypergeometric',
    lower: lowerRecords / population,
    upper: upperRecords / population,
    lowerRecords,
    upperRecords,
  }
  return [
    result,
    `Between ${count(lowerRecords)} and ${count(upperRecords)} of ${count(population)} records (${(result.upper * 100).toFixed(2)} %) are wrong.`,
  ]
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
    if (total > size) throw new UsageError(`--n got ${total}; the frame holds ${size} records.`)
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
  const table = await readStrictTable(options.results)
  const [ticket, verdict] = ['ticket', 'verdict'].map((name) => columnOf(table, name, options.results))
  const tickets = new Set(table.rows.map((row) => row[ticket ?? 0]))
  if (tickets.size < table.rows.length)
    throw new InputError(`${options.results}: a ticket is listed twice; each record counts once.`)
  if (table.rows.length > population)
    throw new InputError(`${options.results} holds ${table.rows.length} verdicts for ${population} records.`)
  const rights = table.rows.map((row, index) => isRight(row[verdict ?? 1] ?? '', index + 1, options.results))
  const { p, decision, reviewed } = auditOf(population, claim, rights)
  const words = {
    accept: 'Accept: the claim holds.',
    continue: 'Continue with the next tickets.',
    'full-review': 'Review every record: stopping early is no longer possible.',
  }[decision]
  return [{ p, decision, reviewed }, `${words} ${count(reviewed)} reviewed, p = ${p.toPrecision(3)}.`]
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

function whole(flag: string, text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number))
    throw new UsageError(`${flag} got "${text}"; it takes a whole number.`)
  return number
}

/** Parts per million, read digit by digit: 0.005 is 5000, without a float in between. */
function share(flag: string, text: string, oneAllowed = false): number {
  const [, before = '', after = ''] = /^([01])?(?:\.(\d{1,6}))?$/.exec(text) ?? []
  const ppm = Number(before || '0') * million + Number(after.padEnd(6, '0'))
  if (text === '' || ppm <= 0 || ppm > million || (ppm === million && !oneAllowed))
    throw new UsageError(`${flag} got "${text}"; it takes a share between 0 and 1 with up to six decimals, such as 0.01.`)
  return ppm
}

function print(format: Format | undefined, result: object, words: string): void {
  const chosen = format ?? (process.stdout.isTTY ? 'text' : 'json')
  process.stdout.write(chosen === 'json' ? `${JSON.stringify(result, null, 2)}\n` : `${words}\n`)
}
