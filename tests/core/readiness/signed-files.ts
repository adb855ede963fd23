/** Files of the board with a signed origin, as the app signs them, without waiting: for fixtures that are made at once. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { toBase64url } from '../../../src/core/base64url.ts'
import { digestOf } from '../../../src/core/canonical.ts'
import type { Hand } from '../../../src/core/project/acts/hand.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { latestMoment, nextMoment } from '../../../src/core/project/ledger/ledger.ts'
import { lowS } from '../../../src/core/project/signing/low-s.ts'
import { signedBytes } from '../../../src/core/project/signing/signature.ts'
import { type InputKind, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { originSigned, type SignedOrigin } from '../../../src/core/readiness/kept-files/signed-origin.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { kty = '', crv = '', x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
const publicKey = { kty, crv, x, y }
const key = digestOf(publicKey)

export const lead = { actor: 'tomas-reyl', name: 'Tomas Reyl', role: 'project lead' }

/** The files of these kinds as they are, with where they come from signed by the lead; kinds without a file are passed over. */
export function withSignedOrigins(project: Project, kinds: readonly InputKind[], at: Pick<Hand, 'device' | 'wall'>): Project {
  const enrolled = withKey(project, at)
  let { ledger } = enrolled
  for (const kind of kinds) {
    const path = inputPath(kind)
    const bytes = enrolled.other.get(path)
    if (bytes === undefined) continue
    const payload: SignedOrigin = {
      format: 'carryover-origin/1',
      project: project.manifest.id,
      path,
      file: digestOf(new TextDecoder().decode(bytes)),
      name: lead.name,
      role: lead.role,
      from: 'the export of the system that keeps it',
      edits: 0,
    }
    const signature = sign('sha256', signedBytes(payload), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' })
    const entry = {
      device: at.device,
      time: nextMoment(latestMoment(ledger), at.wall),
      actor: lead.actor,
      action: originSigned,
      object: path,
      digest: digestOf(payload),
      signature: { payload, publicKey, signature: toBase64url(lowS(new Uint8Array(signature))) },
    }
    ledger = appendEntries(ledger, [entry])
  }
  return { ...enrolled, ledger }
}

function withKey(project: Project, { device, wall }: Pick<Hand, 'device' | 'wall'>): Project {
  if (project.keys.some((each) => digestOf(each.publicKey) === key)) return project
  const file = { id: `${lead.actor}-${device}`, ...lead, device, created: wall, publicKey }
  const entry = {
    device,
    time: nextMoment(latestMoment(project.ledger), wall),
    actor: lead.actor,
    action: 'key-enrolled',
    object: `keys/${file.id}.pub.json`,
    digest: key,
  }
  return { ...project, keys: [...project.keys, file], ledger: appendEntries(project.ledger, [entry]) }
}
