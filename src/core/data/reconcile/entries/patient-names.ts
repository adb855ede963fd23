/** What references call a record: an id, the address of an entry in a Bundle, or an identifier. */

import { decoded, member, textMember } from '../../crosswalk/plan/elements.ts'
import { systemOf } from '../../meaning/code-systems.ts'
import type { JsonValue, ResourceRecord } from '../../model/record.ts'

/** Marks names that are identifiers, so that none is taken for an id. */
const byIdentifier = '\n'

export function isByIdentifier(name: string): boolean {
  return name.startsWith(byIdentifier)
}

/** The name under which a reference by identifier finds the patient; of any system where none is given. */
export function identifierName(value: string, system = ''): string {
  return system === '' ? `${byIdentifier}${value}` : `${byIdentifier}${systemOf(system)}${byIdentifier}${value}`
}

/** The name under which a record between a patient and others is kept, such as a visit: of which side and table, and what links call it. */
export function betweenName(side: 'legacy' | 'target', table: string, name: string): string {
  return `\u0000${side}\n${table}\n${name}`
}

/** What references may call the patient: its id, the address of its entry in a Bundle, any of its identifiers. */
export function namesOf({ id, fullUrl, value }: ResourceRecord): readonly string[] {
  const entry = /^urn:uuid:(.+)$/.exec(fullUrl ?? '')?.[1]
  const identifiers: JsonValue | undefined = member(value, 'identifier')
  const list: readonly JsonValue[] = Array.isArray(identifiers) ? identifiers : []
  const named = list.flatMap((one) => {
    const text = textMember(one, 'value')
    return text === '' ? [] : [identifierName(text), identifierName(text, textMember(one, 'system'))]
  })
  return [...new Set([id ?? entry ?? '', entry ?? id ?? '', ...named])]
}

/** The names by which a reference of any form calls its record; none where it names nothing. A column holds the bare id. */
export function namesOfReference(value: JsonValue): readonly string[] {
  if (typeof value === 'number') return [String(value)]
  if (typeof value === 'string') return value === '' ? [] : [...new Set([value, ...namesIn(value)])]
  const identifier = member(value, 'identifier')
  const text = textMember(identifier, 'value')
  const names = namesIn(textMember(value, 'reference'))
  return names.length > 0 || text === '' ? names : [identifierName(text, textMember(identifier, 'system'))]
}

function namesIn(reference: string): readonly string[] {
  const asked = /\?(?:.*&)?identifier=(?:([^|&]*)(?:\||%7C))?([^&]+)/i.exec(reference)
  if (asked) return [identifierName(decoded(asked[2] ?? ''), decoded(asked[1] ?? ''))]
  const id = /^urn:uuid:(.+)$/.exec(reference)?.[1] ?? /([^/#]+?)(?:\/_history\/.*)?$/.exec(reference)?.[1]
  return id === undefined ? [] : [id]
}

/** The id of a record, else the address of its entry. */
export function idOf({ id, fullUrl }: ResourceRecord): string {
  return id ?? /^urn:uuid:(.+)$/.exec(fullUrl ?? '')?.[1] ?? ''
}
