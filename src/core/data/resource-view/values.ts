/** FHIR data types as words, recognised by their shape: units always, codings behind their text, numbers as they were written. */
import type { JsonMember, JsonNode, JsonSteps } from '../read/json/json-tree.ts'
import type { ShownCoding, ShownRow, ShownValue } from './view.ts'

const datePattern = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}.*)?)?)?$/
/** A year by itself is a date only where an element is meant to be one. */
const dateName = /(date|time|period|birth|issued|recorded|authored|occurrence|onset|abatement|effective|performed|start|end|on$)/i

/** `rowsOf` shows an element that is no data type known here. */
export function shownValues(
  node: JsonNode,
  name: string,
  path: JsonSteps,
  rowsOf: (members: readonly JsonMember[], path: JsonSteps) => readonly ShownRow[],
): readonly ShownValue[] {
  if (node.kind === 'array') return node.items.flatMap((item, index) => shownValues(item, name, [...path, index], rowsOf))
  if (node.kind === 'null') return []
  if (node.kind === 'boolean') return [plain(node.text === 'true' ? 'Yes' : 'No')]
  if (node.kind === 'string' && datePattern.test(node.text) && (node.text.length > 4 || dateName.test(name)))
    return [{ kind: 'date', text: node.text }]
  if (node.kind !== 'object') return [plain(node.text)]
  const known = dataType(node.members)
  return known === null ? [{ kind: 'parts', rows: rowsOf(node.members, path) }] : [known]
}

type Parts = ReadonlyMap<string, JsonNode>

/** What an object is, told by its members; null where it has members that would get lost. */
function dataType(members: readonly JsonMember[]): ShownValue | null {
  const parts: Parts = new Map(members.map(({ name, value }) => [name, value]))
  if (parts.size < members.length) return null
  for (const { names, some, show } of shapes)
    if (members.every(({ name }) => names.has(name)) && some.some((name) => parts.has(name))) {
      const shown = show(parts)
      if (shown !== null) return shown
    }
  return null
}

interface DataShape {
  readonly names: ReadonlySet<string>
  /** At least one of them is there. */
  readonly some: readonly string[]
  /** Null where the values have other kinds than this data type. */
  readonly show: (parts: Parts) => ShownValue | null
}

function shape(names: string, some: string, show: DataShape['show']): DataShape {
  return { names: new Set(`id ${names}`.split(' ')), some: some.split(' '), show }
}

/** Members of data types of FHIR R4 §2.24; an object with any other member is shown part by part. */
const shapes: readonly DataShape[] = [
  shape('coding text', 'coding text', concept),
  shape('value comparator unit system code', 'value', quantity),
  shape('system version code display userSelected', 'code', (parts) => coded([codingOf(parts)], null)),
  shape('start end', 'start end', period),
  shape('low high', 'low high', (parts) => between(quantityText(parts.get('low')), ' to ', quantityText(parts.get('high')))),
  shape('numerator denominator', 'numerator denominator', (parts) =>
    between(quantityText(parts.get('numerator')), ' per ', quantityText(parts.get('denominator'))),
  ),
  shape('status div', 'div', (parts) => {
    const div = textOf(parts, 'div')
    return div === null ? null : { kind: 'narrative', text: div }
  }),
  shape('reference type display', 'reference display', (parts) => {
    const [display, reference] = [textOf(parts, 'display'), textOf(parts, 'reference')]
    return plain(display === null || reference === null ? (display ?? reference ?? '') : `${display} (${reference})`)
  }),
  shape('use text family given prefix suffix', 'family given', humanName),
  shape('use type text line city district state postalCode country', 'line city postalCode', address),
  shape('system value use rank', 'value', contact),
  shape('use type system value', 'value', identifier),
]

function concept(parts: Parts): ShownValue | null {
  const list = parts.get('coding')
  if (list !== undefined && list.kind !== 'array') return null
  const items = (list?.items ?? []).map((item) => (item.kind === 'object' ? new Map(members(item.members)) : null))
  const names = new Set(['id', 'system', 'version', 'code', 'display', 'userSelected'])
  if (items.some((item) => item === null || [...item.keys()].some((name) => !names.has(name)))) return null
  return coded(
    items.map((item) => codingOf(item ?? new Map())),
    textOf(parts, 'text'),
  )
}

function* members(all: readonly JsonMember[]): Generator<readonly [string, JsonNode]> {
  for (const { name, value } of all) yield [name, value]
}

function coded(codings: readonly ShownCoding[], text: string | null): ShownValue {
  const words = text ?? codings.map(({ display }) => display).find((display) => display !== null) ?? codings[0]?.code ?? 'No text'
  return { kind: 'text', text: words, codings }
}

function codingOf(parts: Parts): ShownCoding {
  return { system: textOf(parts, 'system'), code: textOf(parts, 'code'), display: textOf(parts, 'display') }
}

function quantity(parts: Parts): ShownValue | null {
  if (parts.get('value')?.kind !== 'number') return null
  const text = amount(parts)
  const code = textOf(parts, 'code')
  return code === null ? plain(text) : { kind: 'text', text, codings: [{ ...codingOf(parts), display: textOf(parts, 'unit') }] }
}

/** A number never stands without its unit: where there is none, that is said. */
function amount(parts: Parts): string {
  const value = parts.get('value')
  const unit = textOf(parts, 'unit') ?? textOf(parts, 'code')
  const text = value?.kind === 'number' ? value.text : 'no value'
  return `${textOf(parts, 'comparator') ?? ''}${text} ${unit ?? '(no unit recorded)'}`
}

function quantityText(node: JsonNode | undefined): string | null {
  return node?.kind === 'object' ? amount(new Map(members(node.members))) : null
}

function between(low: string | null, word: string, high: string | null): ShownValue {
  return plain(`${low ?? 'not recorded'}${word}${high ?? 'not recorded'}`)
}

function period(parts: Parts): ShownValue {
  return { kind: 'period', start: textOf(parts, 'start'), end: textOf(parts, 'end') }
}

function humanName(parts: Parts): ShownValue {
  const family = textOf(parts, 'family')
  const given = textsOf(parts, 'given').join(' ')
  const around = [...textsOf(parts, 'prefix'), ...textsOf(parts, 'suffix')]
  const name = [family, given].filter((part) => part !== null && part !== '').join(', ')
  const extra = around.length === 0 ? '' : ` (${around.join(', ')})`
  const text = textOf(parts, 'text')
  const written = text === null || text === name ? '' : `, written ${text}`
  return plain(`${name}${extra}${written}${inUse(parts)}`)
}

function address(parts: Parts): ShownValue {
  const places = ['city', 'district', 'state', 'postalCode', 'country'].flatMap((name) => textOf(parts, name) ?? [])
  const lines = [...textsOf(parts, 'line'), ...places]
  return plain(`${lines.join(', ')}${inUse(parts)}`)
}

function contact(parts: Parts): ShownValue | null {
  const system = textOf(parts, 'system')
  if (system === null || !/^(phone|fax|email|pager|url|sms|other)$/.test(system)) return null
  return plain(`${system}: ${textOf(parts, 'value') ?? ''}${inUse(parts)}`)
}

function identifier(parts: Parts): ShownValue | null {
  const type = parts.get('type')
  if (type !== undefined && type.kind !== 'object') return null
  const what = type === undefined ? null : concept(new Map(members(type.members)))
  const words = what?.kind === 'text' && what.text !== 'No text' ? `${what.text}: ` : ''
  const system = textOf(parts, 'system')
  const behind = system === null ? [] : [{ system, code: textOf(parts, 'value'), display: null }]
  return { kind: 'text', text: `${words}${textOf(parts, 'value') ?? ''}${inUse(parts)}`, codings: behind }
}

function inUse(parts: Parts): string {
  const use = textOf(parts, 'use')
  return use === null ? '' : ` (${use})`
}

function textOf(parts: Parts, name: string): string | null {
  const node = parts.get(name)
  return node === undefined || node.kind === 'object' || node.kind === 'array' || node.kind === 'null' ? null : node.text
}

function textsOf(parts: Parts, name: string): readonly string[] {
  const node = parts.get(name)
  return node?.kind === 'array' ? node.items.flatMap((item) => (item.kind === 'string' ? [item.text] : [])) : []
}

function plain(text: string): ShownValue {
  return { kind: 'text', text, codings: [] }
}
