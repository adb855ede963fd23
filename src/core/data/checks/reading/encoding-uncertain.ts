/** An encoding that only a few bytes speak for. */
import type { Check } from '../contract/check.ts'

export const encodingUncertain: Check = {
  code: 'data/encoding-uncertain',
  title: 'It is not certain how the characters are encoded',
  why: 'Few bytes beyond ASCII speak for the encoding that was taken; if they are damage instead, wrong letters are carried over.',
  remedy: 'Look at the characters in Sources and choose the encoding, or give --encoding.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'coarser',
  scope: 'reading',
}
