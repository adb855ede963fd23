/** Names of people, organizations and places that records of patients only point to. */
import { isList } from '../../../values/json.ts'
import type { JsonObject, JsonValue, ResourceRecord } from '../../model/record.ts'

/** Types of FHIR R4 that others point to by reference and that belong to no patient. */
const listedTypes: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'HealthcareService',
  'CareTeam',
  'Device',
])

export class Directory {
  private readonly names = new Map<string, string>()

  add({ type, id, fullUrl, value }: ResourceRecord): void {
    if (!listedTypes.has(type)) return
    const name = nameIn(value)
    if (name === '') return
    if (id !== null && id !== undefined) this.names.set(`${type}/${id}`, name)
    if (fullUrl) this.names.set(fullUrl, name)
  }

  /** By `Type/id`, an address that ends with it, or the `fullUrl` of its entry; null where the export does not hold it, or it has no name. */
  nameOf(reference: string): string | null {
    const local = /([A-Z][A-Za-z]+\/[^/]+?)(?:\/_history\/.*)?$/.exec(reference)?.[1] ?? reference
    return this.names.get(reference) ?? this.names.get(local) ?? null
  }
}

function nameIn({ name, deviceName, practitioner }: JsonObject): string {
  const said = name ?? deviceName ?? practitioner ?? null
  const first = isList(said) ? said[0] : said
  if (typeof first === 'string') return first
  if (typeof first !== 'object' || first === null || isList(first)) return ''
  const { text, family, given, prefix, display, name: own } = first as JsonObject
  const whole = [text, display, own].find((one) => typeof one === 'string' && one !== '')
  if (typeof whole === 'string') return whole
  return [prefix, given, family]
    .flatMap((part): readonly (JsonValue | undefined)[] => (isList(part) ? part : [part]))
    .filter((one) => typeof one === 'string' && one !== '')
    .join(' ')
}
