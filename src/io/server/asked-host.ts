/** Which names the server answers to. A page elsewhere can point its own name at this machine (DNS rebinding) and would read the project. */
import { isIP } from 'node:net'

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/** True for addresses and names that never leave this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Whether a request with this `Host` header is answered by a server that listens on `listening`. */
export function mayAsk(header: string | undefined, listening: string): boolean {
  const host = hostnameOf(header ?? '')
  if (host === null) return false
  // Rebinding needs a name: whoever asks by address knows where this machine is.
  return isLoopback(host) || host === bare(listening) || (everywhere.has(bare(listening)) && isIP(host) !== 0)
}

/** What to say when others than this machine can reach the server; null when they can not. */
export function exposureOf(host: string, project: string | undefined): string | null {
  if (isLoopback(bare(host))) return null
  const what = project === undefined ? 'the app' : `the app and read ${project} (without its private folder)`
  return `Warning: with --host ${host} everybody who reaches this machine over the network can open ${what}. Leave --host out to keep it on this machine.`
}

function hostnameOf(header: string): string | null {
  try {
    return bare(new URL(`http://${header}/`).hostname)
  } catch {
    return null
  }
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, '')
}
