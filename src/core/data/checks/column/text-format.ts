/** Texts of a form that many fields share and no schema type knows: OIDs, UUIDs, e-mail addresses, IPv4 addresses, URIs. */
import { cellEvidence } from '../contract/check.ts'
import { type ColumnCheck, shapes } from '../contract/column-check.ts'
import { textParam } from '../contract/record-check.ts'

const rules = (format: string) => ({ rules: [{ on: 'table', check: 'data/text-format', fields: ['code'], params: { format } }] })
const schema = (format: string) => ({ fields: [{ name: 'id' }, { name: 'code' }], 'x-carryover': rules(format) })

export const textFormat: ColumnCheck = {
  code: 'data/text-format',
  title: 'Texts that do not have the form they should have',
  why: 'An address that is none reaches nobody; an identifier of another form is refused or stored as free text.',
  remedy: 'Correct the values in the legacy system, or move them to the column they belong to.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.text | shapes.digits | shapes.numeric | shapes.hash | shapes.dayMonth | shapes.date,
  sampled: false,
  always: false,
  examples: {
    flags: [
      { name: 'an OID that begins with 3', subject: { csv: 'id,code\n1,3.1.4\n2,2.16.840.1\n', schema: schema('oid') } },
      { name: 'an address without a domain', subject: { csv: 'id,code\n1,ada@\n2,ada@example.org\n', schema: schema('email') } },
    ],
    passes: [
      { name: 'OIDs', subject: { csv: 'id,code\n1,1.2.840.113619\n2,2.16.840.1.113883\n', schema: schema('oid') } },
      { name: 'UUIDs', subject: { csv: 'id,code\n1,9d188916-8390-282b-3ec2-73fce6e08649\n', schema: schema('uuid') } },
    ],
  },
  watch({ params }) {
    const named = textParam(params ?? {}, 'format') ?? ''
    const form = Object.hasOwn(forms, named) ? forms[named] : undefined
    if (!form) return `The format "${named}" is not known; there are ${Object.keys(forms).join(', ')}.`
    const facts = [{ name: 'expected', value: named }]
    return { see: (cell) => (form.test(cell.text.trim()) ? null : cellEvidence(cell, facts)), finish: () => [] }
  },
}

const forms: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
  oid: /^(?:[01]\.[1-3]?\d|2\.\d+)(?:\.(?:0|[1-9]\d*))*$/,
  email: /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/,
  ipv4: /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/,
}
