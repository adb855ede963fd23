/** The account of a reconciliation whose tasks ended, from their parts. */
import { deserialize } from 'node:v8'
import { type PairPlan, planPairing } from '../../core/data/crosswalk/plan/plan.ts'
import { endOfLines } from '../../core/data/read/json/ndjson.ts'
import { endOfStretches } from '../../core/data/read/stretches/stretch-gate.ts'
import type { TornTables } from '../../core/data/reconcile/account/account.ts'
import { addShare, type JudgedShare } from '../../core/data/reconcile/account/judged-share.ts'
import type { ReconcileInput, ReconcileResult } from '../../core/data/reconcile/account/result.ts'
import { type LeftOpen, ReconcileRun } from '../../core/data/reconcile/reconcile.ts'
import type { ToldGap } from '../../core/data/validate/told.ts'
import type { NotEvaluated } from '../../core/finding.ts'
import { stopIfAborted } from '../../core/operation.ts'
import type { RunKey } from '../run-key.ts'
import { blocksOf } from '../stretches/blocks.ts'
import { lostTasks, notReadOf, setAsideWords } from '../stretches/lost.ts'
import { openPartOf } from '../stretches/opened.ts'
import { gapsBetween, onlyPiece, type ReadPart, readParts } from '../stretches/read-parts.ts'
import { readPiece } from '../stretches/shuffled.ts'
import type { WorkFolder } from '../work-folder.ts'
import { journalPiece, knownPatientsOf, type ReconcileAsked, totalsOf } from './parts.ts'
import { evidenceOf, openRemembered } from './reconcile-tasks.ts'
import { tornTables } from './torn-tables.ts'

/** @param read told of every byte that is read of an input after all */
export async function toldReconciliation(
  folder: WorkFolder,
  key: RunKey,
  asked: ReconcileAsked,
  given: ReconcileInput,
  read: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const plan = planPairing(given.mapping, given.inputs)
  const blocks = blocksOf(asked)
  const parts = await readParts(folder, asked, blocks)
  const gaps = await gapsBetween(folder, asked, blocks, parts)
  const unjudged = await lostTasks(folder, 'reduce')
  const damages = new Map(parts.flatMap(({ input, other }) => (other?.damage ? [[input, other.damage]] : [])))
  const opened = await openRemembered(folder, key, given, read, signal)
  const inputs = opened.map((one, i) => ({ ...one, damage: () => damages.get(i) ?? null }))
  const { match } = await knownPatientsOf(folder, key)
  const run = new ReconcileRun({ ...given, inputs }, given.inputs, plan, match)
  for (const input of given.inputs.keys()) {
    stopIfAborted(signal)
    await tell(
      run,
      input,
      parts.filter((part) => part.input === input),
      (gaps[input] ?? []).length > 0,
      folder,
      key,
    )
  }
  const left = leftOpen(asked, plan, tornTables(gaps, given.inputs, plan, await openPartOf(folder)), gaps, unjudged)
  if (left !== null) run.leave(left)
  run.assume(await evidenceOf(folder, key, plan))
  for (let share = 0; share < asked.partitions; share++) {
    stopIfAborted(signal)
    if (unjudged.has(share)) continue
    addShare(run.account, deserialize(await onlyPiece(folder, key, 'reduce', share)) as JudgedShare, plan.tables)
  }
  return run.finish(false)
}

/** Null where no task was set aside that would have read or judged something. */
function leftOpen(
  { inputs, partitions }: ReconcileAsked,
  { tables }: PairPlan,
  torn: TornTables,
  gaps: readonly (readonly ToldGap[])[],
  unjudged: ReadonlyMap<number, string>,
): LeftOpen | null {
  const notJudged: NotEvaluated[] = [
    ...notReadOf(gaps, (input) => inputs[input]?.name ?? '', 'These records are not compared: they are neither matched nor lost'),
    ...tables.flatMap(({ index, source, type }) => {
      const sides = [...(torn.get(index) ?? [])]
      const why = `not all of its ${sides.join(' and ')} was read: a record whose partner may lie there is neither matched nor lost, and its totals are not compared`
      return sides.length === 0 ? [] : [{ what: `${source} → ${type}`, why }]
    }),
    ...[...unjudged].map(([share, why]) => ({
      what: `Share ${share + 1} of ${partitions} of the patients`,
      why: setAsideWords(
        why,
        'The records of these patients are not compared: they are neither matched nor lost, and no entry of others was looked for among them',
      ),
    })),
  ]
  if (unjudged.size > 0) notJudged.push({ what: 'Totals', why: 'they lack the records of the patients who were not judged' })
  return notJudged.length === 0 ? null : { torn, lacksPatients: unjudged.size > 0, notJudged }
}

async function tell(
  run: ReconcileRun,
  input: number,
  parts: readonly ReadPart[],
  hasGaps: boolean,
  folder: WorkFolder,
  key: RunKey,
): Promise<void> {
  const counted = { records: 0, lines: 0, lost: 0, bytes: 0 }
  for (const part of parts) {
    const totals = await totalsOf(folder, key, part)
    run.tell(input, await readPiece(folder, key, part.name, part.ends, journalPiece), totals, part.before)
    if (totals.end !== null) run.end(input, totals.end.status, totals.end.records)
    const { records, lines, lost, bytes } = part.other?.counts ?? { records: 0, lines: 0, lost: 0, bytes: 0 }
    counted.records += records
    counted.lines += lines
    counted.lost += lost
    counted.bytes += bytes
  }
  const ends = parts.flatMap(({ table }) => table?.totals ?? [])
  if (ends.length > 0) {
    const { status, records } = endOfStretches(ends, hasGaps)
    run.end(input, status, records)
  } else if (hasGaps) run.end(input, 'partial', counted.records)
  if (hasGaps) return
  if (!parts.some(({ other }) => other?.counts)) return
  for (const event of endOfLines(counted, input, counted.bytes))
    if (event.kind === 'problem') run.problem(input, event.problem)
    else if (event.kind === 'end') run.end(input, event.status, event.records)
}
