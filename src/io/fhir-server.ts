/** Reads a FHIR R4 server that a person named, page by page, through fhir-kit-client. The only importer of that package. */
import { Client } from 'fhir-kit-client'
import { Cancelled, stopIfAborted } from '../core/operation.ts'

export interface ServerRequest {
  /** Base address, e.g. `https://fhir.example.org/r4`. */
  readonly base: string
  readonly types: readonly string[]
  /** Bearer token; kept in memory only and sent to the origin of `base` alone. */
  readonly token: string | null
  readonly pageSize: number
}

/** One page of a search, as NDJSON lines of its resources. */
export interface ServerPage {
  readonly type: string
  readonly lines: string
  readonly resources: number
  /** On the last page of a type: that the server claims another number than it gave; null where the numbers agree or it claims none. */
  readonly short: string | null
}

/** What went wrong with a server, in a sentence, with the address without its query: queries can name patients. */
export class ServerError extends Error {
  readonly code = 'fhir-server'
}

interface SearchBundle {
  readonly resourceType: string
  readonly total?: number
  readonly link?: readonly { readonly relation: string; readonly url: string }[]
  readonly entry?: readonly {
    readonly resource?: { readonly resourceType?: string }
    readonly search?: { readonly mode?: string }
  }[]
}

/**
 * All resources of the wanted types, one page at a time.
 * @throws ServerError where the server answers with anything but a search Bundle, or points to another origin (FHIR R4 http.html §3.1.0.8)
 */
export async function* readServer(request: ServerRequest, signal: AbortSignal): AsyncGenerator<ServerPage> {
  const base = new URL(request.base)
  const client = new Client({
    baseUrl: base.href.replace(/\/$/, ''),
    ...(request.token === null ? {} : { bearerToken: request.token }),
  })
  // The package hard-codes keepalive, with which bodies over 64 KiB fail in Chromium. A redirect could carry the token elsewhere, so none is followed.
  const options = { keepalive: false, redirect: 'error' as const, signal }
  for (const type of request.types) {
    let next: string | null = `${client.httpClient.baseUrl}/${type}?_count=${request.pageSize}`
    let first = true
    let read = 0
    let claimed: number | null = null
    const asked = new Set<string>()
    while (next !== null) {
      stopIfAborted(signal)
      asked.add(new URL(next).href)
      const bundle: SearchBundle = await ask(
        first
          ? client.search({ resourceType: type, searchParams: { _count: request.pageSize }, options })
          : client.httpClient.get(next, options),
        next,
        signal,
      )
      first = false
      if (bundle.resourceType !== 'Bundle')
        throw new ServerError(`${shown(next)} answered with ${bundle.resourceType}, not with a search Bundle.`)
      const resources = (bundle.entry ?? []).flatMap((entry) =>
        entry.resource?.resourceType === type && entry.search?.mode !== 'outcome' ? [entry.resource] : [],
      )
      read += resources.length
      claimed = bundle.total ?? claimed
      next = nextPage(bundle, next, base, asked)
      yield {
        type,
        lines: resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''),
        resources: resources.length,
        short: next === null ? disagreement(type, read, claimed) : null,
      }
    }
  }
}

/** `Bundle.total` is the number of matches over all pages (FHIR R4 bundle.html). */
function disagreement(type: string, read: number, claimed: number | null): string | null {
  if (claimed === null || claimed === read) return null
  const resources = claimed === 1 ? 'resource' : 'resources'
  return `The server says that it has ${claimed} ${type} ${resources}, and gave ${read}. Read it again, or ask who runs it why.`
}

/** The next page, if the server offers one on its own origin; another origin is never followed, and the token never goes there. */
function nextPage(bundle: SearchBundle, from: string, base: URL, asked: ReadonlySet<string>): string | null {
  const link = bundle.link?.find((each) => each.relation === 'next')?.url
  if (link === undefined) return null
  const target = new URL(link, from)
  if (target.origin !== base.origin)
    throw new ServerError(
      `The server's next page is on another origin (${target.origin}). It was not followed. Start with serve --connect ${target.origin} and name that address if you trust it.`,
    )
  if (asked.has(target.href))
    throw new ServerError(
      `${shown(from)} names a page that was read already as its next one; reading stopped to avoid an endless loop.`,
    )
  return target.href
}

async function ask(answer: Promise<unknown>, url: string, signal: AbortSignal): Promise<SearchBundle> {
  try {
    const value = await answer
    if (typeof value === 'object' && value !== null && 'resourceType' in value && typeof value.resourceType === 'string')
      return value as SearchBundle
    throw new ServerError(`${shown(url)} did not answer with FHIR JSON.`)
  } catch (error) {
    if (signal.aborted) throw new Cancelled()
    if (error instanceof ServerError) throw error
    const status = error instanceof Error && 'response' in error ? (error.response as { status?: number }).status : undefined
    if (status === 401 || status === 403)
      throw new ServerError(`${shown(url)} refused access (HTTP ${status}). Check the token and what it may read.`)
    if (status !== undefined) throw new ServerError(`${shown(url)} answered HTTP ${status}.`)
    throw new ServerError(
      `${shown(url)} could not be reached. Check the address, that the page was started with serve --connect ${new URL(url).origin}, and that the server allows this origin (CORS).`,
    )
  }
}

function shown(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
