/** A value with its unit in one cell ("<0.5 mg/L") becomes comparator, number and unit; the digits stay as they were typed. */
import type { Transform } from '../carried.ts'

const pattern = /^(<=|>=|<|>)?\s*([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+))\s*(\S.*)?$/

export const quantity: Transform = {
  name: 'quantity',
  words: () => 'number and unit taken apart',
  loss: 'possible',
  bind(params, maps) {
    const name = params.get('units')
    const units = name === undefined ? null : maps.get(name)
    if (units === undefined) return `mapping/values/${name}.csv is missing`
    const fixed = params.get('unit') ?? ''
    return ([text = '']) => {
      const found = pattern.exec(text.trim())
      if (!found) return { kind: 'unmapped', text, why: 'it does not start with a number' }
      const unit = found[3]?.trim() ?? fixed
      const line = units?.lines.get(unit)
      if (unit !== '' && units && !line) return { kind: 'unmapped', text, why: `the unit is not in the value map ${name}` }
      return {
        kind: 'quantity',
        comparator: found[1] ?? '',
        value: (found[2] ?? '').replace(',', '.'),
        unit,
        code: line?.target ?? unit,
      }
    }
  },
}
