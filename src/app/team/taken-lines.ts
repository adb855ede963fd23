/** Which lines of a map that others sent are taken: those of their sender, in the order of their numbers. */
import type { StreamItem } from '../../core/team/frames.ts'
import { type Senders, type Sent, speaksAs, speaksForDevice } from '../../core/team/senders.ts'
import { type LogLine, linesOf } from './waiting.ts'

/** By device the last change that the server has. */
export type Counts = Readonly<Record<string, number>>

export interface TakenLines {
  readonly lines: readonly LogLine[]
  readonly known: Counts
  /** Ids of people of whom something was left out. */
  readonly leftOutOf: ReadonlySet<string>
}

/** What a map's lines name, to be known before they are judged. */
export function namedIn(items: readonly StreamItem[]): {
  readonly people: readonly string[]
  readonly devices: readonly string[]
} {
  const devices = items.flatMap(({ body }) => linesOf(body).filter(({ kind }) => kind === 'edit'))
  return {
    people: [...new Set(items.map(({ person }) => person))],
    devices: [...new Set(devices.map(({ device }) => device))],
  }
}

/** Whether somebody may send this line: under no name and for no device of somebody else. */
export function maySend({ kind, device, by }: LogLine, sent: Sent, senders: Senders): boolean {
  if (kind === 'edit' && !speaksForDevice(senders, sent, device)) return false
  return by === null || speaksAs(senders, sent, by)
}

/** @param own the device of this browser: only what its own person sent counts as stored for it */
export function takenLines(items: readonly StreamItem[], before: Counts, senders: Senders, own: string): TakenLines {
  const lines: LogLine[] = []
  const known: Record<string, number> = { ...before }
  const taken: Record<string, number> = { ...before }
  const leftOutOf = new Set<string>()
  for (const item of items)
    for (const line of linesOf(item.body)) {
      const { kind, device, from, to } = line
      const last = taken[device] ?? 0
      // A number that skips others would count what nobody sent.
      if (!maySend(line, item, senders) || (kind === 'edit' && from > last + 1)) {
        leftOutOf.add(item.person)
        continue
      }
      lines.push(line)
      if (kind === 'begin') continue
      taken[device] = Math.max(last, to)
      if (device !== own || item.person === senders.you) known[device] = taken[device]
    }
  return { lines, known, leftOutOf }
}
