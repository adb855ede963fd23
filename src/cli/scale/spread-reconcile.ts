/** `carryover run reconcile`: the plan of a reconciliation, its tasks, and its account from their parts. */
import type { Command } from 'commander'
import type { ReconcileResult } from '../../core/data/reconcile/account/result.ts'
import { heldPerByte, reconcile } from '../../core/data/reconcile/reconcile.ts'
import type { ByteSource } from '../../core/operation.ts'
import { nodeSpillStore } from '../../io/files/spill-node.ts'
import type { RunPlan } from '../../scale/plan.ts'
import type { ReconcileAsked } from '../../scale/reconcile/parts.ts'
import { ReconcileTasks, reconcileStages } from '../../scale/reconcile/reconcile-tasks.ts'
import { toldReconciliation } from '../../scale/reconcile/told-reconciliation.ts'
import type { RunKey } from '../../scale/run-key.ts'
import { blockFor } from '../../scale/stretches/block-size.ts'
import type { WorkFolder } from '../../scale/work-folder.ts'
import {
  needBothSides,
  openReconciliation,
  type ReconcileOptions,
  reconcileTakers,
  runReconcile,
} from '../data/crosswalk/reconcile.ts'
import { UsageError } from '../shell/usage-error.ts'
import { type BuildProgram, readWords } from '../shell/word-takers.ts'
import { inJobs, jobsFor, wordsOf as wordsOfVerb } from './jobs.ts'
import {
  asPlanned,
  blocksAsked,
  bytesOf,
  inputsAsked,
  planOf,
  refuseOthers,
  reported,
  type SpreadCommand,
} from './spread-command.ts'

/** Memory that the entries of one share of the patients may take. */
const shareBytes = 512 << 20
/** Fewer shares leave workers idle, and make the first one, which every other waits for, large. */
const leastShares = 32

export const spreadReconcile: SpreadCommand = {
  // Without the patients nobody can tell whose the records are.
  groundwork: ['open', 'cuts', 'patients', 'known', 'assume'],

  async plan(build, words, { blockBytes, partitions }) {
    const [project, options] = await wordsOf(build, words)
    const { input } = await openReconciliation(project, options)
    needBothSides(input)
    const inputs = blocksAsked(sourcesOf(input), blockBytes)
    const asked: ReconcileAsked = { ...inputs, partitions: partitions ?? partitionsOf(bytesOf(inputs)) }
    return planOf('reconcile', words, asked, reconcileStages(asked))
  },

  async open(plan, build) {
    const [project, options] = await wordsOf(build, plan.command.words)
    const { input } = await asPlanned(() => openReconciliation(project, options))
    const asked = askedOf(plan)
    refuseOthers(asked, sourcesOf(input))
    return new ReconcileTasks(asked, input)
  },

  async report(folder, plan, build) {
    const [project, options] = await wordsOf(build, plan.command.words)
    return await reported(folder, (key, read) =>
      runReconcile(project, options, async function* (input, signal) {
        const asked = askedOf(plan)
        refuseOthers(asked, sourcesOf(input))
        yield { kind: 'result', value: await toldReconciliation(folder, key, asked, input, read, signal) }
      }),
    )
  },
}

/** The verb itself: large files are reconciled by several processes, with the account of one. */
export function reconcileInJobs(command: Command): typeof runReconcile {
  return async (project, options) =>
    await runReconcile(project, options, async function* (input, signal) {
      const inputs = inputsAsked(sourcesOf(input))
      const bytes = bytesOf({ inputs })
      const jobs = jobsFor(bytes, options.jobs, [])
      if (jobs === 1) {
        yield* reconcile(input, signal, nodeSpillStore())
        return
      }
      const asked: ReconcileAsked = { blockBytes: blockFor(bytes, jobs), inputs, partitions: partitionsOf(bytes) }
      const plan = planOf('reconcile', wordsOfVerb(command), asked, reconcileStages(asked))
      const report = (folder: WorkFolder, key: RunKey): Promise<ReconcileResult> =>
        toldReconciliation(folder, key, asked, input, () => undefined, signal)
      yield* inJobs(plan, jobs, report, signal)
    })
}

function partitionsOf(bytes: number): number {
  return Math.max(leastShares, Math.ceil((bytes * heldPerByte) / shareBytes))
}

async function wordsOf(build: BuildProgram, words: readonly string[]) {
  const read = await readWords(build, 'reconcile', words, reconcileTakers)
  refuseUnspread(read[1])
  return read
}

function refuseUnspread({ before, documents }: ReconcileOptions): void {
  const given = [...(before.length > 0 ? ['--before'] : []), ...(documents === undefined ? [] : ['--documents'])]
  if (given.length > 0)
    throw new UsageError(`run reconcile spreads legacy against target alone; give ${given.join(', ')} to carryover reconcile.`)
}

function sourcesOf({ inputs }: { readonly inputs: readonly { readonly source: ByteSource }[] }): readonly ByteSource[] {
  return inputs.map(({ source }) => source)
}

function askedOf({ asked }: RunPlan): ReconcileAsked {
  return asked as object as ReconcileAsked
}
