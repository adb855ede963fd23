/** People and their devices, as the database has them; held in memory, for every entry of a ledger asks whose device it is. */
import type { Json } from '../../core/canonical.ts'
import { canonicalJson, digestOf } from '../../core/canonical.ts'
import { parseJson } from '../../core/values/json.ts'
import { Conflict, countOrNull, type Database, type Row, StorageProblem, textIn } from '../store/database.ts'
import type { DeviceOwner, Directory, Who } from '../streams/people.ts'

export interface Device {
  readonly id: string
  readonly name: string
  readonly revokedAt: number | null
}

/** A device whose key was proven. */
export interface ProvenDevice {
  readonly project: string
  readonly id: string
  readonly name: string
  /** Public JWK of the key that signs the chain of the device in this project. */
  readonly signKey: Json
  readonly sealKey: Json | null
}

export class People implements Directory {
  readonly #database: Database
  #owners: ReadonlyMap<string, readonly DeviceOwner[]> = new Map()
  readonly #actors = new Map<string, string>()

  private constructor(database: Database) {
    this.#database = database
  }

  static async open(database: Database): Promise<People> {
    const people = new People(database)
    for (const row of await database.query(null, 'people', [])) people.#actors.set(textIn(row, 'actor'), textIn(row, 'id'))
    await people.#readDevices()
    return people
  }

  ownersOf(project: string, device: string): readonly DeviceOwner[] {
    return this.#owners.get(placeOf(project, device)) ?? []
  }

  personOfActor(actor: string): string | null {
    return this.#actors.get(actor) ?? null
  }

  noteActor(actor: string, person: string): void {
    this.#actors.set(actor, person)
  }

  async listDevices(person: string): Promise<readonly Device[]> {
    return (await this.#database.query(null, 'devices-of', [person])).map(deviceOf)
  }

  /**
   * Why the device could not be registered; null where it was. The same again changes its name, never its key.
   * @param session digest of the session whose browser it is: it ends with the device
   */
  async registerDevice(who: Who, session: string, device: ProvenDevice, now: number): Promise<string | null> {
    const { project, id, name, signKey, sealKey } = device
    const key = canonicalJson(signKey)
    const seal = sealKey === null ? null : canonicalJson(sealKey)
    try {
      await this.#database.transaction(null, [
        { name: 'lock-project', values: [project] },
        { name: 'note-device', values: [id, who.id, name, key, now] },
        { name: 'claim-device', values: [project, id, who.id, key, seal, now] },
        { name: 'bind-session', values: [session, project, id] },
      ])
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      return `The device ${id} is registered in this project with another key, or was revoked. Take a new device name in this browser.`
    }
    await this.#readDevices()
    return null
  }

  /** Digests of the sessions that ended with it; null where there is no such device. */
  async revokeDevice(person: string, id: string, now: number): Promise<readonly string[] | null> {
    const [rows = [], ended = []] = await this.#database.transaction(null, [
      { name: 'revoke-device', values: [id, person, now] },
      { name: 'end-sessions-of-device', values: [id, person] },
    ])
    await this.#readDevices()
    return rows.length > 0 ? ended.map((row) => textIn(row, 'digest')) : null
  }

  async #readDevices(): Promise<void> {
    const owners = new Map<string, DeviceOwner[]>()
    for (const row of await this.#database.query(null, 'device-keys', [])) {
      const place = placeOf(textIn(row, 'project'), textIn(row, 'device'))
      const key = parseJson(textIn(row, 'sign_key'))
      if (!key.ok) throw new StorageProblem(`The key of the device ${textIn(row, 'device')} is no JSON.`)
      const owner = {
        person: textIn(row, 'person'),
        key: digestOf(key.value),
        isRevoked: countOrNull(row, 'revoked_at') !== null,
      }
      owners.set(place, [...(owners.get(place) ?? []), owner])
    }
    this.#owners = owners
  }
}

/** No id of a project has a line end. */
function placeOf(project: string, device: string): string {
  return `${project}\n${device}`
}

function deviceOf(row: Row): Device {
  return { id: textIn(row, 'id'), name: textIn(row, 'name'), revokedAt: countOrNull(row, 'revoked_at') }
}
