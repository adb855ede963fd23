/** One part of a name written as "Family, Given". */
import type { Transform } from '../../model/carried.ts'

export const namePart: Transform = {
  name: 'name-part',
  words: (params) => `${params.get('part') ?? ''} name, split at “${params.get('separator') ?? ', '}”`,
  loss: 'possible',
  bind(params) {
    const part = params.get('part')
    const separator = params.get('separator') ?? ', '
    if (part !== 'family' && part !== 'given') return 'name-part takes part=family or part=given'
    return ([text = '']) => {
      const at = text.indexOf(separator)
      if (at < 0) return part === 'family' ? { kind: 'text', text } : null
      return { kind: 'text', text: part === 'family' ? text.slice(0, at) : text.slice(at + separator.length) }
    }
  },
}
