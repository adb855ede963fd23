/** What this page sent to other origins, as the browser itself counted it, and what the policy held back; workers are under policies of their own, tested before they are given anything. */
import { setWorkspace, workspace } from '../session/state.ts'

/** Requests to other origins by address: how many the browser lists, and how many of them the policy refused. */
export class OutsideRequests {
  private readonly listed = new Map<string, number>()
  private readonly refused = new Map<string, number>()
  private readonly own: string

  /** @param own origin of the page */
  constructor(own: string) {
    this.own = own
  }

  /** Resource Timing lists requests that failed, and those that the policy refused as well. */
  list(address: string): void {
    this.count(this.listed, address)
  }

  refuse(address: string): void {
    this.count(this.refused, address)
  }

  get heldBack(): number {
    return [...this.refused.values()].reduce((sum, n) => sum + n, 0)
  }

  /** Listed and not refused, by origin. Of a refused frame the policy tells the origin alone. */
  get sent(): ReadonlyMap<string, number> {
    const sent = new Map<string, number>()
    const frames = new Map([...this.refused].filter(([address]) => !this.listed.has(address)))
    for (const [address, n] of this.listed) {
      const { origin } = new URL(address)
      let left = n - (this.refused.get(address) ?? 0)
      const ofFrames = Math.min(Math.max(left, 0), frames.get(`${origin}/`) ?? 0)
      frames.set(`${origin}/`, (frames.get(`${origin}/`) ?? 0) - ofFrames)
      left -= ofFrames
      if (left > 0) sent.set(origin, (sent.get(origin) ?? 0) + left)
    }
    return sent
  }

  private count(counts: Map<string, number>, address: string): void {
    if (!URL.canParse(address)) return
    const url = new URL(address)
    url.hash = ''
    if (/^(?:https?|wss?):$/.test(url.protocol) && url.origin !== this.own) counts.set(url.href, (counts.get(url.href) ?? 0) + 1)
  }
}

/** Counts from now on, after the self-test of the policy has made its own attempts. */
export function watchOutside(): () => void {
  const since = performance.now()
  const requests = new OutsideRequests(location.origin)
  const show = (): void => {
    const { sent, heldBack } = requests
    if (sent.size > 0 || heldBack > 0 || workspace().outside.size > 0) setWorkspace({ outside: sent, heldBack })
  }
  const observer = new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (startTime >= since) requests.list(name)
    show()
  })
  observer.observe({ type: 'resource' })
  const refused = ({ blockedURI }: SecurityPolicyViolationEvent): void => {
    requests.refuse(blockedURI)
    show()
  }
  document.addEventListener('securitypolicyviolation', refused)
  return () => {
    observer.disconnect()
    document.removeEventListener('securitypolicyviolation', refused)
  }
}

/** The line of the status bar. @param told with `server`: the host of the team's server, which this page talks to */
export function outsideWords(
  told: {
    readonly safe: boolean
    readonly sent: number
    readonly heldBack: number
    readonly connect: readonly string[]
    readonly server?: string | null
  },
  number: (n: number) => string,
): string {
  const requests = `${number(told.sent)} ${told.connect.length === 0 ? 'outside ' : ''}${told.sent === 1 ? 'request' : 'requests'}`
  const held = told.heldBack === 0 ? '' : `, ${number(told.heldBack)} held back`
  if (!told.safe) return `Not held back — ${requests}${held}`
  if (told.connect.length > 0)
    return `Talks to ${told.connect.map((origin) => new URL(origin).host).join(', ')} — ${requests}${held}`
  if (told.server) return `${number(told.sent)} ${told.sent === 1 ? 'request' : 'requests'} except to ${told.server}${held}`
  return `${told.sent === 0 ? 'Local only' : 'Not local only'} — ${requests}${held}`
}
