/** What the incidents of a project hold of settled forks: who settled them and why, and what was put aside then. */

import { digestOf } from '../../canonical.ts'
import { type CalibrationEvent, calibrationEvent } from '../../review/decision/calibration.ts'
import { type ReviewEvent, reviewEvent } from '../../review/model/review-event.ts'
import { keptIn } from '../../values/document.ts'
import { paths } from '../format/documents.ts'
import { readLines } from '../format/line-file.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { type Settlement, settlementsDocument } from '../format/settlement.ts'
import type { DeviceRoot } from '../ledger/head.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { readLedger } from '../ledger/ledger-file.ts'
import type { Fork } from '../ledger/ledger-union.ts'
import type { SettledFork } from '../signing/signature-page.ts'

export const forkSettled = 'fork-settled'

/** How the ledger names the settlement of a fork. */
export function forkObject({ device, seq }: Fork): string {
  return `${paths.forks}#${device}/${seq}`
}

/** In the order of device and number; empty where there are none or the file can not be read. */
export function settlementsOf({ other }: Pick<Project, 'other'>): readonly Settlement[] {
  const bytes = other.get(paths.forks)
  return (bytes && keptIn(bytes, settlementsDocument)) ?? []
}

/** Entries put aside by earlier settlements. */
export function entriesAside({ other }: Pick<Project, 'other'>): readonly LedgerEntry[] {
  const bytes = other.get(paths.givenUp)
  return bytes ? readLedger(new TextDecoder().decode(bytes)).entries : []
}

/** Verdicts put aside with them. */
export function verdictsAside({ other }: Pick<Project, 'other'>): readonly ReviewEvent[] {
  const bytes = other.get(paths.givenUpVerdicts)
  return bytes ? readLines(new TextDecoder().decode(bytes), reviewEvent).items : []
}

/** Those that the ledger names, in the order of device and number; where one fork was settled in two copies, each that is named. */
export function settledForks(project: Pick<Project, 'other' | 'ledger'>): readonly SettledFork[] {
  const named = new Set(project.ledger.flatMap(({ action, digest }) => (action === forkSettled ? [digest] : [])))
  return settlementsOf(project).flatMap((fork) => {
    const { device, seq, by, reason, at, givenUp } = fork
    return named.has(digestOf(jsonOf(fork))) ? [{ device, seq, by, reason, at, entries: givenUp.length }] : []
  })
}

/**
 * The same for the page signed at this place of the ledger: what its head holds and its own chain says. What a copy brings in later with
 * an earlier clock was nothing that its signer could state.
 */
export function forksStatedOn(
  { other, ledger }: Pick<Project, 'other' | 'ledger'>,
  index: number,
  devices: readonly DeviceRoot[],
): readonly SettledFork[] {
  const sizes = new Map(devices.map(({ device, size }) => [device, size]))
  const own = ledger[index]?.device
  const known = ledger.slice(0, index).filter(({ device, seq }) => device === own || seq <= (sizes.get(device) ?? 0))
  return settledForks({ other, ledger: known })
}

/**
 * Records called harmful, wrong or undecidable on a side that was put aside, and not read since: what somebody saw is not settled away.
 * Null where there are none.
 */
export function rereadingMissing(project: Pick<Project, 'other' | 'ledger' | 'review'>): string | null {
  const settled = project.ledger.findLastIndex(({ action }) => action === forkSettled)
  if (settled < 0) return null
  const aside = verdictsAside(project)
  const undone = new Set(aside.flatMap((event) => (event.kind === 'undo' ? [event.undoes] : [])))
  const since = new Set(project.ledger.slice(settled).map(({ object: at }) => at))
  const read = new Set(
    project.review.events.flatMap((event) =>
      event.kind === 'record' && since.has(`${paths.verdicts}#${event.id}`) ? [event.record] : [],
    ),
  )
  const drawn = new Set(project.review.draw?.records.map(({ id }) => id))
  const open = new Set(
    aside.flatMap((event) => {
      const counts = event.kind === 'record' && event.verdict !== 'acceptable' && !undone.has(event.id)
      return counts && drawn.has(event.record) && !read.has(event.record) ? [event.record] : []
    }),
  )
  const records = open.size === 1 ? 'record' : 'records'
  return open.size === 0
    ? null
    : `${open.size} ${records} called wrong or undecided in a continuation that was put aside: read ${open.size === 1 ? 'it' : 'them'} again first.`
}

/** Calibration lines put aside are kept as they were, one line each. */
export function calibrationAside({ other }: Pick<Project, 'other'>): readonly CalibrationEvent[] {
  const bytes = other.get(paths.givenUpCalibration)
  return bytes ? readLines(new TextDecoder().decode(bytes), calibrationEvent).items : []
}
