/** What pages show of the private part on a server; null where no project of a server is open. */
import { create } from 'zustand'
import type { SharedKind } from '../../core/project/sharing/shared-kinds.ts'
import type { Sharing, SharingJudgement } from '../../core/project/sharing/sharing.ts'

export interface PrivateState {
  /** Null before the ledger was judged. */
  readonly judged: SharingJudgement | null
  readonly sharing: Sharing | null
  /** True where this device is named and has the key in force. */
  readonly hasKey: boolean
  /** Items of others whose key is not here. */
  readonly closed: number
  /** Lines and values that nobody has sent yet. */
  readonly waiting: number
  /** Sealed items on the server, by kind. */
  readonly items: Readonly<Partial<Record<SharedKind, number>>>
  /** Devices whose person is no member any more, or that were revoked. */
  readonly gone: readonly string[]
  readonly problem: string | null
}

export const nothingShared: PrivateState = {
  judged: null,
  sharing: null,
  hasKey: false,
  closed: 0,
  waiting: 0,
  items: {},
  gone: [],
  problem: null,
}

export const usePrivate = create<{ readonly state: PrivateState | null }>()(() => ({ state: null }))

export function setPrivate(state: PrivateState | null): void {
  usePrivate.setState({ state })
}
