/** Where evidence may come from, and which of it proves anything. */

export interface Said {
  /** As printed: the name of the key, else the slug of the ledger; null where nobody said a name. */
  readonly by: string | null
  readonly role: string | null
  /** RFC 3339. */
  readonly at: string
}

export type Origin =
  | { readonly kind: 'computed'; readonly run: number; readonly at: string }
  /** A run that a named person's verified signature under the review covers, whoever ran it. */
  | {
      readonly kind: 'vouched'
      readonly run: number
      readonly ran: string
      readonly by: string
      readonly role: string
      readonly at: string
    }
  /** A run that another device says it computed, and nobody with a role for it answers for. */
  | { readonly kind: 'told'; readonly run: number; readonly at: string; readonly by: string | null; readonly why: string }
  /** Acts of named people that the ledger holds word for word: plan, draw, verdicts, signatures. */
  | { readonly kind: 'recorded'; readonly what: string }
  /** In the ledger, and not in the name of a person who answers for it; `why` says whose hand it was. */
  | { readonly kind: 'unanswered'; readonly what: string; readonly why: string }
  | ({ readonly kind: 'signed'; readonly file: string; readonly from: string; readonly edits: number } & Said)
  /** Signed, and nobody has verified the project yet, or it does not verify. */
  | ({ readonly kind: 'unverified'; readonly file: string; readonly why: string } & Said)
  /** Changed cell by cell; `edit` says from what to what and why, where the act kept it. */
  | ({ readonly kind: 'typed'; readonly file: string; readonly edit: string | null } & Said)
  /** `typed` says which of its cells were typed by hand before it was uploaded, in words; null where none is known. */
  | ({ readonly kind: 'added'; readonly file: string; readonly typed: string | null } & Said)
  | { readonly kind: 'dropped'; readonly file: string }
  /** Maps and lines that people drew or wrote, and that no complete run has judged as they are. */
  | { readonly kind: 'drawn'; readonly what: string }
  | { readonly kind: 'example'; readonly file: string }

/** True for what opens a gate; everything else is claimed at best. */
export function proves({ kind }: Origin): boolean {
  return kind === 'computed' || kind === 'vouched' || kind === 'recorded' || kind === 'signed'
}
