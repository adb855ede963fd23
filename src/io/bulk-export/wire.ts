/** One request of an export: the token goes to the server's own origin only, other origins are asked about first. */
import { Cancelled } from '../../core/operation.ts'
import { retryAfter } from './back-off.ts'

/** What went wrong with an export, in a sentence; addresses are told without their query, which can name patients. */
export class ExportError extends Error {
  readonly code = 'bulk-export'
  /** What the server says about it; it may quote records, so it is shown once and never stored. */
  readonly said: string | null
  /** The origin that a person has to agree to first; null where it is about something else. */
  readonly origin: string | null

  constructor(message: string, said: string | null = null, origin: string | null = null) {
    super(message)
    this.said = said
    this.origin = origin
  }
}

/** What `fetch` of page and Node is given. */
export interface SendInit {
  readonly method: 'GET' | 'DELETE'
  readonly headers: Record<string, string>
  readonly redirect: 'manual'
  readonly credentials: 'omit'
  readonly cache: 'no-store'
  readonly signal: AbortSignal
}

export type Send = (url: string, init: SendInit) => Promise<Response>

export interface WirePorts {
  readonly fetch: Send
  readonly now: () => number
  /** Bearer token; in memory only. */
  readonly token: string | null
  /** Origins beside that of the server which a person agreed to. They never get the token. */
  readonly otherOrigins: readonly string[]
  /** True where the browser hides headers that a server does not expose (CORS). */
  readonly isPage: boolean
}

export interface Question {
  readonly url: string
  readonly method: 'GET' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  /** False where the server says that no token is needed. */
  readonly withToken: boolean
}

export type Answer =
  | { readonly kind: 'answer'; readonly response: Response }
  /** 429 or 503: come again later. `wait` is null where the server does not say when. */
  | { readonly kind: 'busy'; readonly status: number; readonly wait: number | null }
  /** 500, 502, 504, or no answer at all (status null): worth another try. */
  | { readonly kind: 'fault'; readonly status: number | null; readonly wait: number | null }
  | { readonly kind: 'refused'; readonly status: number; readonly said: string | null }

const mostRedirects = 5
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

export class Wire {
  private readonly origin: string
  private readonly ports: WirePorts

  constructor(base: string, ports: WirePorts) {
    this.origin = new URL(base).origin
    this.ports = ports
    checkScheme(new URL(base))
  }

  isOwn(url: string): boolean {
    return new URL(url).origin === this.origin
  }

  /** @throws ExportError for an address that must not be asked, Cancelled when told to stop */
  async send(question: Question, signal: AbortSignal): Promise<Answer> {
    let url = question.url
    for (let hop = 0; hop <= mostRedirects; hop++) {
      this.check(url)
      let response: Response
      try {
        response = await this.ports.fetch(url, this.initOf(question, url, signal))
      } catch {
        if (signal.aborted) throw new Cancelled()
        return { kind: 'fault', status: null, wait: null }
      }
      if (response.type === 'opaqueredirect')
        throw new ExportError(
          `${shown(url)} redirects, and a page can not see where to. Fetch this export with the command line: carryover validate URL --export … --out DIR.`,
        )
      const to = response.headers.get('Location')
      if (response.status < 300 || response.status > 399 || response.status === 304 || to === null) return this.judge(response)
      await response.body?.cancel()
      url = new URL(to, url).href
    }
    throw new ExportError(`${shown(question.url)} redirects again and again. Ask who runs the server.`)
  }

  private check(url: string): void {
    const { origin } = new URL(url)
    checkScheme(new URL(url))
    if (origin === this.origin || this.ports.otherOrigins.includes(origin)) return
    const advice = this.ports.isPage ? '' : ` If you trust it, run again with --also-from ${origin}; the token is not sent there.`
    throw new ExportError(
      `The server points to another origin (${origin}), and nothing was fetched from there.${advice}`,
      null,
      origin,
    )
  }

  private initOf({ method, headers, withToken }: Question, url: string, signal: AbortSignal): SendInit {
    const { token } = this.ports
    const authorised = token !== null && withToken && this.isOwn(url)
    return {
      method,
      headers: authorised ? { ...headers, Authorization: `Bearer ${token}` } : { ...headers },
      // Redirects are followed here, hop by hop, so that each is looked at before the token goes along.
      redirect: 'manual',
      credentials: 'omit',
      // Records of patients do not belong into the cache of a browser.
      cache: 'no-store',
      signal,
    }
  }

  private async judge(response: Response): Promise<Answer> {
    const { status } = response
    if (response.ok) return { kind: 'answer', response }
    const wait = retryAfter(response.headers.get('Retry-After'), this.ports.now())
    if (status === 429 || status === 503) {
      await response.body?.cancel()
      return { kind: 'busy', status, wait }
    }
    if (status === 500 || status === 502 || status === 504) {
      await response.body?.cancel()
      return { kind: 'fault', status, wait }
    }
    return { kind: 'refused', status, said: outcomeText(await beginning(response)) }
  }
}

/** Address for a person: without query and fragment. */
export function shown(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

function checkScheme({ protocol, hostname, origin }: URL): void {
  if (protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname))) return
  throw new ExportError(`${origin} is not encrypted; records of patients are fetched by https only. Name its https address.`)
}

const mostBody = 64 << 10

/** At most 64 KiB of a body, as text. */
async function beginning(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (text.length < mostBody) {
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    // What came is all there is to tell.
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  return text
}

/** The texts of an OperationOutcome (FHIR R4 §2.37); null where the body is none. */
function outcomeText(body: string): string | null {
  try {
    const outcome = JSON.parse(body) as {
      readonly issue?: readonly { readonly diagnostics?: string; readonly details?: { readonly text?: string } }[]
    }
    const texts = (outcome.issue ?? [])
      .map((issue) => issue.details?.text ?? issue.diagnostics ?? '')
      .filter((text) => text !== '')
    return texts.length === 0 ? null : plain(texts.join('; '))
  } catch {
    return null
  }
}

const longestSaying = 300

/** Words of a server for a terminal: without control characters, and not endless. */
export function plain(text: string): string {
  const line = [...text].map((char) => (char < ' ' || (char >= '\x7f' && char <= '\x9f') ? ' ' : char)).join('')
  return line.length > longestSaying ? `${line.slice(0, longestSaying)}…` : line
}
