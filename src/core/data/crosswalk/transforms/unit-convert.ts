/** A number in another UCUM unit: powers of ten exactly, the few other factors of clinical use by definition, temperatures with their offset. */

import type { Transform } from '../carried.ts'
import { unitPower } from '../unit-power.ts'

/** value × factor + offset; factors by NIST SP 811 appendix B, exact. `digits` are kept after the point. */
const factors: ReadonlyMap<string, { readonly factor: number; readonly offset: number }> = new Map([
  ['[lb_av] kg', { factor: 0.45359237, offset: 0 }],
  ['kg [lb_av]', { factor: 1 / 0.45359237, offset: 0 }],
  ['[oz_av] g', { factor: 28.349523125, offset: 0 }],
  ['g [oz_av]', { factor: 1 / 28.349523125, offset: 0 }],
  ['[in_i] cm', { factor: 2.54, offset: 0 }],
  ['cm [in_i]', { factor: 1 / 2.54, offset: 0 }],
  ['[ft_i] cm', { factor: 30.48, offset: 0 }],
  ['[degF] Cel', { factor: 5 / 9, offset: -160 / 9 }],
  ['Cel [degF]', { factor: 9 / 5, offset: 32 }],
  ['mm[Hg] kPa', { factor: 0.1333223874, offset: 0 }],
])

export const unitConvert: Transform = {
  name: 'unit-convert',
  words: (params) => `${params.get('from') ?? ''} to ${params.get('to') ?? ''}`,
  loss: 'possible',
  bind(params) {
    const from = params.get('from') ?? ''
    const to = params.get('to') ?? ''
    const digits = Number(params.get('digits') ?? '2')
    const decimal = params.get('decimal') ?? '.'
    const power = from === to ? 0 : unitPower(from, to)
    const known = factors.get(`${from} ${to}`)
    if (from === '' || to === '') return 'unit-convert takes from=… and to=…, two UCUM units'
    if (power === null && !known) return `unit-convert knows no factor from ${from} to ${to}`
    if (!Number.isInteger(digits) || digits < 0 || digits > 9) return 'unit-convert takes digits=0 to digits=9'
    if (decimal.length !== 1) return 'unit-convert takes decimal=… with one character'
    return ([text = '']) => {
      const number = text.trim().replace(decimal, '.')
      if (!/^[+-]?\d+(\.\d+)?$/.test(number)) return { kind: 'unmapped', text, why: 'it is no number' }
      if (power !== null) return { kind: 'number', text: movedPoint(number, power) }
      const value = Number(number) * (known?.factor ?? 1) + (known?.offset ?? 0)
      return { kind: 'number', text: value.toFixed(digits) }
    }
  },
}

/** The digits with the point moved, so that no binary fraction comes in between. */
function movedPoint(text: string, power: number): string {
  const sign = text.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.')
  const digits = whole + fraction
  const point = whole.length + power
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = point <= 0 ? 1 : point
  const rest = padded.slice(at)
  return `${sign}${padded.slice(0, at).replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}`
}
