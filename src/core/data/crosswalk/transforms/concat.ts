/** Several legacy fields become one text; empty ones leave no separator behind. */
import type { Transform } from '../../model/carried.ts'

export const concat: Transform = {
  name: 'concat',
  words: (params) => `joined with “${params.get('separator') ?? ' '}”`,
  loss: 'possible',
  bind(params) {
    const separator = params.get('separator') ?? ' '
    return (cells) => ({ kind: 'text', text: cells.filter((cell) => cell !== '').join(separator) })
  },
}
