/** What an entry is recognised by: its codes under the name of their system, and the time that places it. */
import { codeIn, systemOf } from '../../meaning/code-systems.ts'
import { instantIn, type SideZones } from '../../meaning/compare-times.ts'
import { hasClock, type Time, timeOf } from '../../meaning/time.ts'
import { codeTokens, type LegacyItem, onset, type TargetItem } from '../entries/items.ts'

export interface Identity {
  /** `system|code`, the system by its address; empty systems stay empty. */
  readonly tokens: readonly string[]
  readonly time: Time | null
  /** The time on one scale with others of its kind; empty where none is recorded. */
  readonly when: string
  /** The day on the clock of the side; empty where less is known. */
  readonly day: string
}

export function identityOf(item: LegacyItem | TargetItem, zones: SideZones): Identity {
  const text = onset(item)
  const time = text === '' ? null : timeOf(text)
  const target = 'values' in item
  const assumed = target ? zones.target : zones.legacy
  const tokens = codeTokens(item).map(tokenOf)
  if (time === null) return { tokens, time, when: text, day: '' }
  const instant = hasClock(time) ? instantIn(time, assumed) : null
  // A day of one side is held against the clock of that side.
  const zone = target ? zones.legacy : zones.target
  const wall = instant === null || zone === null ? time.second : instant + zone.offsetAt(instant) * 60
  const day = time.precision === 'year' || time.precision === 'month' ? '' : String(Math.floor(wall / 86_400))
  const when = hasClock(time) ? (instant === null ? `w${time.second}` : `i${instant}`) : `${time.precision}${time.second}`
  return { tokens, time, when, day }
}

function tokenOf(token: string): string {
  const at = token.indexOf('|')
  const system = systemOf(token.slice(0, at))
  return `${system}|${codeIn(system, token.slice(at + 1))}`
}

/** The code without its system. */
export function bareOf(token: string): string {
  return token.slice(token.indexOf('|') + 1)
}
