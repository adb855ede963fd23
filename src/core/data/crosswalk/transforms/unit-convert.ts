/** A number in another unit, by UCUM or by what `of` says is measured: exactly by the digits where the factor is a power of ten, else rounded to the stated digits. */
import { decimalOf } from '../../../values/decimal.ts'
import { compareUnits, converted } from '../../meaning/compare-units.ts'
import type { Conversion } from '../../meaning/convert-substance.ts'
import { type Fraction, fractionOf, tensOf } from '../../meaning/fraction.ts'
import { substanceNames, substanceOf } from '../../meaning/substances.ts'
import type { Transform } from '../../model/carried.ts'
import { plainDigits } from './plain-digits.ts'

export const unitConvert: Transform = {
  name: 'unit-convert',
  words: (params) => `${params.get('from') ?? ''} to ${params.get('to') ?? ''}`,
  loss: 'possible',
  bind(params) {
    const from = params.get('from') ?? ''
    const to = params.get('to') ?? ''
    const digits = Number(params.get('digits') ?? '2')
    const decimal = params.get('decimal') ?? '.'
    if (from === '' || to === '') return 'unit-convert takes from=… and to=…, two UCUM units'
    const of = params.get('of') ?? ''
    const substance = substanceOf(of)
    if (of !== '' && substance === null)
      return `unit-convert knows no molar mass of ${of}; give of=… a LOINC code that it knows, or one of ${substanceNames.join(', ')}`
    const relation = compareUnits({ unit: from, code: from }, { unit: to, code: to }, substance)
    if (relation.kind !== 'same' && relation.kind !== 'convertible')
      return `unit-convert knows no factor from ${from} to ${to}${of === '' ? '; where a molar mass leads from one to the other, name what is measured by of=… with its LOINC code' : ` for ${of}`}`
    if (!Number.isInteger(digits) || digits < 0 || digits > 9) return 'unit-convert takes digits=0 to digits=9'
    if (decimal.length !== 1) return 'unit-convert takes decimal=… with one character'
    const conversion = relation.kind === 'same' ? null : relation.conversion
    const power = conversion === null ? 0 : conversion.offset.over === 0n ? tensOf(conversion.factor) : null
    return ([text = '']) => {
      const number = plainDigits(text.trim().replace(decimal, '.'))
      if (!/^[+-]?\d+(\.\d+)?$/.test(number)) return { kind: 'unmapped', text, why: 'it is no number' }
      if (power !== null) return { kind: 'number', text: movedPoint(number, power) }
      return { kind: 'number', text: inUnit(number, conversion, digits) }
    }
  },
}

function inUnit(number: string, conversion: Conversion | null, digits: number): string {
  const decimal = decimalOf(number)
  const value = decimal === null ? null : fractionOf(decimal)
  return value === null || conversion === null ? number : rounded(converted(value, conversion), digits)
}

/** Half away from zero. */
function rounded({ over, under }: Fraction, digits: number): string {
  const scaled = (over < 0n ? -over : over) * 10n ** BigInt(digits)
  const whole = ((2n * scaled + under) / (2n * under)).toString().padStart(digits + 1, '0')
  const at = whole.length - digits
  const text = digits === 0 ? whole : `${whole.slice(0, at)}.${whole.slice(at)}`
  return over < 0n && /[1-9]/.test(text) ? `-${text}` : text
}

/** The digits with the point moved, so that no binary fraction comes in between. */
function movedPoint(text: string, power: number): string {
  const sign = text.startsWith('-') ? '-' : ''
  return sign + plainDigits(`${text.replace(/^[+-]/, '')}E${power}`)
}
