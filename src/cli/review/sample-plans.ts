/** `carryover sample lot|sequential`: plans that people know from elsewhere, with what they do and do not prove. */
import { type Command, Option } from 'commander'
import { million } from '../../core/review/model/claim.ts'
import { count } from '../../core/review/result/result.ts'
import {
  acceptableLevels,
  codeLetterOf,
  type Inspection,
  type InspectionLevel,
  inspectionLevels,
  lotInspectionLabel,
  lotPlan,
} from '../../core/review/statistics/lot-inspection.ts'
import { waldPlan } from '../../core/review/statistics/martingales.ts'
import { UsageError } from '../shell/usage-error.ts'
import { type Answer, print, type Shared, share, whole } from './sample-answers.ts'

interface LotOptions extends Shared {
  readonly population: string
  readonly aql: string
  readonly level: InspectionLevel
  readonly inspection: Inspection
}

interface SequentialOptions extends Shared {
  readonly good: string
  readonly bad: string
  readonly alpha: string
  readonly beta: string
  readonly errors: string
}

export function addFamiliarPlans(sample: Command, format: () => Option): void {
  sample
    .command('lot')
    .description('the plan of ISO 2859-1 / Z1.4 for a lot; protects the producer, not the patient')
    .requiredOption('--population <number>', 'records in the lot, at least 2')
    .addOption(new Option('--aql <percent>', 'acceptable quality level in percent').choices(acceptableLevels).default('1.0'))
    .addOption(new Option('--level <level>', 'inspection level').choices(inspectionLevels).default('II'))
    .addOption(new Option('--inspection <kind>', 'normal or tightened').choices(['normal', 'tightened']).default('normal'))
    .addOption(format())
    .addHelpText('after', '\nExample:\n  carryover sample lot --population 5000 --aql 1.0\n')
    .action((options: LotOptions) => print(options.format, ...lotOf(options)))
  sample
    .command('sequential')
    .description("Wald's sequential plan: reject, accept or read on, for an endless lot")
    .requiredOption('--good <share>', 'share of wrong records that should be accepted, e.g. 0.001')
    .requiredOption('--bad <share>', 'share that should be rejected, e.g. 0.01')
    .option('--alpha <share>', 'chance of rejecting a good lot', '0.05')
    .option('--beta <share>', 'chance of accepting a bad lot', '0.05')
    .option('--errors <number>', 'wrong records seen so far', '0')
    .addOption(format())
    .addHelpText('after', '\nExample:\n  carryover sample sequential --good 0.001 --bad 0.01\n')
    .action((options: SequentialOptions) => print(options.format, ...sequentialOf(options)))
}

function lotOf(options: LotOptions): Answer {
  const lot = whole('--population', options.population)
  if (lot < 2) throw new UsageError(`--population got ${lot}; the tables begin with lots of 2.`)
  const letter = codeLetterOf(lot, options.level)
  const plan = lotPlan(letter, options.aql, options.inspection)
  if (!plan) throw new UsageError(`--aql got ${options.aql}; the tables have no plan for letter ${letter} at that level.`)
  // A plan can ask for more records than the lot has: then all are read.
  const n = Math.min(plan.n, lot)
  const result = { n, acceptAt: plan.acceptAt, rejectAt: plan.rejectAt, letter: plan.letter, label: lotInspectionLabel }
  return [
    result,
    `Review ${count(n)} records (letter ${plan.letter}); accept with at most ${plan.acceptAt} wrong, reject from ${plan.rejectAt} on. ${lotInspectionLabel}`,
  ]
}

function sequentialOf(options: SequentialOptions): Answer {
  const [good, bad, alpha, beta] = [
    share('--good', options.good),
    share('--bad', options.bad),
    share('--alpha', options.alpha),
    share('--beta', options.beta),
  ].map((ppm) => ppm / million) as [number, number, number, number]
  if (good >= bad) throw new UsageError(`--bad got ${options.bad}; it must be larger than --good ${options.good}.`)
  const errors = whole('--errors', options.errors)
  const { logA, logB, right } = waldPlan(good, bad, alpha, beta, errors)
  return [
    { logA, logB, errors, right, n: errors + right },
    `With ${count(errors)} wrong, accept once ${count(right)} right records were read beside them (${count(errors + right)} in all).`,
  ]
}
