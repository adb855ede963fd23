/** What a page asks the server of a team over HTTP: who is signed in, which projects there are, files by digest. */

import { errorWords } from '../../core/values/error-words.ts'
import { isMembers, type Members, parseJson } from '../../core/values/json.ts'
import type { Standing } from './connection.ts'
import { digestOfFile } from './waiting.ts'

export type Answer =
  | { readonly ok: true; readonly value: Members }
  /** `status` is 0 where no answer came. */
  | { readonly ok: false; readonly status: number; readonly code: string; readonly why: string }

const unreachable = 'The server does not answer. Your work is kept in this browser; try again in a moment.'

/** A request that is not answered in this time, in milliseconds, is given up; bytes of files may take longer. */
const patience = 30_000
const patienceForFiles = 300_000

/** No answer came: nothing is wrong with what was sent, and it is sent again. */
export class NoAnswer extends Error {
  constructor() {
    super(unreachable)
  }
}

/** Asks with JSON; a refusal is the server's own sentence. */
export async function ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> {
  try {
    const answer = await fetch(path, {
      method,
      signal: AbortSignal.timeout(patience),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const parsed = parseJson(await answer.text())
    const value: Members = parsed.ok && isMembers(parsed.value) ? parsed.value : {}
    if (answer.ok) return { ok: true, value }
    const { code, why } = value
    return {
      ok: false,
      status: answer.status,
      code: typeof code === 'string' ? code : '',
      why: typeof why === 'string' ? why : `The server answered ${answer.status}. Try again, or ask who runs it.`,
    }
  } catch {
    return { ok: false, status: 0, code: 'unreachable', why: unreachable }
  }
}

export interface You {
  readonly id: string
  readonly name: string
  /** How the ledger names this person. */
  readonly actor: string
  readonly isAdministrator: boolean
}

export interface Account {
  readonly origin: string
  /** Name of the hospital's sign-in; null where there is none. */
  readonly provider: string | null
  readonly you: You | null
  /** Days for which the server keeps its log of access. */
  readonly logDays: number
}

/** Null where the server does not answer. */
export async function account(): Promise<Account | null> {
  const answer = await ask('GET', '/account')
  if (!answer.ok) return null
  const { origin, provider, you, logDays } = answer.value
  return {
    origin: String(origin),
    provider: typeof provider === 'string' ? provider : null,
    you:
      isMembers(you) && typeof you.id === 'string'
        ? { id: you.id, name: String(you.name), actor: String(you.actor), isAdministrator: you.isAdministrator === true }
        : null,
    logDays: typeof logDays === 'number' ? logDays : 0,
  }
}

/** Why a socket did not open. */
export async function standingIn(project: string): Promise<Standing> {
  const answer = await ask('GET', `/team/${encodeURIComponent(project)}/about`)
  if (answer.ok) return 'here'
  return answer.status === 401 ? 'signed-out' : answer.status === 404 || answer.status === 403 ? 'no-member' : 'unreachable'
}

/** @throws {NoAnswer} where the server can not be reached @throws {Error} with its sentence where it refuses */
export async function putBlob(project: string, digest: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let tries = 0; ; tries++) {
    const answer = await fetchFile(project, digest, { method: 'PUT', body: bytes })
    if (answer.ok) return
    // Too fast, or a trouble of the server: later.
    const mayPass = answer.status === 429 || answer.status >= 500
    if (mayPass && tries >= 6) throw new NoAnswer()
    if (!mayPass) throw new Error(await sentenceOf(answer))
    await new Promise((done) => setTimeout(done, 300 * 2 ** tries))
  }
}

/** The bytes with this digest, and no others. @throws {NoAnswer} where the server can not be reached @throws {Error} with a sentence */
export async function getBlob(project: string, digest: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetchFile(project, digest, {})
  if (answer.status >= 500) throw new NoAnswer()
  if (!answer.ok) throw new Error(await sentenceOf(answer))
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (digestOfFile(bytes) !== digest)
    throw new Error('The server sent another file than the one that was asked for. Nothing of it was taken; call who runs it.')
  return bytes
}

async function fetchFile(project: string, digest: string, asked: RequestInit): Promise<Response> {
  try {
    return await fetch(`/team/${encodeURIComponent(project)}/blob/${digest}`, {
      ...asked,
      signal: AbortSignal.timeout(patienceForFiles),
    })
  } catch {
    throw new NoAnswer()
  }
}

async function sentenceOf(answer: Response): Promise<string> {
  try {
    const parsed = parseJson(await answer.text())
    if (parsed.ok && isMembers(parsed.value) && typeof parsed.value.why === 'string') return parsed.value.why
  } catch (error) {
    return errorWords(error)
  }
  return `The server answered ${answer.status}.`
}
