/** The shape of a value without the value: what a masked cell shows. */
import { visibleText } from './visible-text.ts'

/** Letters and digits hidden, the shape kept: `Müller 12/03` becomes `Aaaaaa 99/99`. */
export function maskOf(text: string): string {
  return visibleText(text)
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{L}/gu, (letter) => (letter === 'A' ? 'A' : 'a'))
    .replace(/\p{Nd}/gu, '9')
}
