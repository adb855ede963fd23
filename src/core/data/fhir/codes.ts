/** The words of every judgement on FHIR resources: what is wrong, what it costs, what to do (severities: fhir layer table, preset "migration"). */
import type { Wording } from '../../rule.ts'

const read = 'The receiving system will refuse the resource or drop the element while loading it.'

/** One entry per code; `data/checks/index.ts` joins them with the checks on tables. */
export const fhirWordings = [
  {
    code: 'data/fhir-unknown-type',
    title: 'Resource type does not exist in FHIR R4',
    why: 'A record without a known resource type can not be loaded or judged: everything in it is lost.',
    remedy: 'Correct `resourceType` in the export, or map the record to one of the R4 resource types.',
    severity: 'error',
  },
  {
    code: 'data/fhir-unknown-element',
    title: 'Element does not exist in this resource or type',
    why: 'Loaders ignore or refuse elements they do not know, so what was written there does not arrive.',
    remedy: 'Correct the spelling, or move the value to the element or extension that FHIR R4 has for it.',
    severity: 'error',
  },
  {
    code: 'data/fhir-depth',
    title: 'Nested too deeply',
    why: 'No clinical record nests this deep; loaders stop or fail on it, and what lies below was not judged.',
    remedy: 'Look for a loop in the export: a record written into itself, or extensions inside extensions without end.',
    severity: 'error',
  },
  {
    code: 'data/fhir-cardinality',
    title: 'Element is missing or repeats too often',
    why: `FHIR demands this element, or allows fewer of it. ${read}`,
    remedy: 'Fill the missing element from the legacy system, or keep only as many values as FHIR R4 allows.',
    severity: 'error',
  },
  {
    code: 'data/fhir-json-type',
    title: 'Value has the wrong JSON form',
    why: `A text, number, list or object stands where another form is demanded. ${read}`,
    remedy: 'Change the export so that the element is written in the form named in the evidence.',
    severity: 'error',
  },
  {
    code: 'data/fhir-choice',
    title: 'Choice element has two values or a type it may not have',
    why: 'Which of the two values is meant can not be told, and a type that is not offered is not read.',
    remedy: 'Keep one of the `…[x]` elements, in one of the types FHIR R4 lists for it.',
    severity: 'error',
  },
  {
    code: 'data/fhir-lexical',
    title: 'Value is not written as its type demands',
    why: `Dates, times, codes, numbers and addresses have one spelling in FHIR. ${read}`,
    remedy:
      'Rewrite the value in the form named in the evidence, e.g. 2024-03-31 for a date and 2024-03-31T08:30:00Z for a time.',
    severity: 'error',
  },
  {
    code: 'data/fhir-calendar',
    title: 'Date does not exist in the calendar',
    why: 'An impossible date, such as 30 February, was probably swapped or shifted on the way; loaders refuse it or silently move it.',
    remedy: 'Look up the date in the legacy record and correct the conversion that produced it.',
    severity: 'error',
  },
  {
    code: 'data/fhir-empty',
    title: 'Empty value, object or list',
    why: 'FHIR knows no empty values: readers differ between refusing the resource and dropping the element.',
    remedy: 'Leave the element out, or say with a data-absent-reason extension why there is no value.',
    severity: 'error',
  },
  {
    code: 'data/fhir-id',
    title: 'Id is not a FHIR id',
    why: 'References to the resource can not work, because servers accept only 1 to 64 letters, digits, hyphens and dots.',
    remedy: 'Give the resource another id and change every reference to it; keep the legacy key as an identifier.',
    severity: 'error',
  },
  {
    code: 'data/fhir-narrative',
    title: 'Narrative is not safe XHTML',
    why: 'Narrative is shown to clinicians as it is; scripts, forms and broken markup are refused or shown wrongly.',
    remedy: 'Write the narrative as one <div> in the XHTML namespace with the tags FHIR allows, or generate it again.',
    severity: 'error',
  },
  {
    code: 'data/fhir-html-in-text',
    title: 'HTML tags in a plain text',
    why: 'Screens show the tags as text or, worse, run them.',
    remedy: 'Take the tags out of the text while converting; move formatted text to the narrative.',
    severity: 'warning',
  },
  {
    code: 'data/fhir-attachment',
    title: 'Attached content is damaged',
    why: 'The document, image or signature can not be opened any more.',
    remedy: 'Export the binary content again, encode it as base64 (RFC 4648) and state its true size.',
    severity: 'error',
  },
  {
    code: 'data/fhir-code-required',
    title: 'Code is not in the required value set',
    why: 'FHIR allows only the listed codes here; another code is refused, or its meaning (a status, a sex, a severity) is lost.',
    remedy: 'Map the legacy value to one of the codes of the value set named in the evidence.',
    severity: 'error',
  },
  {
    code: 'data/fhir-coding-system',
    title: 'Code system is not the address of a code system',
    why: 'A code means nothing without its system: the receiving system can not tell which list it comes from.',
    remedy:
      'Write the absolute address of the code system (e.g. http://loinc.org), not a name, an OID without urn:oid: or a value set.',
    severity: 'error',
  },
  {
    code: 'data/fhir-invariant',
    title: 'Rule of the specification is broken',
    why: 'Elements contradict each other or stand where they may not; the rule and its text are in the evidence.',
    remedy: 'Read the rule in the evidence and correct the elements it names.',
    severity: 'error',
  },
  {
    code: 'data/fhir-full-url',
    title: 'Address of a Bundle entry is wrong',
    why: 'References inside the Bundle are resolved by `fullUrl`; a relative, repeated or contradicting address sends them to the wrong record.',
    remedy: 'Give each entry one absolute `fullUrl` that ends in its own type and id, or a urn:uuid.',
    severity: 'error',
  },
  {
    code: 'data/fhir-reference-missing',
    title: 'Reference points at a record that is not in the export',
    why: 'The record loses its patient, encounter or author: it will be refused, or hang in the air.',
    remedy: 'Export the missing record as well, or correct the reference; look the pair up in the legacy system.',
    severity: 'error',
  },
  {
    code: 'data/fhir-reference-type',
    title: 'Reference points at the wrong kind of record',
    why: 'A reader that follows it finds, for instance, a location where a patient should be.',
    remedy: 'Point the reference at one of the resource types named in the evidence.',
    severity: 'error',
  },
  {
    code: 'data/fhir-contained-reference',
    title: 'Reference into the resource itself finds nothing',
    why: 'The contained record it means is not there, so its content is lost.',
    remedy: 'Add the contained resource with that id, or correct the `#id`.',
    severity: 'error',
  },
  {
    code: 'data/fhir-duplicate-id',
    title: 'Two resources have the same type and id',
    why: 'The second overwrites the first while loading: one of the two records is lost without a trace.',
    remedy: 'Find out in the legacy system whether they are one record or two, and give each record its own id.',
    severity: 'error',
  },
] as const satisfies readonly Wording[]

export type FhirCode = (typeof fhirWordings)[number]['code']
