/**
 * An open project on a server: what is kept here goes there, what others did comes here. The project itself is what waits to be sent, so
 * a closed tab loses nothing; the standing beside it says how far the server has it.
 */
import { utf8 } from '../../core/canonical.ts'
import { mayDraw } from '../../core/project/duties/document-roles.ts'
import type { Role } from '../../core/project/duties/roles.ts'
import type { Project } from '../../core/project/format/project.ts'
import { ledgerLine } from '../../core/project/ledger/entry-hash.ts'
import { readLedger } from '../../core/project/ledger/ledger-file.ts'
import { readFilesItem } from '../../core/team/files-item.ts'
import type { StreamItem } from '../../core/team/frames.ts'
import { heldMove, type Move } from '../../core/team/move.ts'
import { foreignFiles, type Refusal } from '../../core/team/refusal.ts'
import { actorOf } from '../../core/team/senders.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { hand } from '../session/ledger.ts'
import { setWorkspace, useWorkspace, workspace } from '../session/state.ts'
import { getBlob, NoAnswer } from './ask-server.ts'
import { Barred } from './barred.ts'
import type { CheckpointWatch } from './checkpoint-watch.ts'
import { openClashes, placeKey, takeTheirs, withClashes } from './clashes.ts'
import type { Connection } from './connection.ts'
import { twiceWords } from './decided-twice.ts'
import { type HeardChange, type HeardEntry, type Incoming, incomingOf, waitsForHead } from './incoming.ts'
import { introducingEntries, introducingFiles } from './introduction.ts'
import { isUnion, type JoinOutcome } from './join.ts'
import { type KeptStanding, keepStanding } from './kept-standing.ts'
import { MapStreams } from './map-streams.ts'
import { openWatch } from './open-watch.ts'
import { partsOf, sendFiles } from './outgoing.ts'
import { readItems } from './read-items.ts'
import type { SenderBook } from './sender-book.ts'
import { takeIn } from './take-in.ts'
import { setTeam, teamState } from './team-state.ts'
import { digestOfFile, unsentEntries, unsentFiles, waitingWords } from './waiting.ts'

/** How long entries wait for the signed end of their chain, which comes right behind them, in milliseconds. */
const headPause = 3000
const retryPause = 5000
/** Notices of things decided twice that are shown. */
const mostTwice = 20

export interface SessionSettings {
  readonly project: string
  readonly standing: KeptStanding
  readonly connection: Connection
  /** False for who was invited to look, and before a role is granted where roles are in force. */
  readonly mayWrite: () => boolean
  /** Whoever was invited to work may show their keys before they hold a role. */
  readonly mayIntroduce: () => boolean
  /** The name of somebody whom the ledger calls so. */
  readonly nameOf: (actor: string) => string
  /** The name of a member by their id. */
  readonly memberName: (person: string) => string
  readonly senders: SenderBook
  /** Own roles; null where none are in force. */
  readonly roles: () => ReadonlySet<Role> | null
  /** Whose move brought the project here, asked anew; null where the server does not say. @throws {NoAnswer} */
  readonly move: () => Promise<Move | null>
  /** Roles may be others now. */
  readonly rolesChanged: () => void
}

/** Documents at which a person has to decide. */
type Found = Pick<Extract<JoinOutcome, { readonly ok: true }>, 'clashes' | 'heldBack'>
const nothingFound: Found = { clashes: new Map(), heldBack: new Map() }

export class TeamSession {
  readonly #settings: SessionSettings
  readonly #maps: MapStreams
  readonly #watch: CheckpointWatch
  readonly #stops: (() => void)[] = []
  #standing: KeptStanding
  #entries: HeardEntry[] = []
  #changes: HeardChange[] = []
  #current = new Set<string>()
  #work: Promise<unknown> = Promise.resolve()
  #asked = false
  #isOver = false
  #sent = new Set<string>()
  /** Places at which a person said that what is here stays. */
  #decided = new Set<string>()
  #unsignedSince: number | null = null
  /** Why the server said no for good; the next try is a person's. */
  #held: string | null = null
  /** What went wrong the last time; it is tried again without anybody. */
  #failed: string | null = null
  #mapsRefused: string | null = null
  readonly #barred = new Barred()
  #waiters: (() => void)[] = []

  constructor(settings: SessionSettings) {
    this.#settings = settings
    this.#standing = settings.standing
    const { connection } = settings
    this.#maps = new MapStreams({
      project: settings.project,
      connection,
      standing: () => this.#standing,
      noted: (change) => {
        this.#standing = change(this.#standing)
        this.#count()
        this.#keepSoon()
      },
      saved: (at) => this.#saved(at),
      refused: (why) => {
        this.#mapsRefused = why
        this.#say()
      },
      mayWrite: settings.mayWrite,
      mayShare: (map) => {
        const held = settings.roles()
        return settings.mayWrite() && (held === null || mayDraw(held, map))
      },
      senders: settings.senders,
      itemAt: async (stream, seq) => (await readItems(settings.project, stream, seq - 1, 1))[0] ?? null,
      device: () => hand().device,
      nameOf: settings.memberName,
    })
    this.#watch = openWatch({
      project: settings.project,
      connection,
      standing: () => this.#standing,
      noted: (change) => {
        this.#standing = change(this.#standing)
        this.#keepSoon()
      },
    })
    this.#follow('ledger', (item) => this.#takeLines(item))
    this.#follow('files', (item) => this.#takeChange(item))
    this.#stops.push(
      () => this.#watch.close(),
      useWorkspace.subscribe((now, before) => {
        if (now.kept === before.kept && now.unsaved === before.unsaved) return
        this.#count()
        if (now.kept !== before.kept && now.unsaved === 0) {
          this.#keepSoon()
          this.#soon()
        }
      }),
    )
    this.#count()
    this.#soon()
  }

  /** A signed note of the server over the ledger. */
  noteHeard(note: string): void {
    if (this.#current.has('ledger')) this.#watch.heard(note)
  }

  close(): void {
    this.#isOver = true
    this.#maps.close()
    for (const stop of this.#stops) stop()
    this.#wake()
  }

  /** Tries again what was refused. */
  tryAgain(): void {
    this.#held = null
    this.#mapsRefused = null
    this.#barred.clear()
    this.#say()
    this.#maps.tryAgain()
    this.#soon()
  }

  /** What others changed in the rights of this person may let what waits go. */
  rightsChanged(): void {
    this.#barred.clear()
    this.#count()
    this.#maps.look()
    this.#soon()
  }

  /** True when the server has everything; false when it said no, the line is gone, or the project was left. */
  async settled(): Promise<boolean> {
    for (;;) {
      await this.#work
      if (this.#isOver || this.#held !== null || this.#mapsRefused !== null || this.#barred.why !== null) return false
      if (this.#settings.connection.line.kind !== 'open') return false
      if (this.#isCurrent && !this.#asked && teamState().waiting.length === 0) return true
      // Whatever it waits for comes with an answer or a save, which begin the work themselves.
      await new Promise<void>((done) => {
        this.#waiters.push(done)
        setTimeout(done, 1000)
      })
    }
  }

  /** What a person says of a place that clashes. */
  async decide(path: string, place: string, whose: 'here' | 'theirs'): Promise<void> {
    const clash = this.#standing.clashes?.[path]
    if (!clash || this.#isOver) return
    if (whose === 'here') this.#decided.add(placeKey(path, place))
    else {
      const refusal = await takeTheirs({ path, place, clash }, (project) => this.#isOwn(project), this.#blob)
      if (refusal !== null) return setWorkspace({ problem: refusal })
    }
    await this.#showClashes()
    this.#count()
    this.#soon()
  }

  get #isCurrent(): boolean {
    return this.#current.has('ledger') && this.#current.has('files')
  }

  #isOwn(project: Project | null): boolean {
    return !this.#isOver && project?.manifest.id === this.#settings.project
  }

  readonly #blob = (digest: string): Promise<Uint8Array<ArrayBuffer>> => getBlob(this.#settings.project, digest)

  #follow(stream: 'ledger' | 'files', take: (item: StreamItem) => void): void {
    this.#settings.connection.follow(stream, this.#standing.seqs[stream] ?? 0, {
      items: (items) => {
        for (const item of items) take(item)
        this.#soon()
      },
      current: () => {
        this.#current.add(stream)
        if (stream === 'ledger') this.#watch.heard('')
        this.#soon()
      },
    })
  }

  #takeLines({ seq, at, body }: StreamItem): void {
    const { entries, problems } = readLedger(new TextDecoder().decode(body))
    if (problems.length > 0) {
      this.#settings.connection.stop(
        `The server sent an entry of the ledger that does not hold: ${problems[0]?.why ?? ''} Send nothing, keep your copy, and call who runs it.`,
      )
      return
    }
    for (const entry of entries) {
      this.#watch.came(seq, entry)
      this.#entries.push({ entry, seq, at })
    }
  }

  #takeChange({ seq, person, at, body }: StreamItem): void {
    const reading = readFilesItem(body)
    if (reading.ok) this.#changes.push({ seq, person, at, item: reading.item })
    else this.#settings.connection.stop(`The server sent a change of files that can not be read: ${reading.why} Reload the page.`)
  }

  /** Joins, then sends; once at a time. */
  #soon(): void {
    if (this.#asked || this.#isOver) return
    this.#asked = true
    this.#work = this.#work
      .then(async () => {
        this.#asked = false
        const { project } = workspace()
        if (!this.#isCurrent || !project || !this.#isOwn(project) || project.readOnly !== null) return
        // Others wait for the signed end of this chain as this browser does for theirs: what is here goes all the same.
        if ((await this.#join(project)) === 'left') return
        if (this.#held === null && (this.#settings.mayWrite() || this.#settings.mayIntroduce())) await this.#push()
        this.#trying(false)
        this.#failed = null
        this.#say()
      })
      .catch((error: unknown) => {
        if (this.#isOver) return
        // No answer is no refusal: it is tried again, and nobody has to do anything.
        if (error instanceof NoAnswer) this.#trying(true)
        else {
          this.#failed = `${errorWords(error)} It is tried again.`
          this.#say()
        }
        setTimeout(() => this.#soon(), retryPause)
      })
      .finally(() => {
        this.#count()
        this.#wake()
      })
  }

  /** `waits` for something that comes in a moment. */
  async #join(project: Project): Promise<'joined' | 'waits' | 'left'> {
    if (this.#entries.length === 0 && this.#changes.length === 0) return 'joined'
    if (waitsForHead(project, this.#entries, this.#changes)) {
      // A clock that is set meanwhile makes no pause longer.
      this.#unsignedSince ??= performance.now()
      const left = this.#unsignedSince + headPause - performance.now()
      if (left > 0) {
        setTimeout(() => this.#soon(), left + 10)
        return 'waits'
      }
    }
    this.#unsignedSince = null
    const [entries, changes] = [[...this.#entries], [...this.#changes]]
    const people = changes.map(({ person }) => person)
    if (!(await this.#settings.senders.lookUp({ people, devices: [] }))) throw new NoAnswer()
    await this.#askForMove(people)
    const { known } = this.#settings.senders
    const heard = { entries, changes, actorOf: (person: string) => actorOf(known, person) }
    const incoming = await incomingOf(project, this.#standing, heard, this.#sent, this.#blob)
    const found = incoming.entries.length > 0 || incoming.layers.length > 0 ? await this.#show(incoming) : nothingFound
    if (found === null || !this.#isOwn(workspace().project)) return 'left'
    this.#entries = this.#entries.slice(entries.length)
    this.#changes = this.#changes.slice(changes.length)
    const heads = { ...this.#standing.heads }
    for (const { entry } of entries) heads[entry.device] = { seq: entry.seq, hash: entry.hash }
    const { seqs } = this.#standing
    const clashes = withClashes(this.#standing, found.clashes.keys(), incoming, found.heldBack)
    this.#standing = {
      ...this.#standing,
      heads,
      files: incoming.files,
      seqs: {
        ...seqs,
        ledger: entries.at(-1)?.seq ?? seqs.ledger ?? 0,
        files: changes.at(-1)?.seq ?? seqs.files ?? 0,
      },
      clashes,
    }
    await this.#showClashes()
    this.#keepSoon()
    this.#maps.look()
    if (entries.some(({ entry }) => entry.action === 'role-granted')) this.#settings.rolesChanged()
    return 'joined'
  }

  /** While a move goes on, what its maker sends may be behind its end already. */
  async #askForMove(people: readonly string[]): Promise<void> {
    const { move } = this.#standing
    if (move?.ended !== null || !people.includes(move.by)) return
    const told = await this.#settings.move()
    if (told) this.#standing = { ...this.#standing, move: heldMove(this.#standing.move, told, Date.now()) }
  }

  /** Null where the project was left meanwhile. */
  async #show(incoming: Incoming): Promise<Found | null> {
    const taken = await takeIn(incoming, (project) => this.#isOwn(project))
    if (taken === null || !this.#isOwn(workspace().project)) return null
    const words = taken.twice.map((each) => twiceWords(each, this.#settings.nameOf))
    const twice = [...new Set([...words, ...teamState().twice])].slice(0, mostTwice)
    setTeam({ held: taken.outcome.held, ...(words.length > 0 ? { twice } : {}) })
    return taken.outcome
  }

  async #showClashes(): Promise<void> {
    const { project } = workspace()
    const kept = this.#standing.clashes ?? {}
    if (!project || !this.#isOwn(project)) return
    const { open, clashes } = await openClashes(project, kept, this.#decided, this.#blob)
    this.#standing = { ...this.#standing, clashes }
    setTeam({ clashes: open })
    this.#keepSoon()
  }

  async #push(): Promise<void> {
    const { project } = workspace()
    const { connection } = this.#settings
    // What goes to the server is what is kept here.
    if (!project || !this.#isOwn(project) || workspace().unsaved > 0 || workspace().kept === null) return
    if (connection.line.kind !== 'open') return
    const { device } = hand()
    const isWhole = this.#settings.mayWrite()
    const entries = isWhole
      ? unsentEntries(project.ledger, this.#standing)
      : introducingEntries(project.ledger, this.#standing, device)
    for (const part of partsOf(entries)) {
      const outcome = await connection.append('ledger', utf8(part.map(ledgerLine).join('')))
      if (this.#isOver) return
      if (!outcome.ok) return this.#hold(outcome.refusal)
      const heads = { ...this.#standing.heads }
      for (const { device, seq, hash } of part) heads[device] = { seq, hash }
      this.#standing = { ...this.#standing, heads }
      this.#saved(outcome.at)
    }
    const unsent = this.#toSend(project)
    const files = isWhole ? unsent : introducingFiles(unsent, project.ledger, this.#standing, device)
    if (files.size === 0) {
      if (entries.length === 0) this.#saved(null)
      return
    }
    const outcome = await sendFiles(this.#settings, { files, entries, standing: this.#standing, sent: this.#sent })
    if (this.#isOver) return
    // Somebody wrote the same meanwhile: theirs is on its way here and is joined first.
    if (!outcome.ok && outcome.refusal.code === 'changed-meanwhile') {
      setTimeout(() => this.#soon(), 200)
      return
    }
    if (!outcome.ok) {
      const { refusal } = outcome
      return this.#barred.add(foreignFiles(refusal), files, refusal.why) ? this.#soon() : this.#hold(refusal)
    }
    this.#saved(outcome.at)
    // Its echo came before the answer and is joined in its place.
    this.#soon()
  }

  /** Where work of others is held back here, lists that were sent already without it are not sent against theirs again and again. */
  #toSend(project: Project): ReadonlyMap<string, Uint8Array<ArrayBuffer> | null> {
    const files = this.#barred.allowedOf(unsentFiles(project, this.#standing))
    if (teamState().held.length === 0) return files
    const isAgain = (path: string, bytes: Uint8Array<ArrayBuffer> | null): boolean =>
      isUnion(path) && bytes !== null && this.#sent.has(digestOfFile(bytes))
    return new Map([...files].filter(([path, bytes]) => !isAgain(path, bytes)))
  }

  #hold({ code, why }: Pick<Refusal, 'code' | 'why' | 'detail'>): void {
    // This end let go: what was sent is asked about when the project is opened again.
    if (code === 'closed') return
    const todo =
      code === 'not-allowed'
        ? ' Your work stays in this browser. Ask an administrator of the project for a role under Team, then press Try now.'
        : code === 'fork'
          ? ' Somebody went on from another copy under the name of this device. Open the Ledger page to settle which chain stands, then press Try now.'
          : ' Your work stays in this browser; press Try now, or save the project as a file in Settings.'
    this.#held = `${why}${todo}`
    this.#say()
  }

  #say(): void {
    const refused = this.#held ?? this.#failed ?? this.#mapsRefused ?? this.#barred.why
    if (teamState().refused !== refused) setTeam({ refused })
  }

  #trying(isTrying: boolean): void {
    if (teamState().isTrying !== isTrying) setTeam({ isTrying })
  }

  #saved(at: number | null): void {
    setTeam({ savedAt: at ?? teamState().savedAt ?? Date.now() })
  }

  /** What is told to be known is on disk here. */
  #keepSoon(): void {
    if (workspace().unsaved > 0 || !this.#isOwn(workspace().project)) return
    void keepStanding(this.#settings.project, this.#standing).catch(() => undefined)
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake()
  }

  #count(): void {
    const { project } = workspace()
    if (!project || !this.#isOwn(project)) return
    const words = waitingWords(project, this.#standing, this.#toSend(project))
    const waiting = [...words, ...this.#barred.paths().map((path) => `not sent: document ${path}`)]
    const { waiting: shown, mayWrite } = teamState()
    const now = this.#settings.mayWrite()
    if (mayWrite !== now || waiting.length !== shown.length || waiting.some((words, index) => words !== shown[index]))
      setTeam({ waiting, mayWrite: now })
  }
}
