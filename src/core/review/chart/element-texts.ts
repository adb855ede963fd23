/** The elements of a resource as texts, every filled one: data types of FHIR R4 in one text each, all else element by element. */

import { systemName } from '../../data/meaning/code-systems.ts'
import type { JsonObject, JsonValue } from '../../data/model/record.ts'
import type { JsonSteps } from '../../data/read/json/json-tree.ts'
import { lookedFor } from '../../data/resource-view/looked-for.ts'
import { decodeBase64 } from '../../values/base64.ts'
import { isList, isObject } from '../../values/json.ts'
import { clinicalDate } from '../display-rules/clinical-date.ts'

export interface ElementText {
  readonly path: JsonSteps
  /** In words: “Dosage instruction · route”. */
  readonly label: string
  readonly text: string
  /** True for an amount without a unit. */
  readonly bareAmount: boolean
}

/** Members that say nothing about the patient: how the resource is kept, not what it says. */
const technical: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta', 'implicitRules', 'language'])

/** Every filled element of a resource or row, what a clinician looks for first; the link to the patient is left out where it says no more. */
export function elementTexts(resource: JsonObject, type: string): readonly ElementText[] {
  const order = lookedFor.get(type) ?? []
  const rank = (name: string): number => {
    const at = order.findIndex(
      ([wanted]) => name === wanted || (name.startsWith(wanted) && /^[A-Z]/.test(name.slice(wanted.length))),
    )
    return at < 0 ? order.length : at
  }
  const names = Object.keys(resource).filter((name) => !technical.has(name))
  const sorted = names.map((name) => [rank(name), name] as const).sort(([a], [b]) => a - b)
  const found: ElementText[] = []
  for (const [at, name] of sorted) {
    const label = order[at]?.[1] ?? wordsOf(name)
    collect(resource[name], [name], label, label, found)
  }
  return found
}

function collect(value: JsonValue | undefined, path: JsonSteps, label: string, first: string, into: ElementText[]): void {
  if (value === undefined || value === null) return
  if (isList(value)) {
    for (const [i, one] of value.entries()) collect(one, [...path, i], label, first, into)
    return
  }
  const said = textOf(value)
  if (said !== null) {
    if (said.text !== '') into.push({ path, label, ...said })
    if (isObject(value)) collect(value.extension, [...path, 'extension'], label, first, into)
    return
  }
  const object = value as JsonObject
  if (typeof object.url === 'string' && path.includes('extension')) {
    const own = `${first} · ${wordsOf(lastPart(object.url).replaceAll('-', ' ')).toLowerCase()}`
    for (const [name, member] of Object.entries(object))
      if (name !== 'url' && name !== 'id') collect(member, [...path, name], own, first, into)
    return
  }
  const coded = codedAnswer(object)
  if (coded)
    into.push({ path: [...path, coded.name], label: `${first} · ${coded.what}`, text: coded.text, bareAmount: coded.bareAmount })
  for (const [name, member] of Object.entries(object)) {
    if (name === 'id' || name === coded?.name || (coded && name === 'code')) continue
    collect(member, [...path, name], `${first} · ${wordsOf(name).toLowerCase()}`, first, into)
  }
}

interface Said {
  readonly text: string
  readonly bareAmount: boolean
}

const words = (text: string): Said => ({ text, bareAmount: false })

/** A data type in one text; null for an element that is shown part by part. */
function textOf(value: JsonValue): Said | null {
  if (typeof value === 'string') return words(isNarrative(value) ? plainNarrative(value) : value)
  if (typeof value === 'boolean') return words(value ? 'Yes' : 'No')
  if (typeof value === 'number') return words(String(value))
  if (value === null || isList(value)) return null
  const object = value as JsonObject
  for (const { names, some, text } of shapes)
    if (some.some((name) => name in object) && Object.keys(object).every((name) => names.has(name))) {
      const said = text(object)
      if (said !== null) return said
    }
  return null
}

interface Shape {
  readonly names: ReadonlySet<string>
  readonly some: readonly string[]
  /** Null where the members have other kinds than this data type. */
  readonly text: (object: JsonObject) => Said | null
}

function shape(names: string, some: string, text: Shape['text']): Shape {
  return { names: new Set(`id extension ${names}`.split(' ')), some: some.split(' '), text }
}

/** Members of the data types of FHIR R4 (datatypes.html); an element with any other member is shown part by part. */
const shapes: readonly Shape[] = [
  shape('coding text', 'coding text', (one) => words(conceptText(one))),
  shape('value comparator unit system code', 'value', (one) => (typeof one.value === 'number' ? quantity(one) : null)),
  shape('system value use rank period', 'value', contact),
  shape('system version code display userSelected', 'code', (one) => (isObject(one.code) ? null : words(codingText(one)))),
  shape('start end', 'start end', ({ start, end }) => words(periodText(dated(start), dated(end)))),
  shape('low high', 'low high', ({ low, high }) => words(`${part(low)} to ${part(high)}`)),
  shape('numerator denominator', 'numerator denominator', ({ numerator, denominator }) =>
    words(`${part(numerator)} per ${part(denominator)}`),
  ),
  shape('reference type display', 'reference display', ({ reference, display }) =>
    words([plain(display), plain(reference) === '' ? '' : `(${plain(reference)})`].filter((one) => one !== '').join(' ')),
  ),
  shape('use text family given prefix suffix', 'family given', name),
  shape('use type text line city district state postalCode country', 'line city postalCode', address),
  shape('use type system value period assigner', 'value', identifier),
  shape('contentType language data url size hash title creation', 'data url', attachment),
  shape('authorReference authorString time text', 'text', ({ text, time, authorString }) =>
    words([plain(text), dated(time), plain(authorString)].filter((one) => one !== '').join(' · ')),
  ),
]

/** The words first, then every code behind them: two that share the words may be two things. */
function conceptText(concept: JsonObject): string {
  const codings = isList(concept.coding) ? concept.coding : []
  const text = plain(concept.text)
  const coded = codings.flatMap((one) => (isObject(one) ? [codingText(one, text)] : []))
  return [text, ...coded].filter((one) => one !== '').join(' · ')
}

/** `Penicillin G (RxNorm 7980)`; words that stand before it already are not said twice. */
function codingText(coding: JsonObject, said = ''): string {
  const [system, code, display] = [plain(coding.system), plain(coding.code), plain(coding.display)]
  const named = [isOwnSystem(system) ? '' : (systemName(system) ?? lastPart(system)), code].filter((one) => one !== '').join(' ')
  if (display === '' || display === said) return named
  return code === '' ? display : `${display} (${named})`
}

/** Systems that FHIR defines for its own elements: the label says which it is. */
function isOwnSystem(address: string): boolean {
  return /^https?:\/\/(?:terminology\.hl7\.org\/CodeSystem|hl7\.org\/fhir)\//.test(address)
}

function lastPart(address: string): string {
  return address === '' ? '' : (/([^/:]+)\/?$/.exec(address)?.[1] ?? address)
}

function quantity(one: JsonObject): Said {
  const unit = plain(one.unit) || plain(one.code)
  const number = `${plain(one.comparator)}${plain(one.value)}`
  // A unit that is written otherwise than its code is two statements.
  const code = plain(one.code) !== '' && plain(one.code) !== unit ? ` (${plain(one.code)})` : ''
  // The unit 1 of pure numbers would read as a digit of the number.
  if (unit === '1') return words(`${number} (unit 1)`)
  return { text: `${number} ${unit}${code}`.trim(), bareAmount: unit === '' }
}

function part(value: JsonValue | undefined): string {
  return isObject(value) ? quantity(value).text : '…'
}

function contact({ system, value, use }: JsonObject): Said | null {
  const kind = plain(system)
  if (!/^(phone|fax|email|pager|url|sms|other)$/.test(kind) || typeof value !== 'string') return null
  return words(`${kind}: ${value}${usedAs(use)}`)
}

function identifier({ type, system, value, use }: JsonObject): Said | null {
  if (typeof value !== 'string') return null
  const kind = isObject(type) ? conceptText(type) : lastPart(plain(system))
  return words(`${kind === '' ? '' : `${kind}: `}${value}${usedAs(use)}`)
}

function name({ family, given, prefix, suffix, text, use }: JsonObject): Said {
  const parts = [plain(family), plain(given)].filter((one) => one !== '').join(', ')
  const around = [plain(prefix), plain(suffix)].filter((one) => one !== '').join(', ')
  return words(`${withText(plain(text), [parts, around === '' ? '' : `(${around})`].join(' ').trim())}${usedAs(use)}`)
}

function address({ line, city, district, state, postalCode, country, text, use }: JsonObject): Said {
  const parts = [line, city, district, state, postalCode, country].map(plain).filter((one) => one !== '')
  return words(`${withText(plain(text), parts.join(', '))}${usedAs(use)}`)
}

/** The text of a name or address, and its parts where they are not the same. */
function withText(text: string, parts: string): string {
  if (parts.includes(text)) return parts
  if (text.includes(parts)) return text
  return `${parts} · ${text}`
}

function usedAs(use: JsonValue | undefined): string {
  return plain(use) === '' ? '' : ` (${plain(use)})`
}

/** The words of an attached text; of anything else what it is and where it lies. */
function attachment({ contentType, data, url, title, creation }: JsonObject): Said {
  const type = plain(contentType)
  const bytes = typeof data === 'string' && /^text\/|^$|json|xml/.test(type) ? decodeBase64(data) : null
  const content =
    bytes === null ? (data === undefined ? '' : `${plain(data).length} characters of data`) : new TextDecoder().decode(bytes)
  const kind = bytes === null ? type : ''
  return words([plain(title), dated(creation), kind, plain(url), content].filter((one) => one !== '').join(' · '))
}

/** What a part of a panel answers: `code` and `value…` in one text. */
function codedAnswer(object: JsonObject): (Said & { readonly name: string; readonly what: string }) | null {
  const name = Object.keys(object).find((each) => /^value[A-Z]/.test(each))
  if (name === undefined) return null
  const said = textOf(object[name] ?? null)
  if (said === null) return null
  if (isObject(object.code)) return { ...said, name, what: conceptText(object.code) }
  return null
}

function plain(value: JsonValue | undefined): string {
  if (isList(value)) return value.map(plain).join(' ')
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Where several values become one text, its days are written as on the rest of the chart; the source of the row shows them raw. */
function dated(value: JsonValue | undefined): string {
  return clinicalDate(plain(value))
}

function periodText(start: string, end: string): string {
  if (end === '') return `from ${start}`
  return start === '' ? `until ${end}` : `${start} to ${end}`
}

function isNarrative(text: string): boolean {
  return /^\s*<div[\s>]/i.test(text)
}

/** The words of a narrative without its markup: nothing of it is rendered here. */
function plainNarrative(text: string): string {
  return text
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/td|\/th)\b[^>]*>/gi, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);/gi, (whole, entity: string) => entityText(entity) ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function entityText(entity: string): string | null {
  const number = /^#x/i.test(entity)
    ? Number.parseInt(entity.slice(2), 16)
    : entity.startsWith('#')
      ? Number(entity.slice(1))
      : null
  if (number === null) return entities[entity.toLowerCase()] ?? null
  return number > 0 && number <= 0x10ffff ? String.fromCodePoint(number) : null
}

/** `lotNumber` becomes “Lot number”, `drug_source_value` “Drug source value”. */
export function wordsOf(name: string): string {
  const text = name
    .replace(/^_/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
