/** The path of a request, decoded once: route, file and policy all go by it. What two programs could read differently is refused. */
import type { Context } from 'hono'

/** Encoded separators, null bytes, an encoded percent sign (a second decoding would change it), backslashes. */
const ambiguous = /%(?:2f|5c|00|25)|\\/i

/** @param target as the request line has it. Null for what is no path, or can be read in two ways. */
export function plainPath(target: string): string | null {
  const [raw = ''] = target.split(/[?#]/, 1)
  if (!raw.startsWith('/') || ambiguous.test(raw)) return null
  const path = decoded(raw)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (path === null || /[\u0000-\u001f\u007f]/.test(path)) return null
  const [, ...segments] = path.split('/')
  const isWhole = segments.every(
    (segment, at) => segment !== '.' && segment !== '..' && (segment !== '' || at === segments.length - 1),
  )
  return isWhole ? path : null
}

/** Of a request that reached this server; the adapter would tidy its path up before anybody looks. */
export function pathOf(context: Context): string | null {
  const { incoming } = (context.env ?? {}) as { readonly incoming?: { readonly url?: string } }
  return plainPath(incoming?.url ?? context.req.path)
}

export const unclearPath = 'This address can be read in more than one way. Open the address that the server printed.'

function decoded(raw: string): string | null {
  try {
    return decodeURIComponent(raw)
  } catch {
    return null
  }
}
