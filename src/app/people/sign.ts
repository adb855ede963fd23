/** Signing: with a key that only its owner's passphrase opens, made at the first signature and enrolled with it. */

import { digestOf } from '../../core/canonical.ts'
import { finish } from '../../core/operation.ts'
import type { Hand } from '../../core/project/acts/hand.ts'
import { refuse } from '../../core/project/acts/refusal.ts'
import type { Project } from '../../core/project/format/project.ts'
import { slugOf } from '../../core/project/ledger/actor-slug.ts'
import { enrolKey, sign } from '../../core/project/review/review-steps.ts'
import { replacedKey } from '../../core/project/signing/check-signatures.ts'
import type { Signer, SigningWords } from '../../core/project/signing/signature.ts'
import { errorWords } from '../../core/values/error-words.ts'
import type { SealedKey } from '../../io/keys/signing-key.ts'
import { keptKey } from '../../io/store/keys-browser.ts'
import { act, type Refusal } from '../session/act.ts'
import { browserStore } from '../session/browser-store.ts'
import { jobs } from '../session/jobs.ts'
import { hand } from '../session/ledger.ts'
import { openProject, setWorkspace } from '../session/state.ts'
import { whatIsBroken } from './verified.ts'

declare const __VERSION__: string

const never = new AbortController().signal

/** Whether the person of this printed name has a key here. */
export async function hasSigningKey(name: string): Promise<boolean> {
  return (await keyOf({ ...hand(), actor: slugOf(name) })) !== null
}

/** Whether this secret opens a key of this name here, by signing something that nobody keeps; null where it does or none is asked for. */
export async function opensOwnKey(name: string, secret: string): Promise<Refusal> {
  let problem: string | null = null
  for (const key of await keysOf({ ...hand(), actor: slugOf(name) })) {
    try {
      await signerOf(key, secret).sign(crypto.getRandomValues(new Uint8Array(32)))
      return null
    } catch (error) {
      problem ??= errorWords(error)
    }
  }
  return problem
}

/** Makes a key under a passphrase and gives its recovery key. Earlier keys of this name stay beside it and go on signing. */
export async function makeKey(passphrase: string): Promise<string> {
  const { key, recoveryKey } = await newKey(passphrase)
  await keepKey(key)
  return recoveryKey
}

async function newKey(passphrase: string): Promise<{ readonly key: NamedKey; readonly recoveryKey: string }> {
  const made = await finish(jobs.seal({ kind: 'make-key', passphrase }, never))
  if (made.kind !== 'key') throw new Error('No key was made.')
  const { length } = await keysOf(hand())
  return { key: { ...made.key, id: keyName(hand(), length + 1) }, recoveryKey: made.recoveryKey }
}

async function keepKey({ id, ...key }: NamedKey): Promise<void> {
  await (await browserStore()).keepKey(openProject().manifest.id, id, key)
}

type Said = Omit<SigningWords, 'time' | 'tool'>

/** The first signature of a person, or one with a new key. The key is kept only once it has signed: a refusal leaves no key behind that nobody can recover. */
export async function signWithNewKey(
  words: Said,
  time: string,
  passphrase: string,
): Promise<{ readonly ok: true; readonly recoveryKey: string | null } | { readonly ok: false; readonly problem: string }> {
  let made: Awaited<ReturnType<typeof newKey>>
  try {
    made = await newKey(passphrase)
  } catch (error) {
    return refuse(`No key was made: ${errorWords(error)}`)
  }
  const { key, recoveryKey } = made
  const problem = await act(async (project, by) => {
    const broken = await whatIsBroken(project)
    if (broken !== null) return refuse(`Nothing can be signed: ${broken}`)
    return await signWith(project, words, time, key, passphrase, by)
  })
  if (problem !== null) return refuse(problem)
  try {
    await keepKey(key)
    return { ok: true, recoveryKey }
  } catch (error) {
    const why = errorWords(error)
    setWorkspace({ problem: `You have signed, and what you signed stays valid. This browser could not keep your key: ${why}` })
    return { ok: true, recoveryKey: null }
  }
}

function signWith(project: Project, words: Said, time: string, key: NamedKey, secret: string, by: Hand) {
  const ready = enrolled(project, key, words, by)
  const first = replacedKey(ready.ledger, { ...by, publicKey: key.publicKey })
  const said = { ...words, time, tool: `carryover ${__VERSION__}`, ...(first ? { keyReplaced: first.time.wall } : {}) }
  return sign(ready, said, signerOf(key, secret), by)
}

/** Signs with the key of this person; `secret` is its passphrase or recovery key. Nothing changes where it is wrong. */
export function signReview(words: Said, time: string, secret: string): Promise<Refusal> {
  return act(async (project, by) => {
    const broken = await whatIsBroken(project)
    if (broken !== null) return refuse(`Nothing can be signed: ${broken}`)
    let wrong: unknown = null
    // Whoever made a key in this name took nothing from its owner: the secret of an earlier key opens that one.
    for (const key of await keysOf(by)) {
      try {
        return await signWith(project, words, time, key, secret, by)
      } catch (error) {
        wrong ??= error
      }
    }
    if (wrong !== null) throw wrong
    return refuse('Make a key before you sign.')
  })
}

export async function keyOf(by: Hand): Promise<SealedKey | null> {
  const [newest] = await keysOf(by)
  return newest ?? null
}

type NamedKey = SealedKey & { readonly id: string }

/** All keys of this name in this browser, the newest first: a key is never written over. */
async function keysOf(by: Hand): Promise<readonly NamedKey[]> {
  const store = await browserStore()
  const { id: project } = openProject().manifest
  const keys: NamedKey[] = []
  for (;;) {
    const id = keyName(by, keys.length + 1)
    const key = await keptKey(store, project, id)
    if (!key) return keys
    keys.unshift({ ...key, id })
  }
}

function keyName({ actor, device }: Pick<Hand, 'actor' | 'device'>, number: number): string {
  return number === 1 ? `${actor}-${device}` : `${actor}-${device}-${number}`
}

/** Opens the key for each signature. @throws Error with a sentence where the secret does not open the key */
export function signerOf({ publicKey, sealed }: SealedKey, secret: string): Signer {
  return {
    publicKey,
    sign: async (bytes) => {
      const done = await finish(jobs.seal({ kind: 'sign', sealed, secret, bytes }, never))
      if (done.kind !== 'signed') throw new Error('Nothing was signed.')
      if (!done.outcome.ok) throw new Error(done.outcome.problem)
      return done.outcome.signature
    },
  }
}

function enrolled(project: Project, { id, publicKey }: NamedKey, words: Pick<SigningWords, 'name' | 'role'>, by: Hand): Project {
  const digest = digestOf(publicKey)
  if (project.ledger.some((entry) => entry.action === 'key-enrolled' && entry.digest === digest)) return project
  const { actor, device, wall } = by
  return enrolKey(project, { id, actor, name: words.name, role: words.role, device, created: wall, publicKey }, by)
}
