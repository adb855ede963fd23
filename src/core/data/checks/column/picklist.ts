/** Choices that nobody makes: a picklist in which nearly every record holds the same value says nothing. */
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'
import { numberParam } from '../contract/record-check.ts'

export const picklist: ColumnCheck = {
  code: 'data/picklist',
  title: 'A choice that is hardly ever made',
  why: 'Where the default was never changed, the value says nothing about the patient, and rules of the new system will rely on it.',
  remedy: 'Ask how the field is filled; carry it over as "not recorded" where the default was simply left.',
  severity: 'info',
  kahn: { category: 'plausibility', sub: 'atemporal', context: 'verification' },
  effect: 'coarser',
  scope: 'column',
  shapes: shapes.text | shapes.digits | shapes.numeric,
  sampled: false,
  always: false,
  watch({ params }) {
    return new Choices(numberParam(params ?? {}, 'least', 0.1))
  },
}

export const mostValues = 100
export const fewest = 100

class Choices implements ColumnWatch {
  private counts: Map<string, number> | null = new Map()
  private readonly least: number

  /** Entropy below which it is said, as a share of the largest that as many values can have. */
  constructor(least: number) {
    this.least = least
  }

  see(cell: Cell): null {
    if (!this.counts) return null
    this.counts.set(cell.text, (this.counts.get(cell.text) ?? 0) + 1)
    if (this.counts.size > mostValues) this.counts = null
    return null
  }

  finish(filled: number) {
    if (!this.counts || filled < fewest) return []
    const shares = [...this.counts.values()].map((count) => count / filled)
    const entropy = shares.reduce((sum, share) => sum - share * Math.log2(share), 0)
    const relative = shares.length < 2 ? 0 : entropy / Math.log2(shares.length)
    if (relative >= this.least) return []
    const facts = [
      { name: 'different values', value: shares.length },
      { name: 'entropy', value: Math.round(entropy * 1000) / 1000, unit: 'bit' },
      { name: 'share of the most frequent value', value: Math.round(Math.max(...shares) * 1000) / 1000 },
    ]
    return [{ facts, kept: null }]
  }
}
