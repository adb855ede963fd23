/** nginx: a file for `conf.d`, which stands inside `http`. */
import { commonHeaders, keptForever, neverKept, pagePolicy, scriptPolicies } from '../headers.ts'
import { type HostedApp, types } from './host.ts'

export function nginxFile({ root, connect }: HostedApp): string {
  const policies = scriptPolicies.map(({ path, policy }) => `  "~${path}" "${policy}";`)
  const headers = Object.entries(commonHeaders).map(([name, value]) => `  add_header ${name} "${value}" always;`)
  const kinds = Object.entries(types).map(([ending, type]) => `    ${type} ${ending.slice(1)};`)
  return `# Carryover under nginx: put this file into /etc/nginx/conf.d.
# A header that a location adds itself takes all of these away: add none inside of this server.
map $uri $carryover_policy {
  default "${pagePolicy(connect)}";
${policies.join('\n')}
}
map $uri $carryover_cache {
  default "${neverKept}";
  "~${keptForever.path}" "${keptForever.cache}";
}
server {
  # For others than this machine: listen 443 ssl, ssl_certificate and ssl_certificate_key, and the name that people type.
  listen 80;
  server_name _;
  root "${root}";
  index index.html;
  # The build brings a .gz beside each large file.
  gzip_static on;
  add_header Content-Security-Policy $carryover_policy always;
${headers.join('\n')}
  add_header Cache-Control $carryover_cache;
  types {
    text/html html;
    image/png png;
    text/plain txt;
${kinds.join('\n')}
  }
  location / {
    try_files $uri $uri/ =404;
  }
}
`
}
