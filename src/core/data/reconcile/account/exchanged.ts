/** Entries that two patients got of each other: each was held beside the wrong one, and both fit the other patient's in every way. */
import { noZones, type SideZones } from '../../meaning/compare-times.ts'
import { type Identity, identityOf } from '../compare/identity.ts'
import type { JudgedItem } from '../compare/judged-patient.ts'
import { likenessOf } from '../compare/likeness.ts'
import { marks } from './strays.ts'

export interface PairedEntry {
  readonly item: JudgedItem
  readonly patient: string
}

/** Entries with the same code and time that are looked at. */
const mostAlike = 200

export class ExchangedEntries {
  private readonly pairs: PairedEntry[] = []
  private readonly limit: number

  constructor(limit = 100_000) {
    this.limit = limit
  }

  get size(): number {
    return this.pairs.length
  }

  /** Keeps a pair that may be two entries for the end; false where the caller must report its differences now. */
  keep(pair: PairedEntry): boolean {
    if (this.pairs.length >= this.limit || !isDoubtful(pair.item)) return false
    this.pairs.push(pair)
    return true
  }

  resolve(zones: SideZones = noZones): {
    readonly exchanged: readonly (readonly [PairedEntry, PairedEntry])[]
    readonly others: readonly PairedEntry[]
  } {
    const identities = new Map(this.pairs.map((pair) => [pair, identitiesOf(pair, zones)]))
    const byMark = new Map<string, PairedEntry[]>()
    for (const pair of this.pairs)
      for (const mark of marksOf(pair, 'target', identities)) {
        const held = byMark.get(mark)
        if (held === undefined) byMark.set(mark, [pair])
        else if (held.length < mostAlike) held.push(pair)
      }
    const isOne = (from: PairedEntry, to: PairedEntry): boolean => {
      const [was, is] = [identities.get(from)?.legacy, identities.get(to)?.target]
      const [legacy, target] = [from.item.legacy, to.item.target]
      return Boolean(legacy && target && was && is && likenessOf(legacy, was, target, is, true, zones).perfect)
    }
    const gone = new Set<PairedEntry>()
    const exchanged: (readonly [PairedEntry, PairedEntry])[] = []
    for (const pair of this.pairs) {
      if (gone.has(pair)) continue
      const others = marksOf(pair, 'legacy', identities).flatMap((mark) => byMark.get(mark) ?? [])
      const other = others.find((one) => one.patient !== pair.patient && !gone.has(one) && isOne(pair, one) && isOne(one, pair))
      if (other === undefined) continue
      gone.add(pair).add(other)
      exchanged.push([pair, other])
    }
    return { exchanged, others: this.pairs.filter((pair) => !gone.has(pair)) }
  }
}

interface Identities {
  readonly legacy: Identity
  readonly target: Identity
}

function identitiesOf({ item: { legacy, target } }: PairedEntry, zones: SideZones): Identities | null {
  return legacy && target ? { legacy: identityOf(legacy, zones), target: identityOf(target, zones) } : null
}

function marksOf(
  pair: PairedEntry,
  side: 'legacy' | 'target',
  identities: ReadonlyMap<PairedEntry, Identities | null>,
): readonly string[] {
  const [item, identity] = [pair.item[side], identities.get(pair)?.[side]]
  return item && identity ? marks(item, identity) : []
}

/** A rule that is wrong changes one thing everywhere, and two patients may seem to have exchanged it; another time is no rule's work unless day and month changed places. */
function isDoubtful({ table, match, outcomes }: JudgedItem): boolean {
  if (match?.method !== 'likeness') return false
  let differing = 0
  for (const [i, outcome] of outcomes.entries()) {
    if (!('kind' in outcome) || outcome.kind === 'less-precise') continue
    const isOtherTime = table.positions.onset.includes(i) && outcome.kind !== 'date-swapped'
    differing += isOtherTime ? 2 : 1
  }
  return differing >= 2
}
