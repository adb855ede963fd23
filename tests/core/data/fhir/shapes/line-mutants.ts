/** Lines of resources with one change each, in the text or in a value: most are wrong, some only look odd, and nobody says which. */
import type { JsonObject, JsonValue } from '../../../../../src/core/data/model/record.ts'
import type { Random } from '../../../../../src/core/random.ts'

type Members = Record<string, JsonValue>

/** Every object of a resource, itself among them. */
function objectsIn(value: JsonValue, found: Members[] = []): Members[] {
  if (Array.isArray(value)) for (const one of value) objectsIn(one, found)
  else if (typeof value === 'object' && value !== null) {
    found.push(value as Members)
    for (const member of Object.values(value)) objectsIn(member as JsonValue, found)
  }
  return found
}

const odd: readonly JsonValue[] = [
  ...[
    '',
    ' ',
    'x',
    '#',
    '#x',
    '#referral',
    'a b',
    ' a',
    'a  b',
    'é',
    '\u0000',
    '\ud83d\ude00',
    '<b>bold</b>',
    'BP <120',
    '\\',
    '"',
  ],
  ...['2021-02-30', '2021-02-29', '2020-02-29', '2020', '2020-13', '2020-06', '2021-06-31', '0000-01-01', '2021-01-01T24:00:00Z'],
  ...[
    '2021-01-01T10:00:00',
    '2021-01-01T10:00:00Z',
    '2021-01-01T10:00:00.5+14:00',
    '2021-01-01T10:00:60Z',
    '10:00:00',
    '01/02/2021',
  ],
  ...[
    'Patient/1',
    'Patient/x_y',
    'patient/1',
    'Patient/',
    'Nothing/1',
    'Practitioner/1/_history/2',
    'https://a.example/Patient/1',
  ],
  ...[
    'urn:uuid:8c2f',
    'urn:oid:1.2',
    'http://loinc.org',
    'http://loinc.org/',
    'http://hl7.org/fhir/ValueSet/x',
    '8302-2',
    '85354-9',
  ],
  ...['x'.repeat(65), 'x'.repeat(5000), 'final', 'Final', 'kg', 'mm[Hg]', 'furlong', 'USD', 'x\ny', 'vital-signs'],
  ...[0, -1, -0, 1.5, 1e21, 123456789012345680000, 0.1, 2147483648, true, false, null],
  ...[[], {}, [null], [[]], ['x'], [{}], { reference: '#referral' }, { reference: 'Patient/1', type: 'Group' }],
  ...[{ extension: [{ url: 'http://a.example/x', valueString: 'y' }] }, { coding: [{ system: 'http://loinc.org', code: 'x' }] }],
  ...[
    { start: '2021-01-02', end: '2021-01-01' },
    { start: '2021-01-01T10:00:00+02:00', end: '2021-01-01T09:00:00Z' },
  ],
]

const names = [
  'id',
  'status',
  'valueString',
  'text',
  '_birthDate',
  'extension',
  'meta',
  'contained',
  'code',
  'X',
  'value',
  'toString',
  '__proto__',
]

function changedValue(resource: JsonObject, random: Random, others: readonly JsonObject[]): JsonValue {
  const copy = structuredClone(resource) as Members
  const object = random.pick(objectsIn(copy))
  const name = random.pick([...Object.keys(object), 'id'])
  const value = object[name] as JsonValue
  switch (random.below(12)) {
    case 0:
      delete object[name]
      break
    case 1:
      Object.defineProperty(object, random.pick(names), { value, enumerable: true, configurable: true, writable: true })
      break
    case 2:
      object[name] = [value]
      break
    case 3:
      object[name] = Array.isArray(value) ? (value[0] ?? null) : value
      break
    case 4: {
      // The same element of another record.
      const donor = objectsIn(structuredClone(random.pick(others)) as JsonValue).find((one) => one[name] !== undefined)
      object[name] = donor?.[name] ?? random.pick(odd)
      break
    }
    case 5:
      if (Array.isArray(value)) object[name] = [...value, ...value, ...value]
      else object[random.pick(Object.keys(object))] = value
      break
    case 6: {
      const members = Object.entries(object).toReversed()
      for (const [key] of members) delete object[key]
      for (const [key, member] of members) object[key] = member
      break
    }
    case 7:
      copy.meta = { profile: [random.pick(['http://a.example/p', 'http://hl7.org/fhir/StructureDefinition/vitalsigns', 'x'])] }
      break
    case 8:
      object[`_${name}`] = random.pick([
        { id: 'a' },
        { extension: [{ url: 'http://a.example/x', valueCode: 'y' }] },
        [null],
        null,
      ])
      break
    default:
      object[name] = random.pick(odd)
  }
  return copy
}

const texts = [
  '"',
  '\\',
  '#',
  '<',
  ' ',
  '\t',
  '\u0001',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '0',
  'e',
  'É',
  '\ufffd',
  '\\u0041',
  '\\ud800',
  '\\n',
  '1e5',
  '1E400',
]

function changedText(line: string, random: Random): Uint8Array {
  const at = random.below(line.length)
  const encoder = new TextEncoder()
  switch (random.below(8)) {
    case 0:
      return encoder.encode(line.slice(0, at) + random.pick(texts) + line.slice(at))
    case 1:
      return encoder.encode(line.slice(0, at) + random.pick(texts) + line.slice(at + 1))
    case 2:
      return encoder.encode(line.slice(0, at) + line.slice(at + 1 + random.below(3)))
    case 3: {
      // Bytes that are no characters.
      const bytes = encoder.encode(line)
      bytes[at] = random.pick([0xff, 0xc0, 0x80, 0xed, 0xf5, 0xe2])
      return bytes
    }
    case 4:
      return encoder.encode(line.replaceAll('":', '": ').replaceAll(',"', ', "'))
    case 5: {
      // A name that stands twice.
      const [member] = /"[a-z]\w*":(?:"[^"\\]*"|\d+|true|false)/.exec(line.slice(at)) ?? []
      return encoder.encode(member === undefined ? `${line} ` : line.replace(member, `${member},${member}`))
    }
    case 6: {
      // A number written in another way.
      const numbers = [...line.matchAll(/(?<=":)-?\d+(?:\.\d+)?(?=[,}])/g)]
      const found = numbers.length > 0 ? random.pick(numbers) : null
      const other = random.pick([
        '1e5',
        '1E-2',
        '01',
        '1.',
        '-0',
        '1.50',
        '12345678901234567',
        '0.1234567890123456789',
        '+1',
        'NaN',
        '1.0',
      ])
      return encoder.encode(
        found === null ? line : line.slice(0, found.index) + other + line.slice(found.index + found[0].length),
      )
    }
    default:
      return encoder.encode(line.replace(/"([a-z])/, (_, first: string) => `"\\u00${first.charCodeAt(0).toString(16)}`))
  }
}

/** One line, without its line feed. */
export function mutantOf(resource: JsonObject, random: Random, others: readonly JsonObject[]): Uint8Array {
  if (random.below(3) === 0) return changedText(JSON.stringify(resource), random).filter((byte) => byte !== 10)
  return new TextEncoder().encode(JSON.stringify(changedValue(resource, random, others)))
}
