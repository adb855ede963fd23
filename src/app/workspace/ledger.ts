/** Who acts in this browser, on which device, at what time; and what the app adds to the ledger beside the review. */
import { useMemo } from 'react'
import { ledgerTrouble } from '../../core/project/ledger-trouble.ts'
import { type Hand, record } from '../../core/project/review-steps.ts'
import { deviceId } from './device.ts'
import { changeProject, openProject, useWorkspace, workspace } from './state.ts'

interface Act {
  readonly action: string
  readonly object: string
  readonly digest: string | null
}

/** Appends acts in this person's name; the caller keeps the project at once where the act is a decision. */
export function appendLedger(acts: readonly Act[]): void {
  changeProject({ ledger: record(openProject(), acts, hand()).ledger })
}

/** Person, device and clock of the next act. */
export function hand(): Hand {
  return { device: deviceId(), actor: actorSlug(), wall: wallNow() }
}

/** RFC 3339 with the offset of this machine. */
export function wallNow(): string {
  const now = new Date()
  const offset = -now.getTimezoneOffset()
  const two = (n: number): string => String(Math.floor(Math.abs(n))).padStart(2, '0')
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 19)
  return `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`
}

/** How the ledger names a person: a slug of the name, or `unnamed` before anybody said who works here. */
export function actorSlug(): string {
  const name = workspace().person?.name ?? ''
  const slug = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? 'unnamed' : slug
}

/** Whether the chains of the open project hold; recomputed when an entry is added. */
export function useLedgerState(): { readonly entries: number; readonly problem: string | null } | null {
  const ledger = useWorkspace((w) => w.project?.ledger)
  return useMemo(() => (ledger ? { entries: ledger.length, problem: ledgerTrouble(ledger) } : null), [ledger])
}
