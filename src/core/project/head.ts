/** The head of a project's ledger: one digest over all devices, recomputed from the entries every time, never adopted. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { digestOf } from '../canonical.ts'
import type { LedgerEntry } from './ledger.ts'
import { leafOf, merkleRoot } from './merkle.ts'

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

export function headOf(entries: readonly LedgerEntry[]): LedgerHead {
  const chains = new Map<string, Uint8Array[]>()
  for (const entry of entries) {
    const chain = chains.get(entry.device)
    if (chain) chain.push(leafOf(entry.hash))
    else chains.set(entry.device, [leafOf(entry.hash)])
  }
  const devices = [...chains]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([device, leaves]) => ({ device, size: leaves.length, root: bytesToHex(merkleRoot(leaves)) }))
  return { devices, digest: digestOf(devices.map(({ device, size, root }) => [device, size, root])) }
}
