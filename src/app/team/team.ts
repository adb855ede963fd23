/** The team's part of the page: who is signed in on this server, and the line that an open project of the server has to it. */

import type { Json } from '../../core/canonical.ts'
import { type Role, roles as roleNames } from '../../core/project/duties/roles.ts'
import { signClaim } from '../../core/team/device-claim.ts'
import { heldMove, type Move, moveIn } from '../../core/team/move.ts'
import { sendersIn } from '../../core/team/senders.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { isMembers } from '../../core/values/json.ts'
import { colourFor, notTold, type Presence, paced, presenceBytes, readPresence } from '../../core/workflow/together/presence.ts'
import { signerOf } from '../../io/keys/signature-web.ts'
import { deviceKey } from '../../io/store/device-key.ts'
import { browserStore } from '../session/browser-store.ts'
import { keyThisDevice } from '../session/device-key.ts'
import { followPerson, useHere } from '../session/here.ts'
import { hand, slugOf } from '../session/ledger.ts'
import { keepSettings } from '../session/settings.ts'
import { setWorkspace, useWorkspace, workspace } from '../session/state.ts'
import { navigate } from '../window/hash-location.ts'
import { type Account, account, ask, NoAnswer, standingIn } from './ask-server.ts'
import { browserSocket, Connection } from './connection.ts'
import { type KeptStanding, readStanding } from './kept-standing.ts'
import { keepKeys, readKeys } from './key-requests.ts'
import { lookAtKeys, openPrivate } from './private/open-private.ts'
import { readItems } from './read-items.ts'
import { SenderBook } from './sender-book.ts'
import { TeamSession } from './team-session.ts'
import { ofNoProject, setTeam, type TeamState, teamState } from './team-state.ts'

interface OpenLine {
  readonly project: string
  readonly connection: Connection
  readonly standing: KeptStanding
  session: TeamSession | null
  mayWrite: boolean
  mayIntroduce: boolean
  /** Null where roles are not in force. */
  roles: ReadonlySet<Role> | null
  /** Whose move brought the project here; null where the server does not say. */
  move: Move | null
  readonly waiters: (() => void)[]
  /** Ends the work on its private part. */
  closePrivate: () => void
  readonly senders: SenderBook
}

let line: OpenLine | null = null
let isStarted = false

/** Called once, where the page comes from the server of a team. */
export async function startTeam(): Promise<void> {
  if (isStarted) return
  isStarted = true
  await readAccount()
  useWorkspace.subscribe((now, before) => {
    if (now.project?.manifest.id !== before.project?.manifest.id || now.project?.readOnly !== before.project?.readOnly)
      void followOpenProject()
  })
  addEventListener('online', () => line?.connection.tryNow())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') line?.connection.tryNow()
  })
  setInterval(() => {
    setHere(teamState().here.filter(({ heard }) => Date.now() - heard < silence))
    tell()
  }, 12_000)
  const place = (): void => {
    const map = mapShown()
    // The address also says which step is chosen: then one is still at the same place.
    if (map !== own.map) showPresence({ map, ...pointsNowhere })
  }
  addEventListener('hashchange', place)
  addEventListener('hashchange', goOwnWay)
  place()
  useHere.subscribe(goAlong)
  await followOpenProject()
}

/** Who is signed in; who works here goes by that name, since the server takes acts of that person alone. */
export async function readAccount(): Promise<Account | null> {
  const found = await account()
  if (found === null) return null
  setTeam({ account: found })
  const { you } = found
  if (you && slugOf(workspace().person?.name ?? '') !== you.actor) {
    // Of two people with one name the later one has a number.
    const number = /-(\d+)$/.exec(you.actor)?.[1]
    const name = slugOf(you.name) === you.actor || number === undefined ? you.name : `${you.name} ${number}`
    setWorkspace({ person: { name, role: workspace().person?.role ?? '' } })
    await keepSettings().catch(() => undefined)
  }
  return found
}

/** The id of the map whose page is open; empty on any other page, for nobody is told what is read there. */
function mapShown(): string {
  return /^#\/workflow\/([^/?]+)/.exec(location.hash)?.[1] ?? ''
}

/** Who follows somebody goes with them from map to map. */
function goAlong(state: ReturnType<typeof useHere.getState>): void {
  const map = mapOfFollowed(state)
  if (map !== '' && map !== mapShown()) navigate(`/workflow/${map}/compare`)
  if (state.follows !== null && !state.here.some(({ from }) => from === state.follows)) followPerson(null)
}

/** Who goes to a page that is not the map of the one they follow goes their own way: the next word of that person would bring them back. */
function goOwnWay(): void {
  const state = useHere.getState()
  const map = mapShown()
  if (state.follows !== null && (map === '' || map !== mapOfFollowed(state))) followPerson(null)
}

function mapOfFollowed({ here, follows }: ReturnType<typeof useHere.getState>): string {
  return here.find(({ from }) => from === follows)?.presence.map ?? ''
}

/** Maps draw others by what is heard here. */
function setHere(here: TeamState['here']): void {
  if (here.length === 0 && teamState().here.length === 0 && (useHere.getState().tell !== null) === (line !== null)) return
  setTeam({ here })
  useHere.setState({
    tell: line ? showPresence : null,
    here: here.flatMap(({ connection, name, colour, presence, heard }) =>
      presence ? [{ from: String(connection), presence: { ...presence, name, colour }, heard }] : [],
    ),
  })
}

let following = 0

/** Connects the open project where it is one of this server. */
export async function followOpenProject(): Promise<void> {
  const turn = ++following
  const { project } = workspace()
  const id = project?.manifest.id ?? null
  if (line && (line.project !== id || project?.readOnly !== null)) leave()
  if (!project || id === null || line) return
  const standing = await readStanding(id)
  if (turn !== following || standing === null) return
  setTeam({ project: id })
  // A tab that only reads shows what the writing tab saves.
  if (project.readOnly === null) await connect(id, standing)
}

/** The open project goes on without the server. */
export function letGo(): void {
  leave()
}

function leave(): void {
  line?.session?.close()
  line?.closePrivate()
  line?.senders.close()
  line?.connection.close()
  line = null
  setTeam(ofNoProject)
  setHere([])
}

async function connect(project: string, standing: KeptStanding): Promise<void> {
  const address = `${location.origin.replace(/^http/, 'ws')}/team/${encodeURIComponent(project)}`
  const connection = new Connection({
    open: browserSocket(address),
    standing: () => standingIn(project),
    changed: (now) => {
      setTeam({ line: now })
      if (now.kind !== 'open') setHere([])
      else void begin(project, standing)
    },
    present: heardOf,
    checkpoint: (note) => line?.session?.noteHeard(note),
  })
  const senders = new SenderBook(async () => {
    const about = await askAbout(project)
    if (about !== null && line?.project === project) nameMembers(about)
    return about === null ? null : sendersIn(about)
  })
  const closePrivate = (): void => undefined
  line = {
    project,
    connection,
    standing,
    session: null,
    mayWrite: false,
    mayIntroduce: false,
    roles: null,
    move: null,
    waiters: [],
    closePrivate,
    senders,
  }
}

/** Null where the server did not say. */
async function askAbout(project: string): Promise<Json | null> {
  const about = await ask('GET', `/team/${encodeURIComponent(project)}/about`)
  return about.ok ? about.value : null
}

/**
 * With each connecting: what this person may do and who belongs to the project. Once per opened project this browser becomes a device of the
 * person; then both sides tell each other what is new.
 */
async function begin(project: string, standing: KeptStanding): Promise<void> {
  const open = line
  if (!open || open.project !== project) return
  tell()
  try {
    const isRead = await readRights(open)
    if (line !== open || open.connection.line.kind !== 'open') return
    if (!isRead) throw new NoAnswer()
    if (open.session) return open.session.rightsChanged()
    if (!(await registerDevice(project)) && open.mayWrite) return
    // Now this browser is among the devices, and what others send in its name is told apart.
    if (!(await readRights(open))) throw new NoAnswer()
    if (line !== open || open.session) return
    const { connection } = open
    open.session = new TeamSession({
      project,
      standing: open.move ? { ...standing, move: heldMove(standing.move, open.move, Date.now()) } : standing,
      connection,
      mayWrite: () => open.mayWrite,
      mayIntroduce: () => open.mayIntroduce,
      nameOf: nameOfActor,
      memberName,
      senders: open.senders,
      roles: () => open.roles,
      move: async () => {
        if (!(await readRights(open))) throw new NoAnswer()
        return open.move
      },
      rolesChanged: () => {
        void readRights(open).then(() => open.session?.rightsChanged())
      },
    })
    open.closePrivate = openPrivate({
      project,
      connection,
      mayWrite: () => open.mayWrite,
      senders: open.senders,
      standing: () => readKeys(project),
      keep: (wraps) => keepKeys(project, wraps),
      items: (stream, from) => readItems(project, stream, from),
    })
  } catch (error) {
    if (line !== open) return
    if (!(error instanceof NoAnswer)) setTeam({ refused: errorWords(error) })
    setTimeout(() => {
      if (line === open && open.connection.line.kind === 'open') void begin(project, standing)
    }, 3000)
  } finally {
    for (const wake of open.waiters.splice(0)) wake()
  }
}

/** False where the server did not say. */
async function readRights(open: OpenLine): Promise<boolean> {
  const about = await askAbout(open.project)
  if (about === null || line !== open) return false
  const { you } = isMembers(about) ? about : {}
  const roles = isMembers(you) ? (Array.isArray(you.roles) ? you.roles : you.invitedAs) : []
  // Where roles are in force and nobody granted one, the server takes introductions alone.
  const isLooking = !Array.isArray(roles) || roles.length === 0 || isLookingOnly(roles)
  const isMoving = isMembers(you) && you.moving === true
  open.mayWrite = isMoving || !isLooking
  open.mayIntroduce = isMembers(you) && Array.isArray(you.invitedAs) && !isLookingOnly(you.invitedAs)
  const held = !isMoving && isMembers(you) && Array.isArray(you.roles) ? you.roles : null
  open.roles = held && new Set(roleNames.filter((role) => held.includes(role)))
  open.move = moveIn(about)
  setTeam({ mayWrite: open.mayWrite, isMoving })
  nameMembers(about)
  open.senders.learn(sendersIn(about))
  return true
}

function isLookingOnly(roles: readonly Json[]): boolean {
  return roles.length > 0 && roles.every((role) => role === 'viewer')
}

/** Names of members by their id, and by the slug that the ledger knows them by. */
const names = new Map<string, string>()
const actorNames = new Map<string, string>()

/** Id and name of everybody who is known here. */
export function membersByName(): readonly (readonly [id: string, name: string])[] {
  return [...names].toSorted(([, a], [, b]) => a.localeCompare(b))
}

/** The name of a member; a slug that nobody explains stays as it is. */
export function nameOfActor(actor: string): string {
  return actorNames.get(actor) ?? actor
}

function nameMembers(about: Json): void {
  const { members } = isMembers(about) ? about : {}
  if (!Array.isArray(members)) return
  for (const each of members) {
    if (!isMembers(each)) continue
    names.set(String(each.person), String(each.name))
    actorNames.set(String(each.actor), String(each.name))
  }
}

/** The server takes entries of this browser from its person alone from here on, for it proved that it holds the key of its chain. */
async function registerDevice(project: string): Promise<boolean> {
  await keyThisDevice()
  const { device } = hand()
  const { account: found } = teamState()
  const pair = await deviceKey(await browserStore(), project, device)
  if (!pair || !found?.you) return true
  const signer = await signerOf(pair)
  const proof = await signClaim({ origin: found.origin, project, person: found.you.id, device }, signer)
  const claim = { id: device, name: browserName(), signKey: signer.publicKey, sealKey: null, proof }
  const answer = await ask('POST', `/team/${encodeURIComponent(project)}/devices`, claim)
  if (!answer.ok && answer.status === 0) throw new NoAnswer()
  if (!answer.ok) setTeam({ refused: `${answer.why} Nothing is sent from this browser before that; press Try now.` })
  return answer.ok
}

/** Rough words for the list of devices: what a person knows their browser by. */
function browserName(): string {
  const agent = navigator.userAgent
  const program = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(name)) ?? 'Browser'
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac', 'Linux'].find((name) => agent.includes(name)) ?? ''
  return `${program === 'Edg' ? 'Edge' : program}${system === '' ? '' : ` on ${system}`}`
}

export function tryNow(): void {
  void readAccount()
  line?.connection.tryNow()
  if (line?.session) line.session.tryAgain()
  else if (line?.connection.line.kind === 'open') {
    setTeam({ refused: null })
    void begin(line.project, line.standing)
  }
}

/** How long a line may take to stand before it counts as not there, in milliseconds. */
const patience = 30_000

/** True when the server has all of the open project; false where it was not reached or said no. */
export async function allSent(): Promise<boolean> {
  const open = line
  const end = Date.now() + patience
  while (open && line === open && open.session === null && Date.now() < end) {
    const { kind } = open.connection.line
    if ((kind !== 'open' && kind !== 'connecting') || teamState().refused !== null) return false
    await new Promise<void>((done) => {
      open.waiters.push(done)
      setTimeout(done, 500)
    })
  }
  return (await open?.session?.settled()) ?? false
}

/** What a person says of a place that two people changed. */
export async function decideClash(path: string, place: string, whose: 'here' | 'theirs'): Promise<void> {
  await line?.session?.decide(path, place, whose)
}

export function memberName(person: string): string {
  return names.get(person) ?? 'A colleague'
}

/** A name for how the ledger calls somebody. */
export function actorName(actor: string): string {
  return actorNames.get(actor) ?? actor
}

// Who is here.

/** Who says nothing for so long has gone, in milliseconds. */
const silence = 30_000
const pointsNowhere = { pointer: null, selection: [], drag: null, types: null } as const

let own: Pick<Presence, 'map' | 'pointer' | 'selection' | 'drag' | 'types'> = { map: '', ...pointsNowhere }
let pace = notTold
let timer: ReturnType<typeof setTimeout> | undefined

/** What one points at; told at most 20 times per second, and never kept. */
function showPresence(change: Partial<typeof own>): void {
  own = { ...own, ...change }
  tell()
}

function tell(): void {
  const { account: found, here } = teamState()
  if (line?.connection.line.kind !== 'open' || !found?.you) return
  const { id, name } = found.you
  const colour = colourFor(
    id,
    here.filter(({ person }) => person < id).map((each) => each.colour),
  )
  told({ ...own, map: own.map.slice(0, 200), name: name.slice(0, 80), colour })
}

function told(next: Presence | null): void {
  const turn = paced(pace, next, Date.now())
  pace = turn.pace
  if (turn.tell) line?.connection.show('', presenceBytes(turn.tell))
  clearTimeout(timer)
  if (turn.askAt !== null) timer = setTimeout(() => told(null), Math.max(0, turn.askAt - Date.now()))
}

function heardOf(connection: number, person: string, body: Uint8Array | null): void {
  const others = teamState().here.filter((each) => each.connection !== connection && Date.now() - each.heard < silence)
  const presence = body && readPresence(new Uint8Array(body))
  if (!presence) {
    setHere(others)
    lookAtKeys()
    return
  }
  const isNew = !teamState().here.some((each) => each.connection === connection)
  // The name is the server's: presence says what it likes.
  const name = names.get(person) ?? presence.name
  const next = { connection, person, name, colour: presence.colour, presence, heard: Date.now() }
  setHere([...others, next].sort((a, b) => a.connection - b.connection))
  if (isNew) tell()
}
