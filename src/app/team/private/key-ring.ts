/**
 * Keys of epochs as this page holds them: opened from what was wrapped for this device, held in memory alone, and wrapped again for those whom
 * the ledger names and who have none yet.
 */
import type { EpochKey, Sharing } from '../../../core/project/sharing/sharing.ts'
import type { SealKey } from '../../../core/project/signing/seal-keys.ts'
import { readKeyWrap, recoveryDeviceOf, type WrapPlace } from '../../../core/team/sealed/key-wrap.ts'
import type { KeyPair } from '../../../io/keys/signature-web.ts'
import { commitmentOf, newTeamKey, openRecovery, openWrap, wrapFor } from '../../../io/keys/team-key.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What the server says of the keys of a project. */
export interface KeyStanding {
  /** For devices of this person, and for the printed key. */
  readonly wraps: readonly string[]
  /** Whom there is a wrap for, and who made it. */
  readonly held: readonly (EpochKey & { readonly device: string; readonly by: string })[]
  /** Devices with a role, a name in the page or a wrap whose person is no member any more, or that were revoked. */
  readonly gone: readonly string[]
}

/** A key that is about to be shared, with everything that others need to open it. */
export interface NewEpoch extends EpochKey {
  readonly wraps: readonly string[]
}

/** A wrap of one member may be good for nothing, and only its device would know. */
const enoughMakers = 2

export class KeyRing {
  readonly #project: string
  /** By epoch and commitment: a page that names the key of another epoch has none. */
  readonly #keys = new Map<string, Bytes>()

  constructor(project: string) {
    this.#project = project
  }

  /** Null where it is not here. */
  keyOf(known: EpochKey): Bytes | null {
    return this.#keys.get(nameOf(known)) ?? null
  }

  /** Epochs whose key is here, the first first. */
  epochsOf({ keys }: Sharing): readonly number[] {
    return keys.filter((each) => this.keyOf(each)).map(({ epoch }) => epoch)
  }

  /** Takes what was wrapped for this device. */
  async take({ wraps }: KeyStanding, { keys }: Sharing, device: string, pair: KeyPair): Promise<void> {
    await this.#open(wraps, keys, device, pair.privateKey)
  }

  /** Takes all that was wrapped for the printed key. Null when done, else why not. */
  async recover({ wraps }: KeyStanding, { keys, page }: Sharing, printed: string): Promise<string | null> {
    const key = await openRecovery(page.recovery, printed, this.#project)
    if (!key)
      return 'This is not the recovery key that stands. Compare it with the newest paper, group by group: a new one ends those before it.'
    await this.#open(wraps, keys, recoveryDeviceOf(page.recovery.key), key)
    return this.#keys.size > 0 ? null : 'The server holds nothing that was wrapped for the printed key.'
  }

  async #open(wraps: readonly string[], keys: readonly EpochKey[], device: string, privateKey: CryptoKey): Promise<void> {
    for (const text of wraps) {
      const wrap = readKeyWrap(text)
      const known = wrap?.device === device && keys.find(({ epoch, key }) => epoch === wrap.epoch && key === wrap.key)
      if (!known || this.keyOf(known)) continue
      const opened = await openWrap(text, privateKey, this.#place(known, device))
      if (opened) this.#keys.set(nameOf(known), opened)
    }
  }

  /** A new key, wrapped for these devices and for the printed key. It is here from now on. */
  async begin(epoch: number, sealedFor: ReadonlyMap<string, SealKey['key']>): Promise<NewEpoch> {
    const teamKey = newTeamKey()
    const next = { epoch, key: await commitmentOf(teamKey, this.#project, epoch) }
    this.#keys.set(nameOf(next), teamKey)
    const wraps: string[] = []
    for (const [device, publicKey] of sealedFor) wraps.push(...(await this.#wrapped(next, device, publicKey)))
    return { ...next, wraps }
  }

  /** Wraps that are missing for those whom the ledger names, by the keys that are here. */
  async missing(
    { page, keys }: Sharing,
    { held, gone }: KeyStanding,
    sealKeys: ReadonlyMap<string, SealKey>,
    me: string,
  ): Promise<readonly string[]> {
    const makers = new Map<string, Set<string>>()
    for (const { epoch, device, key, by } of held) {
      const name = `${epoch} ${key} ${device}`
      makers.set(name, (makers.get(name) ?? new Set()).add(by))
    }
    const wraps: string[] = []
    for (const known of keys) {
      const wrapped = async (device: string, publicKey: SealKey['key']): Promise<void> => {
        const by = makers.get(`${known.epoch} ${known.key} ${device}`)
        if (by?.has(me) || (by?.size ?? 0) >= enoughMakers) return
        wraps.push(...(await this.#wrapped(known, device, publicKey)))
      }
      if (!this.keyOf(known)) continue
      await wrapped(recoveryDeviceOf(page.recovery.key), page.recovery.key)
      for (const { device, key: digest, since } of page.recipients) {
        const publicKey = sealKeys.get(device)
        if (since <= known.epoch && publicKey?.digest === digest && !gone.includes(device)) await wrapped(device, publicKey.key)
      }
    }
    return wraps
  }

  /** One wrap; none for a device whose key can not be read, so that it keeps nobody else from theirs. */
  async #wrapped(known: EpochKey, device: string, publicKey: SealKey['key']): Promise<readonly string[]> {
    const teamKey = this.keyOf(known)
    const wrap = teamKey && (await wrapFor(teamKey, this.#place(known, device), publicKey))
    return wrap ? [wrap] : []
  }

  #place({ epoch, key }: EpochKey, device: string): WrapPlace {
    return { project: this.#project, epoch, device, key }
  }
}

function nameOf({ epoch, key }: EpochKey): string {
  return `${epoch} ${key}`
}
