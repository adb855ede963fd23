/** The status bar: what left this browser, whether the ledger holds, where the project is kept, and long work. */
import { lazy, Suspense, useEffect } from 'react'
import { counted } from '../../core/counted.ts'
import { Button } from '../components/button.tsx'
import { formatMoment, formatNumber, formatPercent } from '../components/format.ts'
import { SeverityMark } from '../components/severity-mark.tsx'
import { useWorkspace } from '../session/state.ts'
import styles from './frame.module.css'
import { outsideWords, watchOutside } from './outside-requests.ts'

const LedgerState = lazy(() => import('./ledger-state.tsx').then((m) => ({ default: m.LedgerState })))

export function StatusBar() {
  const open = useWorkspace((w) => w.project !== null)
  return (
    <footer className={`caption muted nowrap ${styles.status}`}>
      <Outside />
      {open && (
        <Suspense>
          <LedgerState />
        </Suspense>
      )}
      <Kept />
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
  const tested = policy !== null
  useEffect(() => (tested ? watchOutside() : undefined), [tested])
  if (!policy) return <span>Testing what this page may send…</span>
  const sent = [...outside.values()].reduce((sum, n) => sum + n, 0)
  const mark = !policy.safe ? 'error' : sent === 0 ? 'ok' : connect.length > 0 ? 'info' : 'warning'
  return (
    <span className={`line ${styles.dot}`}>
      <SeverityMark mark={mark} />
      {outsideWords({ safe: policy.safe, sent, heldBack, connect }, formatNumber)}
    </span>
  )
}

const places = { browser: 'Saved in this browser only', folder: 'Saved to folder', file: 'Saved to file' }

function Kept() {
  const project = useWorkspace((w) => w.project)
  const kept = useWorkspace((w) => w.kept)
  const unsaved = useWorkspace((w) => w.unsaved)
  const unkept = useWorkspace((w) => w.unkept)
  if (!project) return null
  if (project.readOnly !== null) return <span>Read only</span>
  if (unkept !== null && unsaved > 0)
    return (
      <a className={`line ${styles.dot}`} href="#/settings" title={unkept}>
        <SeverityMark mark="error" />
        {counted(unsaved, 'change')} on screen not saved: press Ctrl S, or save as a file
      </a>
    )
  if (!kept) return <span>Not saved yet</span>
  const words = `${places[kept.where]} ${formatMoment(kept.at)}`
  if (kept.uncopied === undefined) return <span>{words}</span>
  return (
    <a className={`line ${styles.dot}`} href="#/settings" title={kept.uncopied}>
      <SeverityMark mark="warning" />
      {words}, without a second copy
    </a>
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
