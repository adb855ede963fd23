/** Keeps cookies as a browser does, for the ways in. */
import type { TeamServing } from '../../src/team/server/team-server.ts'
import { ask } from './client.ts'

export class CookieJar {
  readonly #serving: Pick<TeamServing, 'origin'>
  readonly cookies = new Map<string, string>()

  constructor(serving: Pick<TeamServing, 'origin'>) {
    this.#serving = serving
  }

  get headers(): Record<string, string> {
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  async ask(method: string, path: string, body?: object): Promise<Response> {
    const answer = await ask(this.#serving, method, path, this.headers, body)
    this.take(answer)
    return answer
  }

  take(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}
