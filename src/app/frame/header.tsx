/** The header: which project this is, the palette, and "Run all checks"; on pages that show records, who reads them. */

import { type ReactNode, useMemo } from 'react'
import { statedName } from '../../core/project/format/sample-name.ts'
import { Button } from '../components/button.tsx'
import { useWorkspace } from '../session/state.ts'
import { useSection } from '../window/hash-location.ts'
import { openPalette, useActions } from './actions.ts'
import styles from './frame.module.css'
import { ReaderSeat } from './reader-seat.tsx'

/**
 * @param run "Run all checks"
 * @param team who is here, on a team's server
 */
export function Header({ run, team }: { readonly run: () => Promise<void>; readonly team: ReactNode }) {
  const manifest = useWorkspace((w) => w.project?.manifest)
  const cancel = useWorkspace((w) => w.running?.cancel)
  const location = useSection()
  const reading = manifest && (location.startsWith('/review/records') || location.startsWith('/review/verdicts'))
  useActions(
    useMemo(
      () =>
        manifest && !manifest.reader
          ? [
              cancel
                ? { id: 'cancel-run', label: 'Cancel what is running', run: cancel }
                : { id: 'run-all', label: 'Run all checks', run },
            ]
          : [],
      [manifest, cancel, run],
    ),
  )
  return (
    <header className={styles.header}>
      <a href="#/" className={styles.brand}>
        Carryover
      </a>
      {manifest && (
        <span className={`muted cut shrinks ${styles.project}`}>
          {statedName(manifest)} · {manifest.legacy} → {manifest.target}
        </span>
      )}
      <span className="grow" />
      {team}
      <Button className={styles.search ?? ''} onPress={() => openPalette(true)}>
        <span>
          Search<span className={styles.more}> or run…</span>
        </span>{' '}
        <kbd>Ctrl K</kbd>
      </Button>
      {reading && <ReaderSeat />}
      {manifest &&
        !manifest.reader &&
        !reading &&
        (cancel ? (
          <Button onPress={cancel}>Cancel</Button>
        ) : (
          <Button look="primary" onPress={run} aria-label="Run all checks">
            <span>
              Run<span className={styles.more}> all checks</span>
            </span>
          </Button>
        ))}
    </header>
  )
}
