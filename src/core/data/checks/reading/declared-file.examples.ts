/** Examples of `declared-file.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const csv = 'id,name\n1,Ada\n2,Grace\n'

const schema = { fields: [{ name: 'id' }, { name: 'name' }] }

const inPackage = (promise: object) => ({ resources: [{ name: 'table', path: 'table.csv', schema, ...promise }] })

export const declaredFileExamples: Examples<TableExample> = {
  code: 'data/declared-file',
  decides: 'Size in bytes and SHA-256 of the file must be those that the data package states.',
  flags: [
    { name: 'a byte too few', subject: { csv, schema: inPackage({ bytes: 23 }) } },
    { name: 'another digest', subject: { csv, schema: inPackage({ hash: `sha256:${'0'.repeat(64)}` }) } },
  ],
  passes: [{ name: 'the size that was promised', subject: { csv, schema: inPackage({ bytes: 22 }) } }],
}
