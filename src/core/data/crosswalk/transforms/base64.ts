/** A text arrives inside a FHIR attachment, as base 64 of its UTF-8 bytes. The comparison reads the text, not the letters of the code. */
import type { Transform } from '../../model/carried.ts'

export const base64: Transform = {
  name: 'base64',
  words: () => 'text inside an attachment',
  loss: 'none',
  bind:
    () =>
    ([text = '']) => ({ kind: 'text', text }),
}
