/** A state of the project that somebody replaced by another one, draws and verdicts in it included: its head stays in the ledger, and its draws count. */
import { headOf } from './head.ts'
import type { EntryDraft, LedgerEntry } from './ledger.ts'

const stateGivenUp = 'state-given-up'
/** Names a draw of the state that was given up by the hash of its entry. */
const drawGivenUp = 'draw-given-up'

/** What the ledger that stays says of the one that is given up. */
export function givingUp(
  gone: readonly LedgerEntry[],
  stays: readonly LedgerEntry[],
): readonly Pick<EntryDraft, 'action' | 'object' | 'digest'>[] {
  const here = new Set(stays.map(({ hash }) => hash))
  const draws = gone.filter(({ action, hash }) => action === 'sample-drawn' && !here.has(hash))
  return [
    { action: stateGivenUp, object: 'ledger.jsonl', digest: headOf(gone).digest },
    ...draws.map(({ hash }) => ({ action: drawGivenUp, object: 'ledger.jsonl', digest: `sha256:${hash}` })),
  ]
}

/** Draws that this ledger does not hold and that somebody gave up; none that came back with a merge. */
export function drawsGivenUp(ledger: readonly LedgerEntry[]): number {
  const given = new Set(ledger.flatMap(({ action, digest }) => (action === drawGivenUp && digest !== null ? [digest] : [])))
  if (given.size === 0) return 0
  for (const { action, hash } of ledger) if (action === 'sample-drawn') given.delete(`sha256:${hash}`)
  return given.size
}

/** Who replaced which state, and when (RFC 3339); empty where nobody did. */
export function statesGivenUp(
  ledger: readonly LedgerEntry[],
): readonly { readonly by: string; readonly at: string; readonly head: string }[] {
  return ledger.flatMap(({ action, actor, time, digest }) =>
    action === stateGivenUp ? [{ by: actor, at: time.wall, head: digest ?? '' }] : [],
  )
}
