/**
 * Who sent what: the server names the person behind each item, so a line counts as theirs, whatever name it carries. A line of somebody who was
 * not here yet when it was sent came with a copy of the project; nobody can be harmed under a name that nobody here had.
 */
import { isObject } from '../values/json.ts'

export interface KnownPerson {
  readonly person: string
  /** How the ledger names them. */
  readonly actor: string
  /** Milliseconds since 1970 by the server's clock: from then on the name is theirs in this project. */
  readonly since: number
}

export interface KnownDevice {
  readonly device: string
  /** Who proved to hold its key; of a browser that two people use there are two. */
  readonly person: string
  /** Milliseconds since 1970 by the server's clock. */
  readonly since: number
}

export interface Senders {
  /** Id of who works in this browser; empty before the server said it. */
  readonly you: string
  readonly people: readonly KnownPerson[]
  readonly devices: readonly KnownDevice[]
}

/** Who sent an item, and when by the server's clock (milliseconds since 1970). */
export interface Sent {
  readonly person: string
  readonly at: number
}

export const nobodyKnown: Senders = { you: '', people: [], devices: [] }

/** What the server says of a project (`GET …/about`), as far as it can be read. Who left is known by their devices. */
export function sendersIn(about: unknown): Senders {
  const { you, members, devices } = isObject(about) ? about : {}
  const people = new Map<string, KnownPerson>()
  const known: KnownDevice[] = []
  const note = (each: unknown): void => {
    if (!isObject(each)) return
    const { person, actor, since, device } = each
    if (typeof person !== 'string' || typeof actor !== 'string' || typeof since !== 'number') return
    people.set(person, { person, actor, since: Math.min(since, people.get(person)?.since ?? since) })
    if (typeof device === 'string') known.push({ device, person, since })
  }
  for (const list of [members, devices]) if (Array.isArray(list)) list.forEach(note)
  return { you: isObject(you) && typeof you.person === 'string' ? you.person : '', people: [...people.values()], devices: known }
}

export function actorOf({ people }: Senders, person: string): string | null {
  return people.find((each) => each.person === person)?.actor ?? null
}

/** Whether an item may say something in this name: it is the sender's own, or was nobody's here when it was sent. */
export function speaksAs({ people }: Senders, { person, at }: Sent, actor: string): boolean {
  const owners = people.filter((each) => each.actor === actor)
  return owners.some((each) => each.person === person) || owners.every(({ since }) => at < since)
}

/** Whether an item may bring a change that this device made: it is the sender's, or was nobody's here when it was sent. */
export function speaksForDevice({ devices }: Senders, { person, at }: Sent, device: string): boolean {
  const owners = devices.filter((each) => each.device === device)
  return owners.some((each) => each.person === person) || owners.every(({ since }) => at < since)
}
