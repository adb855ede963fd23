/** A value with its unit in one cell ("<0.5 mg/L") becomes comparator, number and unit; the digits stay as they were typed. */
import type { Transform } from '../../model/carried.ts'
import { plainDigits } from './plain-digits.ts'

const pattern = /^(<=|>=|<|>)?\s*([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d{1,3}(?![\p{L}\d]))?)\s*(\S.*)?$/u

export const quantity: Transform = {
  name: 'quantity',
  words: (params) => (params.has('part') ? `the ${params.get('part')} of value and unit` : 'number and unit taken apart'),
  loss: 'possible',
  bind(params, maps) {
    const name = params.get('units')
    const units = name === undefined ? null : maps.get(name)
    if (units === undefined) return `mapping/values/${name}.csv is missing`
    const fixed = params.get('unit') ?? ''
    const part = params.get('part')
    if (part !== undefined && part !== 'value' && part !== 'unit' && part !== 'comparator')
      return `quantity takes part=value, part=unit or part=comparator, not ${part}`
    return ([text = '']) => {
      const found = pattern.exec(text.trim())
      if (!found) return { kind: 'unmapped', text, why: 'it does not start with a number' }
      const unit = found[3]?.trim() ?? fixed
      const line = units?.lines.get(unit)
      if (unit !== '' && units && !line) return { kind: 'unmapped', text, why: `the unit is not in the value map ${name}` }
      const comparator = found[1] ?? ''
      const value = plainDigits((found[2] ?? '').replace(',', '.'))
      const code = line?.target ?? unit
      if (part === 'value') return { kind: 'number', text: value }
      if (part !== undefined) {
        const text = part === 'unit' ? code : comparator
        return text === '' ? null : { kind: 'text', text }
      }
      return { kind: 'quantity', comparator, value, unit, code }
    }
  },
}
