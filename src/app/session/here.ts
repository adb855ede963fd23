/** Who else is at the maps of the open project, as a connection last heard it, and what is told to them; nobody without one. Never kept. */
import { create } from 'zustand'
import type { Presence, Present } from '../../core/workflow/together/presence.ts'

/** What one points at on a map. Who one is and on which map is told by the connection. */
export type Pointing = Pick<Presence, 'pointer' | 'selection' | 'drag' | 'types'>

interface HereState {
  readonly here: readonly Present[]
  /** Tells the others; null where there is no connection. */
  readonly tell: ((pointing: Partial<Pointing>) => void) | null
  /** The connection of the person whose view is followed. */
  readonly follows: string | null
}

export const useHere = create<HereState>()(() => ({ here: [], tell: null, follows: null }))

export function followPerson(from: string | null): void {
  useHere.setState({ follows: from })
}
