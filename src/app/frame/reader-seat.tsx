/** Who is reading, where "Run all checks" stands on other pages: always in sight, changed by an act of its own. */
import { lazy, Suspense, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog, DialogActions } from '../components/dialog.tsx'
import { idleMinutes, lockSeat, useLocked } from '../people/seat.ts'
import { useWorkspace } from '../session/state.ts'
import { lockBundle, useReaderMark, useUnlocked } from '../session/unlocked-bundle.ts'
import styles from './frame.module.css'

const WhoWorks = lazy(() => import('./who-works.tsx').then((m) => ({ default: m.WhoWorks })))

export function ReaderSeat() {
  const person = useWorkspace((w) => w.person)
  const mark = useReaderMark()
  const unlocked = useUnlocked()
  const locked = useLocked()
  const [switching, setSwitching] = useState(false)
  if (mark) return <Seat name={mark.name} profession="" locked={!unlocked} button="Lock" onPress={lockBundle} />
  if (!person || person.name.trim() === '')
    return (
      <p className={`line muted nowrap ${styles.seat}`}>
        <Lock open />
        <span className={styles.seatMore}>Nobody has said who is reading</span>
        <span className={styles.seatShort}>Who reads?</span>
      </p>
    )
  return (
    <>
      <Seat name={person.name} profession={person.role} locked={locked} button="Switch" onPress={() => setSwitching(true)} />
      <SwitchDialog open={switching} onClose={() => setSwitching(false)} />
    </>
  )
}

interface SeatProps {
  readonly name: string
  readonly profession: string
  readonly locked: boolean
  readonly button: string
  readonly onPress: () => void
}

function Seat({ name, profession, locked, button, onPress }: SeatProps) {
  return (
    <section className={`line muted nowrap ${styles.seat}`} aria-label="Who is reading">
      <Lock open={!locked} />
      <p>
        <span className={styles.seatMore}>{locked ? 'Locked: ' : 'Reading: '}</span>
        <strong>{name}</strong>
        {profession !== '' && <span className={styles.seatRole}> {profession}</span>}
        <span className={styles.seatMore}>{locked ? '' : ` · locks after ${idleMinutes} idle min`}</span>
      </p>
      <Button onPress={onPress}>{button}</Button>
    </section>
  )
}

function Lock({ open }: { readonly open: boolean }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={open ? 'M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 4.8-1' : 'M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2'}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
    </svg>
  )
}

export function SwitchDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const person = useWorkspace((w) => w.person)
  const seated = (): void => {
    onClose()
    // The dialog gives the focus back to its opener; whoever took the seat reads on.
    setTimeout(() => document.querySelector<HTMLElement>('[data-reading]')?.focus({ preventScroll: true }), 150)
  }
  return (
    <Dialog title="Somebody else works here" open={open} onClose={onClose}>
      <p>
        What {person?.name ?? 'the reader'} said stays in that name. From now on every verdict and every act is recorded in the
        name below, and the ledger notes the change.
      </p>
      <Suspense>
        <WhoWorks question="Who works here now?" button="Go on in this name" className={'stack-wide'} onNamed={seated} />
      </Suspense>
      <DialogActions>
        <Button
          large
          onPress={() => {
            lockSeat()
            onClose()
          }}
        >
          Lock this screen
        </Button>
        <Button large onPress={onClose}>
          {person?.name ?? 'The same person'} goes on
        </Button>
      </DialogActions>
    </Dialog>
  )
}
