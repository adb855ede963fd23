/** The hash of an entry, and the text that it covers: an entry as its line in `ledger.jsonl` has it. */
import { canonicalJson, sha256Hex } from '../../canonical.ts'
import type { LedgerEntry } from './ledger.ts'

/** SHA-256 of the UTF-8 of a text in lower-case hex, as the platform gives it. */
export type TextDigest = (text: string) => string

/** Hash of an entry without its `hash`; every other member counts, known or not. */
export function hashOf(entry: Omit<LedgerEntry, 'hash'>, digest: TextDigest = sha256Hex): string {
  return digest(plainText(entry, null) ?? canonicalJson({ ...entry, hash: undefined }))
}

/** Canonical text of an entry, as its line in `ledger.jsonl` has it. */
export function entryText(entry: LedgerEntry): string {
  return plainText(entry, entry.hash) ?? canonicalJson({ ...entry })
}

/** One line of `ledger.jsonl`, line end included. */
export function ledgerLine(entry: LedgerEntry): string {
  return `${entryText(entry)}\n`
}

/** Text that JSON writes as it is: nothing to escape, nothing outside ASCII. */
const asWritten = /^[ !#-[\]-~]*$/

/**
 * The canonical text of an entry with the usual members and plain texts, put together in their order; null for any other entry, which
 * takes the long way. A ledger of 100,000 entries is read several times faster so.
 */
function plainText(entry: Omit<LedgerEntry, 'hash'>, hash: string | null): string | null {
  const { seq, device, time, actor, action, object, digest, prev } = entry
  let members = 0
  for (const name in entry) if (name !== 'hash') members++
  let clock = 0
  for (const _ in time) clock++
  if (members !== 8 || clock !== 2 || !Number.isSafeInteger(seq) || !Number.isSafeInteger(time.counter)) return null
  const texts = `${action}${actor}${device}${digest ?? ''}${hash ?? ''}${object}${prev}${time.wall}`
  if (!asWritten.test(texts)) return null
  const own = hash === null ? '' : `"hash":"${hash}",`
  const named = digest === null ? 'null' : `"${digest}"`
  return `{"action":"${action}","actor":"${actor}","device":"${device}","digest":${named},${own}"object":"${object}","prev":"${prev}","seq":${String(seq)},"time":{"counter":${String(time.counter)},"wall":"${time.wall}"}}`
}

/** A line as `plainText` writes it: members in their order, plain texts, whole numbers as JSON writes them. */
const plainLine = (() => {
  const text = '([ !#-[\\]-~]*)'
  const hash = '([0-9a-f]{64})'
  const whole = '(0|-?[1-9]\\d{0,14})'
  return new RegExp(
    `^{"action":"${text}","actor":"${text}","device":"${text}","digest":(?:null|"${text}"),"hash":"${hash}","object":"${text}",` +
      `"prev":"${hash}","seq":${whole},"time":{"counter":${whole},"wall":"${text}"}}$`,
  )
})()

/** The entry of a line that is canonical by its look alone; null for any other line, which has to be parsed and written again to know. */
export function plainEntry(line: string): LedgerEntry | null {
  const parts = plainLine.exec(line)
  if (!parts) return null
  const [, action = '', actor = '', device = '', digest = null, hash = '', object = '', prev = '', seq, counter, wall = ''] =
    parts
  return {
    action,
    actor,
    device,
    digest,
    hash,
    object,
    prev,
    seq: Number(seq),
    time: { counter: Number(counter), wall },
  }
}
