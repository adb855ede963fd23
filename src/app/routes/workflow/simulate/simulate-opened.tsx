/** A number that opens to the replications it was made of. */
import { createContext, type ReactNode, useContext, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import styles from './simulate.module.css'
import type { Shown } from './simulate-view.ts'

interface Opened {
  readonly what: string
  readonly shown: Shown
  readonly format: (value: number) => string
  readonly seed: number
}

const OpenContext = createContext<(opened: Opened) => void>(() => undefined)

/** Holds the one dialog of the page. */
export function Openable({ children }: { readonly children: ReactNode }) {
  const [opened, setOpened] = useState<Opened | null>(null)
  return (
    <OpenContext value={setOpened}>
      {children}
      {opened && (
        <Dialog title={opened.what} open onClose={() => setOpened(null)}>
          <p>
            Mean of {opened.shown.series.length} replications with seed {opened.seed}: {opened.format(opened.shown.mean)}, 95 %
            interval {opened.format(opened.shown.interval[0])} to {opened.format(opened.shown.interval[1])} (Student’s t over the
            replications). The same seed gives the same list on every machine.
          </p>
          <div className={`scroll tall ${styles.hours}`}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Replication</th>
                  <th scope="col" className="number">
                    Value
                  </th>
                </tr>
              </thead>
              <tbody>
                {opened.shown.series.map((value, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: replications are numbered by their place.
                  <tr key={at}>
                    <th scope="row">{at + 1}</th>
                    <td className="number">{opened.format(value)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <DialogActions>
            <Button onPress={() => setOpened(null)}>Close</Button>
          </DialogActions>
        </Dialog>
      )}
    </OpenContext>
  )
}

/** `what` names the number for the dialog and for those who do not see its column. */
export function OpensTo({
  what,
  shown,
  format,
  seed,
}: {
  readonly what: string
  readonly shown: Shown | null
  readonly format: (value: number) => string
  readonly seed: number
}) {
  const open = useContext(OpenContext)
  if (shown === null) return <span className="muted">—</span>
  return (
    <button
      type="button"
      className="dotted-link digits"
      aria-label={`${what}: ${format(shown.mean)}, ${format(shown.interval[0])} to ${format(shown.interval[1])}; show replications`}
      onClick={() => open({ what, shown, format, seed })}
    >
      {format(shown.mean)}
    </button>
  )
}
