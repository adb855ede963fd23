/** Entries that one patient lost and another one got: found when all patients are judged, whatever the order of the files. */
import { codeTokens, keyText, type LegacyItem, onset, type TargetItem } from './items.ts'
import type { ItemDifference, JudgedItem } from './judge.ts'

export interface Loose {
  readonly item: JudgedItem
  readonly difference: ItemDifference
  readonly patient: string
}

/** A key, or code and onset together; an entry with neither has nothing to be recognised by. */
function marks(item: LegacyItem | TargetItem): string[] {
  const key = keyText(item)
  if (key !== '') return [`${item.table.source}\nkey\n${key}`]
  const when = onset(item)
  return when.length < 10 ? [] : codeTokens(item).map((token) => `${item.table.source}\n${token}\n${when}`)
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
    if (this.lost.length + this.appeared.length >= this.limit) {
      this.overflow++
      return false
    }
    if (loose.item.legacy) this.lost.push(loose)
    else this.appeared.push(loose)
    return true
  }

  /** Pairs of the same entry under two patients, and what stays loose. */
  resolve(): { readonly moved: readonly { readonly lost: Loose; readonly found: Loose }[]; readonly loose: readonly Loose[] } {
    const byMark = new Map<string, Loose[]>()
    for (const one of this.appeared)
      for (const mark of one.item.target ? marks(one.item.target) : []) {
        const held = byMark.get(mark)
        if (held) held.push(one)
        else byMark.set(mark, [one])
      }
    const gone = new Set<Loose>()
    const moved: { lost: Loose; found: Loose }[] = []
    for (const lost of this.lost) {
      const found = (lost.item.legacy ? marks(lost.item.legacy) : [])
        .flatMap((mark) => byMark.get(mark) ?? [])
        .find((one) => !gone.has(one) && one.patient !== lost.patient)
      if (!found) continue
      gone.add(lost).add(found)
      moved.push({ lost, found })
    }
    return { moved, loose: [...this.lost, ...this.appeared].filter((one) => !gone.has(one)) }
  }
}
