/** The head of a project's ledger: one digest over all devices, recomputed from the entries every time, never adopted. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { digestOf } from '../../canonical.ts'
import type { LedgerEntry } from './ledger.ts'
import { GrowingTree } from './merkle.ts'

export type DeviceRoot = {
  readonly device: string
  readonly size: number
  /** Lower-case hex root of RFC 6962 over the device's entries. */
  readonly root: string
}

export interface LedgerHead {
  /** Sorted by device. */
  readonly devices: readonly DeviceRoot[]
  /** `sha256:…` over the list of [device, size, root]. */
  readonly digest: string
}

/** Heads by list of entries: a list is never changed, only replaced. */
const known = new WeakMap<readonly LedgerEntry[], LedgerHead>()

export function headOf(entries: readonly LedgerEntry[]): LedgerHead {
  const held = known.get(entries)
  if (held) return held
  const sizes = new Map<string, number>()
  for (const entry of entries) sizes.set(entry.device, (sizes.get(entry.device) ?? 0) + 1)
  const [head = headFrom([])] = headsAt(entries, [sizes])
  known.set(entries, head)
  return head
}

/** Heads of the ledger when its devices had so many entries each, for several such moments in one pass over the entries. */
export function headsAt(entries: readonly LedgerEntry[], moments: readonly ReadonlyMap<string, number>[]): readonly LedgerHead[] {
  const chains = new Map<string, { readonly tree: GrowingTree; readonly wanted: Set<number>; readonly most: number }>()
  const roots = new Map<string, Uint8Array>()
  for (const { device, hash } of entries) {
    let chain = chains.get(device)
    if (!chain) {
      const wanted = new Set(moments.flatMap((moment) => moment.get(device) ?? []))
      chain = { tree: new GrowingTree(), wanted, most: Math.max(0, ...wanted) }
      chains.set(device, chain)
    }
    const { tree, wanted, most } = chain
    if (tree.size >= most) continue
    tree.addEntry(hash)
    if (wanted.has(tree.size)) roots.set(`${tree.size} ${device}`, tree.root())
  }
  // Of a chain that is shorter than it was, the root of what is left.
  for (const [device, { tree, most }] of chains)
    if (tree.size < most && tree.size > 0) roots.set(`${tree.size} ${device}`, tree.root())
  return moments.map((sizes) =>
    headFrom(
      [...sizes].flatMap(([device, size]) => {
        const held = Math.min(size, chains.get(device)?.tree.size ?? 0)
        const root = held === 0 ? undefined : roots.get(`${held} ${device}`)
        return root ? [{ device, size: held, root: bytesToHex(root) }] : []
      }),
    ),
  )
}

/** How many entries, from the first line on, have this head; null where no beginning of the ledger does. */
export function beginningWith(entries: readonly LedgerEntry[], digest: string): number | null {
  const trees = new Map<string, GrowingTree>()
  const roots = new Map<string, DeviceRoot>()
  for (const [index, { device, hash }] of entries.entries()) {
    const tree = trees.get(device) ?? new GrowingTree()
    trees.set(device, tree)
    tree.addEntry(hash)
    roots.set(device, { device, size: tree.size, root: bytesToHex(tree.root()) })
    if (digestOfRoots([...roots.values()]) === digest) return index + 1
  }
  return null
}

function headFrom(list: readonly DeviceRoot[]): LedgerHead {
  const devices = list.toSorted((a, b) => (a.device < b.device ? -1 : 1))
  return { devices, digest: digestOfRoots(devices) }
}

/** `sha256:…` over the list of [device, size, root], sorted by device. */
export function digestOfRoots(devices: readonly DeviceRoot[]): string {
  const sorted = devices.toSorted((a, b) => (a.device < b.device ? -1 : 1))
  return digestOf(sorted.map(({ device, size, root }) => [device, size, root]))
}
