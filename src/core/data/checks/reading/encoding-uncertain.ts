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
  examples: {
    flags: [
      {
        name: 'a single byte that is no UTF-8',
        subject: { csv: Uint8Array.from('id,n\n1,9\xff.5\n2,8.5\n', (char) => char.charCodeAt(0)) },
      },
    ],
    passes: [
      {
        name: 'words of windows-1252',
        subject: { csv: Uint8Array.from('id,name\n1,M\xfcller\n2,Jos\xe9\n3,Fran\xe7ois\n', (char) => char.charCodeAt(0)) },
      },
    ],
  },
}
