/** Numbers with a decimal comma, told by the shapes of a column: `9,9`, or `9.999,99` where full stops group the digits. */

import type { ReadingChoices } from '../model/source.ts'

export interface CommaNumbers {
  /** Cells that are numbers where the comma is the decimal mark; those without any mark among them. */
  readonly count: number
  /** Whether full stops group thousands. */
  readonly areGrouped: boolean
  /** Cells such as `1.234` that are whole numbers here, and would be fractions elsewhere. */
  readonly wholeGroups: number
}

const plain = /^[-+]?9+…?(,9+…?)?$/
const grouped = /^[-+]?9{1,3}(\.999)+(,9+…?)?$/
const oneGroup = /^[-+]?9{1,3}\.999$/

/**
 * Null where neither a cell nor a person proves it: `1,234` alone may be twelve hundred and thirty-four. `shapes` is null where there
 * were too many, `chosen` is the mark that a person chose for the table.
 */
export function commaNumbersOf(
  shapes: ReadonlyMap<string, number> | null,
  chosen?: ReadingChoices['decimal'],
): CommaNumbers | null {
  if (shapes === null || chosen === 'point') return null
  const names = [...shapes.keys()]
  const areGrouped = names.some((shape) => grouped.test(shape) && shape.includes(','))
  const proof = chosen === 'comma' ? /,/ : /,(9{1,2}|9{4,}…?)$/
  const isProven = areGrouped || names.some((shape) => plain.test(shape) && proof.test(shape))
  if (!isProven) return null
  let count = 0
  let wholeGroups = 0
  for (const [shape, cells] of shapes) {
    if (plain.test(shape) || (areGrouped && grouped.test(shape))) count += cells
    if (areGrouped && oneGroup.test(shape)) wholeGroups += cells
  }
  return { count, areGrouped, wholeGroups }
}
