/** The files that tell other web servers what `carryover serve` sends, by their place in the folder of a static build. */
import { apacheFile, htaccessFile } from './apache.ts'
import { caddyFile } from './caddy.ts'
import { headersFile } from './headers-file.ts'
import type { HostedApp } from './host.ts'
import { webConfigFile } from './iis.ts'
import { nginxFile } from './nginx.ts'

/** Folder of the app in a static build. */
export const siteFolder = 'site'

interface HostFile {
  /** Web server that reads it. */
  readonly server: string
  /** Inside the folder of the static build. */
  readonly path: string
  readonly text: (app: HostedApp) => string
}

export const hostFiles: readonly HostFile[] = [
  { server: 'nginx', path: 'nginx.conf', text: nginxFile },
  { server: 'Caddy', path: 'Caddyfile', text: caddyFile },
  { server: 'Apache', path: 'apache.conf', text: apacheFile },
  { server: 'Apache, one folder', path: `${siteFolder}/.htaccess`, text: htaccessFile },
  { server: 'IIS', path: `${siteFolder}/web.config`, text: webConfigFile },
  { server: 'Netlify and alike', path: `${siteFolder}/_headers`, text: headersFile },
]
