/** What `--connect` takes: an origin and nothing more, for a path or a wildcard in the policy would open more than was asked for. */
import { isLoopback } from '../../io/server/asked-host.ts'
import { exactOrigin } from '../../io/server/headers.ts'
import { UsageError } from '../shell/usage-error.ts'

export function connectOrigin(text: string): string {
  const origin = exactOrigin(text)
  if (origin === null)
    throw new UsageError(
      `--connect got "${text}"; it takes one exact origin such as https://fhir.example.org, without wildcard, path, name or password.`,
    )
  const { protocol, hostname } = new URL(origin)
  if (protocol !== 'https:' && !isLoopback(hostname.replace(/^\[|\]$/g, '')))
    throw new UsageError(`--connect got "${text}"; it takes an https origin, or http on this machine.`)
  return origin
}
