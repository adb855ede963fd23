/** What the pages of a project say of its ledger and its signatures: one report, and the same answer on ledger page, certificate and command line. */
import type { Coverage } from './coverage.ts'
import { heldSentence } from './signed-part.ts'
import { brokenIn, type VerifyReport } from './verify.ts'

export type Standing =
  /** Everything verifies, and the page speaks about what is here now. */
  | { readonly kind: 'holds'; readonly words: string }
  /** Everything verifies; a part was signed, all of it stands, and readers have judged more since. */
  | { readonly kind: 'part'; readonly words: string }
  /** Everything verifies; the page speaks about an earlier version. */
  | { readonly kind: 'earlier'; readonly words: string }
  | { readonly kind: 'refused'; readonly words: string }

/** What verifying gave, or in words why nobody could look. */
export type Looked = Pick<VerifyReport, 'checks' | 'part'> | string

/** What the ledger page says. */
export function ledgerStanding(looked: Looked): Standing {
  const broken = typeof looked === 'string' ? looked : brokenIn(looked)
  if (broken !== null || typeof looked === 'string') return { kind: 'refused', words: `The ledger does not hold: ${broken}` }
  const moved = looked.checks.find(({ id, ok }) => id === 'V9' && !ok)
  if (moved) return { kind: 'earlier', words: `Every check of the ledger holds. ${moved.why}` }
  return looked.part
    ? { kind: 'part', words: `Every check of the ledger holds. ${heldSentence(looked.part)}` }
    : { kind: 'holds', words: 'Every check of the ledger holds.' }
}

/**
 * What the certificate says under a signature. A page is no better than the project it stands in.
 * @param fault why this one signature does not count, as the rest of a sentence; null where it does
 */
export function pageStanding(looked: Looked, fault: string | null, { covers, changed, part }: Coverage): Standing {
  if (fault !== null) return { kind: 'refused', words: `This signature ${fault}` }
  const ledger = ledgerStanding(looked)
  if (ledger.kind === 'refused')
    return {
      kind: 'refused',
      words: `The signature fits its text and its key, and does not count: ${ledger.words.replace('The ledger', 'the ledger')}`,
    }
  if (part && ledger.kind !== 'earlier') return { kind: 'part', words: heldSentence(part) }
  if (covers === 'earlier')
    return { kind: 'earlier', words: `The signature holds for what it was made over. ${changed[0]?.sentence ?? ''}`.trim() }
  if (ledger.kind === 'earlier')
    return { kind: 'earlier', words: `The signature holds for this text and this key. ${ledger.words}` }
  return {
    kind: 'holds',
    words: 'The signature holds for this text and this key. The key was enrolled before it, and the whole project verifies.',
  }
}
