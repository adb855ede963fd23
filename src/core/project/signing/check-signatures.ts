/** V5: every signature is valid for its text, made for this project, by its own person, with a key that this person had enrolled before. */
import { digestOf } from '../../canonical.ts'
import { failedClaims } from '../../review/result/statement.ts'
import type { PublicKeyFile } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { nameOf, type Place, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { payloadOf, signatureHolds, type Verifier } from './signature.ts'
import { formFault, signatureForms } from './signature-form.ts'

/** What a signature is held against: the project's id, and the names that keys were enrolled under. */
export interface SignedIn {
  readonly id: string
  readonly keys: readonly PublicKeyFile[]
}

/** `signedIn` is null where the ledger lies alone. */
export async function checkSignatures(
  signedIn: SignedIn | null,
  entries: readonly LedgerEntry[],
  place: Place,
  verifier: Verifier,
): Promise<Verdict> {
  let signatures = 0
  const replaced = new Set<string>()
  const forms = signatureForms(entries)
  for (const [index, entry] of entries.entries()) {
    const form = formFault(entries, index, forms)
    if (form) return { ok: false, first: place(index), why: `Signature ${nameOf(entry)} ${form}` }
    if (entry.action !== 'signed') continue
    signatures++
    const why = await signatureFault(signedIn, entries, index, verifier)
    if (why) return { ok: false, first: place(index), why: `Signature ${nameOf(entry)} ${why}` }
    const before = replacedKey(entries.slice(0, index), entry)
    if (before) replaced.add(`${entry.actor} signs with another key than the one enrolled on ${before.time.wall.slice(0, 10)}`)
  }
  const words = [`${signatures} valid`, ...replaced].join('; ')
  return { ok: true, why: signatures === 0 ? 'Nothing is signed yet.' : `${words}.` }
}

/** The first enrolment of another key by the same person on the same device; null where the key is the first one there. */
export function replacedKey(
  before: readonly LedgerEntry[],
  { actor, device, publicKey }: Pick<LedgerEntry, 'actor' | 'device' | 'publicKey'>,
): LedgerEntry | null {
  const first = before.find((each) => each.action === 'key-enrolled' && each.actor === actor && each.device === device)
  return first && publicKey !== undefined && first.digest !== digestOf(publicKey) ? first : null
}

/** Why the signature at this index does not count, as the rest of a sentence; null when it does. */
export async function signatureFault(
  signedIn: SignedIn | null,
  entries: readonly LedgerEntry[],
  index: number,
  verifier: Verifier,
): Promise<string | null> {
  const entry = entries[index]
  const fault = pageFault(signedIn, entries, index)
  if (fault !== null || !entry) return fault
  return (await signatureHolds(entry, verifier)) ? null : 'is not valid: the text or the key was changed.'
}

/** The same of all but the signed bytes: what can be asked before a signature is added. */
export function pageFault(signedIn: SignedIn | null, entries: readonly LedgerEntry[], index: number): string | null {
  const entry = entries[index]
  const payload = entry ? payloadOf(entry) : null
  if (!entry || !payload || entry.publicKey === undefined) return 'has no readable payload or key.'
  if (payload.signer !== undefined && payload.signer !== entry.actor)
    return `stands in the name of ${entry.actor} and says that ${payload.signer} signs.`
  if (
    payload.signer !== undefined &&
    payload.meaning === 'approval' &&
    failedClaims(payload.claims) > 0 &&
    !payload.reason?.trim()
  )
    return 'approves although a claim does not hold, and gives no reason.'
  if (entry.digest !== digestOf(jsonOf(payload))) return 'names another content than the one it carries.'
  if (signedIn !== null && payload.project.id !== signedIn.id) return `was made for another project (${payload.project.id}).`
  const key = digestOf(entry.publicKey)
  const before = entries.slice(0, index)
  const enrolled = before.filter((each) => each.action === 'key-enrolled' && each.digest === key)
  if (enrolled.length === 0) return 'was made with a key that nobody had enrolled by then.'
  if (!enrolled.some(({ actor }) => actor === entry.actor))
    return `stands in the name of ${entry.actor} and was made with the key of ${enrolled[0]?.actor ?? 'somebody else'}.`
  const files = signedIn?.keys.filter(({ actor, publicKey }) => actor === entry.actor && digestOf(publicKey) === key) ?? []
  // A ledger that lies alone has no files of keys.
  if (signedIn !== null && files.length === 0)
    return 'was made with a key whose file is missing: nobody can say for whom it was enrolled.'
  const moved = files.find(({ device }) => !enrolled.some((each) => each.actor === entry.actor && each.device === device))
  if (moved)
    return `was made with a key whose file (keys/${moved.id}.pub.json) names the device ${moved.device}, where it was not enrolled.`
  const renamed = files.find((file) => isRenamed(file, before))
  if (renamed)
    return `was made with a key whose file (keys/${renamed.id}.pub.json) names somebody else, or says otherwise, than when it was enrolled.`
  if (files.length > 0 && !files.some(({ name }) => spelled(name) === spelled(payload.name)))
    return `is printed as ${payload.name}, and its key was enrolled for ${files[0]?.name ?? 'somebody else'}.`
  if (payload.keyReplaced !== undefined && payload.keyReplaced !== replacedKey(before, entry)?.time.wall)
    return 'says of its key what the ledger does not say.'
  return null
}

/** Action of the ledger: under which name a key was enrolled. */
export const keyNamed = 'key-named'

export function keyNameDigest({
  actor,
  name,
  role,
  created,
  publicKey,
}: Pick<PublicKeyFile, 'actor' | 'name' | 'role' | 'created' | 'publicKey'>): string {
  return digestOf({ actor, name, role, created, key: digestOf(publicKey) })
}

/** As versions before named it: role and date of the file stood for themselves. */
function earlierNameDigest({ actor, name, publicKey }: PublicKeyFile): string {
  return digestOf({ actor, name, key: digestOf(publicKey) })
}

/** Early versions named only the key itself. */
function isRenamed(file: PublicKeyFile, before: readonly LedgerEntry[]): boolean {
  const object = `keys/${file.id}.pub.json`
  const named = before.filter((entry) => entry.action === keyNamed && entry.object === object)
  const digests = [keyNameDigest(file), earlierNameDigest(file)]
  return named.length > 0 && !named.some(({ digest }) => digest !== null && digests.includes(digest))
}

/** Letters and digits of a name: how a title is dotted, or an accent written, makes nobody another person; the key is found without either. */
function spelled(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
