/** Known systems, recognised by the columns of their tables: what their published definitions say becomes a proposal like any other. */
import { type FieldLine, parseParams } from '../mapping/mapping.ts'
import mimic from '../shapes/mimic-iv.json'
import omop from '../shapes/omop-cdm.json'
import openemr from '../shapes/openemr.json'
import synthea from '../shapes/synthea-csv.json'
import { newLine } from './proposed-line.ts'
import type { LegacyTable } from './samples.ts'

/** One table of a system: its columns, and per kind of target what each became: column, rule, parameters, target. */
interface ShapeTable {
  readonly table: string
  readonly columns: readonly string[]
  readonly fhir?: readonly (readonly string[])[]
  readonly omop?: readonly (readonly string[])[]
}

export interface Shape {
  readonly name: string
  readonly cites: string
  readonly tables: readonly ShapeTable[]
}

export const shapes: readonly Shape[] = [mimic, omop, openemr, synthea]

export interface ShapedTable {
  readonly table: LegacyTable
  readonly shape: string
  readonly lines: readonly FieldLine[]
}

/** Share of a header that the columns of a shape make up, at least. */
const least = 0.8

/** Tables that have the columns of a known system, whatever they are called. `kind` says which targets there are. */
export function shapedTables(tables: readonly LegacyTable[], kind: 'fhir' | 'omop'): readonly ShapedTable[] {
  const found = tables.flatMap((table) => {
    const best = shapes
      .flatMap((shape) => shape.tables.map((one) => ({ table, shape, one, share: shareOf(table, one) })))
      .sort((a, b) => b.share - a.share)[0]
    return best && best.share >= least ? [best] : []
  })
  return found.map(({ table, shape, one }) => {
    const named = (name: string): string | undefined =>
      found.find((other) => other.shape === shape && other.one.table === name)?.table.name
    return { table, shape: shape.name, lines: (one[kind] ?? []).flatMap((line) => lineOf(line, table, named)) }
  })
}

function shareOf({ columns }: LegacyTable, { columns: wanted }: ShapeTable): number {
  const own = new Set(columns.map(({ name }) => name.toLowerCase()))
  const met = wanted.filter((name) => own.has(name.toLowerCase())).length
  return (met / wanted.length) * (met / Math.max(1, own.size))
}

function lineOf(
  [column = '', rule = '', text = '', target = '']: readonly string[],
  table: LegacyTable,
  named: (table: string) => string | undefined,
): FieldLine[] {
  const own = table.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())
  const params = parseParams(text)
  if (!own || typeof params === 'string') return []
  const given: [string, string][] = []
  for (const [name, value] of params) {
    const linked = value.startsWith('@') ? named(value.slice(1)) : value
    if (linked === undefined) return []
    given.push([name, name === 'map' ? `${table.name}-${own.name}`.toLowerCase() : linked])
  }
  return [newLine(table.name, [own.name], rule, Object.fromEntries(given), target)]
}
