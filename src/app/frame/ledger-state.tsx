/** Whether the ledger of the open project holds, in the status bar. */

import { formatNumber } from '../components/format.ts'
import { SeverityMark } from '../components/severity-mark.tsx'
import { useLedgerState } from '../people/ledger-state.ts'
import styles from './frame.module.css'

export function LedgerState() {
  const state = useLedgerState()
  if (!state) return null
  if (state.problem !== null)
    return (
      <span className={`line ${styles.dot}`}>
        <SeverityMark mark="error" />
        Ledger broken: {state.problem}
      </span>
    )
  return (
    <span>
      Ledger {formatNumber(state.entries)} {state.entries === 1 ? 'entry' : 'entries'},{' '}
      {state.verified ? 'verified' : 'chain intact'}
    </span>
  )
}
