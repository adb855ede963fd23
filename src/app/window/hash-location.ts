/** Addresses live in the hash, path and search together (`#/workflow/refill/compare?step=sign`): a copied link restores the view on any host. */
import { useSyncExternalStore } from 'react'

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

let held: string | null = null

/** Pages stay at this hash whatever the address bar says, until null: what is unsaved on them is not gone before somebody was asked. */
export function holdAddress(hash: string | null): void {
  held = hash
}

function parts(): readonly [path: string, search: string] {
  const [path = '', search = ''] = (held ?? location.hash).replace(/^#?\/?/, '').split('?')
  return [`/${path}`, search]
}

/** Goes to an address such as `/data/findings/…?severity=critical`. `replace` leaves no entry in the history. */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  const hash = `#/${to.replace(/^#?\/?/, '')}`
  if (options.replace) {
    history.replaceState(null, '', hash)
    dispatchEvent(new HashChangeEvent('hashchange'))
  } else if (location.hash !== hash) location.hash = hash
}

export function useHashLocation(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, () => parts()[0]), navigate]
}

/**
 * The path as far as the frame around a page minds it: wing and page (`/review/records`), below `/workflow` all of it.
 * The frame is not drawn again where a page goes from one of its records to the next.
 */
export function useSection(): string {
  return useSyncExternalStore(subscribe, section)
}

function section(): string {
  const [path] = parts()
  return path.startsWith('/workflow/') ? path : path.split('/').slice(0, 3).join('/')
}

function useHashSearch(): string {
  return useSyncExternalStore(subscribe, () => parts()[1])
}

useHashLocation.hrefs = (href: string): string => `#${href}`
useHashLocation.searchHook = useHashSearch
