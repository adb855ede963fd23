/** A ledger of two entries, chained as the project chains them. */

import { appendEntries } from '../../../project/ledger/chain.ts'
import type { LedgerEntry } from '../../../project/ledger/ledger.ts'

export function exampleLedger(): readonly LedgerEntry[] {
  const draft = (action: string, counter: number) => ({
    device: 'd1',
    time: { wall: '2026-07-14T06:00:00+00:00', counter },
    actor: 'owner',
    action,
    object: 'carryover.json',
    digest: null,
  })
  return appendEntries([], [draft('project-created', 1), draft('run-finished', 2)])
}
