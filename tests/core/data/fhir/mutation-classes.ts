/** The checklist of single defects: each variant says what it changes at one member of a resource, and what has to be told about it. */
import type { JsonObject, JsonValue } from '../../../../src/core/data/model/record.ts'
import type { Change, MutationClass, Site } from './mutants.ts'

export interface DefectClass {
  /** Number in the checklist; 0 for classes beyond it. */
  readonly number: number
  readonly name: string
  readonly variants: readonly MutationClass[]
}

const at = (site: Site, name = site.name): string => `${site.parentPath}.${name}`
const first = (site: Site): string => (site.rule.repeats ? `${at(site)}[0]` : at(site))
const replaced = (site: Site, value: JsonValue): { readonly [name: string]: JsonValue } => ({
  [site.name]: site.rule.repeats && Array.isArray(site.value) ? [value, ...site.value.slice(1)] : value,
})
const isA = (site: Site, ...types: string[]): boolean => site.use !== null && types.includes(site.use.code) && !site.isResourceId
const isTop = (site: Site): boolean => site.holder.kind === 'resource' && site.rule.id.split('.').length === 2
const leaf = (value: JsonValue): JsonValue => (Array.isArray(value) ? (value[0] ?? null) : value)
const choiceAt = (site: Site): string => at(site, `${site.rule.name}[x]`)

/** Puts each of the values where one of the types stands. */
function instead(types: readonly string[], code: string, ...values: readonly JsonValue[]): MutationClass[] {
  return values.map(
    (value) => (site) => (isA(site, ...types) ? { set: replaced(site, value), expected: `${code} ${first(site)}` } : null),
  )
}

/** Members added to a whole resource of a type; `known` is its id, by which each resource has one such site. */
function added(
  type: string,
  members: (resource: JsonObject) => JsonObject | null,
  expected: (path: string) => string,
): MutationClass {
  return (site) => {
    const set = site.isResourceId && site.holder.name === type ? members(site.object) : null
    return set === null ? null : { set, expected: expected(site.parentPath) }
  }
}

const missing =
  (wanted: (site: Site) => boolean): MutationClass =>
  (site) =>
    site.rule.min > 0 && !site.rule.choice && site.siblings > 1 && wanted(site)
      ? { set: { [site.name]: undefined }, expected: `cardinality ${at(site)}` }
      : null

const unknown =
  (name: string, wanted: (site: Site) => boolean): MutationClass =>
  (site) =>
    wanted(site) && !site.rule.choice ? { set: { [name]: 'x' }, expected: `unknown-element ${site.parentPath}` } : null

const unlisted =
  (types: readonly string[], value: JsonValue, wanted: (site: Site) => boolean): MutationClass =>
  (site, definitions) =>
    isA(site, ...types) &&
    site.rule.binding?.strength === 'required' &&
    definitions.expansion(site.rule.binding.valueSet) !== null &&
    wanted(site)
      ? { set: replaced(site, value), expected: `code-required ${first(site)}` }
      : null

const misspelt =
  (change: (type: string) => string): MutationClass =>
  (site) => {
    if (!site.isResourceId) return null
    const type = change(site.holder.name)
    // A line that is of no known type is called by what it says it is.
    return { set: { resourceType: type }, expected: `unknown-type ${site.parent.length === 0 ? type : site.parentPath}` }
  }

const narrative =
  (inner: string): MutationClass =>
  (site) =>
    isA(site, 'xhtml')
      ? {
          set: { [site.name]: `<div xmlns="http://www.w3.org/1999/xhtml"><p>Seen today</p>${inner}</div>` },
          expected: `narrative ${at(site)}`,
        }
      : null

const period = (start: string, end: string): MutationClass[] => instead(['Period'], 'invariant', { start, end })
const coded = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] })
const conditionSystem = 'http://terminology.hl7.org/CodeSystem/condition-'
const hasValue = (resource: JsonObject): boolean => Object.keys(resource).some((name) => /^value[A-Z]/.test(name))

export const defectClasses: readonly DefectClass[] = [
  { number: 1, name: 'required element missing at the top', variants: [missing(isTop)] },
  { number: 2, name: 'required element missing deeper', variants: [missing((site) => !isTop(site))] },
  { number: 3, name: 'unknown element at the top', variants: [unknown('nickname', isTop), unknown('extraValue', isTop)] },
  {
    number: 4,
    name: 'unknown element deeper',
    variants: [unknown('surname', (site) => !isTop(site)), unknown('_note', (site) => !isTop(site))],
  },
  {
    number: 5,
    name: 'text where a number or truth value belongs',
    variants: instead(['boolean', 'integer', 'decimal', 'positiveInt', 'unsignedInt'], 'json-type', '1', 'true', 'yes'),
  },
  {
    number: 6,
    name: 'single value where a list belongs',
    variants: [
      (site) =>
        site.rule.repeats && Array.isArray(site.value)
          ? { set: { [site.name]: site.value[0] }, expected: `json-type ${at(site)}` }
          : null,
    ],
  },
  {
    number: 7,
    name: 'list where a single value belongs',
    variants: [
      (site) => (site.rule.repeats ? null : { set: { [site.name]: [site.value] }, expected: `json-type ${at(site)}` }),
      (site) =>
        site.rule.repeats ? null : { set: { [site.name]: [site.value, site.value] }, expected: `json-type ${at(site)}` },
    ],
  },
  {
    number: 8,
    name: 'date in another order',
    variants: instead(['date', 'dateTime', 'instant'], 'lexical', '01/31/2020', '31.01.2020', '20200131', '2020-1-31'),
  },
  {
    number: 9,
    name: 'impossible date',
    variants: [
      ...instead(['date', 'dateTime'], 'calendar', '2021-02-30', '1900-02-29', '2020-13-01', '0000-01-01'),
      ...instead(['instant', 'dateTime'], 'calendar', '2021-04-31T10:00:00Z', '2021-04-30T24:00:00Z'),
    ],
  },
  {
    number: 10,
    name: 'time without zone',
    variants: instead(['instant', 'dateTime'], 'lexical', '2021-04-30T10:00:00', '2021-04-30T10:00:00.123'),
  },
  {
    number: 11,
    name: 'code outside its required value set',
    variants: [
      unlisted(['code'], 'Final', (site) => site.holder.kind === 'resource'),
      unlisted(['code'], 'zz-none', (site) => site.holder.kind === 'resource'),
    ],
  },
  {
    number: 12,
    name: 'concept outside its required value set',
    variants: [
      unlisted(['CodeableConcept'], coded('http://legacy.example', 'A'), () => true),
      unlisted(['CodeableConcept'], { text: 'active' }, () => true),
    ],
  },
  {
    number: 13,
    name: 'code of a data type outside its value set',
    variants: [
      unlisted(['code'], 'mobil', (site) => site.holder.kind !== 'resource'),
      unlisted(['code'], 'Official', (site) => site.holder.kind !== 'resource'),
    ],
  },
  { number: 14, name: 'second value of a choice', variants: [secondChoice] },
  {
    number: 15,
    name: 'required choice missing',
    variants: [
      (site) =>
        site.rule.min > 0 && site.rule.choice && site.siblings > 1
          ? { set: { [site.name]: undefined }, expected: `cardinality ${choiceAt(site)}` }
          : null,
    ],
  },
  {
    number: 16,
    name: 'choice with an unknown type',
    variants: ['Qty', 'Text', 'Zz'].map(
      (suffix): MutationClass =>
        (site) =>
          site.rule.choice
            ? { set: { [site.name]: undefined, [site.rule.name + suffix]: site.value }, expected: `choice ${choiceAt(site)}` }
            : null,
    ),
  },
  {
    number: 17,
    name: 'bad id',
    variants: ['a_b', 'a'.repeat(65), 'a b', 'ä'].map(
      (id): MutationClass =>
        (site) =>
          site.isResourceId ? { set: { id }, expected: `id ${at(site)}` } : null,
    ),
  },
  {
    number: 18,
    name: 'empty text, list or object',
    variants: [
      ...instead(['string', 'code', 'uri', 'date', 'dateTime'], 'empty', ''),
      (site) => (site.rule.repeats ? { set: { [site.name]: [] }, expected: `empty ${at(site)}` } : null),
      (site) =>
        typeof leaf(site.value) === 'object' && site.name !== 'resource' && site.name !== 'contained'
          ? { set: replaced(site, {}), expected: `empty ${first(site)}` }
          : null,
    ],
  },
  {
    number: 19,
    name: 'null',
    variants: [
      (site) => (site.rule.repeats ? null : { set: { [site.name]: null }, expected: `empty ${at(site)}` }),
      (site) => (site.rule.repeats ? { set: { [site.name]: [null] }, expected: `empty ${at(site)}[0]` } : null),
    ],
  },
  {
    number: 20,
    name: 'period that ends before it starts',
    variants: [
      ...period('2021-03-02', '2021-03-01'),
      ...period('2021-04', '2021-03-31'),
      ...period('2022', '2021-12-31T23:00:00Z'),
      ...period('2021-03-01T10:00:00+01:00', '2021-03-01T08:59:59Z'),
    ],
  },
  {
    number: 21,
    name: 'obs-6: value and a reason for having none',
    variants: [
      added(
        'Observation',
        (resource) => ({
          ...(hasValue(resource) ? {} : { valueString: 'x' }),
          dataAbsentReason: coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown'),
        }),
        (path) => `invariant ${path}`,
      ),
    ],
  },
  {
    number: 22,
    name: 'con-5: entered in error with a clinical status',
    variants: ['active', 'inactive', 'resolved'].map((status) =>
      added(
        'Condition',
        () => ({
          verificationStatus: coded(`${conditionSystem}ver-status`, 'entered-in-error'),
          clinicalStatus: coded(`${conditionSystem}clinical`, status),
        }),
        (path) => `invariant ${path}`,
      ),
    ),
  },
  {
    number: 23,
    name: 'qty-3: unit code without its system',
    variants: instead(['Quantity', 'SimpleQuantity', 'Age', 'Duration'], 'invariant', { value: 1, unit: 'kg', code: 'kg' }),
  },
  {
    number: 24,
    name: 'pat-1: contact without name, address, telecom or organization',
    variants: [{ gender: 'female' }, { relationship: [{ text: 'mother' }] }].map((contact) =>
      added(
        'Patient',
        () => ({ contact: [contact] }),
        (path) => `invariant ${path}.contact[0]`,
      ),
    ),
  },
  {
    number: 25,
    name: 'reference into the resource that finds nothing',
    variants: instead(['Reference'], 'contained-reference', { reference: '#nobody' }, { reference: '#p-1', display: 'x' }),
  },
  {
    number: 26,
    name: 'reference to the wrong kind of record',
    variants: [
      { reference: 'Substance/1' },
      { reference: 'https://ehr.example/fhir/Substance/1' },
      { reference: 'Substance/1/_history/2' },
    ].map(
      (value): MutationClass =>
        (site) =>
          isA(site, 'Reference') &&
          !site.use?.targets.some((target) => target === 'Resource' || target === 'Substance') &&
          (site.use?.targets.length ?? 0) > 0
            ? { set: replaced(site, value), expected: `reference-type ${first(site)}` }
            : null,
    ),
  },
  {
    number: 27,
    name: 'misspelt resource type',
    variants: [misspelt((type) => `${type}s`), misspelt((type) => type.slice(0, -1)), misspelt((type) => type.toLowerCase())],
  },
  {
    number: 28,
    name: 'negative count or fraction of a whole number',
    variants: [
      ...instead(['positiveInt', 'unsignedInt'], 'lexical', -1),
      ...instead(['integer', 'positiveInt', 'unsignedInt'], 'lexical', 1.5, 2147483648),
    ],
  },
  {
    number: 29,
    name: 'script in a narrative',
    variants: [
      narrative('<script>alert(1)</script>'),
      narrative('<p onclick="alert(1)">x</p>'),
      narrative('<a href="javascript:alert(1)">x</a>'),
      narrative('<iframe src="https://a.example/"></iframe>'),
      narrative('<a href="#nowhere">x</a>'),
    ],
  },
  {
    number: 0,
    name: 'number where a text belongs',
    variants: instead(['string', 'code', 'uri', 'date', 'dateTime', 'instant', 'markdown'], 'json-type', 7, true),
  },
  {
    number: 0,
    name: 'text where an object belongs',
    variants: [
      (site) =>
        typeof leaf(site.value) === 'object' ? { set: replaced(site, 'x'), expected: `json-type ${first(site)}` } : null,
    ],
  },
  {
    number: 0,
    name: 'code system by name, or a value set as code system',
    variants: ['LOINC', 'snomed.info/sct', 'http://hl7.org/fhir/ValueSet/observation-codes'].map(
      (system): MutationClass =>
        (site) =>
          site.holder.name === 'Coding' && site.name === 'system'
            ? { set: { system }, expected: `coding-system ${at(site)}` }
            : null,
    ),
  },
  {
    number: 0,
    name: 'code that a code system of FHIR does not have',
    variants: [
      (site) =>
        site.holder.name === 'Coding' && site.name === 'code'
          ? { set: { system: 'http://hl7.org/fhir/observation-status', code: 'finnal' }, expected: `code-unknown ${at(site)}` }
          : null,
    ],
  },
  {
    number: 0,
    name: 'attachment whose size is not that of its data, or whose data is no base64',
    variants: [
      added(
        'Patient',
        () => ({ photo: [{ contentType: 'text/plain', data: 'QUJD', size: 7 }] }),
        (path) => `attachment ${path}.photo[0].size`,
      ),
      added(
        'Patient',
        () => ({ photo: [{ contentType: 'text/plain', data: 'QU.D' }] }),
        (path) => `attachment ${path}.photo[0].data`,
      ),
    ],
  },
  {
    number: 0,
    name: 'text of more than a million characters',
    variants: instead(['string'], 'lexical', 'x'.repeat(1_048_577)),
  },
]

function secondChoice(site: Site): Change | null {
  const other = site.rule.types.find(
    (type) => ['string', 'boolean', 'dateTime', 'Period', 'CodeableConcept'].includes(type.code) && type.code !== site.use?.code,
  )
  if (!site.rule.choice || other === undefined) return null
  const values: { readonly [type: string]: JsonValue } = {
    string: 'x',
    boolean: true,
    dateTime: '2020',
    Period: { start: '2020' },
    CodeableConcept: { text: 'x' },
  }
  const name = `${site.rule.name}${other.code.charAt(0).toUpperCase()}${other.code.slice(1)}`
  return { set: { [name]: values[other.code] ?? 'x' }, expected: `choice ${choiceAt(site)}` }
}
