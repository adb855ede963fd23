/** Examples of `nul-byte.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const nulByteExamples: Examples<TableExample> = {
  code: 'data/nul-byte',
  decides: 'A cell flags if it holds a byte 0.',
  flags: [
    {
      name: 'a NUL in a name',
      subject: {
        csv: new Uint8Array([
          0x69, 0x64, 0x2c, 0x6e, 0x61, 0x6d, 0x65, 0x0a, 0x31, 0x2c, 0x41, 0x00, 0x64, 0x61, 0x0a, 0x32, 0x2c, 0x47, 0x72, 0x61,
          0x63, 0x65, 0x0a, 0x33, 0x2c, 0x45, 0x64, 0x69, 0x74, 0x68, 0x0a,
        ]),
      },
    },
  ],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
