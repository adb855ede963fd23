/**
 * The one table of response headers. `carryover serve`, the server of a team, what tests open and the files for other web servers
 * (`hosts/`) are made of it; `carryover serve --check` holds an answer against it.
 * A policy on the page does not bind workers that are loaded by URL, so every worker script carries its own (trust: measured).
 */

/** React Aria injects one `<style>` for `touch-action`; this is its hash in react-aria-components 1.22.1. A browser test notices a change. */
const reactAriaStyle = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"

/** The origin itself where the text is one and nothing more; a path, a wildcard, a name or a semicolon would open more than was asked for. */
export function exactOrigin(text: string): string | null {
  if (!/^https?:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?\/?$/i.test(text)) return null
  return URL.canParse(text) ? new URL(text).origin : null
}

/** Content-Security-Policy of the page. `connect` names the FHIR servers a person chose with `serve --connect`; never a wildcard. */
export function pagePolicy(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${reactAriaStyle}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types carryover',
  ].join('; ')
}

/** A script is no page: nobody frames it, and nothing in it has a base or a form. */
const noPage = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

export interface PathPolicy {
  /** A regular expression over the decoded path, written as JavaScript, PCRE and RE2 all read it. */
  readonly path: string
  readonly policy: string
}

/** Scripts that run in a realm of their own; the first that fits counts. */
export const scriptPolicies: readonly PathPolicy[] = [
  {
    // ajv generates code, so the workers that check files may evaluate; they have no network to send anything to.
    path: '^/workers/(?:validate|export)[.]worker',
    policy: `default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'none'; ${noPage}`,
  },
  {
    // WebAssembly computes digests and the work of a passphrase, and indexes what long tables hold; evaluating text stays forbidden.
    path: '^/workers/(?:digest|seal|profile|reconcile|link|map)[.]worker',
    policy: `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'; ${noPage}`,
  },
  { path: '^/workers/', policy: `default-src 'none'; script-src 'self'; connect-src 'none'; ${noPage}` },
  // It fetches the files of the app, and so it reaches its own server; it loads no script.
  { path: '^/service-worker[.]js$', policy: `default-src 'none'; script-src 'none'; connect-src 'self'; ${noPage}` },
]

/** File names of the build that carry a hash of their content, so they may be kept. */
export const keptForever = { path: '^/(?:assets|workers)/', cache: 'public, max-age=31536000, immutable' } as const
/** Anything else changes with the next build. */
export const neverKept = 'no-store'

/** Powers of a page that this app has no use for, among them every one that could tell something to others. */
const denied = [
  ...['accelerometer', 'bluetooth', 'camera', 'display-capture', 'encrypted-media', 'geolocation', 'gyroscope', 'hid'],
  ...['idle-detection', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'otp-credentials', 'payment', 'picture-in-picture'],
  ...['screen-wake-lock', 'serial', 'storage-access', 'usb', 'xr-spatial-tracking'],
]

/** Sent with every answer, whatever was asked for. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Frame-Options': 'DENY',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': denied.map((power) => `${power}=()`).join(', '),
}

/** Headers of a response by its decoded path on the server. */
export function headersFor(path: string, connect: readonly string[] = []): Record<string, string> {
  return { 'Content-Security-Policy': policyFor(path, connect), ...commonHeaders }
}

function policyFor(path: string, connect: readonly string[]): string {
  return scriptPolicies.find((each) => new RegExp(each.path).test(path))?.policy ?? pagePolicy(connect)
}

/** How long a file of the build may be kept by a browser. */
export function cacheFor(path: string): string {
  return new RegExp(keptForever.path).test(path) ? keptForever.cache : neverKept
}

/** Hot reload needs inline scripts and a socket, so the dev server sends only the common headers and the app refuses patient data there. */
export const developmentHeaders: Record<string, string> = { ...commonHeaders }
