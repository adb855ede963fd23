/** The words of judgements on addresses, references and ids. */
import type { Wording } from '../../../rule.ts'

export const referenceWordings = [
  {
    code: 'data/fhir-full-url',
    title: 'Address of a Bundle entry is wrong',
    why: 'References inside the Bundle are resolved by `fullUrl`; a relative, repeated or contradicting address sends them to the wrong record.',
    remedy: 'Give each entry one absolute `fullUrl` that ends in its own type and id, or a urn:uuid.',
    severity: 'error',
    kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  },
  {
    code: 'data/fhir-reference-missing',
    title: 'Reference points at a record that is not in the export',
    why: 'The record loses its patient, encounter or author: it will be refused, or hang in the air.',
    remedy: 'Export the missing record as well, or correct the reference; look the pair up in the legacy system.',
    severity: 'error',
    kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  },
  {
    code: 'data/fhir-reference-deleted',
    title: 'Reference points at a record that the server deleted',
    why: 'The manifest of the export lists its target among the deleted: the record refers to something that is gone on purpose.',
    remedy: 'Ask why the record was deleted, and point the reference at what replaced it, or restore it before the next export.',
    severity: 'error',
    kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  },
  {
    code: 'data/fhir-deleted-record',
    title: 'Record was exported although it is listed as deleted',
    why: 'Loading it would bring back what was deleted, or the list is older than the record; both can not be right.',
    remedy: 'Look the record up in the legacy system, and leave it out of the load if it is deleted there.',
    severity: 'error',
    kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  },
  {
    code: 'data/fhir-reference-type',
    title: 'Reference points at the wrong kind of record',
    why: 'A reader that follows it finds, for instance, a location where a patient should be.',
    remedy: 'Point the reference at one of the resource types named in the evidence.',
    severity: 'error',
    kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  },
  {
    code: 'data/fhir-contained-reference',
    title: 'Reference into the resource itself finds nothing',
    why: 'The contained record it means is not there, so its content is lost.',
    remedy: 'Add the contained resource with that id, or correct the `#id`.',
    severity: 'error',
    kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  },
  {
    code: 'data/fhir-duplicate-id',
    title: 'Two resources have the same type and id',
    why: 'The second overwrites the first while loading: one of the two records is lost without a trace.',
    remedy: 'Find out in the legacy system whether they are one record or two, and give each record its own id.',
    severity: 'error',
    kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  },
] as const satisfies readonly Wording[]
