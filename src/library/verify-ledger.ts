/** A ledger that lies alone, verified for callers. */
import { verifyLedgerAlone } from '../core/project/verify/verify.ts'
import { webVerifier } from '../io/keys/signature-web.ts'
import { InvalidInput } from './invalid-input.ts'

/**
 * What a ledger is held against.
 *
 * @public
 */
export interface LedgerVerification {
  /** A head that was printed or sent earlier (`sha256:` and 64 hexadecimal digits): the ledger must still lead to it. */
  readonly expectedHead?: string
}

/**
 * One check of a ledger.
 *
 * @public
 */
export interface LedgerCheck {
  /** `V1` to `V5`. */
  readonly id: string
  /** What is checked, for a person. */
  readonly title: string
  /** True where it holds. */
  readonly ok: boolean
  /** The first entry that does not stand as it should; null where all do, or none can be named. */
  readonly first: { readonly device: string | null; readonly seq: number | null; readonly line: number | null } | null
  /** What is wrong, or what was checked. */
  readonly why: string
}

/**
 * What a ledger proves by itself.
 *
 * @public
 */
export interface LedgerReport {
  /** True where every check holds. */
  readonly ok: boolean
  /** In the order of their ids. */
  readonly checks: readonly LedgerCheck[]
  /** Digest that the whole ledger leads to (`sha256:…`). */
  readonly head: string
  /** Lines that are entries. */
  readonly entries: number
  /** Entries that are signatures. */
  readonly signatures: number
  /** Heads that signatures stand on, in the order of the ledger. */
  readonly signedHeads: readonly string[]
  /** What nobody can read off a ledger alone, as sentences. */
  readonly cannotProve: readonly string[]
}

/**
 * Verifies `ledger.jsonl`: form, hashes, chains, heads and signatures. It needs WebCrypto (Node, or a page opened over https).
 *
 * @param text - the ledger, one entry a line
 * @param options - the head that was printed or sent earlier
 * @returns each check with the first place that breaks it
 * @throws {@link InvalidInput} where the text is none, is empty, or the head has another form
 * @public
 */
export async function verifyLedger(text: string, options: LedgerVerification = {}): Promise<LedgerReport> {
  const { expectedHead } = options
  if (typeof text !== 'string' || text === '')
    throw new InvalidInput('text', 'text holds no ledger. Give the content of ledger.jsonl.')
  if (expectedHead !== undefined && !/^sha256:[0-9a-f]{64}$/.test(expectedHead))
    throw new InvalidInput('expectedHead', `expectedHead is "${expectedHead}"; it takes sha256: and 64 hexadecimal digits.`)
  const now = new Date().toISOString()
  const report = await verifyLedgerAlone(text, webVerifier, { now, ...(expectedHead === undefined ? {} : { expectedHead }) })
  const { ok, head, entries, signatures, signedHeads, cannotProve } = report
  const checks = report.checks.map(({ id, title, ok: holds, first, why }) => ({ id, title, ok: holds, first, why }))
  return { ok, checks, head, entries, signatures, signedHeads, cannotProve }
}
