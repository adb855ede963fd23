/** The type a schema gives a column, except dates, which have their own check. */
import type { JsonObject } from '../record.ts'
import { type Cell, type CellCheck, type CellJudge, cellEvidence } from './check.ts'

export const type: CellCheck = {
  code: 'data/type',
  title: 'Values of another type than the schema asks for',
  why: 'The new system refuses these values or stores something else: a dose that is text can not be calculated with.',
  remedy: 'Look at the values: correct them in the legacy system, or map them with a rule before loading.',
  severity: 'error',
  scope: 'cell',
  decides: true,
  examples: {
    flags: [
      {
        name: 'words where a whole number is asked',
        subject: { csv: 'id,dose\n1,5\n2,five\n3,7\n', schema: { fields: [{ name: 'id' }, { name: 'dose', type: 'integer' }] } },
      },
      {
        name: 'a unit in the number',
        subject: {
          csv: 'id,weight\n1,70.5\n2,71 kg\n',
          schema: { fields: [{ name: 'id' }, { name: 'weight', type: 'number' }] },
        },
      },
    ],
    passes: [
      {
        name: 'twenty digits are a whole number',
        subject: {
          csv: 'id,n\n1,12345678901234567890\n2,-7\n',
          schema: { fields: [{ name: 'id' }, { name: 'n', type: 'integer' }] },
        },
      },
      {
        name: 'a decimal comma that the schema declares',
        subject: {
          csv: 'id;n\n1;3,5\n2;1.000,25\n',
          schema: { fields: [{ name: 'id' }, { name: 'n', type: 'number', decimalChar: ',', groupChar: '.' }] },
        },
      },
    ],
  },
  bind(params) {
    const named = typeof params.type === 'string' ? params.type : 'string'
    if (named === 'integer' && params.groupChar === undefined && params.bareNumber !== false) return judge(named, isIntegerBytes)
    const accepts = acceptor(named, params)
    return typeof accepts === 'string' ? accepts : judge(named, (cell) => accepts(cell.text.trim()))
  },
}

function judge(named: string, accepts: (cell: Cell) => boolean): CellJudge {
  return { see: (cell) => (accepts(cell) ? null : cellEvidence(cell, [{ name: 'expected', value: named }])) }
}

/** Sign and digits, blanks around them allowed; on bytes, as this is the hottest of all. */
function isIntegerBytes(cell: Cell): boolean {
  const { bytes } = cell
  let i = cell.start
  let end = cell.end
  while (i < end && bytes[i] === 32) i++
  while (end > i && bytes[end - 1] === 32) end--
  if (bytes[i] === 45 || bytes[i] === 43) i++
  if (i === end) return false
  for (; i < end; i++) if ((bytes[i] as number) < 48 || (bytes[i] as number) > 57) return false
  return true
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
      return numeric(named, params)
    case 'boolean':
      return (text) =>
        [
          ...words(params.trueValues, ['true', 'True', 'TRUE', '1']),
          ...words(params.falseValues, ['false', 'False', 'FALSE', '0']),
        ].includes(text)
    case 'duration':
      return (text) => /^-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text)
    case 'object':
    case 'geojson':
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

function words(given: JsonObject[string], otherwise: readonly string[]): readonly string[] {
  return Array.isArray(given) ? given.map(String) : otherwise
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

const stringForms: Readonly<Record<string, RegExp>> = {
  email: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/,
  uuid: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
  binary: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  ipv4: /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/,
}

function stringFormat(format: string): Accepts | string {
  if (format === 'default') return () => true
  const form = stringForms[format]
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

function list(params: JsonObject): Accepts | string {
  const separator = typeof params.delimiter === 'string' ? params.delimiter : ','
  const item = acceptor(typeof params.itemType === 'string' ? params.itemType : 'string', {})
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
