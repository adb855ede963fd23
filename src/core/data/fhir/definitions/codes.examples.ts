/** Examples of `codes.ts`: one resource per line, as a bulk export has them; for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { JsonObject } from '../../model/record.ts'
import type { TableExample } from '../../model/table-example.ts'

type Parts = Omit<TableExample, 'csv'>

/** Resources as the lines of a file. */
export function lines(resources: readonly JsonObject[], parts: Parts = {}): TableExample {
  return { name: 'export.ndjson', csv: resources.map((one) => `${JSON.stringify(one)}\n`).join(''), ...parts }
}

/** A resource that flags, beside one that passes. */
export function pairOf(
  code: string,
  decides: string,
  [flag, bad]: readonly [string, JsonObject | readonly JsonObject[], Parts?],
  [pass, good]: readonly [string, JsonObject | readonly JsonObject[]],
  parts: Parts = {},
): Examples<TableExample> {
  const file = (of: JsonObject | readonly JsonObject[]): TableExample => lines(isList(of) ? of : [of], parts)
  return {
    code,
    decides,
    flags: [{ name: flag, subject: file(bad) }],
    passes: [{ name: pass, subject: file(good) }],
  }
}

function isList(of: JsonObject | readonly JsonObject[]): of is readonly JsonObject[] {
  return Array.isArray(of)
}

const patient = (more: JsonObject): JsonObject => ({ resourceType: 'Patient', id: 'p1', ...more })

const observation = (more: JsonObject): JsonObject => ({
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code: { text: 'Haemoglobin' },
  ...more,
})

const loinc = 'http://loinc.org'
const ucum = 'http://unitsofmeasure.org'
/** A profile of a clinic on Patient. */
function profile(name: string, element: readonly JsonObject[]): JsonObject {
  return {
    resourceType: 'StructureDefinition',
    url: `urn:clinic:${name}`,
    name,
    status: 'active',
    kind: 'resource',
    abstract: false,
    type: 'Patient',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    derivation: 'constraint',
    differential: { element: [{ id: 'Patient', path: 'Patient' }, ...element] },
  }
}
const of = (name: string): JsonObject => ({ profile: [`urn:clinic:${name}`] })
const clinicNumber = 'urn:oid:2.999.1'

const nested = (depth: number): JsonObject =>
  depth === 0 ? { url: 'urn:clinic:end', valueString: 'x' } : { url: 'urn:clinic:level', extension: [nested(depth - 1)] }

const xhtml = (inner: string): JsonObject => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`,
})

/** A code system of a clinic. */
const rooms = (more: JsonObject): JsonObject => ({
  resourceType: 'CodeSystem',
  id: 'rooms',
  url: 'urn:clinic:rooms',
  name: 'Rooms',
  status: 'active',
  content: 'complete',
  ...more,
})

const form: JsonObject = {
  resourceType: 'Questionnaire',
  id: 'smoking',
  url: 'urn:clinic:smoking',
  status: 'active',
  item: [{ linkId: 'smokes', text: 'Do you smoke?', type: 'boolean', required: true }],
}
const answers = (more: JsonObject): JsonObject => ({
  resourceType: 'QuestionnaireResponse',
  id: 'a1',
  questionnaire: 'urn:clinic:smoking',
  status: 'completed',
  ...more,
})

export const fhirExamples: readonly Examples<TableExample>[] = [
  pairOf(
    'data/fhir-unknown-type',
    '“resourceType” must be one of the resource types of FHIR R4.',
    ['a type that R4 does not have', { resourceType: 'Person2', id: 'p1' }],
    ['a patient', patient({})],
  ),
  pairOf(
    'data/fhir-unknown-element',
    'Each member must be an element that R4 defines for the resource or type that holds it.',
    ['a name of a table column', patient({ firstName: 'Ada' })],
    ['the element of FHIR', patient({ name: [{ given: ['Ada'] }] })],
  ),
  {
    code: 'data/fhir-depth',
    decides: 'An element flags if more than 512 names and indexes lead to it. It is not judged further down.',
    flags: [],
    unshown:
      'JSON nested that deeply is refused while a file is read. The judge keeps the limit for resources that reach it in other ways.',
    passes: [{ name: 'an extension in an extension', subject: lines([patient({ extension: [nested(1)] })]) }],
  },
  pairOf(
    'data/fhir-cardinality',
    'Entries of each element are counted and compared with the minimum and maximum of R4 and of the profile.',
    ['an observation without status', { resourceType: 'Observation', id: 'o1', code: { text: 'Weight' } }],
    ['an observation with status and code', observation({})],
  ),
  pairOf(
    'data/fhir-json-type',
    'Text, number, true or false, object or list: each element must have the JSON form that its type demands.',
    ['true as a text', patient({ active: 'true' })],
    ['true without quotation marks', patient({ active: true })],
  ),
  pairOf(
    'data/fhir-choice',
    'Of an element “value[x]” one member at most may be filled, with a type that R4 lists for it.',
    ['two values at once', observation({ valueString: '13', valueInteger: 13 })],
    ['one value', observation({ valueString: '13' })],
  ),
  pairOf(
    'data/fhir-lexical',
    'Each primitive value must match the regular expression that R4 gives for its type.',
    ['a date with slashes', patient({ birthDate: '03/02/1970' })],
    ['year, month and day', patient({ birthDate: '1970-02-03' })],
  ),
  pairOf(
    'data/fhir-calendar',
    'Each date must be a day that exists in the calendar.',
    ['30 February', patient({ birthDate: '1970-02-30' })],
    ['28 February', patient({ birthDate: '1970-02-28' })],
  ),
  pairOf(
    'data/fhir-empty',
    'Empty texts, objects and lists flag, and null where no extension stands for it.',
    ['an empty list of names', patient({ name: [] })],
    ['no list where there is no name', patient({ gender: 'unknown' })],
  ),
  pairOf(
    'data/fhir-id',
    'An id must be 1 to 64 letters, digits, hyphens or dots.',
    ['an id with a blank', patient({ id: 'p 1' })],
    ['letters, digits and hyphens', patient({ id: 'p-1' })],
  ),
  pairOf(
    'data/fhir-narrative',
    'The narrative must be one well-formed div of XHTML with the tags and attributes that FHIR allows, without scripts and forms.',
    ['a script', patient({ text: xhtml('<script>alert(1)</script>') })],
    ['a paragraph', patient({ text: xhtml('<p>Ada Stone</p>') })],
  ),
  pairOf(
    'data/fhir-html-in-text',
    'A plain text flags if it holds what reads as an HTML tag.',
    ['a line break of HTML', observation({ code: { text: 'Haemoglobin<br/>fasting' } })],
    ['a comma', observation({ code: { text: 'Haemoglobin, fasting' } })],
  ),
  pairOf(
    'data/fhir-example-address',
    'An address flags if its host is example.org, example.com or example.net (RFC 2606).',
    ['an identifier of example.org', patient({ identifier: [{ system: 'http://example.org/mrn', value: '1' }] })],
    ['an identifier of the clinic', patient({ identifier: [{ system: clinicNumber, value: '1' }] })],
    { settings: ['examples=false'] },
  ),
  pairOf(
    'data/fhir-extension-unknown',
    'An extension flags if neither R4 nor a loaded package defines its address.',
    ['an extension of the old system', patient({ extension: [{ url: 'urn:clinic:room', valueString: '12' }] })],
    [
      'an extension that R4 defines',
      patient({
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { city: 'Ulm' } }],
      }),
    ],
  ),
  pairOf(
    'data/fhir-extension-context',
    'The element that holds the extension must be one of those that its definition names.',
    [
      'the place of birth beside a result',
      observation({
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { city: 'Ulm' } }],
      }),
    ],
    [
      'the place of birth of a patient',
      patient({
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { city: 'Ulm' } }],
      }),
    ],
  ),
  pairOf(
    'data/fhir-attachment',
    'The content must be base64; size and SHA-1 must be those that the attachment states.',
    ['nine bytes that are seven', patient({ photo: [{ contentType: 'text/plain', data: 'cGF0aWVudA==', size: 9 }] })],
    ['seven bytes', patient({ photo: [{ contentType: 'text/plain', data: 'cGF0aWVudA==', size: 7 }] })],
  ),
  pairOf(
    'data/fhir-code-required',
    'A code with a required binding must be in the value set.',
    ['the code of the old system', patient({ gender: 'F' })],
    ['the code of FHIR', patient({ gender: 'female' })],
  ),
  pairOf(
    'data/fhir-code-extensible',
    'A code with an extensible binding should be in the value set, if none of its codes fits.',
    [
      'a marital status of the old system',
      patient({ maritalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'OTH' }] } }),
    ],
    [
      'a marital status of HL7',
      patient({ maritalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }] } }),
    ],
  ),
  pairOf(
    'data/fhir-code-preferred',
    'A code with a preferred binding is compared with the value set; another one is a note.',
    [
      'a language that is not among the usual ones',
      patient({ communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'gsw' }] } }] }),
    ],
    ['German', patient({ communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'de' }] } }] })],
  ),
  pairOf(
    'data/fhir-code-unknown',
    'A code of a code system that is known as a whole must be one of its codes.',
    [
      'a code that the system does not have',
      {
        resourceType: 'Condition',
        id: 'c1',
        subject: { display: 'Ada Stone' },
        severity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'open' }] },
      },
    ],
    [
      'a code that it has',
      {
        resourceType: 'Condition',
        id: 'c1',
        subject: { display: 'Ada Stone' },
        severity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
      },
    ],
  ),
  pairOf(
    'data/fhir-unit',
    'A unit whose system is UCUM must follow the grammar of UCUM.',
    ['a unit in words', observation({ valueQuantity: { value: 13, unit: 'grams', system: ucum, code: 'grams/dl' } })],
    ['the code of UCUM', observation({ valueQuantity: { value: 13, unit: 'g/dL', system: ucum, code: 'g/dL' } })],
  ),
  pairOf(
    'data/fhir-display',
    'A display must be one of the texts that the code system gives its code.',
    [
      'the word of another room',
      observation({ bodySite: { coding: [{ system: 'urn:clinic:rooms', code: 'A', display: 'Kitchen' }] } }),
    ],
    [
      'the word of the code',
      observation({ bodySite: { coding: [{ system: 'urn:clinic:rooms', code: 'A', display: 'Ward A' }] } }),
    ],
    { definitions: [rooms({ concept: [{ code: 'A', display: 'Ward A' }] })] },
  ),
  pairOf(
    'data/fhir-fixed',
    'The value must be exactly the one that the profile fixes.',
    ['the number of another system', patient({ meta: of('numbered'), identifier: [{ system: 'urn:oid:2.999.2', value: '1' }] })],
    ['the number that the profile fixes', patient({ meta: of('numbered'), identifier: [{ system: clinicNumber, value: '1' }] })],
    {
      definitions: [
        profile('numbered', [{ id: 'Patient.identifier.system', path: 'Patient.identifier.system', fixedUri: clinicNumber }]),
      ],
    },
  ),
  pairOf(
    'data/fhir-pattern',
    'The value must hold all members of the pattern that the profile gives; more are allowed.',
    ['no language that the profile asks for', patient({ meta: of('spoken'), maritalStatus: { text: 'single' } })],
    ['all members of the pattern', patient({ meta: of('spoken'), maritalStatus: { text: 'married' } })],
    {
      definitions: [
        profile('spoken', [
          { id: 'Patient.maritalStatus', path: 'Patient.maritalStatus', patternCodeableConcept: { text: 'married' } },
        ]),
      ],
    },
  ),
  pairOf(
    'data/fhir-slice',
    'Entries are sorted into the slices of the profile by its discriminator. Each slice has its own minimum and maximum.',
    ['no identifier of the clinic', patient({ meta: of('sliced'), identifier: [{ system: 'urn:oid:2.999.2', value: '1' }] })],
    ['one identifier of the clinic', patient({ meta: of('sliced'), identifier: [{ system: clinicNumber, value: '1' }] })],
    {
      definitions: [
        profile('sliced', [
          {
            id: 'Patient.identifier',
            path: 'Patient.identifier',
            slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' },
            min: 1,
          },
          { id: 'Patient.identifier:own', path: 'Patient.identifier', sliceName: 'own', min: 1, max: '1' },
          { id: 'Patient.identifier:own.system', path: 'Patient.identifier.system', min: 1, fixedUri: clinicNumber },
        ]),
      ],
    },
  ),
  pairOf(
    'data/fhir-profile',
    'The resource is judged by each profile that it names or that the run asks for.',
    ['true where the profile asks for a number', patient({ meta: of('births'), multipleBirthBoolean: true })],
    ['a number', patient({ meta: of('births'), multipleBirthInteger: 2 })],
    {
      definitions: [
        profile('births', [{ id: 'Patient.multipleBirth[x]', path: 'Patient.multipleBirth[x]', type: [{ code: 'integer' }] }]),
      ],
    },
  ),
  pairOf(
    'data/fhir-modifier-unknown',
    'A modifier extension flags if no definition is known for its address.',
    ['a modifier of the old system', patient({ modifierExtension: [{ url: 'urn:clinic:not-this-one', valueBoolean: true }] })],
    ['no modifier', patient({})],
  ),
  pairOf(
    'data/fhir-coding-system',
    'The system of a coding must be an absolute address, and not that of a value set.',
    ['a name in the place of an address', observation({ code: { coding: [{ system: 'LOINC', code: '718-7' }] } })],
    ['the address of LOINC', observation({ code: { coding: [{ system: loinc, code: '718-7' }] } })],
  ),
  pairOf(
    'data/fhir-invariant',
    'The FHIRPath expression of the rule must be true of the element.',
    ['a contact without name, address and number (pat-1)', patient({ contact: [{ gender: 'female' }] })],
    ['a contact with a name', patient({ contact: [{ name: { family: 'Stone' } }] })],
  ),
  pairOf(
    'data/fhir-questionnaire',
    'Each answer is looked up in the questionnaire: required items, types, options, and items that are disabled.',
    ['a required answer that is missing', answers({})],
    ['the answer that the form asks for', answers({ item: [{ linkId: 'smokes', answer: [{ valueBoolean: false }] }] })],
    { definitions: [form] },
  ),
  pairOf(
    'data/fhir-bundle',
    'Entries are judged by the type of the Bundle: requests of transactions, ids of search results, order of histories.',
    [
      'a request that names another type',
      {
        resourceType: 'Bundle',
        id: 'b1',
        type: 'transaction',
        entry: [
          {
            fullUrl: 'urn:uuid:0b6c2a1e-7d3f-4f5a-9c1b-2e8d4a6f7b90',
            resource: patient({}),
            request: { method: 'POST', url: 'Observation' },
          },
        ],
      },
    ],
    [
      'a request that names its type',
      {
        resourceType: 'Bundle',
        id: 'b1',
        type: 'transaction',
        entry: [
          {
            fullUrl: 'urn:uuid:0b6c2a1e-7d3f-4f5a-9c1b-2e8d4a6f7b90',
            resource: patient({}),
            request: { method: 'POST', url: 'Patient' },
          },
        ],
      },
    ],
  ),
  pairOf(
    'data/fhir-definition',
    'Codes, references and counts inside a definition must agree with each other.',
    [
      'a text where the property is declared a code',
      rooms({
        property: [{ code: 'floor', type: 'code' }],
        concept: [{ code: 'A', property: [{ code: 'floor', valueString: '1' }] }],
      }),
    ],
    [
      'the type that is declared',
      rooms({
        property: [{ code: 'floor', type: 'code' }],
        concept: [{ code: 'A', property: [{ code: 'floor', valueCode: '1' }] }],
      }),
    ],
  ),
]
