/**
 * Parts of a reconciliation to the one report: the ordinary run, in which patients that shards found nothing in are not judged again.
 * Totals, keys, entries found under other patients and the order of findings are those of a single run, however many shards there were.
 */
import type { Update } from '../../operation.ts'
import type { SpillStore } from '../model/spill.ts'
import type { ReconcileInput, ReconcilePartial, ReconcileResult } from '../reconcile/account/result.ts'
import type { QuietPatients } from '../reconcile/compare/quiet.ts'
import { placeOfPatient } from '../reconcile/entries/item-log.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import type { MergeRefusal } from './merge-validation.ts'
import { orderedParts } from './part.ts'
import { planDigest } from './plan.ts'
import { type ReconcilePart, shardAtPlace } from './reconcile-part.ts'
import { otherThanReconciled, type ReconcilePlan } from './reconcile-plan.ts'

/** Never a report of parts that do not belong together. */
export async function* mergeReconciliation(
  plan: ReconcilePlan,
  given: readonly ReconcilePart[],
  asked: ReconcileInput,
  tool: string,
  signal: AbortSignal,
  store: SpillStore | null = null,
): AsyncGenerator<Update<ReconcilePartial, { readonly result: ReconcileResult } | MergeRefusal>> {
  const parts = orderedParts(given, planDigest(plan))
  if (typeof parts === 'string') {
    yield { kind: 'result', value: { refused: 'parts', says: parts } }
    return
  }
  const other = await otherThanReconciled(plan, asked, tool, signal)
  if (other !== null) {
    yield { kind: 'result', value: { refused: 'inputs', says: other } }
    return
  }
  const quiet = new QuietOfParts(parts)
  const { seed, maxRows } = plan
  const input = { ...asked, seed, ...(maxRows === null ? {} : { maxRows }) }
  for await (const update of reconcile(input, signal, store, quiet))
    if (update.kind !== 'result') yield update
    else
      yield {
        kind: 'result',
        value: quiet.addsUp
          ? { result: update.value }
          : { refused: 'parts', says: 'The parts speak of other patients than the files hold. Run the shards again.' },
      }
}

/** The turns of every shard, taken up one by one. */
class QuietOfParts implements QuietPatients {
  readonly sums: QuietPatients['sums']
  private readonly shards: { turn: number; at: number; next: number; readonly part: ReconcilePart }[]

  constructor(parts: readonly ReconcilePart[]) {
    this.sums = parts.map(({ sums }) => sums)
    this.shards = parts.map((part) => ({ turn: 0, at: 0, next: part.told[0] ?? -1, part }))
  }

  isQuiet(group: string): boolean {
    const shard = this.shards[shardAtPlace(placeOfPatient(group), this.shards.length) - 1]
    if (!shard) return false
    if (shard.turn++ !== shard.next) return true
    const step = shard.part.told[++shard.at]
    shard.next = step === undefined ? -1 : shard.next + step
    return false
  }

  get addsUp(): boolean {
    return this.shards.every(({ turn, at, part }) => turn === part.groups && at === part.told.length)
  }
}
