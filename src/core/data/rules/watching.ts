/** A column and those who watch it. */
import { type ColumnCheck, type ColumnWatch, shapes } from '../checks/contract/column-check.ts'
import { audience } from '../checks/contract/watched-cells.ts'
import { isBirth } from '../knowledge/column-words.ts'
import { patientColumn, safetyByName } from '../knowledge/data-dictionary.ts'
import type { Evaluate } from './evaluate.ts'
import type { KeptPlaces } from './kept-places.ts'
import type { RuleEntry } from './rule-file.ts'
import type { RuledTable } from './ruled-table.ts'

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
  /** Which cells of a run it is shown, as in `watched-cells.ts`. */
  audiences: number
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

const allShapes = Object.values(shapes)
/** Nobody: the same list everywhere, because a wide table has many. */
const nobody: readonly Watching[] = []
const nobodyByShape: ByShape = new Array(Math.max(...allShapes) + 1).fill(nobody)

export function byShape(list: readonly Watching[]): ByShape {
  if (list.length === 0) return nobodyByShape
  const lists = nobodyByShape.slice()
  // A cell has one shape.
  for (const shape of allShapes) lists[shape] = list.filter(({ check }) => (check.shapes & shape) !== 0)
  return lists
}

/** Whether it is shown the records of the sample alone, and thereby which cells. */
export function audienceOf(sampled: boolean): { sampled: boolean; audiences: number } {
  return { sampled, audiences: sampled ? audience.sample : audience.sample | audience.suspects }
}

export function shapesOf(list: readonly Watching[]): number {
  return list.reduce((mask, { check }) => mask | check.shapes, 0)
}

export function severityOf(entry: RuleEntry | null) {
  return entry?.severity ? { severity: entry.severity } : {}
}

/** By the name of the table, a column of patients, or one of births. */
export function speaksOfPatients({ table, header }: RuledTable): boolean {
  return safetyByName(table) !== null || patientColumn(table, header) !== null || header.some(isBirth)
}
