/**
 * Who stands for the mapping: the ledger names it by digest whenever somebody decides about one of its lines, and when the checks run with
 * it. A plan is locked over the mapping that was named last, so that every signature binds one that a person confirmed.
 */
import type { Mapping } from '../../data/crosswalk/mapping/mapping.ts'
import { whyNotAllowed } from '../duties/roles.ts'
import type { Project } from '../format/project.ts'
import { unnamed } from '../ledger/actor-slug.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { mappingDigest, payloadOf } from '../signing/signature.ts'

export const mappingConfirmed = 'mapping-confirmed'

/** The entry that names the mapping as it is here; null where it is named already, or there is none. */
export function confirmationOf({
  mapping,
  ledger,
}: Pick<Project, 'mapping' | 'ledger'>): { readonly action: string; readonly object: string; readonly digest: string } | null {
  const digest = mappingDigest(mapping)
  return mapping.size === 0 || confirmed(ledger) === digest ? null : { action: mappingConfirmed, object: 'mapping', digest }
}

/**
 * The same in this person's name. Null, too, before anybody said who works here, and where this person has no role for it: the mapping then
 * stays unconfirmed until somebody stands for it.
 */
export function confirmationBy(
  project: Pick<Project, 'mapping' | 'ledger'>,
  hand: Pick<LedgerEntry, 'actor' | 'device'>,
): ReturnType<typeof confirmationOf> {
  const may = hand.actor !== unnamed && whyNotAllowed(project.ledger, hand, mappingConfirmed) === null
  return may ? confirmationOf(project) : null
}

/** Early versions named no digest, or no person: such an entry confirms nothing that could be compared, or in nobody's name. */
function confirmed(ledger: readonly LedgerEntry[]): string | null {
  return ledger.findLast(confirms)?.digest ?? null
}

function confirms({ action, digest, actor }: LedgerEntry): boolean {
  return action === mappingConfirmed && digest !== null && actor !== unnamed
}

/** Why no plan can be locked over this mapping; null where it can. */
export function mappingUnconfirmed(project: Pick<Project, 'mapping' | 'ledger'>): string | null {
  return confirmationOf(project) === null
    ? null
    : 'The mapping is not the one that the ledger names: nobody stands for it as it is. Somebody of the data team says who works here and runs all checks, which names it; then lock the plan.'
}

/** Whether lines or codes that somebody decided about differ; a suggestion is nobody's word. */
export function decidesOtherwise(before: Mapping, after: Mapping): boolean {
  return decided(before) !== decided(after)
}

function decided({ fields, values }: Mapping): string {
  const lines = fields
    .filter(({ status }) => status === 'confirmed' || status === 'not-carried')
    .map(({ params, ...line }) => ({ ...line, params: [...params].sort() }))
  const maps = [...values].map(([name, map]) => [name, [...map.lines].map(([code, line]) => [code, { ...line }])] as const)
  return JSON.stringify([lines, maps.sort(([a], [b]) => (a < b ? -1 : 1))])
}

/** The first signature over a mapping that no named person had confirmed before, by index; null where there is none, or no entry names a mapping. */
export function signedUnconfirmed(entries: readonly LedgerEntry[], empty = mappingDigest(new Map())): number | null {
  const named = new Set<string>([empty])
  let known = false
  for (const [index, entry] of entries.entries()) {
    // What nobody put a name to confirms nothing, and is no early version either.
    if (entry.action === mappingConfirmed && entry.digest !== null) known = true
    if (confirms(entry) && entry.digest !== null) named.add(entry.digest)
    const mapping = entry.action === 'signed' ? payloadOf(entry)?.digests.mapping : undefined
    if (known && mapping !== undefined && !named.has(mapping)) return index
  }
  return null
}
