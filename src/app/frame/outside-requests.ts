/** What this page sent to other origins, as the browser itself counted it, and what the policy held back; workers are under the same policy, tested at the start. */
import { setWorkspace, workspace } from '../workspace/state.ts'

interface Timed {
  readonly name: string
  readonly startTime: number
}

/** Origins other than `own` that were asked since a moment, one for each request. Resource Timing lists requests that failed, too. */
export function outsideOrigins(entries: readonly Timed[], own: string, since: number): readonly string[] {
  return entries.flatMap(({ name, startTime }) => {
    const url = startTime >= since && URL.canParse(name) ? new URL(name) : null
    return url && /^(?:https?|wss?):$/.test(url.protocol) && url.origin !== own ? [url.origin] : []
  })
}

/** Counts from now on, after the self-test of the policy has made its own attempts. */
export function watchOutside(): () => void {
  const since = performance.now()
  const requests = new PerformanceObserver((list) => {
    const origins = outsideOrigins(list.getEntries(), location.origin, since)
    if (origins.length === 0) return
    const outside = new Map(workspace().outside)
    for (const origin of origins) outside.set(origin, (outside.get(origin) ?? 0) + 1)
    setWorkspace({ outside })
  })
  requests.observe({ type: 'resource' })
  const heldBack = ({ blockedURI }: SecurityPolicyViolationEvent): void => {
    const attempt = { name: blockedURI, startTime: since }
    const attempts = outsideOrigins([attempt], location.origin, since).length
    if (attempts > 0) setWorkspace({ heldBack: workspace().heldBack + attempts })
  }
  document.addEventListener('securitypolicyviolation', heldBack)
  return () => {
    requests.disconnect()
    document.removeEventListener('securitypolicyviolation', heldBack)
  }
}

/** The line of the status bar. */
export function outsideWords(
  told: { readonly safe: boolean; readonly sent: number; readonly heldBack: number; readonly connect: readonly string[] },
  number: (n: number) => string,
): string {
  const requests = `${number(told.sent)} ${told.connect.length === 0 ? 'outside ' : ''}${told.sent === 1 ? 'request' : 'requests'}`
  const held = told.heldBack === 0 ? '' : `, ${number(told.heldBack)} held back`
  if (!told.safe) return `Not held back — ${requests}${held}`
  if (told.connect.length > 0)
    return `Talks to ${told.connect.map((origin) => new URL(origin).host).join(', ')} — ${requests}${held}`
  return `${told.sent === 0 ? 'Local only' : 'Not local only'} — ${requests}${held}`
}
