/** The value arrives as it is. */
import type { Transform } from '../carried.ts'

export const copy: Transform = {
  name: 'copy',
  words: () => 'copied as it is',
  loss: 'none',
  bind:
    () =>
    ([text = '']) => ({ kind: 'text', text }),
}
