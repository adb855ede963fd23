/**
 * Sign-in by the hospital's provider: OpenID Connect, code flow with PKCE, state and nonce. A person is (issuer, subject), never an address:
 * whoever takes over a mail account must not take over a person.
 */
import type { Configuration } from 'openid-client'
import { StorageProblem } from '../store/database.ts'
import { loadPackage } from '../store/load-package.ts'

const load = () => loadPackage('openid-client', () => import('openid-client'))

/** Seconds that a provider has to say who it is. */
const answersWithin = 10

export interface ProviderSettings {
  /** As the provider names itself: `https://login.example/tenant/v2.0`. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  /** Words of the button. */
  readonly name: string
}

/** What is remembered between leaving for the provider and coming back. */
export interface Journey {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export type Identity =
  | { readonly ok: true; readonly issuer: string; readonly subject: string; readonly name: string }
  | { readonly ok: false; readonly why: string }

export class Provider {
  readonly name: string
  readonly #configuration: Configuration
  readonly #callback: string

  private constructor(name: string, configuration: Configuration, callback: string) {
    this.name = name
    this.#configuration = configuration
    this.#callback = callback
  }

  /** @throws {StorageProblem} with a sentence where the provider can not be used */
  static async open({ issuer, clientId, clientSecret, name }: ProviderSettings, origin: string): Promise<Provider> {
    const url = new URL(issuer)
    // With these names every tenant of the world would be let in as one issuer.
    if (/\/(common|organizations|consumers)(\/|$)/.test(url.pathname))
      throw new StorageProblem(
        `The issuer ${issuer} does not name a tenant, so every account of every company would do. Put the id of your tenant there.`,
      )
    const local = url.hostname === 'localhost' || url.hostname === '127.0.0.1'
    if (url.protocol !== 'https:' && !local) throw new StorageProblem(`The issuer ${issuer} has to be reached by https.`)
    const client = await load()
    try {
      const configuration = await client.discovery(
        url,
        clientId,
        undefined,
        clientSecret === null ? client.None() : client.ClientSecretPost(clientSecret),
        { timeout: answersWithin, ...(url.protocol === 'https:' ? {} : { execute: [client.allowInsecureRequests] }) },
      )
      return new Provider(name, configuration, `${origin}/account/provider/callback`)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new StorageProblem(`The provider ${issuer} does not answer as one of OpenID Connect (${why}).`)
    }
  }

  async leave(): Promise<{ readonly url: string; readonly journey: Journey }> {
    const client = await load()
    const journey = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
    const url = client.buildAuthorizationUrl(this.#configuration, {
      redirect_uri: this.#callback,
      scope: 'openid profile',
      state: journey.state,
      nonce: journey.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
    })
    return { url: url.href, journey }
  }

  /** Who came back with this query. */
  async arrive(query: string, { state, nonce, verifier }: Journey): Promise<Identity> {
    const client = await load()
    try {
      const tokens = await client.authorizationCodeGrant(this.#configuration, new URL(`${this.#callback}${query}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) return { ok: false, why: 'The provider sent no identity.' }
      const name = [claims.name, claims.preferred_username].find((each) => typeof each === 'string' && each.trim() !== '')
      return { ok: true, issuer: claims.iss, subject: claims.sub, name: typeof name === 'string' ? name : '' }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return { ok: false, why: `The provider's answer does not hold (${why}). Sign in again.` }
    }
  }
}
