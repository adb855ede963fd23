/** The head of a project's ledger: one digest over all devices, recomputed from the entries every time, never adopted. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { digestOf } from '../canonical.ts'
import type { LedgerEntry } from './ledger.ts'
import { leafOf, merkleRoots } from './merkle.ts'

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
  const chains = new Map<string, Uint8Array[]>()
  const most = new Map<string, number>()
  for (const sizes of moments) for (const [device, size] of sizes) most.set(device, Math.max(size, most.get(device) ?? 0))
  for (const entry of entries) {
    const chain = chains.get(entry.device) ?? []
    if (chain.length === 0) chains.set(entry.device, chain)
    if (chain.length < (most.get(entry.device) ?? 0)) chain.push(leafOf(entry.hash))
  }
  const roots = new Map(
    [...chains].map(([device, leaves]) => {
      const sizes = moments.flatMap((moment) => moment.get(device) ?? [])
      return [device, merkleRoots(leaves, [...sizes, leaves.length])] as const
    }),
  )
  return moments.map((sizes) =>
    headFrom(
      [...sizes].flatMap(([device, size]) => {
        const held = Math.min(size, chains.get(device)?.length ?? 0)
        const root = held === 0 ? undefined : roots.get(device)?.get(held)
        return root ? [{ device, size: held, root: bytesToHex(root) }] : []
      }),
    ),
  )
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
