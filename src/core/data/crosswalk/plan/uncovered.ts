/** Columns of both sides that no line of a field map speaks of, by name: nobody decides about what nobody names. */
import { openTable } from '../../read/table.ts'
import { parseElementPath } from '../mapping/element-path.ts'
import type { FieldLine } from '../mapping/mapping.ts'
import { openSides } from './open-sides.ts'
import { bindCondition } from './row-rules.ts'
import type { PairSource } from './sides.ts'

export interface UncoveredColumns {
  /** As `table.column`, in the order of the files. */
  readonly legacy: readonly string[]
  /** Of tables alone: a type of resource has no list of columns. */
  readonly target: readonly string[]
}

/** Reads the heads of tables, no more. */
export async function uncoveredColumns(
  inputs: readonly PairSource[],
  fields: readonly FieldLine[],
  signal: AbortSignal,
): Promise<UncoveredColumns> {
  const legacy = new Set(
    fields.flatMap((line) => {
      const when = bindCondition(line)
      const columns = when === null || typeof when === 'string' ? line.fields : [...line.fields, ...when.columns]
      return columns.map((column) => `${line.source}\n${column}`)
    }),
  )
  const target = new Set(
    fields.flatMap(({ target: text, source }) => {
      const path = parseElementPath(text)
      if (typeof path !== 'string') return [`${path.type.toLowerCase()}\n${path.steps[0]?.name.toLowerCase() ?? '*'}`]
      // A whole table that is not made of legacy records.
      return source === '' ? [`${text.toLowerCase()}\n*`] : []
    }),
  )
  const open = { legacy: new Set<string>(), target: new Set<string>() }
  for (const [input, { source, reading, records, side, table }] of (await openSides(inputs, signal)).entries()) {
    if (records !== 'csv' || side === null) continue
    const { header } = (await openTable(source, reading, input, signal)).structure
    const said = side === 'legacy' ? legacy : target
    const spelled = (name: string): string => (side === 'legacy' ? name : name.toLowerCase())
    for (const column of header)
      if (!said.has(`${spelled(table)}\n${spelled(column)}`) && !said.has(`${spelled(table)}\n*`))
        open[side].add(`${table}.${column}`)
  }
  return { legacy: [...open.legacy], target: [...open.target] }
}
