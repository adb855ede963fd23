/** One part of a text that is cut at a separator, counted from the front or, with a minus, from the back. */
import type { Transform } from '../../model/carried.ts'

export const split: Transform = {
  name: 'split',
  words: (params) => `part ${params.get('part') ?? ''}, cut at “${params.get('separator') ?? ','}”`,
  loss: 'possible',
  bind(params) {
    const separator = params.get('separator') ?? ','
    const part = Number(params.get('part'))
    if (separator === '') return 'split takes separator=… and at least one character'
    if (!Number.isInteger(part) || part === 0) return 'split takes part=1 for the first, part=-1 for the last'
    return ([text = '']) => {
      const found =
        text
          .split(separator)
          .at(part > 0 ? part - 1 : part)
          ?.trim() ?? ''
      return found === '' ? null : { kind: 'text', text: found }
    }
  },
}
