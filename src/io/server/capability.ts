/** Who may read the project that `serve` was given: whoever opened the link that it printed, in that browser, until the server stops. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

/** Cookies know no port: each run has a name of its own, so that two servers do not take each other's away. */
export class Capability {
  private readonly secret = randomBytes(32).toString('base64url')
  private readonly name = `carryover-${randomBytes(6).toString('hex')}`

  /** Path of the link; it leads on to the app. */
  get link(): string {
    return `/open/${this.secret}`
  }

  addRoute(app: Hono): void {
    app.get('/open/:secret', (context) => {
      if (!isSame(context.req.param('secret'), this.secret))
        return context.text('This link is of another run of carryover serve. Open the link that this run printed.', 403)
      setCookie(context, this.name, this.secret, { path: '/', httpOnly: true, sameSite: 'Strict' })
      return context.redirect('/', 303)
    })
  }

  /** Asked by the app itself, with the cookie of the link. */
  isHeld(context: Context): boolean {
    const site = context.req.header('sec-fetch-site')
    return (site === undefined || site === 'same-origin') && isSame(getCookie(context, this.name), this.secret)
  }
}

/** Takes as long for any wrong one. */
function isSame(given: string | undefined, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given ?? ''), digest(wanted))
}
