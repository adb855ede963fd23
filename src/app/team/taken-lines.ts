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
  /** Lines whose number skips others, which may still come. */
  readonly aside: readonly WaitingLine[]
}

export interface WaitingLine {
  readonly line: LogLine
  /** The item that brought it. */
  readonly seq: number
  /** Id of who sent it. */
  readonly person: string
}

/** Lines of one map that wait for others; more is nobody's slip. */
const mostAside = 1_000

/**
 * Of several beginnings the first one of the stream stands, and nobody else's changes go down with another.
 * @param isStart whether these lines are the first ones of the stream that came here
 */
export function withOneBegin(lines: readonly LogLine[], isStart: boolean): readonly LogLine[] {
  const first = isStart ? lines.findIndex(({ kind }) => kind === 'begin') : -1
  return lines.filter(({ kind }, index) => kind !== 'begin' || index === first)
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

/**
 * @param own the device of this browser: only what its own person sent counts as stored for it
 * @param waiting lines that came before and whose number skipped others then
 */
export function takenLines(
  items: readonly StreamItem[],
  before: Counts,
  senders: Senders,
  own: string,
  waiting: readonly WaitingLine[] = [],
): TakenLines {
  const lines: LogLine[] = []
  const known: Record<string, number> = { ...before }
  const taken: Record<string, number> = { ...before }
  const leftOutOf = new Set<string>()
  const isNext = ({ kind, device, from }: LogLine): boolean => kind !== 'edit' || from <= (taken[device] ?? 0) + 1
  const take = ({ line, person }: WaitingLine): void => {
    lines.push(line)
    if (line.kind === 'begin') return
    taken[line.device] = Math.max(taken[line.device] ?? 0, line.to)
    if (line.device !== own || person === senders.you) known[line.device] = taken[line.device] ?? 0
  }
  let aside = [...waiting]
  for (const item of items)
    for (const line of linesOf(item.body)) {
      const each = { line, person: item.person, seq: item.seq }
      if (!maySend(line, item, senders)) leftOutOf.add(item.person)
      // A number that skips others would count what nobody sent: it waits for them.
      else if (isNext(line)) take(each)
      else aside.push(each)
    }
  aside.sort((a, b) => a.line.from - b.line.from)
  aside = aside.filter((each) => {
    if (!isNext(each.line)) return true
    take(each)
    return false
  })
  for (const { person } of aside) leftOutOf.add(person)
  return { lines, known, leftOutOf, aside: aside.slice(0, mostAside) }
}
