/** Texts of a form that many fields share and no schema type knows: OIDs, UUIDs, e-mail addresses, IPv4 addresses, URIs. */
import { cellEvidence } from '../contract/check.ts'
import { type ColumnCheck, shapes } from '../contract/column-check.ts'
import { textParam } from '../contract/record-check.ts'

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
