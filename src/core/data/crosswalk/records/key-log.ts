/** What became of the rows of tables that others link to, as whoever mapped them notes it for whoever maps the others. */
import { hash64 } from '../../../hash64.ts'
import type { SettledLinks } from './circular-links.ts'
import { type Fate, fates, type Links } from './links.ts'

/** Keys of a table by their hashes, in the order in which they were noted; plain data. */
export interface NotedKeys {
  readonly table: string
  readonly highs: Uint32Array
  readonly lows: Uint32Array
  /** Place of the fate in `fates`. */
  readonly ranks: Uint8Array
  /** All of the table was noted; null where more of it may follow. */
  readonly end: { readonly isFull: boolean } | null
}

interface Noted {
  readonly highs: number[]
  readonly lows: number[]
  readonly ranks: number[]
  end: NotedKeys['end']
}

export class KeyLog implements SettledLinks {
  private readonly tables = new Map<string, Noted>()

  note(table: string, keys: Iterable<string>, fate: Fate): void {
    const noted = this.of(table)
    for (const key of keys) {
      const { high, low } = hash64(key)
      noted.highs.push(high >>> 0)
      noted.lows.push(low >>> 0)
      noted.ranks.push(fates.indexOf(fate))
    }
  }

  end(table: string, isFull: boolean): void {
    this.of(table).end = { isFull }
  }

  take(): NotedKeys[] {
    return [...this.tables].map(([table, { highs, lows, ranks, end }]) => ({
      ...{ table, end },
      highs: Uint32Array.from(highs),
      lows: Uint32Array.from(lows),
      ranks: Uint8Array.from(ranks),
    }))
  }

  private of(table: string): Noted {
    const held = this.tables.get(table) ?? { highs: [], lows: [], ranks: [], end: null }
    this.tables.set(table, held)
    return held
  }
}

export function replayKeys(noted: readonly NotedKeys[], links: Links): void {
  for (const { table, end } of noted) if (end) links.end(table, end.isFull)
  for (const { table, highs, lows, ranks } of noted)
    for (let i = 0; i < ranks.length; i++)
      links.noteHash(table, { high: highs[i] ?? 0, low: lows[i] ?? 0 }, fates[ranks[i] ?? 0] ?? 'written')
}
