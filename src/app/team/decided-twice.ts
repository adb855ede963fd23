/** What two people decided of the same thing: each learns of the other, whoever's word stands. */
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'

/** Acts that decide something, by what they decide of: two of one kind about one object meet. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['finding-accepted', 'acceptance'],
  ['finding-assigned', 'acceptance'],
  ['acceptance-withdrawn', 'acceptance'],
  ['mapping-confirmed', 'mapping'],
  ['threshold-set', 'threshold'],
  ['plan-locked', 'plan'],
  ['plan-reopened', 'plan'],
  ['frame-committed', 'plan'],
  ['sample-drawn', 'plan'],
  ['statement', 'statement'],
  ['statement-withdrawn', 'statement'],
  ['agreed', 'agreement'],
  ['hazard-changed', 'hazard'],
  ['hazard-accepted', 'hazard'],
  ['hazard-closed', 'hazard'],
])

/** How long one's own decision is still on one's mind. */
const recent = 24 * 60 * 60 * 1000

export interface Twice {
  readonly actor: string
  readonly action: string
  readonly object: string
  /** Whether the other's act came after one's own: where only one can stand, the later one does. */
  readonly theirsIsLater: boolean
}

/** @param fresh entries of others that were not here before */
export function decidedTwice(
  ledger: readonly LedgerEntry[],
  fresh: readonly LedgerEntry[],
  actor: string,
  now: number,
): readonly Twice[] {
  const own = new Map<string, LedgerEntry>()
  for (const entry of ledger) {
    const kind = entry.actor === actor ? kinds.get(entry.action) : undefined
    if (kind !== undefined && now - Date.parse(entry.time.wall) < recent) own.set(`${kind} ${entry.object}`, entry)
  }
  return fresh.flatMap((entry) => {
    const kind = entry.actor === actor ? undefined : kinds.get(entry.action)
    const mine = kind === undefined ? undefined : own.get(`${kind} ${entry.object}`)
    return mine ? [{ actor: entry.actor, action: entry.action, object: entry.object, theirsIsLater: isLater(entry, mine) }] : []
  })
}

function isLater({ time: a }: LedgerEntry, { time: b }: LedgerEntry): boolean {
  const [x, y] = [Date.parse(a.wall), Date.parse(b.wall)]
  return x === y ? a.counter > b.counter : x > y
}

export function twiceWords({ actor, action, object, theirsIsLater }: Twice, nameOf: (actor: string) => string): string {
  return `${nameOf(actor)} decided the same as you: ${action.replaceAll('-', ' ')}, ${object}. ${theirsIsLater ? 'Theirs is the later one.' : 'Yours is the later one.'} Both are in the ledger.`
}
