/** What is known of the open project's ledger, for the status bar and the page of the ledger. */
import { useMemo } from 'react'
import { ledgerTrouble } from '../../core/project/verify/ledger-trouble.ts'
import { ledgerStanding, type Standing } from '../../core/project/verify/standing.ts'
import { useWorkspace } from '../session/state.ts'
import { useVerification } from './verified.ts'

/** What is known of the open project's ledger. */
export interface LedgerState {
  readonly entries: number
  /** The first thing that does not stand, in words; null while nothing is known to be wrong. */
  readonly problem: string | null
  /** True when keys, signatures, sample and verdicts were checked, too, and hold; before that only the chains were. */
  readonly verified: boolean
  /** Where all holds and the last signature does not speak about everything that is here: that; null otherwise. */
  readonly moved: Standing | null
}

/** Chains are followed again with every entry; the whole project is verified once after it was opened, in idle time. */
export function useLedgerState(): LedgerState | null {
  const ledger = useWorkspace((w) => w.project?.ledger)
  const checked = useVerification()
  return useMemo(() => {
    if (!ledger) return null
    const problem = ledgerTrouble(ledger) ?? checked?.broken ?? null
    const standing = problem === null && checked ? ledgerStanding(checked.looked) : null
    return {
      entries: ledger.length,
      problem,
      verified: checked !== null && problem === null,
      moved: standing?.kind === 'earlier' || standing?.kind === 'part' ? standing : null,
    }
  }, [ledger, checked])
}
