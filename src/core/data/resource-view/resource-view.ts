/** A resource as rows for a reader: what is looked for in its type first, recorded or not, then everything else; nothing is lost. */
import type { JsonMember, JsonNode, JsonSteps } from '../read/json/json-tree.ts'
import { lookedFor } from './looked-for.ts'
import { shownValues } from './values.ts'
import type { ResourceView, ShownRow } from './view.ts'

/** Null where the value is no object with a resourceType. */
export function resourceView(node: JsonNode): ResourceView | null {
  if (node.kind !== 'object') return null
  const type = textOf(node.members, 'resourceType')
  if (type === null) return null
  const members = node.members.filter(({ name }) => name !== 'resourceType' && name !== 'id')
  const taken = new Set<JsonMember>()
  const main = (lookedFor.get(type) ?? []).map(([name, label]): ShownRow => {
    const own = members.filter((member) => isElement(member.name, name))
    for (const member of own) taken.add(member)
    return rowOf(own, own.find(({ name: written }) => !written.startsWith('_'))?.name ?? name, label, [])
  })
  const narrative = members.find(({ name, value }) => name === 'text' && value.kind === 'object')
  const div = narrative?.value.kind === 'object' ? textOf(narrative.value.members, 'div') : null
  if (narrative && div !== null) taken.add(narrative)
  const rest = rowsOf(
    members.filter((member) => !taken.has(member)),
    [],
  )
  return { type, id: textOf(node.members, 'id'), main, rest, narrative: div }
}

/** Members of an element with parts of their own, a primitive together with its twin `_x`. */
function rowsOf(members: readonly JsonMember[], path: JsonSteps): ShownRow[] {
  const rows: ShownRow[] = []
  const done = new Set<JsonMember>()
  for (const member of members) {
    if (done.has(member)) continue
    const name = member.name.replace(/^_/, '')
    const own = members.filter((other) => other.name === name || other.name === `_${name}`)
    for (const one of own) done.add(one)
    rows.push(rowOf(own, name, labelOf(name), path))
  }
  return rows
}

function rowOf(members: readonly JsonMember[], name: string, label: string, above: JsonSteps): ShownRow {
  const path = [...above, name]
  const twins = members.filter((member) => member.name.startsWith('_'))
  const plain = members.filter((member) => !twins.includes(member))
  const absent = twins.map(({ value }) => absentReason(value)).find((reason) => reason !== null) ?? null
  // A twin that only says why nothing is there is said in words.
  const more = absent === null ? twins : twins.filter(({ value }) => !isOnlyReason(value))
  const values = [...plain, ...more].flatMap((member) =>
    shownValues(member.value, member.name, [...above, member.name], (inside, at) => rowsOf(inside, at)),
  )
  return { name, label, path, values, absent: plain.length === 0 ? absent : null }
}

/** `valueQuantity` is the element `value`; `_value…` its twin. */
function isElement(written: string, name: string): boolean {
  const bare = written.replace(/^_/, '')
  return bare === name || (choices.has(name) && bare.startsWith(name) && /^[A-Z]/.test(bare.slice(name.length)))
}

/** Elements of a choice of types, of the resources that are looked into. */
const choices = new Set(['value', 'effective', 'onset', 'abatement', 'medication', 'occurrence', 'performed', 'deceased'])

const reasonUrl = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'

function absentReason(twin: JsonNode): string | null {
  if (twin.kind !== 'object') return null
  const extensions = twin.members.find(({ name }) => name === 'extension')?.value
  if (extensions?.kind !== 'array') return null
  for (const item of extensions.items)
    if (item.kind === 'object' && textOf(item.members, 'url') === reasonUrl) return textOf(item.members, 'valueCode')
  return null
}

function isOnlyReason(twin: JsonNode): boolean {
  if (twin.kind !== 'object' || twin.members.length !== 1) return false
  const [first] = twin.members
  return first?.value.kind === 'array' && first.value.items.length === 1
}

/** `lotNumber` becomes "Lot number". */
function labelOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function textOf(members: readonly JsonMember[], wanted: string): string | null {
  const node = members.find(({ name }) => name === wanted)?.value
  return node?.kind === 'string' ? node.text : null
}
