/** What references call a patient: an id, the address of an entry in a Bundle, or an identifier. */
import { systemOf } from '../meaning/code-systems.ts'
import type { JsonValue, ResourceRecord } from '../record.ts'
import { member, textMember } from './elements.ts'

/** Marks names that are identifiers, so that none is taken for an id. */
const byIdentifier = '\n'

export function isByIdentifier(name: string): boolean {
  return name.startsWith(byIdentifier)
}

/** The name under which a reference by identifier finds the patient; of any system where none is given. */
export function identifierName(value: string, system = ''): string {
  return system === '' ? `${byIdentifier}${value}` : `${byIdentifier}${systemOf(system)}${byIdentifier}${value}`
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

/** The id of a record, else the address of its entry. */
export function idOf({ id, fullUrl }: ResourceRecord): string {
  return id ?? /^urn:uuid:(.+)$/.exec(fullUrl ?? '')?.[1] ?? ''
}
