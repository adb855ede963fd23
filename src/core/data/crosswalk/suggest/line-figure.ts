/** How many paired records hold what a proposed line makes of their rows: its rule followed, the result compared as reconciliation compares it. */
import type { ValueMap } from '../../model/carried.ts'
import type { JsonValue } from '../../model/record.ts'
import { compareField, plainly } from '../compare/compare-field.ts'
import { holdsSystem, holdsUnit } from '../compare/field-kind.ts'
import { parseElementPath } from '../mapping/element-path.ts'
import type { FieldLine } from '../mapping/mapping.ts'
import { bindCondition } from '../plan/row-rules.ts'
import { transformNamed } from '../transforms/index.ts'
import type { RowPairs } from './row-pairs.ts'
import type { LegacyTable, TargetField } from './samples.ts'

export interface LineFigure {
  /** Pairs in which both sides have a value. */
  readonly both: number
  readonly same: number
}

/** Links and ids say nothing by themselves: what they lead to is compared elsewhere. */
const notValues: ReadonlySet<string> = new Set(['reference', 'record-id', 'affix', 'constant', 'filter', 'group', ''])

/** Null where the rule makes no value, or its parameters do not fit. */
export function lineFigure(
  line: FieldLine,
  values: ValueMap | null,
  { columns }: Pick<LegacyTable, 'columns'>,
  field: TargetField,
  pairs: RowPairs,
): LineFigure | null {
  if (notValues.has(line.rule)) return null
  const apply = transformNamed(line.rule)?.bind(line.params, new Map(values === null ? [] : [[values.name, values]]))
  const path = parseElementPath(line.target)
  if (apply === undefined || typeof apply === 'string' || typeof path === 'string') return null
  const when = bindCondition(line)
  if (typeof when === 'string') return null
  const cellsOf = (name: string): readonly string[] => columns.find((column) => column.name === name)?.cells ?? []
  const [cells, asked] = [line.fields.map(cellsOf), (when?.columns ?? []).map(cellsOf)]
  const how = { ...plainly(line.rule), isUnit: holdsUnit({ path }), isSystem: holdsSystem({ path }) }
  let [both, same] = [0, 0]
  for (const [row, record] of pairs) {
    const own = cells.map((list) => list[row] ?? '')
    const there = field.values[record] ?? []
    if (there.length === 0 || own.every((cell) => cell === '')) continue
    if (when !== null && !when.takes(asked.map((list) => list[row] ?? ''))) continue
    both++
    const outcome = compareField(own.join(' '), apply(own), jsonValues(field, there), how)
    if (outcome.cls === 'same' || outcome.cls === 'same-after-rule') same++
  }
  return { both, same }
}

/** The values as the record has them, so that a number is one and a code has its system. */
function jsonValues({ type, systems }: TargetField, values: readonly string[]): readonly JsonValue[] {
  if (type === 'number') return values.map(Number)
  if (type !== 'code') return values
  const coding = values.map((code) => {
    const system = [...systems].find(([, codes]) => codes.has(code))?.[0] ?? ''
    return system === '' ? { code } : { system, code }
  })
  return [{ coding }]
}
