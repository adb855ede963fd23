/** What streams need to know of people: who asks, and whose device a name of the ledger is. */

export interface Who {
  readonly id: string
  readonly name: string
  /** How the ledger names this person. */
  readonly actor: string
}

/** Somebody who proved to hold the key of a device. */
export interface DeviceOwner {
  readonly person: string
  /** Digest of that key, as the ledger and its grants name keys. */
  readonly key: string
  readonly isRevoked: boolean
}

export interface Directory {
  /** People who registered this device in this project; empty for one that nobody registered. */
  ownersOf(project: string, device: string): readonly DeviceOwner[]
  personOfActor(actor: string): string | null
}
