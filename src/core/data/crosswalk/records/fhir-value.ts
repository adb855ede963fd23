/** A carried value in the form that a FHIR R4 data type has in JSON, or why it has none. */
import { utf8 } from '../../../canonical.ts'
import { encodeBase64 } from '../../../values/base64.ts'
import type { Carried } from '../../model/carried.ts'

export type Draft = { [name: string]: DraftValue }
export type DraftValue = string | number | boolean | Draft | DraftValue[]

const ucum = 'http://unitsofmeasure.org'

export const quantityTypes: readonly string[] = [
  'Quantity',
  'SimpleQuantity',
  'Age',
  'Duration',
  'Count',
  'Distance',
  'Money',
  'MoneyQuantity',
]

/** Members that hold the words or the value of a data type, where a rule gives a text alone. */
const textMembers: ReadonlyMap<string, string> = new Map([
  ['CodeableConcept', 'text'],
  ['Coding', 'display'],
  ['Annotation', 'text'],
  ['HumanName', 'text'],
  ['Address', 'text'],
  ['Identifier', 'value'],
  ['ContactPoint', 'value'],
  ['Reference', 'display'],
])

/** The value, or the sentence part that says why the type does not take it. */
export type Written = { readonly value: DraftValue } | { readonly why: string }

const written = (value: DraftValue): Written => ({ value })

/** @param reference the record a link leads to, as `Type/id` */
export function fhirValue(
  type: string,
  carried: Carried,
  raw: string,
  rule: string,
  reference: (table: string, key: string) => string,
): Written {
  switch (carried.kind) {
    case 'reference': {
      const link = reference(carried.table, carried.key)
      return type === 'Reference' ? written({ reference: link }) : scalar(type, link)
    }
    case 'quantity': {
      const { comparator, value, unit, code } = carried
      if (!quantityTypes.includes(type)) return scalar(type, value)
      return written({
        value: Number(value),
        ...(comparator === '' ? {} : { comparator }),
        ...(unit === '' ? {} : { unit }),
        ...(code === '' ? {} : { system: ucum, code }),
      })
    }
    case 'code': {
      const { system, code, display } = carried
      const coding = { ...(system === '' ? {} : { system }), code, ...(display === '' ? {} : { display }) }
      if (type === 'CodeableConcept') return written({ coding: [coding], ...(raw === '' || raw === code ? {} : { text: raw }) })
      return type === 'Coding' ? written(coding) : scalar(type, code)
    }
    case 'unmapped':
      // What no rule covers is kept as the words it has, never as a code somebody made up.
      return type === 'CodeableConcept' ? written({ text: carried.text }) : { why: carried.why }
    default: {
      const { text } = carried
      if (carried.kind === 'number' && quantityTypes.includes(type)) {
        const number = scalar('decimal', text)
        return 'value' in number ? written({ value: number.value }) : number
      }
      const member = textMembers.get(type)
      if (member !== undefined) return written({ [member]: text })
      return rule === 'base64' || type === 'base64Binary' ? written(encodeBase64(utf8(text))) : scalar(type, text)
    }
  }
}

const time = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?$/
const day = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/
const moment = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/

/** A primitive type of FHIR R4 (datatypes.html, the regular expressions of each). */
function scalar(type: string, text: string): Written {
  switch (type) {
    case 'boolean':
      return text === 'true' || text === 'false' ? written(text === 'true') : none(type)
    case 'decimal':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? written(Number(text)) : none(type)
    case 'integer':
    case 'unsignedInt':
    case 'positiveInt': {
      const number = /^-?\d+(\.0+)?$/.test(text) ? Number(text) : Number.NaN
      const least = type === 'integer' ? -(2 ** 31) : type === 'unsignedInt' ? 0 : 1
      return number >= least && number < 2 ** 31 ? written(number) : none(type)
    }
    case 'date':
      // The day as it was written: a date has no time, so no zone can move it.
      if (moment.test(text)) return written(text.slice(0, 10))
      return day.test(text) ? written(text) : none(type)
    case 'dateTime':
    case 'instant': {
      const found = moment.exec(text)
      if (found && found[3] === undefined)
        return { why: 'FHIR wants a zone where a time is: say zone=Z or zone=+01:00 in the rule date-time' }
      return found || (type === 'dateTime' && day.test(text)) ? written(text) : none(type)
    }
    case 'time':
      return time.test(text) ? written(text) : none(type)
    default:
      return /^[A-Z]/.test(type) ? none(type) : written(text)
  }
}

function none(type: string): Written {
  return { why: `${type} is wanted, which this value is not` }
}

/** The types that a value of a kind goes to first, where an element leaves the choice. */
export function typesFor({ kind }: Carried): readonly string[] {
  switch (kind) {
    case 'number':
      return ['Quantity', 'decimal', 'integer', 'positiveInt', 'unsignedInt', 'Age', 'Duration', 'Money', 'string']
    case 'quantity':
      return ['Quantity', 'Age', 'Duration', 'Distance', 'Count', 'Money', 'decimal', 'string']
    case 'code':
      return ['CodeableConcept', 'Coding', 'code', 'string']
    case 'date':
      return ['dateTime', 'date', 'instant', 'string']
    case 'reference':
      return ['Reference', 'uri', 'string']
    case 'unmapped':
    case 'text':
      return ['string', 'CodeableConcept', 'markdown', 'code', 'uri', 'boolean']
  }
}
