/** The lock that falls over this browser after idle minutes. */
import { create } from 'zustand'
import { browserStore } from '../session/browser-store.ts'
import { isRecent } from '../session/is-recent.ts'
import { useWorkspace } from '../session/state.ts'
import { lockBundle, readerMark } from '../session/unlocked-bundle.ts'

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

/** Somebody has said that they work here. */
export function unlock(): void {
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
  if (useSeat.getState().locked || isRecent(touched, idleMilliseconds)) return
  useSeat.setState({ locked: true })
  lockBundle()
}
