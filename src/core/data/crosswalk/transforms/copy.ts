/** The value arrives as it is. */
import type { Transform } from '../../model/carried.ts'

export const copy: Transform = {
  name: 'copy',
  words: () => 'copied as it is',
  loss: 'none',
  inverse: () => (text) => text,
  bind:
    () =>
    ([text = '']) => ({ kind: 'text', text }),
}
