/** Numbers that are misread: a trailing zero, a point without a zero before it, a long number, a number without its unit, an empty 0. */
import type { DisplayMark } from '../model/display-mark.ts'

/** A decimal that is no part of a date, a time, a version or a longer number. */
const decimal = /(?<![\d.,:/\p{L}-])(\d*)\.(\d+)(?![\d.:/-])/gu

/** @param doses true where numbers are doses: a result may end in zeros, which say how precisely it was measured */
export function* decimalMarks(text: string, doses: boolean): Generator<DisplayMark> {
  for (const found of text.matchAll(decimal)) {
    const [all, whole = '', rest = ''] = found
    const place = { from: found.index, to: found.index + all.length }
    if (whole === '') yield { ...place, kind: 'naked-decimal', reason: `read as ${rest}`, reads: `0.${rest}` }
    else if (doses && rest.endsWith('0')) {
      const bare = rest.replace(/0+$/, '')
      const reads = bare === '' ? whole : `${whole}.${bare}`
      yield { ...place, kind: 'trailing-zero', reason: `read as ${`${whole}${rest}`.replace(/^0+(?=\d)/, '')}`, reads }
    }
  }
  if (!doses) return
  for (const found of text.matchAll(/(?<![\d.,/:-])\d{5,}(?![\d.,/:-])(?=\s*(?:units?|mg|mcg|g|mL|IU|U)\b)/gu)) {
    const reads = found[0].replace(/\B(?=(?:\d{3})+$)/g, ',')
    yield { from: found.index, to: found.index + found[0].length, kind: 'long-number', reason: 'zeros are miscounted', reads }
  }
}

/** A whole text that is a number without a unit. */
export function bareNumberMark(text: string): DisplayMark | null {
  const number = text.trim()
  if (!/^[<>]?=?\s*[-+]?\d*[.,]?\d+$/.test(number)) return null
  const place = { from: 0, to: text.length }
  if (/^0+(?:[.,]0+)?$/.test(number))
    return { ...place, kind: 'bare-zero', reason: '0 without a unit: measured, or nothing known?', reads: null }
  return { ...place, kind: 'no-unit', reason: 'No unit written', reads: null }
}
