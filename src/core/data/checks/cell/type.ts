/** The type a schema gives a column, except dates, which have their own check. */

import { dateParser, isDateType } from '../../../values/calendar.ts'
import { decimalOf } from '../../../values/decimal.ts'
import type { JsonObject } from '../../model/record.ts'
import { byteList } from '../bytes/byte-list.ts'
import { isPlainInteger, isPlainNumber } from '../bytes/number-bytes.ts'
import { patternBytes } from '../bytes/pattern-bytes.ts'
import { isUuid } from '../bytes/uuid-bytes.ts'
import { alwaysPasses, type BytesTest, type CellCheck, type CellJudge, cellEvidence } from '../contract/check.ts'

export const type: CellCheck = {
  code: 'data/type',
  title: 'Values of another type than the schema asks for',
  why: 'The new system refuses these values or stores something else: a dose that is text can not be calculated with.',
  remedy: 'Look at the values: correct them in the legacy system, or map them with a rule before loading.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'form',
  scope: 'cell',
  decides: true,
  bind(params) {
    const named = typeof params.type === 'string' ? params.type : 'string'
    const accepts = acceptor(named, params)
    if (typeof accepts === 'string') return accepts
    const facts = [{ name: 'expected', value: named }]
    const see: CellJudge['see'] = (cell) => (accepts(cell.text.trim()) ? null : cellEvidence(cell, facts))
    const lowered = bytesTest(named, params)
    return typeof lowered === 'string' ? { see, onText: lowered } : { see, passes: lowered }
  },
}

const jsonForms = { integer: '-?(0|[1-9][0-9]*)', number: '-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?' }

/** What a type means on bytes; a sentence where it needs texts. Blanks around a value are left to the text. */
function bytesTest(named: string, params: JsonObject): BytesTest | string {
  if (params.grammar === 'json' && (named === 'integer' || named === 'number'))
    return patternBytes(jsonForms[named], true, 'ecma')
  if (named === 'integer' || named === 'number') {
    if (params.groupChar !== undefined) return 'Its numbers may be written with group characters.'
    const point = typeof params.decimalChar === 'string' ? params.decimalChar : '.'
    if (named === 'integer') return isPlainInteger
    return point.length === 1 && point.charCodeAt(0) < 128
      ? isPlainNumber(point.charCodeAt(0))
      : 'Its decimal mark is no single ASCII character.'
  }
  if (named === 'any') return alwaysPasses
  if (named === 'boolean') return byteList(booleanWords(params))
  if (named === 'string') {
    const format = typeof params.format === 'string' ? params.format : 'default'
    if (format === 'default') return alwaysPasses
    if (format === 'uuid') return isUuid
    return patternBytes(stringForms.get(format)?.source ?? '(?!)', true, 'ecma')
  }
  return `The type "${named}" is judged on texts.`
}

type Accepts = (text: string) => boolean

function acceptor(named: string, params: JsonObject): Accepts | string {
  switch (named) {
    case 'string':
      return stringFormat(typeof params.format === 'string' ? params.format : 'default')
    case 'any':
      return () => true
    case 'integer':
    case 'number':
      return params.grammar === 'json' ? jsonNumber(named) : numeric(named, params)
    case 'boolean':
      return oneOf(booleanWords(params))
    case 'duration':
      return (text) => /^-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text)
    case 'geojson':
      return (text) => isGeography(text, params.format === 'topojson')
    case 'object':
      return (text) => jsonKind(text) === 'object'
    case 'array':
      return (text) => jsonKind(text) === 'array'
    case 'list':
      return list(params)
    case 'geopoint':
      return geopoint(params.format)
    default:
      return `The type "${named}" is not known.`
  }
}

function booleanWords(params: JsonObject): readonly string[] {
  return [
    ...words(params.trueValues, ['true', 'True', 'TRUE', '1']),
    ...words(params.falseValues, ['false', 'False', 'FALSE', '0']),
  ]
}

function oneOf(listed: readonly string[]): Accepts {
  return (text) => listed.includes(text)
}

function words(given: JsonObject[string], otherwise: readonly string[]): readonly string[] {
  return Array.isArray(given) ? given.map(String) : otherwise
}

/** A number as RFC 8259 writes it; 1.0 and 1e2 are whole. */
function jsonNumber(named: 'integer' | 'number'): Accepts {
  return (text) => {
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text)) return false
    const value = named === 'integer' ? decimalOf(text) : null
    return value === null || value.exponent >= value.digits.length
  }
}

function numeric(named: 'integer' | 'number', params: JsonObject): Accepts {
  const point = typeof params.decimalChar === 'string' ? params.decimalChar : '.'
  const group = typeof params.groupChar === 'string' ? params.groupChar : ''
  const form = named === 'integer' ? /^[-+]?\d+$/ : /^([-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|NaN|-?INF)$/
  return (text) => {
    let plain = params.bareNumber === false ? text.replace(/^[^\d+-.]+|[^\d.]+$/g, '').trim() : text
    if (group !== '') plain = plain.replaceAll(group, '')
    if (point !== '.') plain = plain.includes('.') ? 'x' : plain.replace(point, '.')
    return form.test(plain)
  }
}

const stringForms: ReadonlyMap<string, RegExp> = new Map([
  ['email', /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/],
  ['uri', /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/],
  ['uuid', /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/],
  ['binary', /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/],
  ['ipv4', /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/],
])

function stringFormat(format: string): Accepts | string {
  if (format === 'default') return () => true
  const form = stringForms.get(format)
  return form ? (text) => form.test(text) : `The text format "${format}" is not known.`
}

function jsonKind(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
  } catch {
    return 'none'
  }
}

const geometries = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
  'Feature',
  'FeatureCollection',
]

/** GeoJSON (RFC 7946) or TopoJSON, by the type that either has to name. */
function isGeography(text: string, topology: boolean): boolean {
  if (jsonKind(text) !== 'object') return false
  const { type: named } = JSON.parse(text) as { readonly type?: unknown }
  return typeof named === 'string' && (topology ? named === 'Topology' : geometries.includes(named))
}

function list(params: JsonObject): Accepts | string {
  const separator = typeof params.delimiter === 'string' ? params.delimiter : ','
  const named = typeof params.itemType === 'string' ? params.itemType : 'string'
  const parse = isDateType(named) ? dateParser(named, 'default') : null
  const item = parse ? (text: string) => parse(text) !== null : acceptor(named, {})
  return typeof item === 'string' ? item : (text) => text.split(separator).every((part) => item(part.trim()))
}

function geopoint(format: JsonObject[string]): Accepts {
  const inRange = (lon: unknown, lat: unknown): boolean => Math.abs(Number(lon)) <= 180 && Math.abs(Number(lat)) <= 90
  return (text) => {
    if (format === 'array' || format === 'object') {
      try {
        const value: unknown = JSON.parse(text)
        if (Array.isArray(value)) return format === 'array' && value.length === 2 && inRange(value[0], value[1])
        const point = value as { lon?: unknown; lat?: unknown } | null
        return (
          format === 'object' && typeof point?.lon === 'number' && typeof point.lat === 'number' && inRange(point.lon, point.lat)
        )
      } catch {
        return false
      }
    }
    const parts = text.split(',').map((part) => part.trim())
    return parts.length === 2 && parts.every((part) => /^[-+]?\d+(\.\d+)?$/.test(part)) && inRange(parts[0], parts[1])
  }
}
