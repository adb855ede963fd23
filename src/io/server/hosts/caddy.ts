/** Caddy: a Caddyfile. */
import { commonHeaders, keptForever, neverKept, pagePolicy, scriptPolicies } from '../headers.ts'
import type { HostedApp } from './host.ts'

export function caddyFile({ root, connect }: HostedApp): string {
  const policies = scriptPolicies.map(({ path, policy }) => `\t\t"~${path}" "${policy}"`)
  const headers = Object.entries(commonHeaders).map(([name, value]) => `\t\t${name} "${value}"`)
  return `# Carryover under Caddy: caddy run --config Caddyfile
# For others than this machine: write the name that people type in place of :80, and Caddy fetches a certificate for it.
:80 {
	root * "${root}"
	map {http.request.uri.path} {carryover_policy} {
${policies.join('\n')}
		default "${pagePolicy(connect)}"
	}
	map {http.request.uri.path} {carryover_cache} {
		"~${keptForever.path}" "${keptForever.cache}"
		default "${neverKept}"
	}
	header {
		Content-Security-Policy {carryover_policy}
${headers.join('\n')}
		Cache-Control {carryover_cache}
	}
	# What is not there may be there tomorrow.
	handle_errors {
		header Cache-Control "${neverKept}"
		respond "{err.status_code} {err.status_text}"
	}
	# The build brings a .gz beside each large file.
	file_server {
		precompressed gzip
	}
}
`
}
