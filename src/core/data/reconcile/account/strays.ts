/** Entries that one patient lost and another one got: found when all patients are judged, whatever the order of the files. */
import { compareText } from '../../../finding.ts'
import { noZones, type SideZones } from '../../meaning/compare-times.ts'
import { bareOf, type Identity, identityOf } from '../compare/identity.ts'
import type { ItemDifference, JudgedItem } from '../compare/judged-patient.ts'
import { likenessOf } from '../compare/likeness.ts'
import { keyText, type LegacyItem, statementOf, type TargetItem } from '../entries/items.ts'

export interface Loose {
  readonly item: JudgedItem
  readonly difference: ItemDifference
  readonly patient: string
  /** Why nothing is told unless another patient has the entry: the whole record of the patient is missing, or nothing is lost with the entry. */
  readonly quiet: 'whole-record' | 'nothing-lost' | null
}

/** A key, or code and time together; an entry with neither has nothing to be recognised by. */
export function marks(item: LegacyItem | TargetItem, { tokens, when, day }: Identity): string[] {
  const key = keyText(item)
  const table = item.table.index
  if (key !== '') return [`${table}\nkey\n${key}`]
  // “None known” is written for many patients on one day.
  if (statementOf(item) !== null) return []
  // A month or a year says little by itself: of entries without a code it says nothing.
  if (when === '' || (tokens.length === 0 && day === '')) return []
  const codes = tokens.length === 0 ? [''] : tokens.map(bareOf)
  const times = day === '' || day === when ? [when] : [when, day]
  return codes.flatMap((code) => times.map((time) => `${table}\n${code}\n${time}`))
}

export class Strays {
  private readonly lost: Loose[] = []
  private readonly appeared: Loose[] = []
  /** How many were not kept because the limit was reached. */
  overflow = 0
  private readonly limit: number

  constructor(limit = 200_000) {
    this.limit = limit
  }

  /** Keeps a lost or appeared entry for the end; false when the limit is reached and the caller must report it now. */
  keep(loose: Loose): boolean {
    // What is told already leaves room for entries that are not.
    if (this.lost.length + this.appeared.length >= (loose.quiet === null ? this.limit : this.limit / 2)) {
      this.overflow++
      return false
    }
    if (loose.item.legacy) this.lost.push(loose)
    else this.appeared.push(loose)
    return true
  }

  /** Keeps an entry that no finding speaks of: one that was withdrawn and left behind, or a statement that shows in the state of the patient. */
  keepQuiet(item: JudgedItem, patient: string): void {
    const { legacy, target, differences } = item
    if ((legacy !== null) === (target !== null) || differences.length > 0) return
    if (target !== null && statementOf(target) === null) return
    this.keep({ item, difference: { code: 'data/wrong-patient', field: null, outcome: null }, patient, quiet: 'nothing-lost' })
  }

  /** Pairs of the same entry under two patients, the most alike first, and what stays loose. */
  resolve(zones: SideZones = noZones): {
    readonly moved: readonly { readonly lost: Loose; readonly found: Loose }[]
    readonly loose: readonly Loose[]
  } {
    const byMark = new Map<string, Loose[]>()
    const identities = new Map<Loose, Identity>()
    for (const one of this.appeared) {
      const { target } = one.item
      if (target === null) continue
      const identity = identityOf(target, zones)
      identities.set(one, identity)
      for (const mark of marks(target, identity)) {
        const held = byMark.get(mark)
        if (held) held.push(one)
        else byMark.set(mark, [one])
      }
    }
    const candidates: Candidate[] = []
    const asked = new Map<string, number>()
    // Where more are alike than are looked at, each lost entry looks at others than the one before.
    const alike = (mark: string): readonly Loose[] => {
      const all = byMark.get(mark) ?? []
      if (all.length <= mostAlike) return all
      const from = asked.get(mark) ?? 0
      asked.set(mark, from + 1)
      return Array.from({ length: mostAlike }, (_, i) => all[(from + i) % all.length] as Loose)
    }
    for (const lost of this.lost) {
      const { legacy } = lost.item
      if (legacy === null) continue
      const identity = identityOf(legacy, zones)
      const others = new Set(marks(legacy, identity).flatMap(alike))
      for (const found of others) {
        const is = identities.get(found)
        if (found.patient === lost.patient || found.item.target === null || is === undefined) continue
        // Two whole records are one patient under another key, not entries that went astray.
        if (lost.quiet === 'whole-record' && found.quiet === 'whole-record') continue
        const { score } = likenessOf(legacy, identity, found.item.target, is, true, zones)
        if (score >= leastScore(legacy, identity)) candidates.push({ lost, found, score })
      }
    }
    candidates.sort(
      (a, b) => b.score - a.score || compareText(a.lost.patient, b.lost.patient) || compareText(a.found.patient, b.found.patient),
    )
    const gone = new Set<Loose>()
    const moved: { lost: Loose; found: Loose }[] = []
    for (const { lost, found } of candidates) {
      if (gone.has(lost) || gone.has(found)) continue
      gone.add(lost).add(found)
      moved.push({ lost, found })
    }
    return { moved, loose: [...this.lost, ...this.appeared].filter((one) => !gone.has(one) && one.quiet === null) }
  }
}

interface Candidate {
  readonly lost: Loose
  readonly found: Loose
  readonly score: number
}

/** Entries with the same code and time that are looked at: in one instant few patients have the same. */
const mostAlike = 200

/** What has to speak for the two being one: less beside a key, which may be a number that every patient has anew. */
function leastScore(item: LegacyItem, { tokens, when, day }: Identity): number {
  if (keyText(item) !== '') return tokens.length === 0 && when === '' ? 0 : besideKey
  return day === '' ? certainByMonth : certain
}

/** The same code, and its time or a further fact. */
const besideKey = 61

/** The same code at the same time, and no more facts against it than for it. */
const certain = 90

/** In one month or year many patients get the same code: at least two facts more speak for it than against it. */
const certainByMonth = 106
