/** What the command palette offers: every page registers its actions while it is shown. */
import { useEffect } from 'react'
import { create } from 'zustand'

export interface Action {
  readonly id: string
  readonly label: string
  /** The shortcut as shown, e.g. `Ctrl K`. */
  readonly keys?: string
  readonly run: () => void
}

interface Registry {
  readonly groups: ReadonlyMap<symbol, readonly Action[]>
  readonly open: boolean
}

const useRegistry = create<Registry>()(() => ({ groups: new Map(), open: false }))

/** Offers actions while the component is mounted. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => {
    const key = Symbol('actions')
    useRegistry.setState(({ groups }) => ({ groups: new Map(groups).set(key, actions) }))
    return () =>
      useRegistry.setState(({ groups }) => {
        const rest = new Map(groups)
        rest.delete(key)
        return { groups: rest }
      })
  }, [actions])
}

/** All actions of the pages that are shown, later ones first. */
export function useAllActions(): readonly Action[] {
  const groups = useRegistry((registry) => registry.groups)
  return [...groups.values()].reverse().flat()
}

export function usePaletteOpen(): boolean {
  return useRegistry((registry) => registry.open)
}

export function openPalette(open: boolean): void {
  useRegistry.setState({ open })
}
