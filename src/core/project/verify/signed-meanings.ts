/** What was signed, in words: a refusal is said as a refusal wherever the signature is spoken of. */
import { dayText } from '../../values/day.ts'
import type { Project } from '../format/project.ts'
import type { Meaning, SignaturePayload } from '../signing/signature-page.ts'
import { type Coverage, signaturesOf } from './coverage.ts'

export interface SignedMeaning {
  readonly name: string
  readonly role: string
  readonly meaning: Meaning
  /** RFC 3339, of the page. */
  readonly time: string
  /** Whether it speaks about what is here now. */
  readonly covers: 'current' | 'earlier' | 'unknown'
  /** Claims of the page that do not hold. */
  readonly failed: number
  /** A review that was signed before everything was read. */
  readonly part: boolean
  /** A part that was read on from: everything in it stands as it was signed. */
  readonly holds: boolean
}

const verbs: Readonly<Record<Meaning, string>> = {
  review: 'reviewed by',
  approval: 'approved by',
  rejection: 'not approved by',
  responsibility: 'answered for by',
  authorship: 'written by',
}

/** Each person's last word of each kind, refusals first; an approval after the own refusal takes its place, and the other way round. */
export function signedMeanings(project: Project): readonly SignedMeaning[] {
  const last = new Map<string, SignedMeaning>()
  for (const { entry, payload, coverage } of signaturesOf(project)) {
    const kind = payload.meaning === 'rejection' ? 'approval' : payload.meaning
    last.delete(`${entry.actor} ${kind}`)
    last.set(`${entry.actor} ${kind}`, meaningOf(payload, coverage))
  }
  const all = [...last.values()]
  return [...all.filter(({ meaning }) => meaning === 'rejection'), ...all.filter(({ meaning }) => meaning !== 'rejection')]
}

function meaningOf(
  { name, role, meaning, time, claims, part }: SignaturePayload,
  { covers, part: held }: Coverage,
): SignedMeaning {
  const failed = claims.filter(({ holds }) => !holds).length
  return { name, role, meaning, time, covers, failed, part: part === true, holds: held !== undefined }
}

/** "not approved by Dr. Rita Haas (Reviewer) on 02-Mar-2026". */
function meaningText({ name, role, meaning, time, covers, failed, part, holds }: SignedMeaning): string {
  const against =
    meaning === 'approval' && failed > 0 ? `, against ${failed === 1 ? 'a claim' : `${failed} claims`} that did not hold` : ''
  const earlier = holds
    ? ', without what was judged since'
    : covers === 'earlier'
      ? part
        ? ', changed since'
        : ', for an earlier version'
      : ''
  return `${part ? 'reviewed in part by' : verbs[meaning]} ${name} (${role}) on ${dayText(time)}${against}${earlier}`
}

/** The same with a capital, to begin a sentence or a title. */
export function meaningTitle(signed: SignedMeaning): string {
  const text = meaningText(signed)
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

/** One sentence over all of them; null where nothing is signed. */
export function meaningsSentence(signed: readonly SignedMeaning[]): string | null {
  return signed.length === 0 ? null : `The signed meaning is: ${signed.map(meaningText).join('; ')}.`
}
