/** Links inside narratives: what `href="#x"` points at stands in the same resource (FHIR R4 §2.4.0, Narrative). */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import type { Place } from '../visit/places.ts'
import type { Visit } from '../visit/visit.ts'

const link = /\shref\s*=\s*(?:"#([^"]+)"|'#([^']+)')/gi
const anchor = /\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi

/** Notes the links of one narrative; they are judged when the resource has been walked, because another narrative may hold the target. */
export function noteLinks(text: JsonValue, place: Place, visit: Visit): void {
  if (typeof text !== 'string' || !text.includes('#')) return
  for (const found of text.matchAll(link)) visit.links.push({ target: found[1] ?? found[2] ?? '', path: [...visit.path], place })
}

/** Links of a resource whose target is neither an anchor of its narratives nor the id of one of its elements. */
export function judgeLinks(resource: JsonObject, visit: Visit): void {
  if (visit.links.length === 0) return
  const known = new Set<string>()
  collect(resource, known)
  const path = [...visit.path]
  for (const { target, path: at, place } of visit.links) {
    if (known.has(target) || known.has(decoded(target))) continue
    visit.path.splice(0, visit.path.length, ...at)
    const facts = [{ name: 'expected', value: 'a link to an id or name in the narrative, or to the id of an element' }]
    visit.report(place, { code: 'data/fhir-narrative', facts, value: `#${target}` })
  }
  visit.path.splice(0, visit.path.length, ...path)
  visit.links.length = 0
}

function collect(value: JsonValue | undefined, known: Set<string>, depth = 0): void {
  if (depth > 512) return
  if (typeof value === 'string') {
    if (value.startsWith('<')) for (const found of value.matchAll(anchor)) known.add(found[1] ?? found[2] ?? '')
  } else if (Array.isArray(value)) for (const item of value) collect(item, known, depth + 1)
  else if (isMembers(value)) {
    if (typeof value.id === 'string') known.add(value.id)
    for (const member of Object.values(value))
      if (typeof member === 'object' || typeof member === 'string') collect(member, known, depth + 1)
  }
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}
