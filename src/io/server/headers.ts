/**
 * The one table of response headers. It feeds `carryover serve`, the preview used by tests, and the generated host files.
 * A policy on the page does not bind workers that are loaded by URL, so every worker script carries its own (trust: measured).
 */

/** React Aria injects one `<style>` for `touch-action`; this is its hash in react-aria-components 1.22.1. A browser test notices a change. */
const reactAriaStyle = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"

/** Content-Security-Policy of the page. `connect` names the FHIR servers a person chose with `serve --connect`; never a wildcard. */
function pagePolicy(connect: readonly string[]): string {
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

const workerPolicy = "default-src 'none'; script-src 'self'; connect-src 'none'"
/** ajv generates code, so the workers that check files may evaluate; they have no network to send anything to. */
const checkingWorker = /^\/workers\/(validate|export)\.worker/
const checkingWorkerPolicy = "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'none'"

/** Digests of long files and the work of a passphrase are computed in WebAssembly; evaluating text stays forbidden. */
const hashingWorker = /^\/workers\/(digest|seal)\.worker/
const hashingWorkerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'"

const commonHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}

/** Headers of a response by its path on the server. */
export function headersFor(path: string, connect: readonly string[] = []): Record<string, string> {
  return { 'Content-Security-Policy': policyFor(path, connect), ...commonHeaders }
}

function policyFor(path: string, connect: readonly string[]): string {
  if (checkingWorker.test(path)) return checkingWorkerPolicy
  if (hashingWorker.test(path)) return hashingWorkerPolicy
  if (path.startsWith('/workers/')) return workerPolicy
  return pagePolicy(connect)
}

/** Hot reload needs inline scripts and a socket, so the dev server sends only the common headers and the app refuses patient data there. */
export const developmentHeaders: Record<string, string> = { ...commonHeaders }
