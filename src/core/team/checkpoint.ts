/**
 * Checkpoints of a ledger on a server (C2SP tlog-checkpoint): origin, size and root of an RFC 6962 tree over the hashes of the entries in order
 * of arrival. Who keeps the last one notices a server that takes entries back, changes their order, or shows two people two histories.
 */
import { bytesToHex } from '@noble/hashes/utils.js'
import { verifyConsistency } from '../project/ledger/merkle.ts'
import { decodeBase64, encodeBase64 } from '../values/base64.ts'
import { readNote } from './signed-note.ts'

export interface Checkpoint {
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${encodeBase64(root)}\n`
}

/** Reads the text of a note; null where it is no checkpoint. Lines after the third are passed over. */
export function readCheckpoint(note: string): Checkpoint | null {
  const text = readNote(note)?.text
  const [origin = '', count = '', encoded = ''] = text?.split('\n') ?? []
  const root = decodeBase64(encoded)
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(count) || root?.length !== 32) return null
  return { origin, size: Number(count), root }
}

/** Answer of `GET /team/<project>/proof`: hashes in lower-case hex. */
export interface ConsistencyProof {
  readonly from: number
  readonly to: number
  readonly proof: readonly string[]
}

export type CheckpointJudgement =
  | { readonly ok: true; readonly standing: 'first' | 'same' | 'grown' }
  | { readonly ok: false; readonly standing: 'rolled-back' | 'other-history' | 'other-ledger' | 'unproven'; readonly why: string }

/** Whether a server goes on from what this client has seen. Signatures are checked before. */
export function judgeCheckpoint(held: Checkpoint | null, next: Checkpoint, proof: ConsistencyProof | null): CheckpointJudgement {
  if (held === null) return { ok: true, standing: 'first' }
  if (held.origin !== next.origin)
    return no('other-ledger', `This checkpoint speaks of ${next.origin}, and you have seen ${held.origin}.`)
  if (next.size < held.size)
    return no(
      'rolled-back',
      `The server shows ${next.size} entries, and you have seen ${held.size}: it was set back. Send nothing, keep your copy, and call who runs it.`,
    )
  if (next.size === held.size)
    return bytesToHex(held.root) === bytesToHex(next.root)
      ? { ok: true, standing: 'same' }
      : no('other-history', otherHistory(held.size))
  if (!proof || proof.from !== held.size || proof.to !== next.size)
    return no(
      'unproven',
      `The server does not prove that its ${next.size} entries begin with the ${held.size} that you have seen.`,
    )
  const hashes = proof.proof.map(bytesOf)
  if (hashes.some((hash) => hash === null)) return no('unproven', 'The proof of the server can not be read.')
  const path = hashes.flatMap((hash) => (hash ? [hash] : []))
  return held.size === 0 || verifyConsistency(held.size, next.size, held.root, next.root, path)
    ? { ok: true, standing: 'grown' }
    : no('other-history', otherHistory(held.size))
}

function otherHistory(size: number): string {
  return `The first ${size} entries of the server are not those that you have seen: it shows another history. Send nothing, keep your copy, and call who runs it.`
}

function no(standing: 'rolled-back' | 'other-history' | 'other-ledger' | 'unproven', why: string): CheckpointJudgement {
  return { ok: false, standing, why }
}

function bytesOf(hex: string): Uint8Array | null {
  if (!/^[0-9a-f]{64}$/.test(hex)) return null
  return Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16))
}
