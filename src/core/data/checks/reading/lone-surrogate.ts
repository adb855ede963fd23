/** Half of a character written as an escape. */
import type { Check } from '../contract/check.ts'

export const loneSurrogate: Check = {
  code: 'data/lone-surrogate',
  title: 'Half a character (a lone surrogate)',
  why: 'It can be shown but not written as UTF-8, hence not signed; the other half is lost.',
  remedy: 'Correct the text in the source system; usually a picture character was cut.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'coarser',
  scope: 'reading',
}
