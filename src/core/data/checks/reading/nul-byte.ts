/** NUL bytes inside cells. */
import type { Check } from '../contract/check.ts'

export const nulByte: Check = {
  code: 'data/nul-byte',
  title: 'NUL bytes inside cells',
  why: 'NUL bytes cut texts short in many programs: what follows them may be lost when the file is loaded.',
  remedy: 'Find out which program wrote them; remove them in the export or let the vendor confirm that they mean nothing.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'form',
  scope: 'reading',
  examples: {
    flags: [
      {
        name: 'a NUL in a name',
        subject: {
          csv: new Uint8Array([
            0x69, 0x64, 0x2c, 0x6e, 0x61, 0x6d, 0x65, 0x0a, 0x31, 0x2c, 0x41, 0x00, 0x64, 0x61, 0x0a, 0x32, 0x2c, 0x47, 0x72,
            0x61, 0x63, 0x65, 0x0a, 0x33, 0x2c, 0x45, 0x64, 0x69, 0x74, 0x68, 0x0a,
          ]),
        },
      },
    ],
    passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
  },
}
