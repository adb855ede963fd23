/** A migrated record as its system says it: every filled element, and which of them no line of the mapping writes. */

import type { ElementPath } from '../../data/crosswalk/mapping/element-path.ts'
import type { ItemPlace } from '../../data/crosswalk/plan/sides.ts'
import type { JsonObject, JsonValue } from '../../data/model/record.ts'
import type { JsonSteps } from '../../data/read/json/json-tree.ts'
import type { TargetItem } from '../../data/reconcile/entries/items.ts'
import { isObject } from '../../values/json.ts'
import { displayMarks } from '../display-rules/display-rules.ts'
import type { ChartEntry, ChartSectionId, ChartText } from '../model/chart.ts'
import { type ElementText, elementTexts, wordsOf } from './element-texts.ts'
import { partsOf } from './heading.ts'
import { withNames } from './named-references.ts'

/** The entry of a record that takes part in the mapping. */
export function targetEntry(
  item: TargetItem,
  record: JsonObject,
  section: ChartSectionId,
  nameOf: (reference: string) => string | null,
): ChartEntry {
  const { table, place } = item
  const resource = withNames(record, nameOf)
  const written = table.lines.flatMap(({ path }) => placesOf(resource, path))
  const isWritten = (path: JsonSteps): boolean => written.some((one) => startsWith(path, one) || startsWith(one, path))
  // Several may take part in an appointment: the others are said.
  const links = (table.patient ? placesOf(record, table.patient.path) : []).filter((path) =>
    isPatient(valueAt(record, path), nameOf),
  )
  const texts = elementTexts(resource, table.type).filter(({ path, text }) => !isOnlyLink(path, text, links))
  const title = texts.find(({ path }) => titles.has(String(path[0] ?? ''))) ?? named(item, resource, texts) ?? anyTitle(texts)
  const codes = table.positions.code.flatMap((at) => placesOf(resource, table.fields[at]?.path ?? { steps: [] }))
  const isCode = title?.path[0] === 'code' || codes.some((one) => title && startsWith(title.path, one))
  return { ...entryOf(table.type, title, texts, isWritten, place, section), ...(isCode ? { named: true } : {}) }
}

/** The entry of a record that no line of the mapping speaks of. */
export function unreadEntry(type: string, resource: JsonObject, place: ItemPlace, section: ChartSectionId): ChartEntry {
  const texts = elementTexts(resource, type)
  const title = texts.find(({ path }) => titles.has(String(path[0] ?? ''))) ?? anyTitle(texts)
  const isCode = title?.path[0] === 'code'
  return { ...entryOf(type, title, texts, () => false, place, section), ...(isCode ? { named: true } : {}) }
}

function entryOf(
  type: string,
  title: ElementText | undefined,
  texts: readonly ElementText[],
  isWritten: (path: JsonSteps) => boolean,
  place: ItemPlace,
  section: ChartSectionId,
): ChartEntry {
  const chartText = ({ label, text, bareAmount }: ElementText): ChartText => ({
    label,
    text,
    reading: null,
    marks: displayMarks(text, { section, isBareAmount: bareAmount }),
  })
  const shown = texts.filter((one) => one !== title).map((one) => [isWritten(one.path), chartText(one)] as const)
  return {
    title: title ? { ...chartText(title), label: null } : { label: null, text: wordsOf(type), reading: null, marks: [] },
    details: shown.flatMap(([written, text]) => (written ? [text] : [])),
    unmapped: shown.flatMap(([written, text]) => (written ? [] : [text])),
    place,
  }
}

/** Elements that name what a record is about. */
const titles: ReadonlySet<string> = new Set([
  'name',
  'code',
  'vaccineCode',
  'medicationCodeableConcept',
  'medicationReference',
  'description',
  'serviceType',
  'type',
])

/** What a record without such an element is about, by the role of its lines; a row of a table begins with numbers that name nothing. */
function named({ table }: TargetItem, resource: JsonObject, texts: readonly ElementText[]): ElementText | undefined {
  const textAt = (path: ElementPath | undefined): ElementText | undefined => {
    const [place] = path ? placesOf(resource, path) : []
    return place && texts.find((one) => startsWith(place, one.path) || startsWith(one.path, place))
  }
  const isTable = !/^[A-Z]/.test(table.type)
  const names = isTable && table.isPatients ? [...partsOf(table, 'family'), ...partsOf(table, 'name')] : []
  for (const at of [...names, ...table.positions.code]) {
    const found = textAt(table.fields[at]?.path)
    if (found) return found
  }
  if (!isTable) return undefined
  const contents = table.fields.flatMap(({ role, path }) => (role === 'content' ? (textAt(path) ?? []) : []))
  return contents.find(({ text }) => /\p{L}{2}/u.test(text)) ?? contents[0]
}

/** Anything but a number of the record. */
function anyTitle(texts: readonly ElementText[]): ElementText | undefined {
  return texts.find(({ path }) => path[0] !== 'identifier' && path[0] !== 'status') ?? texts[0]
}

/** A reference to the patient whose chart this is says nothing; a name beside it does. */
function isOnlyLink(path: JsonSteps, text: string, links: readonly JsonSteps[]): boolean {
  return links.some((link) => startsWith(link, path) || startsWith(path, link)) && !/[^\s(].*\(/.test(text)
}

/** False for a link to somebody else, by its type or because the export names it; what can not be told is the patient, as the mapping says. */
function isPatient(link: JsonValue | undefined, nameOf: (reference: string) => string | null): boolean {
  const reference = isObject(link) ? link.reference : null
  if (typeof reference !== 'string') return true
  const type = /(?:^|\/)([A-Z][A-Za-z]+)[/?]/.exec(reference)?.[1]
  return type === undefined ? nameOf(reference) === null : type === 'Patient'
}

/** Where the values of a path stand in a resource, from its root down. */
export function placesOf(resource: JsonObject, { steps }: Pick<ElementPath, 'steps'>): readonly JsonSteps[] {
  let found: { readonly value: JsonValue; readonly path: JsonSteps }[] = [{ value: resource, path: [] }]
  for (const { name, choice, where } of steps) {
    found = found.flatMap(({ value, path }) => {
      if (!isObject(value)) return []
      return Object.entries(value).flatMap(([key, inside]) => {
        const isMeant = choice === undefined ? key === name : key.startsWith(choice) && /^[A-Z]/.test(key.slice(choice.length))
        if (!isMeant || inside === undefined || inside === null) return []
        if (Array.isArray(inside)) return inside.map((one: JsonValue, i) => ({ value: one, path: [...path, key, i] }))
        return [{ value: inside, path: [...path, key] }]
      })
    })
    if (where !== null) found = found.filter(({ value }) => holds(value, where))
  }
  return found.map(({ path }) => path)
}

function holds(value: JsonValue, where: { readonly path: readonly string[]; readonly value: string }): boolean {
  const steps = where.path.map((name) => ({ name, where: null }))
  return isObject(value) && placesOf(value, { steps }).some((path) => valueAt(value, path) === where.value)
}

function valueAt(value: JsonValue, path: JsonSteps): JsonValue | undefined {
  let one: JsonValue | undefined = value
  for (const step of path) one = (one as Readonly<Record<string | number, JsonValue>>)[step]
  return one
}

function startsWith(path: JsonSteps, start: JsonSteps): boolean {
  return start.length <= path.length && start.every((step, i) => step === path[i])
}
