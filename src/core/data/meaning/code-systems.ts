/** The names, identifiers and addresses of one code system brought together (HL7 terminology: OIDs and canonical addresses). */
import list from './code-systems.json' with { type: 'json' }

interface CodeSystem {
  readonly url: string
  readonly oids: readonly string[]
  readonly names: readonly string[]
  readonly more?: readonly string[]
  /** Numbers are written with at least so many digits. */
  readonly digits?: number
  /** A dot after the third sign is punctuation: E119 is E11.9. */
  readonly dots?: boolean
}

const systems: readonly CodeSystem[] = list
const byName = new Map<string, CodeSystem>()
for (const system of systems)
  for (const name of [system.url, ...system.oids, ...system.names, ...(system.more ?? [])]) byName.set(plain(name), system)

/** Without the forms in which one address is written: http or https, a slash at the end, a version, `urn:oid:`. */
function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^urn:oid:/, '')
    .replace(/^https:/, 'http:')
    .replace(/\|.*$/, '')
    .replace(/\/$/, '')
}

const held = new Map<string, string>()

/** One address per code system, whatever it is called; an unknown one stands for itself. */
export function systemOf(name: string): string {
  if (name === '') return ''
  const found = held.get(name)
  if (found !== undefined) return found
  const address = byName.get(plain(name))?.url ?? name.trim()
  if (held.size > 5000) held.clear()
  held.set(name, address)
  return address
}

/** What people call a code system (`SNOMED CT` is its first name here); null for one that is not known. */
export function systemName(name: string): string | null {
  return byName.get(plain(name))?.names[0] ?? null
}

/** The code as its system writes it: CVX 8 is 08, ICD-10-CM E119 is E11.9. The system is as `systemOf` gives it. */
export function codeIn(system: string, code: string): string {
  const known = byName.get(plain(system))
  const text = code.trim()
  if (known?.digits !== undefined && /^\d+$/.test(text)) return text.replace(/^0+(?=\d)/, '').padStart(known.digits, '0')
  return known?.dots === true ? text.replace('.', '').toUpperCase() : text
}
