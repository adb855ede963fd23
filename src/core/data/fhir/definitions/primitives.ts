/** The lexical form of every FHIR R4 primitive type (§2.24.0.1), hand-written: R4's own base64 expression backtracks exponentially. */
import type { JsonValue } from '../../model/record.ts'
import { dateTimeTrouble, dateTrouble, instantTrouble, timeTrouble } from './calendar.ts'
import type { FhirCode } from './codes.ts'
import { narrativeTrouble } from './narrative.ts'
import type { FhirSettings } from './settings.ts'

export interface ValueTrouble {
  readonly code: FhirCode
  /** What should stand there, for a person. */
  readonly expected: string
  /** Where it is not that of the code. */
  readonly severity?: 'error'
}

/** Null when the value is a well-formed value of the type. */
export type PrimitiveCheck = (value: JsonValue) => ValueTrouble | null

const largestInteger = 2147483647
const longestString = 1048576

const checks = new Map<string, PrimitiveCheck>([
  ['boolean', (value) => (typeof value === 'boolean' ? null : form('true or false, without quotes'))],
  ['integer', (value) => integer(value, -largestInteger - 1)],
  ['unsignedInt', (value) => integer(value, 0)],
  ['positiveInt', (value) => integer(value, 1)],
  // One beyond what programs hold is a number all the same; the reader tells what becomes of it (data/json-number-precision).
  ['decimal', (value) => (typeof value === 'number' ? null : form('a number, without quotes'))],
  ['string', text(plain)],
  ['markdown', text(plain)],
  ['id', text((value) => (isId(value) ? null : { code: 'data/fhir-id', expected: '1 to 64 letters, digits, hyphens or dots' }))],
  [
    'code',
    text((value) =>
      isSolid(value) || /^\S+( \S+)*$/.test(value) ? null : lexical('a code without leading, trailing or double spaces'),
    ),
  ],
  ['uri', text(uri)],
  ['url', text(uri)],
  ['canonical', text(uri)],
  ['oid', text((value) => (value.startsWith('urn:oid:') ? uri(value) : lexical('an OID that starts with urn:oid:')))],
  ['uuid', text((value) => (value.startsWith('urn:uuid:') ? uri(value) : lexical('a UUID that starts with urn:uuid:')))],
  ['date', text(dateTrouble)],
  ['dateTime', text(dateTimeTrouble)],
  ['instant', text(instantTrouble)],
  ['time', text(timeTrouble)],
  [
    'base64Binary',
    text((value) => (isBase64(value) ? null : { code: 'data/fhir-attachment', expected: 'base64 text (RFC 4648)' })),
  ],
  ['xhtml', text(narrativeTrouble)],
])

/** The check of a primitive type, or null where the name is no primitive type. */
export function primitiveCheck(type: string): PrimitiveCheck | null {
  return checks.get(type) ?? null
}

/** The same under the settings of a run, which may take offence at more. */
export function primitiveCheckUnder(type: string, settings: FhirSettings): PrimitiveCheck | null {
  const check = primitiveCheck(type)
  if (check === null) return null
  if (!settings.examples && (type === 'uri' || type === 'url' || type === 'canonical'))
    return (value) => check(value) ?? (typeof value === 'string' && isExample(value) ? exampleTrouble : null)
  const isStrict = settings.securityChecks && (type === 'string' || type === 'markdown')
  const noTags = settings.noHtmlInMarkdown && type === 'markdown'
  if (!isStrict && !noTags) return check
  return (value) => {
    const trouble = check(value)
    if (trouble?.code === 'data/fhir-html-in-text') return { ...trouble, severity: 'error' }
    return trouble === null && noTags && typeof value === 'string' && /<[A-Za-z/!?]/.test(value) ? tagTrouble : trouble
  }
}

const tagTrouble: ValueTrouble = {
  code: 'data/fhir-html-in-text',
  expected: 'markdown without anything that begins like a tag',
  severity: 'error',
}

/** Names that RFC 2606 keeps for examples. */
const exampleTrouble: ValueTrouble = {
  code: 'data/fhir-example-address',
  expected: 'an address that is in use; example.org, example.com and example.net are for examples',
}

function isExample(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#]*\.)?example\.(?:org|com|net)(?:[:/?#]|$)/i.test(value)
}

function form(expected: string): ValueTrouble {
  return { code: 'data/fhir-json-type', expected }
}

function lexical(expected: string): ValueTrouble {
  return { code: 'data/fhir-lexical', expected }
}

function integer(value: JsonValue, least: number): ValueTrouble | null {
  if (typeof value !== 'number') return form('a whole number, without quotes')
  return Number.isInteger(value) && value >= least && value <= largestInteger
    ? null
    : lexical(`a whole number from ${least} to ${largestInteger}`)
}

function text(check: (value: string) => ValueTrouble | null): PrimitiveCheck {
  return (value) => {
    if (typeof value !== 'string') return form('a text in quotes')
    return value === '' ? { code: 'data/fhir-empty', expected: 'a text that is not empty, or no element' } : check(value)
  }
}

function plain(value: string): ValueTrouble | null {
  if (value.length > longestString) return lexical('a text of at most 1,048,576 characters')
  let hasTag = false
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at)
    if (unit === 60) hasTag = true
    else if (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13)
      return lexical('a text without control characters other than tab and line breaks')
  }
  return hasTag && htmlTag.test(value) ? { code: 'data/fhir-html-in-text', expected: 'plain text without HTML tags' } : null
}

/** Tags by name, so that "BP <120" and "<50 cells>" stay plain text. */
const htmlTag =
  /<\/?(?:a|abbr|b|blockquote|body|br|button|code|dd|div|dl|dt|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta|object|ol|p|pre|script|small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]{0,500})?\/?>/i

function uri(value: string): ValueTrouble | null {
  if (!isSolid(value) && /\s/.test(value)) return lexical('an address without spaces')
  if (value.charCodeAt(0) !== 117) return null
  if (value.startsWith('urn:oid:') && !/^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/.test(value))
    return lexical('urn:oid: followed by numbers and dots')
  if (value.startsWith('urn:uuid:') && !/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value))
    return lexical('urn:uuid: followed by a UUID in lower case')
  return null
}

/** Visible ASCII only, as nearly every code and address is: what is left asks an expression about other white space. */
function isSolid(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at)
    if (unit < 33 || unit > 126) return false
  }
  return true
}

/** 1 to 64 letters, digits, hyphens and dots. */
export function isId(value: string): boolean {
  if (value.length > 64) return false
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at)
    const isLetter = (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90)
    if (!isLetter && !(unit >= 48 && unit <= 57) && unit !== 45 && unit !== 46) return false
  }
  return value !== ''
}

/** One linear pass; white space may stand between groups. */
function isBase64(value: string): boolean {
  let symbols = 0
  let padding = 0
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at)
    if (unit === 32 || unit === 9 || unit === 10 || unit === 13) continue
    if (unit === 61) padding++
    else if (padding > 0 || !isBase64Symbol(unit)) return false
    symbols++
  }
  return symbols > 0 && symbols % 4 === 0 && padding <= 2
}

function isBase64Symbol(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit === 43 || unit === 47
}
