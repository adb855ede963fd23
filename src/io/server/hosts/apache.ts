/** Apache: a virtual host, and a `.htaccess` with the same lines where only a folder is one's own. */
import { commonHeaders, keptForever, neverKept, pagePolicy, scriptPolicies } from '../headers.ts'
import { type HostedApp, types } from './host.ts'

/** No `IfModule`: without the module the server has to say so, not serve without headers. */
function headerLines(connect: readonly string[], indent: string): string {
  const always = (name: string, value: string): string => `Header always set ${name} "${value}"`
  const when = (path: string): string => `"expr=%{REQUEST_URI} =~ m#${path}#"`
  return [
    always('Content-Security-Policy', pagePolicy(connect)),
    // Of several lines that fit, the last one counts.
    ...scriptPolicies.toReversed().map(({ path, policy }) => `${always('Content-Security-Policy', policy)} ${when(path)}`),
    ...Object.entries(commonHeaders).map(([name, value]) => always(name, value)),
    `Header set Cache-Control "${neverKept}"`,
    `Header set Cache-Control "${keptForever.cache}" ${when(keptForever.path)}`,
    ...Object.entries(types).map(([ending, type]) => `AddType ${type} ${ending}`),
    'DirectoryIndex index.html',
  ]
    .map((line) => `${indent}${line}\n`)
    .join('')
}

export function apacheFile({ root, connect }: HostedApp): string {
  return `# Carryover under Apache: a2enmod headers, and this file into sites-enabled.
# For others than this machine: *:443 with SSLEngine, SSLCertificateFile and SSLCertificateKeyFile, and a ServerName.
<VirtualHost *:80>
  DocumentRoot "${root}"
  <Directory "${root}">
    # The .htaccess beside the app says the same once more.
    AllowOverride None
    Options None
    Require all granted
  </Directory>
${headerLines(connect, '  ')}</VirtualHost>
`
}

export function htaccessFile({ connect }: HostedApp): string {
  return `# Carryover under Apache, where only this folder is yours: the server has to allow AllowOverride FileInfo Indexes, and mod_headers.
${headerLines(connect, '')}`
}
