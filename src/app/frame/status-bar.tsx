/** The status bar: what left this browser, whether the ledger holds, where the project is kept, and long work. */
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { formatNumber, formatPercent } from '../components/format.ts'
import { SeverityMark } from '../components/severity-mark.tsx'
import { useWorkspace } from '../session/state.ts'
import styles from './frame.module.css'
import { Kept } from './kept.tsx'
import { outsideWords, watchOutside } from './outside-requests.ts'

const LedgerState = lazy(() => import('./ledger-state.tsx').then((m) => ({ default: m.LedgerState })))
/** @param team how the project stands with a team's server; null where there is none */
export function StatusBar({ team }: { readonly team: ReactNode }) {
  const open = useWorkspace((w) => w.project !== null)
  return (
    <footer className={`caption muted nowrap ${styles.status}`}>
      <Outside />
      {open && (
        <Suspense>
          <LedgerState />
        </Suspense>
      )}
      {team ?? <Kept />}
      <span className="grow" />
      <Work />
    </footer>
  )
}

function Outside() {
  const policy = useWorkspace((w) => w.policy)
  const outside = useWorkspace((w) => w.outside)
  const heldBack = useWorkspace((w) => w.heldBack)
  const connect = useWorkspace((w) => w.connect)
  const server = useWorkspace((w) => (w.onTeamServer ? location.host : null))
  const tested = policy !== null
  useEffect(() => (tested ? watchOutside() : undefined), [tested])
  if (!policy) return <span>Testing what this page may send…</span>
  const sent = [...outside.values()].reduce((sum, n) => sum + n, 0)
  const mark = !policy.safe ? 'error' : sent === 0 ? 'ok' : connect.length > 0 ? 'info' : 'warning'
  return (
    <span
      className={`line ${styles.dot}`}
      title="Requests of this page, as the browser counts them. It does not count an address that somebody opens, nor connections without a request."
    >
      <SeverityMark mark={mark} />
      {outsideWords({ safe: policy.safe, sent, heldBack, connect, server }, formatNumber)}
    </span>
  )
}

function Work() {
  const running = useWorkspace((w) => w.running)
  if (!running) return null
  const share = running.total > 0 ? running.done / running.total : 0
  return (
    <span className={`line ${styles.dot}`}>
      {running.label}: {formatPercent(Math.floor(share * 100) / 100)}
      <Button look="quiet" onPress={running.cancel}>
        Cancel
      </Button>
    </span>
  )
}
