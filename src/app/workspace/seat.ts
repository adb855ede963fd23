/** Who sits at this browser: naming, switching as an act of its own, and the lock that falls after idle minutes. */
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { record } from '../../core/project/review-steps.ts'
import { whyNotAllowed } from '../../core/project/roles.ts'
import { act, type Refusal } from '../session/act.ts'
import { browserStore } from './browser-store.ts'
import { actorSlug, hand, slugOf } from './ledger.ts'
import { lockBundle, readerMark } from './reader-room.ts'
import { keepSettings } from './settings.ts'
import { hasSigningKey, opensOwnKey } from './sign.ts'
import { type Person, setWorkspace, useWorkspace, workspace } from './state.ts'

/** Without a key, a touch or a move for so long, the screen locks. */
export const idleMinutes = 10
const idleMilliseconds = idleMinutes * 60_000
/** How often the lock is looked after, and how often a touch is written down. */
const turn = 15_000

/** When this browser was last used, so that neither a reload nor a closed lid unlocks. */
const setting = 'seat'

const useSeat = create<{ readonly locked: boolean }>()(() => ({ locked: false }))

let touched = Date.now()
let written = 0

/** Whether somebody has to say that they still are who reads here. */
export function useLocked(): boolean {
  const locked = useSeat((seat) => seat.locked)
  const named = useWorkspace((w) => (w.person?.name ?? '').trim() !== '')
  return locked && named && readerMark() === null
}

export function lockSeat(): void {
  touched = 0
  useSeat.setState({ locked: true })
  lockBundle()
  void keepTouch()
}

/** The same person goes on. @param secret passphrase of that person's key; null where there is none */
export async function goOnReading(secret: string | null): Promise<Refusal> {
  const refusal = secret === null ? null : await opensOwnKey(workspace().person?.name ?? '', secret)
  if (refusal === null) unlock()
  return refusal
}

/** Somebody says who works here, or takes the place of who did; from then on every act is in this name. */
export async function sitDown(person: Person, secret: string | null): Promise<Refusal> {
  const name = person.name.trim()
  if (slugOf(name) === 'unnamed') return 'Write your full name.'
  const refusal = secret === null ? null : await opensOwnKey(name, secret)
  if (refusal !== null) return refusal
  const before = actorSlug()
  setWorkspace({ person: { name, role: person.role.trim() } })
  await keepSettings()
  unlock()
  if (before !== 'unnamed' && before !== actorSlug()) await noteSwitch()
  return null
}

/** The ledger says that somebody else works here from now on; where roles are in force, only who has one is written down. */
async function noteSwitch(): Promise<void> {
  const { project } = workspace()
  if (!project || project.readOnly !== null || whyNotAllowed(project.ledger, hand(), switched) !== null) return
  const entry = (by: string) => ({ action: switched, object: `readers/${by}`, digest: null })
  const refusal = await act((now, by) => ({ ok: true, project: record(now, [entry(by.actor)], by) }))
  if (refusal !== null) setWorkspace({ problem: refusal })
}

const switched = 'reader-switched'

function unlock(): void {
  touched = Date.now()
  useSeat.setState({ locked: false })
  void keepTouch()
}

async function keepTouch(): Promise<void> {
  written = Date.now()
  await (await browserStore()).keepSetting(setting, String(touched)).catch(() => undefined)
}

/** Watches for idleness as long as the page is open. */
export async function startSeat(): Promise<void> {
  const kept = Number((await (await browserStore()).setting(setting).catch(() => null)) ?? Number.NaN)
  if (Number.isFinite(kept)) touched = kept
  look()
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    addEventListener(kind, touch, { capture: true, passive: true })
  document.addEventListener('visibilitychange', look)
  setInterval(look, turn)
}

function touch(): void {
  // Whoever comes late finds the lock: the first touch does not open it.
  look()
  if (useSeat.getState().locked) return
  touched = Date.now()
  if (touched - written > turn) void keepTouch()
}

function look(): void {
  if (useSeat.getState().locked || Date.now() - touched < idleMilliseconds) return
  useSeat.setState({ locked: true })
  lockBundle()
}

/** Whether this person has a key that only a passphrase opens; null while it is looked up. */
export function useHasKey(name: string): boolean | null {
  const [known, setKnown] = useState<{ readonly name: string; readonly has: boolean } | null>(null)
  useEffect(() => {
    let shown = true
    hasSigningKey(name).then(
      (has) => shown && setKnown({ name, has }),
      () => shown && setKnown({ name, has: false }),
    )
    return () => {
      shown = false
    }
  }, [name])
  return known?.name === name ? known.has : null
}
