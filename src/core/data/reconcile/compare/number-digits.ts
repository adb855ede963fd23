/** How precisely a column writes the numbers of one code: a whole number among numbers with decimals lost its zeros, it is not coarser. */

import { textMember } from '../../crosswalk/plan/elements.ts'
import { type ColumnPrecision, decimalsOf } from '../../meaning/compare-numbers.ts'
import type { JsonValue } from '../../model/record.ts'
import type { Side } from '../../model/source.ts'
import { codeTokens, type LegacyItem, type TargetItem } from '../entries/items.ts'

/** Numbers of one code in one column of one side. */
export interface Digits {
  readonly count: number
  /** How many of them have so many decimals. */
  readonly byDecimals: readonly number[]
  /** The most decimals that one of them has. */
  readonly most: number
  /** Their median, without sign. */
  readonly usual: number
}

export type SideDigits = Readonly<Record<Side, Digits | null>>

/** Target numbers of a column whose codes are known on both sides, and how many of them are finer than legacy writes their code. */
interface FinerNumbers {
  readonly count: number
  readonly finer: number
}

export interface KnownDigits {
  /** By table, field and code. */
  readonly codes: ReadonlyMap<string, SideDigits>
  /** By table and field. */
  readonly columns: ReadonlyMap<string, FinerNumbers>
}

/** Numbers of one patient that are looked at, of each column and code. */
const mostNumbers = 200

/** The numbers of one patient. */
export class DigitEntries {
  readonly numbers = new Map<string, string[]>()

  add(item: LegacyItem | TargetItem): void {
    const side = 'values' in item ? 'target' : 'legacy'
    const many = 'values' in item ? item.values.map(([value]) => textOfValue(value)) : item.carried.map(textOfCarried)
    if (many.every((text) => text === '')) return
    const code = codeOf(item)
    for (const [i, text] of many.entries()) {
      if (text === '') continue
      const key = `${side}\n${item.table.index}\n${i}\n${code}`
      const held = this.numbers.get(key)
      if (held === undefined) this.numbers.set(key, [text])
      else if (held.length < mostNumbers) held.push(text)
    }
  }
}

const plainNumber = /^[+-]?\d+(?:\.\d+)?$/

function textOfCarried(carried: LegacyItem['carried'][number]): string {
  const text =
    carried?.kind === 'quantity' ? carried.value : carried?.kind === 'number' || carried?.kind === 'text' ? carried.text : ''
  return plainNumber.test(text) ? text : ''
}

function textOfValue(value: JsonValue | undefined): string {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : textMember(value, 'value')
  return plainNumber.test(text) ? text : ''
}

/** The code without its system: the first that both sides can share. */
function codeOf(item: LegacyItem | TargetItem): string {
  const token = codeTokens(item)[0] ?? ''
  return token.slice(token.indexOf('|') + 1)
}

export function knownDigits(patients: readonly DigitEntries[]): KnownDigits {
  const all = new Map<string, string[]>()
  const add = (key: string, texts: readonly string[]): void => {
    const held = all.get(key)
    if (held) held.push(...texts)
    else all.set(key, [...texts])
  }
  for (const { numbers } of patients) for (const [key, texts] of numbers) add(key, texts)
  const codes = new Map<string, Record<Side, Digits | null>>()
  for (const [key, texts] of all) {
    const at = key.indexOf('\n')
    const side = key.slice(0, at) === 'target' ? 'target' : 'legacy'
    const place = key.slice(at + 1)
    const held = codes.get(place) ?? { legacy: null, target: null }
    held[side] = digitsOf(texts)
    codes.set(place, held)
  }
  return { codes, columns: finerByColumn(codes) }
}

function finerByColumn(codes: ReadonlyMap<string, SideDigits>): Map<string, FinerNumbers> {
  const columns = new Map<string, FinerNumbers>()
  for (const [place, digits] of codes) {
    const own = finerNumbers(digits)
    const column = place.split('\n', 2).join('\n')
    const { count, finer } = columns.get(column) ?? { count: 0, finer: 0 }
    columns.set(column, { count: count + own.count, finer: finer + own.finer })
  }
  return columns
}

function finerNumbers({ legacy, target }: SideDigits): FinerNumbers {
  if (legacy === null || target === null) return { count: 0, finer: 0 }
  return { count: target.count, finer: beyond(target, legacy.most) }
}

/** How many numbers have more decimals. */
function beyond({ byDecimals }: Digits, decimals: number): number {
  return byDecimals.reduce((sum, n, i) => (i > decimals ? sum + n : sum), 0)
}

function digitsOf(texts: readonly string[]): Digits {
  const decimals = texts.map(decimalsOf)
  const sizes = texts.map((text) => Math.abs(Number(text))).sort((a, b) => a - b)
  const most = decimals.reduce((a, b) => Math.max(a, b), 0)
  const byDecimals: number[] = new Array(most + 1).fill(0)
  for (const n of decimals) byDecimals[n] = (byDecimals[n] ?? 0) + 1
  return {
    count: texts.length,
    byDecimals,
    most,
    usual: sizes[sizes.length >> 1] ?? 0,
  }
}

const unknown: SideDigits = { legacy: null, target: null }

/** What the numbers at this field tell of one of the record's code; of a code that is rare, how those of the other codes differ. */
export function precisionAt({ codes, columns }: KnownDigits, item: LegacyItem, field: number): ColumnPrecision {
  const place = `${item.table.index}\n${field}`
  const digits = codes.get(`${place}\n${codeOf(item)}`) ?? unknown
  const all = columns.get(place) ?? { count: 0, finer: 0 }
  const own = finerNumbers(digits)
  return precisionOf(digits, { count: all.count - own.count, finer: all.finer - own.finer })
}

/** Of numbers with one decimal one in ten is whole by chance. */
const mostWhole = 0.2
const fewest = 10
/** Two numbers both lack a decimal by chance once in a hundred times. */
const fewestCoarse = 2

function precisionOf({ legacy, target }: SideDigits, column: FinerNumbers): ColumnPrecision {
  const least = (digits: Digits | null): number =>
    digits !== null && digits.count >= fewest && (digits.byDecimals[0] ?? 0) <= mostWhole * digits.count ? 1 : 0
  const isTargetCoarse = (decimals: number): boolean =>
    target !== null &&
    legacy !== null &&
    target.count >= fewestCoarse &&
    target.most <= decimals &&
    // Half a step is no more than a twentieth of what is usual.
    10 ** -decimals * 10 <= legacy.usual
  const isLegacyCoarse = (decimals: number): boolean =>
    legacy !== null && target !== null && isCoarser(legacy, target, decimals, column)
  return {
    legacy: least(legacy),
    target: least(target),
    isCoarse: (side, decimals) => (side === 'legacy' ? isLegacyCoarse(decimals) : isTargetCoarse(decimals)),
  }
}

/** One in twenty may be what binary floating point makes of it. */
const mostNoise = 0.05

/** Whether legacy has no more decimals and the target has, as a rule; a code with few numbers follows the other codes, where whole numbers may be whole on both sides. */
function isCoarser(legacy: Digits, target: Digits, decimals: number, { count, finer }: FinerNumbers): boolean {
  if (beyond(legacy, decimals) > mostNoise * legacy.count) return false
  if (legacy.count >= fewest && target.count >= fewest) return beyond(target, decimals) >= (1 - mostWhole) * target.count
  return count >= fewest && finer >= mostWhole * count
}
