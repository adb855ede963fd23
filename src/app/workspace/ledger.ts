/** Entries of the ledger: appended here and nowhere else in the app, with the clock and device of this browser. */
import { useMemo } from 'react'
import { appendEntries, type EntryDraft, type LedgerEntry, nextMoment } from '../../core/project/ledger.ts'
import { verifyLedger } from '../../core/project/verify.ts'
import type { Moment } from '../../core/review/decision.ts'
import { deviceId } from './device.ts'
import { changeProject, openProject, useWorkspace, workspace } from './state.ts'

export type Draft = Omit<EntryDraft, 'device' | 'time' | 'actor'>

/** Appends entries in order and gives them back; the caller keeps the project at once where the entry is a decision. */
export function appendLedger(drafts: readonly Draft[]): readonly LedgerEntry[] {
  const project = openProject()
  const device = deviceId()
  let last = project.ledger.findLast((entry) => entry.device === device)?.time ?? null
  const full: EntryDraft[] = drafts.map((draft) => {
    last = nextMoment(last, wallNow())
    return { ...draft, device, time: last, actor: actorSlug() }
  })
  const ledger = appendEntries(project.ledger, full)
  changeProject({ ledger })
  return ledger.slice(project.ledger.length)
}

/** The next moment of this device, for review events that stand outside the ledger file. */
export function momentNow(last: Moment | null): Moment {
  return nextMoment(last, wallNow())
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
  return useMemo(() => (ledger ? { entries: ledger.length, problem: verifyLedger(ledger) } : null), [ledger])
}
