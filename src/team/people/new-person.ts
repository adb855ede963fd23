/** Somebody comes in for the first time, by a link: a person with a name of the ledger that nobody else has. */
import { randomUUID } from 'node:crypto'
import { slugOf } from '../../core/project/ledger/actor-slug.ts'
import { Conflict, type Database, type Step } from '../store/database.ts'
import type { Invite, Invites } from './invites.ts'
import type { People } from './people.ts'

export interface NewPerson {
  readonly name: string
  readonly invite: Invite
  /** How the person signs in from now on: a passkey or an identity. */
  readonly wayIn: (person: string) => Step
}

/** The id of the person; null where the link was used meanwhile, or the way in is somebody's already. */
export async function makePerson(
  database: Database,
  people: People,
  invites: Invites,
  { name, invite, wayIn }: NewPerson,
  now: number,
): Promise<string | null> {
  const id = randomUUID()
  // A provider sends whatever it likes as a name.
  const said = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, 120)
  const actor = freeActor(slugOf(said), people)
  try {
    await database.transaction(null, [
      { name: 'make-person', values: [id, said, actor, invite.project === null, now] },
      wayIn(id),
      ...invites.stepsOfUse(invite, id),
    ])
  } catch (error) {
    if (error instanceof Conflict) return null
    throw error
  }
  people.noteActor(actor, id)
  return id
}

/** Two people of one name are two people: the second gets a number. */
function freeActor(slug: string, people: People): string {
  if (people.personOfActor(slug) === null) return slug
  let number = 2
  while (people.personOfActor(`${slug}-${number}`) !== null) number++
  return `${slug}-${number}`
}
