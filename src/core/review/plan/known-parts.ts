/** Which parts of a record a claim can be judged for: those of which any entry was recognised on either side. */
import { safetyOf } from '../../data/crosswalk/plan/safety.ts'
import type { SafetyClass } from '../../finding.ts'
import { type Claim, defaultClaims } from '../model/claim.ts'
import { domains } from '../model/pair-types.ts'

/** Domains of which no entry is known, by the counts of a comparison; none where they were not counted. */
export function domainsWithoutEntry(counts: Readonly<Partial<Record<SafetyClass, number>>> | undefined): ReadonlySet<string> {
  if (counts === undefined) return new Set()
  return new Set(domains.filter((domain) => domain !== 'other' && !counts[safetyOf({ domain, type: '' })]))
}

/** Claims that a plan begins with: a part without a known entry would hold whatever the records say. */
export function offeredClaims(counts: Parameters<typeof domainsWithoutEntry>[0]): readonly Claim[] {
  const unjudged = domainsWithoutEntry(counts)
  return defaultClaims.filter(({ domain }) => domain === null || !unjudged.has(domain))
}

const oneOf: ReadonlyMap<string, string> = new Map([
  ['allergies', 'an allergy'],
  ['problems', 'a problem'],
  ['medicines', 'a medicine'],
  ['immunisations', 'an immunisation'],
  ['results', 'a result'],
  ['notes', 'a note'],
])

/** "no entry is known as a medicine" */
export function noEntryWords(domain: string): string {
  return `no entry is known as ${oneOf.get(domain) ?? `part of ${domain}`}`
}
