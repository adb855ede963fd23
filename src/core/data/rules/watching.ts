/** A column and those who watch it. */
import { type ColumnCheck, type ColumnWatch, shapes } from '../checks/contract/column-check.ts'
import type { Evaluate } from './evaluate.ts'
import type { KeptPlaces } from './kept-places.ts'
import type { RuleEntry } from './rule-file.ts'

export interface Watching {
  readonly check: ColumnCheck
  readonly watch: ColumnWatch
  readonly kept: KeptPlaces
  readonly entry: RuleEntry | null
  /** Which records a rule is about; null for all. */
  readonly when: Evaluate | null
  /** Filled cells of those records, where it is not about all. */
  filled: number
  /** Verdicts so far. */
  broken: number
  /** Shown only the records of the sample; no more once it has settled what to look for. */
  sampled: boolean
}

export interface Column {
  readonly field: string
  readonly watches: readonly Watching[]
  /** By shape of a cell: those who care for it. */
  readonly ofShape: ByShape
  /** Those who are shown every cell, and the shapes that they care for. */
  readonly always: ByShape
  readonly alwaysShapes: number
  /** Those of the sample that have settled what to look for: no cell after it may be passed over. */
  settled: readonly Watching[]
  settledOfShape: ByShape
  /** A rule asks for one of them: then no cell may be passed over. */
  readonly asked: boolean
  /** Those that are not about all records. */
  readonly conditional: readonly Watching[]
  /** First bytes of filled cells that may be null. */
  readonly nullStarts: Uint8Array
  filled: number
  /** Filled cells in the records of the sample. */
  sampled: number
}

/** The members at the value of each shape. */
type ByShape = readonly (readonly Watching[])[]

export function byShape(list: readonly Watching[]): ByShape {
  const most = Math.max(...Object.values(shapes))
  return Array.from({ length: most + 1 }, (_, shape) => list.filter(({ check }) => (check.shapes & shape) !== 0))
}

export function shapesOf(list: readonly Watching[]): number {
  return list.reduce((mask, { check }) => mask | check.shapes, 0)
}

export function severityOf(entry: RuleEntry | null) {
  return entry?.severity ? { severity: entry.severity } : {}
}
