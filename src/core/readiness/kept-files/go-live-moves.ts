/**
 * How the day of go-live moved: a later day takes criteria out of what is due, so each move is told with who made it and what would count
 * without it. Every file of milestones that is put there has an act of the ledger that names its day.
 */
import { utf8 } from '../../canonical.ts'
import type { Project } from '../../project/format/project.ts'
import type { LedgerEntry } from '../../project/ledger/ledger.ts'
import { inputPath } from '../input-files/files.ts'
import { editsIn } from './cell-edits.ts'
import { goLiveOf } from './go-live.ts'
import { exampleTaken, inputActs, inputRemoved } from './input-acts.ts'
import { openedInput } from './opened.ts'

/** Action of the ledger: the day of go-live in the milestones that were just put there, with the digest of their text. */
export const goLiveNamed = 'go-live-named'

const path = inputPath('milestones')
const prefix = `${path}#go-live/`

/** @param text of the milestones, as it is kept */
export function goLiveAct(text: string): Pick<LedgerEntry, 'action' | 'object' | 'digest'> {
  const { digest, table } = openedInput('milestones', utf8(text))
  return { action: goLiveNamed, object: `${prefix}${goLiveOf(table.rows) ?? 'none'}`, digest }
}

export interface NamedDay {
  /** YYYY-MM-DD; `none` where the milestones name none, or are gone; `unknown` where no act says it. */
  readonly day: string
  readonly by: string
  /** RFC 3339. */
  readonly at: string
  /** As it was given with the edit; empty where none was. */
  readonly reason: string
}

export type Holder = Pick<Project, 'other' | 'ledger'>

const known = new WeakMap<readonly LedgerEntry[], { readonly other: Project['other']; readonly days: readonly NamedDay[] }>()

/** The day that each file of milestones named, in the order of the ledger; the same day again is left out. */
export function namedDays(project: Holder): readonly NamedDay[] {
  const held = known.get(project.ledger)
  if (held?.other === project.other) return held.days
  const days = daysIn(project)
  known.set(project.ledger, { other: project.other, days })
  return days
}

function daysIn(project: Holder): readonly NamedDay[] {
  const { ledger, other } = project
  const reasons = new Map(editsIn(project, 'milestones').map(({ after, reason }) => [after, reason]))
  const bytes = other.get(path)
  const now = bytes && openedInput('milestones', bytes)
  const days: NamedDay[] = []
  for (const [at, { action, object, digest, actor, device, time }] of ledger.entries()) {
    // The day of an example was never that of this clinic.
    if (object !== path || digest === null || !inputActs.includes(action) || action === exampleTaken) continue
    const act = ledger.find(
      (each, place) => place > at && each.action === goLiveNamed && each.device === device && each.digest === digest,
    )
    const read = now?.digest === digest ? (goLiveOf(now.table.rows) ?? 'none') : 'unknown'
    const day = action === inputRemoved ? 'none' : act ? act.object.slice(prefix.length) : read
    if (days.at(-1)?.day !== day) days.push({ day, by: actor, at: time.wall, reason: reasons.get(digest) ?? '' })
  }
  return days
}

/** Whether the act that put the present file there names another day than it holds. */
export function isOtherDay({ other, ledger }: Holder): boolean {
  const bytes = other.get(path)
  if (!bytes) return false
  const { digest, table } = openedInput('milestones', bytes)
  const day = goLiveOf(table.rows) ?? 'none'
  return ledger.some((each) => each.action === goLiveNamed && each.digest === digest && each.object !== `${prefix}${day}`)
}

/** What the board would go by had the day not been moved; null where it never was to a later one. */
export type FormerDay = string | null

/** The earliest day named before the present one, `unknown` where nobody knows one of them. */
export function formerDay(project: Holder): FormerDay {
  const days = namedDays(project)
  const before = days.slice(0, -1).map(({ day }) => day)
  if (before.includes('unknown')) return 'unknown'
  const now = days.at(-1)?.day ?? 'none'
  return before.filter((day) => isDay(day) && (!isDay(now) || day < now)).toSorted()[0] ?? null
}

export function isDay(day: string): boolean {
  return day !== 'none' && day !== 'unknown'
}
