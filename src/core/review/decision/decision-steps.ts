/** From one state of the decisions to the next: while people read, only the record just judged changes, and thousands do not. */
import type { RecordDecision } from '../model/review-event.ts'

type Decisions = ReadonlyMap<string, RecordDecision>

interface StepBefore {
  readonly from: Decisions
  readonly records: readonly string[]
}

const steps = new WeakMap<Decisions, StepBefore>()

/** Notes that `now` is `from` but for these records. How `from` itself came about is forgotten: no state keeps all those before it alive. */
export function noteStep(now: Decisions, from: Decisions, records: readonly string[]): void {
  steps.delete(from)
  steps.set(now, { from, records })
}

/** Records whose decision came, changed or went between two states; the second is as a rule the next one after the first. */
export function changedRecords(from: Decisions, now: Decisions): readonly string[] {
  if (from === now) return []
  const step = steps.get(now)
  if (step?.from === from) return step.records
  const changed: string[] = []
  for (const [record, decision] of now) if (from.get(record) !== decision) changed.push(record)
  for (const record of from.keys()) if (!now.has(record)) changed.push(record)
  return changed
}
