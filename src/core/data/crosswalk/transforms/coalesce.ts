/** The first of several fields that is filled. */
import type { Transform } from '../../model/carried.ts'

export const coalesce: Transform = {
  name: 'coalesce',
  words: () => 'the first that is filled',
  loss: 'possible',
  bind: () => (cells) => {
    const found = cells.find((cell) => cell !== '')
    return found === undefined ? null : { kind: 'text', text: found }
  },
}
