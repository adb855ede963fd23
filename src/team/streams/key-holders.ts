/**
 * Whose wrapped keys are kept, and what may enter a sealed stream: sealed items alone, under the key that the ledger names now, which nobody
 * holds who was removed. The server reads no key; whom each is for stands in the ledger, signed by an owner.
 */
import type { Sharing } from '../../core/project/sharing/sharing.ts'
import type { Refusal } from '../../core/team/refusal.ts'
import { readItemHeader } from '../../core/team/sealed/item-header.ts'
import { isRecoveryDevice, type KeyWrap, readKeyWrap, recoveryDeviceOf } from '../../core/team/sealed/key-wrap.ts'
import { countIn, type Database, type Step, textIn } from '../store/database.ts'
import type { LedgerGate } from './ledger-gate.ts'
import type { Directory, Who } from './people.ts'
import { refusal } from './refusals.ts'

export interface HolderSettings {
  readonly project: string
  readonly database: Database
  readonly directory: Directory
  readonly gate: Pick<LedgerGate, 'grants' | 'rolesOf' | 'sharing'>
  readonly isMember: (person: string) => boolean
  readonly now: () => number
}

export interface HeldKey {
  readonly epoch: number
  readonly device: string
  /** Commitment of the key. */
  readonly key: string
  /** Who wrapped it, as the ledger names people. */
  readonly by: string
}

interface HeldRow extends HeldKey {
  /** When it was kept, in milliseconds. */
  readonly at: number
}

/** How long a page may be on its way after the wraps of its key, in milliseconds: a browser may go offline between both. */
const onTheWay = 24 * 60 * 60 * 1000

/** Of one person; more than any team has devices and epochs. */
const mostWraps = 20_000

export class KeyHolders {
  readonly #settings: HolderSettings

  constructor(settings: HolderSettings) {
    this.#settings = settings
  }

  /** Wraps for devices of this person and for the printed key in force, whom else there are wraps for, and whose devices are gone. */
  async standing(person: string): Promise<{
    readonly wraps: readonly string[]
    readonly held: readonly HeldKey[]
    readonly gone: readonly string[]
  }> {
    const { project, database, gate } = this.#settings
    const page = (await gate.sharing())?.page
    const paper = page ? recoveryDeviceOf(page.recovery.key) : ''
    await this.dropLeftOver()
    const own = await database.query(project, 'wraps-of-person', [project, person, paper])
    const held = await this.#held()
    const devices = new Set([...gate.grants, ...(page?.recipients ?? []), ...held].map(({ device }) => device))
    return {
      wraps: own.map((row) => textIn(row, 'wrapped')),
      held,
      gone: [...devices].filter((device) => !isRecoveryDevice(device) && !this.#isMembers(device)),
    }
  }

  async #held(): Promise<readonly HeldKey[]> {
    return (await this.#rows()).map(({ epoch, device, key, by }) => ({ epoch, device, key, by }))
  }

  async #rows(): Promise<readonly HeldRow[]> {
    const { project, database } = this.#settings
    return (await database.query(project, 'wraps-held', [project])).map((row) => ({
      epoch: countIn(row, 'epoch'),
      device: textIn(row, 'device'),
      key: textIn(row, 'key'),
      by: textIn(row, 'by'),
      at: countIn(row, 'at'),
    }))
  }

  /**
   * Deletes wraps that nobody is to open any more: of devices whose person was removed or revoked them, of papers that another took the place
   * of, and of keys that no page named. Who comes back gets new ones from whoever holds the key.
   */
  async dropLeftOver(): Promise<void> {
    const { project, database, gate } = this.#settings
    const sharing = await gate.sharing()
    const leftOver = (await this.#rows()).filter((row) => this.#isLeftOver(row, sharing))
    if (leftOver.length === 0) return
    await database.transaction(project, [
      { name: 'lock-project', values: [project] },
      ...leftOver.map(({ epoch, device, key }): Step => ({ name: 'drop-wraps', values: [project, epoch, device, key] })),
    ])
  }

  #isLeftOver({ epoch, device, key, at }: HeldRow, sharing: Sharing | null): boolean {
    if (!isRecoveryDevice(device) && !this.#isMembers(device)) return true
    // A key and its paper are here before the page that names them, and that page may be dated before the one that stands.
    if (!sharing || epoch > sharing.page.epoch || at > this.#settings.now() - onTheWay) return false
    const isOldPaper = isRecoveryDevice(device) && device !== recoveryDeviceOf(sharing.page.recovery.key)
    return isOldPaper || !sharing.keys.some((each) => each.epoch === epoch && each.key === key)
  }

  /** Keeps wraps, all or none. Null when they are kept, else why not. */
  async keep(texts: readonly string[], who: Who): Promise<Refusal | null> {
    const { project, database, gate, now } = this.#settings
    const sharing = await gate.sharing()
    if (!this.#mayWrap(who, sharing?.page.recipients ?? []))
      return refusal('not-allowed', 'Keys are taken from those alone whom an owner named. Ask an owner to name this browser.')
    const own = (await this.#held()).filter(({ by }) => by === who.actor).length
    if (own + texts.length > mostWraps)
      return refusal('too-many', `You wrapped ${own} keys in this project; ${mostWraps} are kept at most.`)
    const wraps = texts.map((text) => ({ text, wrap: readKeyWrap(text) }))
    for (const { wrap } of wraps) {
      const why = this.#wrapFault(wrap, sharing)
      if (why !== null) return refusal('unreadable', why)
    }
    await database.transaction(project, [
      { name: 'lock-project', values: [project] },
      ...wraps.flatMap(({ text, wrap }) =>
        wrap ? [{ name: 'keep-wrap' as const, values: [project, wrap.epoch, wrap.device, wrap.key, text, who.id, now()] }] : [],
      ),
    ])
    return null
  }

  /** Owners, and who is named where the key was shared last. */
  #mayWrap(who: Who, recipients: readonly { readonly device: string }[]): boolean {
    const { project, directory, gate } = this.#settings
    const isOwn = ({ device }: { readonly device: string }): boolean =>
      directory.ownersOf(project, device).some(({ person, isRevoked }) => person === who.id && !isRevoked)
    return gate.rolesOf(who)?.has('owner') === true || recipients.some(isOwn)
  }

  #wrapFault(wrap: KeyWrap | null, sharing: Sharing | null): string | null {
    if (!wrap) return 'This is no wrapped key. Reload the page and try again.'
    const { project, epoch, device, key } = wrap
    const newest = sharing?.page.epoch ?? 0
    if (project !== this.#settings.project) return 'A wrapped key is of one project; this one is of another.'
    if (epoch > newest + 1) return `The next epoch is ${newest + 1}, and this key is of epoch ${epoch}.`
    if (epoch <= newest && !sharing?.keys.some((each) => each.epoch === epoch && each.key === key))
      return `The ledger names another key for epoch ${epoch}. Look at who shares the private part, then try again.`
    if (!isRecoveryDevice(device) && !this.#isMembers(device))
      return `The device ${device.slice(0, 40)} belongs to no member of this project.`
    return null
  }

  /** Why this may not enter a sealed stream; null where it may. What the ledger names counts, not who has a wrap: anybody's may be left over. */
  async itemFault(stream: string, body: Uint8Array): Promise<Refusal | null> {
    const { project, gate } = this.#settings
    const read = readItemHeader(body)
    if (!read || read.header.project !== project || read.header.stream !== stream)
      return refusal('not-sealed', `The stream ${stream} takes items alone that were sealed for it. Nothing of this was kept.`)
    const { epoch, key } = read.header
    const sharing = await gate.sharing()
    if (!sharing?.isOn || !sharing.page.kinds.some((kind) => stream === `sealed/${kind}`))
      return refusal('not-shared', 'No owner shares this part of the project now. Nothing of this was kept.')
    if (epoch !== sharing.page.epoch || key !== sharing.page.key)
      return refusal('stale-epoch', `Epoch ${sharing.page.epoch} stands, and this is of epoch ${epoch}. It is sealed again.`)
    const isGone = sharing.page.recipients.some(({ device }) => !this.#isMembers(device))
    return isGone
      ? refusal('stale-epoch', `Somebody who holds the key of epoch ${epoch} was removed. It is sealed again with a new one.`)
      : null
  }

  /** A device counts as long as one who proved its key is a member and did not revoke it. */
  #isMembers(device: string): boolean {
    const { project, directory, isMember } = this.#settings
    return directory.ownersOf(project, device).some(({ person, isRevoked }) => !isRevoked && isMember(person))
  }
}
