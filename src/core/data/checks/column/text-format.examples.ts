/** Examples of `text-format.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const rules = (format: string) => ({ rules: [{ on: 'table', check: 'data/text-format', fields: ['code'], params: { format } }] })

const schema = (format: string) => ({ fields: [{ name: 'id' }, { name: 'code' }], 'x-carryover': rules(format) })

export const textFormatExamples: Examples<TableExample> = {
  code: 'data/text-format',
  decides: 'Each filled cell must have the form that the rule names: OID, UUID, e-mail address, IPv4 address or URI.',
  flags: [
    { name: 'an OID that begins with 3', subject: { csv: 'id,code\n1,3.1.4\n2,2.16.840.1\n', schema: schema('oid') } },
    { name: 'an address without a domain', subject: { csv: 'id,code\n1,ada@\n2,ada@example.org\n', schema: schema('email') } },
  ],
  passes: [
    { name: 'OIDs', subject: { csv: 'id,code\n1,1.2.840.113619\n2,2.16.840.1.113883\n', schema: schema('oid') } },
    { name: 'UUIDs', subject: { csv: 'id,code\n1,9d188916-8390-282b-3ec2-73fce6e08649\n', schema: schema('uuid') } },
  ],
}
