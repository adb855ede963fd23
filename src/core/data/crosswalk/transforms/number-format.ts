/** A number in the form the target takes: its own decimal mark read, grouping marks dropped, leading zeros gone, digits kept. */
import type { Transform } from '../../model/carried.ts'
import { plainDigits } from './plain-digits.ts'

export const numberFormat: Transform = {
  name: 'number-format',
  words: (params) => `number, decimal mark “${params.get('decimal') ?? '.'}”`,
  loss: 'none',
  bind(params) {
    const decimal = params.get('decimal') ?? '.'
    const group = params.get('group') ?? ''
    if (decimal.length !== 1 || decimal === group) return 'number-format takes decimal=… and group=…, two different characters'
    return ([text = '']) => {
      const bare = (group === '' ? text : text.replaceAll(group, '')).trim().replace(decimal, '.')
      const found = /^([+-]?)0*(\d+(?:\.\d+)?|\.\d+)$/.exec(plainDigits(bare))
      if (!found) return { kind: 'unmapped', text, why: 'it is no number' }
      const digits = found[2] ?? ''
      return { kind: 'number', text: `${found[1] === '-' ? '-' : ''}${digits.startsWith('.') ? '0' : ''}${digits}` }
    }
  },
}
