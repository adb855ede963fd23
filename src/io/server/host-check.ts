/** Does a host send the security headers that patient data need? Asks for the page, the scripts it names and every worker script it can load. */
import { headersFor } from './headers.ts'

export interface HeaderCheck {
  /** Path on the host. */
  readonly path: string
  readonly header: string
  /** What is wrong, in words; null when it is sent as needed. */
  readonly wrong: string | null
}

/** Scripts read while looking for workers; the app has some dozens. */
const mostScripts = 400

/** Every header of the page, of its scripts and of each worker. A page without workers is wrong by itself: their policy could not be checked. */
export async function checkHeaders(address: URL): Promise<readonly HeaderCheck[]> {
  const page = await fetch(address)
  const base = new URL(page.url === '' ? address : page.url)
  const html = await page.text()
  const checks = [...headerChecks(base.pathname, '/', page)]
  const { named, workers } = await scriptsOf(base, html)
  if (workers.length === 0)
    checks.push({ path: base.pathname, header: 'workers', wrong: 'no worker script was found, so no policy of one was checked' })
  for (const script of [...named, ...workers]) {
    const answer = await fetch(script)
    await answer.body?.cancel()
    const inApp = /\/(?:workers|assets)\/.*$|\/service-worker\.js$/.exec(script.pathname)?.[0] ?? script.pathname
    checks.push(...headerChecks(script.pathname, inApp, answer), typeCheck(script.pathname, answer))
  }
  return checks
}

/** With `nosniff` a browser runs a script of its own type alone. */
function typeCheck(path: string, answer: Response): HeaderCheck {
  const type = answer.headers.get('Content-Type')
  const isScript = /^(?:text|application)\/(?:x-)?(?:java|ecma)script\s*(?:;|$)/i.test(type ?? '')
  const wrong = type === null ? 'is not sent' : `is “${type}”, so that no browser runs it`
  return { path, header: 'Content-Type', wrong: isScript ? null : wrong }
}

function* headerChecks(path: string, appPath: string, answer: Response): Generator<HeaderCheck> {
  if (!answer.ok) yield { path, header: 'answer', wrong: `the host answered ${answer.status}` }
  for (const [header, wanted] of Object.entries(headersFor(appPath))) {
    const sent = answer.headers.get(header)
    if (sent === null) yield { path, header, wrong: 'is not sent' }
    else if (header === 'Content-Security-Policy') yield { path, header, wrong: policyWeakness(sent, wanted) }
    else yield { path, header, wrong: sent === wanted ? null : `is “${sent}”, not “${wanted}”` }
  }
}

/** What a policy allows beyond the wanted one, or null. Several policies in one header all hold, so one good one is enough. */
export function policyWeakness(sent: string, wanted: string): string | null {
  const found = sent.split(',').map((policy) => weaknessOf(directivesOf(policy), directivesOf(wanted)))
  return found.includes(null) ? null : (found[0] ?? 'is empty')
}

/** What the policy of a page or script allows beyond the table, as its answer says; null where nothing. */
export function weaknessOfAnswer(answer: Response, connect: readonly string[]): string | null {
  const sent = answer.headers.get('Content-Security-Policy')
  const { pathname } = new URL(answer.url)
  return sent === null ? 'is not sent' : policyWeakness(sent, headersFor(pathname, connect)['Content-Security-Policy'] ?? '')
}

/** They neither allow nor send anything. */
const harmless: ReadonlySet<string> = new Set(['upgrade-insecure-requests', 'block-all-mixed-content', 'sandbox'])

function weaknessOf(sent: Directives, wanted: Directives): string | null {
  for (const [name, sources] of wanted) {
    const given = sent.get(name)
    if (given === undefined) return `has no ${name}`
    const more = [...given].filter(
      (source) => !sources.has(source) && source !== "'none'" && !(sources.has("'self'") && isChosenServer(name, source)),
    )
    if (more.length > 0) return `${name} also allows ${more.join(' ')}`
    // An empty list of sources is strict, but an empty demand asks for nothing.
    if (name === 'require-trusted-types-for' && !given.has("'script'")) return `${name} does not name 'script'`
  }
  for (const [name, given] of sent)
    if (!wanted.has(name) && !harmless.has(name) && !(given.size === 1 && given.has("'none'")))
      return `${name} is not part of the policy and may loosen it`
  return null
}

/** `serve --connect` adds FHIR servers by their origins; the page may reach those on purpose, workers may not. */
function isChosenServer(name: string, source: string): boolean {
  return name === 'connect-src' && /^https:\/\/[a-z0-9.-]+(:\d+)?$/i.test(source)
}

type Directives = ReadonlyMap<string, ReadonlySet<string>>

/** CSP Level 3 §2.2.1: names in any case, and of two directives of one name the first counts. */
function directivesOf(policy: string): Directives {
  const found = new Map<string, ReadonlySet<string>>()
  for (const part of policy.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/)
    const key = (name ?? '').toLowerCase()
    if (key !== '' && !found.has(key)) found.set(key, new Set(sources))
  }
  return found
}

/**
 * Scripts that the page names, and those of workers. Worker addresses stand in scripts that other scripts load, and in other workers, so
 * all scripts are read.
 */
async function scriptsOf(base: URL, html: string): Promise<{ readonly named: readonly URL[]; readonly workers: readonly URL[] }> {
  const workers = new Map<string, URL>()
  const scripts = new Map<string, URL>()
  const note = (text: string, from: URL): void => {
    for (const [, name = ''] of text.matchAll(/["'`]((?:\.{0,2}\/)?(?:[\w.-]+\/)*[\w.-]+\.js)["'`]/g)) {
      const url = new URL(name, /^(\.{1,2})?\//.test(name) ? from : base)
      if (url.origin !== base.origin) continue
      if (/\/workers\/[^/]+$|\/service-worker\.js$/.test(url.pathname)) workers.set(url.href, url)
      if (scripts.size < mostScripts) scripts.set(url.href, url)
    }
  }
  note(html, base)
  const named = [...scripts.values()]
  // Scripts found while reading are read, too: a map is walked in the order it grows.
  for (const script of scripts.values()) {
    const answer = await fetch(script)
    if (answer.ok) note(await answer.text(), script)
  }
  return { named, workers: [...workers.values()].toSorted((a, b) => (a.pathname < b.pathname ? -1 : 1)) }
}
