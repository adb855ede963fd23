/** A fixed beginning or end is put to the value, as ids of the target are made from legacy codes. */
import type { Transform } from '../../model/carried.ts'

export const affix: Transform = {
  name: 'affix',
  words: (params) => `“${params.get('prefix') ?? ''}…${params.get('suffix') ?? ''}”`,
  loss: 'none',
  inverse(params) {
    const [prefix, suffix] = [params.get('prefix') ?? '', params.get('suffix') ?? '']
    if ((params.get('case') ?? 'as-is') !== 'as-is') return null
    return (text) => {
      const whole = text.startsWith(prefix) && text.endsWith(suffix) && text.length >= prefix.length + suffix.length
      return whole ? text.slice(prefix.length, text.length - suffix.length) : null
    }
  },
  bind(params) {
    const prefix = params.get('prefix') ?? ''
    const suffix = params.get('suffix') ?? ''
    const letters = params.get('case') ?? 'as-is'
    if (!['lower', 'upper', 'as-is'].includes(letters)) return `affix takes case=lower, upper or as-is, not ${letters}`
    return ([text = '']) => {
      const shaped = letters === 'lower' ? text.toLowerCase() : letters === 'upper' ? text.toUpperCase() : text
      return { kind: 'text', text: prefix + shaped + suffix }
    }
  },
}
