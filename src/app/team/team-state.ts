/** What pages show of the team: how the line to the server is, what waits, and who is here. */
import { create } from 'zustand'
import type { Clash } from '../../core/project/exchange/three-way.ts'
import type { Presence, PresenceColour } from '../../core/workflow/together/presence.ts'
import type { Account } from './ask-server.ts'
import type { Line } from './connection.ts'

/** Somebody who has the project open, this browser left out. */
export interface Here {
  readonly connection: number
  readonly person: string
  readonly name: string
  readonly colour: PresenceColour
  /** What they point at on a map; null on any other page. */
  readonly presence: Presence | null
  /** Milliseconds since 1970. */
  readonly heard: number
}

/** A document that waits for a person, with the places at which it differs. */
export interface OpenClash {
  readonly path: string
  /** Id of the person who wrote what the server has. */
  readonly person: string
  readonly places: readonly Clash[]
}

export interface TeamState {
  /** Null before the server was asked. */
  readonly account: Account | null
  /** The open project on the server; null where it is on none. */
  readonly project: string | null
  readonly line: Line
  /** Milliseconds since 1970: the last time the server said that something is stored, or that all is. */
  readonly savedAt: number | null
  /** Changes that only this browser has, in words. */
  readonly waiting: readonly string[]
  /** What the server did not take, with what to do. */
  readonly refused: string | null
  /** The last try did not get through; it is tried again. */
  readonly isTrying: boolean
  /** False for who may look only: what they change stays in this browser. */
  readonly mayWrite: boolean
  /** The move of this project to the server is not over. */
  readonly isMoving: boolean
  /** Documents that two people changed at the same places, to be decided here. */
  readonly clashes: readonly OpenClash[]
  /** What a colleague decided that this person had decided, too. */
  readonly twice: readonly string[]
  /** Why work of others has no effect here. */
  readonly held: readonly string[]
  /** Entries of the ledger under the last note of the server that was checked; null before the first. */
  readonly proven: number | null
  readonly here: readonly Here[]
}

/** Of a project that is on no server. */
export const ofNoProject: Omit<TeamState, 'account'> = {
  project: null,
  line: { kind: 'connecting' },
  savedAt: null,
  waiting: [],
  refused: null,
  isTrying: false,
  mayWrite: true,
  isMoving: false,
  clashes: [],
  twice: [],
  held: [],
  proven: null,
  here: [],
}

export const useTeam = create<TeamState>()(() => ({ account: null, ...ofNoProject }))

export const teamState = useTeam.getState
export const setTeam = useTeam.setState
