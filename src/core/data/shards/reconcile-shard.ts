/** Runs one shard of a reconciliation: both sides are read, and the patients of one share are paired and judged. */
import { stopIfAborted, type Update } from '../../operation.ts'
import { openSides } from '../crosswalk/plan/open-sides.ts'
import { planPairing } from '../crosswalk/plan/plan.ts'
import { ReconcileAccount } from '../reconcile/account/account.ts'
import type { ReconcileInput } from '../reconcile/account/result.ts'
import { PairEvidence } from '../reconcile/compare/evidence.ts'
import { withJoinedRows } from '../reconcile/compare/joined-rows.ts'
import { judge } from '../reconcile/compare/judge.ts'
import { isQuiet } from '../reconcile/compare/quiet.ts'
import { groupKey } from '../reconcile/entries/group-key.ts'
import { ItemLog, placeOfPatient } from '../reconcile/entries/item-log.ts'
import { readKnownPatients } from '../reconcile/entries/known-patients.ts'
import { readSides, type SideSink } from '../reconcile/entries/read-sides.ts'
import { planDigest } from './plan.ts'
import { type ReconcilePart, shardAtPlace } from './reconcile-part.ts'
import { otherThanReconciled, type ReconcilePlan } from './reconcile-plan.ts'

/** `shard` is 1-based; memory follows the patients of the share. A sentence where the inputs are not those of the plan. */
export async function* reconcileShard(
  plan: ReconcilePlan,
  input: ReconcileInput,
  shard: number,
  of: number,
  tool: string,
  signal: AbortSignal,
): AsyncGenerator<Update<never, ReconcilePart | string>> {
  const other = await otherThanReconciled(plan, input, tool, signal)
  if (other !== null) {
    yield { kind: 'result', value: other }
    return
  }
  const pairing = planPairing(input.mapping, input.inputs)
  const inputs = await openSides(input.inputs, signal)
  const known = readKnownPatients(inputs, pairing, signal)
  let step = await known.next()
  const total = inputs.reduce((sum, { source }) => sum + source.size, 0)
  for (; step.done !== true; step = await known.next())
    yield { kind: 'progress', done: 0, total, unit: 'bytes', label: step.value }
  const { keys, match } = step.value
  const log = new ItemLog(pairing.tables, 1, null)
  const isMine = (group: string): boolean => shardAtPlace(placeOfPatient(group), of) === shard
  // The same few patients in every shard, so that all of them assume the same.
  const evidence = new PairEvidence(pairing.tables)
  const sink: SideSink = {
    keep: (patient) => evidence.wants(patient) || patient === '' || isMine(patient),
    everyTable: false,
    legacy({ patient, items }) {
      for (const item of items) evidence.add(patient, item)
      for (const item of items) if (isMine(groupKey(patient, item))) log.legacy(groupKey(patient, item), item)
    },
    target(patient, item) {
      evidence.add(patient, item)
      if (isMine(groupKey(patient, item))) log.target(groupKey(patient, item), item)
    },
    listed(patient, state) {
      if (isMine(patient)) log.listed(patient, state)
    },
    unplaced() {},
  }
  let before = 0
  for await (const { done, label } of readSides(inputs, pairing, keys, sink, signal)) {
    yield { kind: 'progress', done: Math.min(total, before + done), total, unit: 'bytes', label }
    if (inputs.some(({ source }) => source.name === label && source.size === done)) before = Math.min(total, before + done)
  }
  const account = new ReconcileAccount(pairing.tables, [], [], new Set(match.alias.values()), plan.seed, 0)
  account.assumed = evidence.settle().assumed
  const groups = log.read(0)
  const told: number[] = []
  let turn = 0
  let last = 0
  for (const key of log.inOrder(groups)) {
    const group = groups.get(key)
    if (!group) continue
    groups.delete(key)
    const joined = withJoinedRows(group)
    const judged = judge(joined, pairing.tables, account.assumed)
    if (isQuiet(judged)) account.settle(joined, judged)
    else {
      told.push(turn - last)
      last = turn
    }
    if (++turn % 2000 === 0) stopIfAborted(signal)
  }
  const head = { kind: 'carryover-part', format: 1, verb: 'reconcile', plan: planDigest(plan), planned: plan } as const
  yield { kind: 'result', value: { ...head, shard, of, groups: turn, told, sums: account.quiet } }
}
