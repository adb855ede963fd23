/** Passkeys: made under a challenge of this server, for its host name, with the person checked by the device (PIN, finger, face). */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { isObject } from '../../core/values/json.ts'
import { bytesIn, countIn, type Database, type Step, textIn } from '../store/database.ts'
import { loadPackage } from '../store/load-package.ts'

const load = () => loadPackage('@simplewebauthn/server', () => import('@simplewebauthn/server'))

export interface Passkey {
  readonly id: string
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
}

export class Passkeys {
  readonly #database: Database
  readonly #origin: string
  readonly #host: string

  constructor(database: Database, origin: string) {
    this.#database = database
    this.#origin = origin
    this.#host = new URL(origin).hostname
  }

  async creationOptions(name: string, has: readonly string[]): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { generateRegistrationOptions } = await load()
    return generateRegistrationOptions({
      rpName: 'Carryover',
      rpID: this.#host,
      userName: name,
      userDisplayName: name,
      attestationType: 'none',
      excludeCredentials: has.map((id) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
  }

  /** The new passkey, or why there is none. */
  async made(response: unknown, challenge: string): Promise<Passkey | string> {
    const { verifyRegistrationResponse } = await load()
    if (!isRegistration(response)) return 'The answer of the browser is no passkey. Try again.'
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: this.#origin,
        expectedRPID: this.#host,
        requireUserVerification: true,
      })
      if (!verified) return 'The passkey could not be verified. Try again.'
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential
      return { id, publicKey, counter, transports }
    } catch {
      return 'The passkey could not be verified. Try again.'
    }
  }

  async requestOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { generateAuthenticationOptions } = await load()
    // No list of keys: who asks learns nothing of who has one.
    return generateAuthenticationOptions({ rpID: this.#host, userVerification: 'required' })
  }

  /** The passkey that answers, and whose it is; null where it is none of this server. */
  async known(response: unknown): Promise<{ readonly id: string; readonly person: string } | null> {
    if (!isAuthentication(response)) return null
    const [row] = await this.#database.query(null, 'passkey', [response.id])
    return row ? { id: textIn(row, 'id'), person: textIn(row, 'person') } : null
  }

  /** The person whose passkey answered the challenge; null for any answer that does not hold. */
  async signedIn(response: unknown, challenge: string, now: number): Promise<string | null> {
    const { verifyAuthenticationResponse } = await load()
    if (!isAuthentication(response)) return null
    const [row] = await this.#database.query(null, 'passkey', [response.id])
    if (!row) return null
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: this.#origin,
        expectedRPID: this.#host,
        requireUserVerification: true,
        credential: {
          id: textIn(row, 'id'),
          publicKey: new Uint8Array(bytesIn(row, 'public_key')),
          counter: countIn(row, 'counter'),
        },
      })
      if (!verified) return null
      await this.#database.transaction(null, [
        { name: 'passkey-used', values: [response.id, authenticationInfo.newCounter, now] },
      ])
      return textIn(row, 'person')
    } catch {
      return null
    }
  }

  addStep({ id, publicKey, counter, transports }: Passkey, person: string, now: number): Step {
    return { name: 'add-passkey', values: [id, person, publicKey, counter, transports.join(' '), now] }
  }
}

function hasParts(value: unknown, parts: readonly string[]): boolean {
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.rawId !== 'string') return false
  const { response } = value
  return isObject(response) && parts.every((part) => typeof response[part] === 'string')
}

/** As far as the package reads it without looking. */
function isRegistration(value: unknown): value is RegistrationResponseJSON {
  return hasParts(value, ['clientDataJSON', 'attestationObject'])
}

function isAuthentication(value: unknown): value is AuthenticationResponseJSON {
  return hasParts(value, ['clientDataJSON', 'authenticatorData', 'signature'])
}
