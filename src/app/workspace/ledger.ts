/** Who acts in this browser, on which device, at what time, and what is known of the ledger. */
import { useMemo } from 'react'
import { slugOf } from '../../core/project/actor-slug.ts'
import { ledgerTrouble } from '../../core/project/ledger-trouble.ts'
import type { Hand } from '../../core/project/review-steps.ts'
import { whyNotAllowed } from '../../core/project/roles.ts'
import { ledgerStanding } from '../../core/project/standing.ts'
import { momentText } from '../../core/readiness/day.ts'
import { deviceId } from './device.ts'
import { readerMark } from './reader-room.ts'
import { openProject, setWorkspace, useWorkspace, workspace } from './state.ts'
import { useVerification } from './verified.ts'

export { slugOf }

/** Whether this person may record such an act in the open project; where not, the sentence that says why is on screen. */
export function mayRecord(action: string): boolean {
  const { readOnly, ledger } = openProject()
  const forbidden = whyNotAllowed(ledger, hand(), action)
  const why = readOnly ?? (forbidden === null ? null : `Not recorded: ${forbidden}.`)
  if (why !== null) setWorkspace({ problem: why })
  return why === null
}

/** Person, device and clock of the next act. */
export function hand(): Hand {
  return { device: readerMark()?.device ?? deviceId(), actor: actorSlug(), wall: wallNow() }
}

/** RFC 3339 with the offset of this machine. */
export function wallNow(): string {
  return momentText(new Date())
}

/** How the ledger names a person: a slug of the name, or `unnamed` before anybody said who works here. */
export function actorSlug(): string {
  return readerMark()?.reader ?? slugOf(workspace().person?.name ?? '')
}

/** What is known of the open project's ledger. */
export interface LedgerState {
  readonly entries: number
  /** The first thing that does not stand, in words; null while nothing is known to be wrong. */
  readonly problem: string | null
  /** True when keys, signatures, sample and verdicts were checked, too, and hold; before that only the chains were. */
  readonly verified: boolean
  /** Where all holds and the last signature speaks about an earlier version: that, in words. */
  readonly earlier: string | null
}

/** Chains are followed again with every entry; the whole project is verified once after it was opened, in idle time. */
export function useLedgerState(): LedgerState | null {
  const ledger = useWorkspace((w) => w.project?.ledger)
  const checked = useVerification()
  return useMemo(() => {
    if (!ledger) return null
    const problem = ledgerTrouble(ledger) ?? checked?.broken ?? null
    const moved = problem === null && checked ? ledgerStanding(checked.looked) : null
    return {
      entries: ledger.length,
      problem,
      verified: checked !== null && problem === null,
      earlier: moved?.kind === 'earlier' ? moved.words : null,
    }
  }, [ledger, checked])
}
