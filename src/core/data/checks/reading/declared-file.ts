/** Size and digest of a file against what its data package promises. */
import type { Fact } from '../../../finding.ts'
import type { Check } from '../contract/check.ts'

export const declaredFile: Check = {
  code: 'data/declared-file',
  title: 'A file that is not the one its package describes',
  why: 'The transfer was cut short, or the file was changed or exchanged after it was described: what is checked is not what was handed over.',
  remedy: 'Fetch the file again, or have the package written anew by those who export.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'computational', context: 'validation' },
  effect: 'lost',
  scope: 'reading',
}

/** What differs between a file and its description; empty where nothing does. */
export function differences(
  declared: { readonly bytes: number | null; readonly sha256: string | null },
  found: { readonly bytes: number; readonly sha256: string | null },
): readonly Fact[] {
  const facts: Fact[] = []
  if (declared.bytes !== null && declared.bytes !== found.bytes)
    facts.push({ name: 'bytes promised', value: declared.bytes }, { name: 'bytes found', value: found.bytes })
  if (declared.sha256 !== null && found.sha256 !== null && declared.sha256 !== found.sha256)
    facts.push({ name: 'SHA-256 promised', value: declared.sha256 }, { name: 'SHA-256 found', value: found.sha256 })
  return facts
}
