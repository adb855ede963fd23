/** The maps of a project on a server: own changes go out line by line as they are drawn, those of others are drawn into what is shown. */
import { utf8 } from '../../core/canonical.ts'
import type { Project } from '../../core/project/format/project.ts'
import type { StreamItem } from '../../core/team/frames.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { editLogPath } from '../../core/workflow/together/log-path.ts'
import { setWorkspace, useWorkspace, workspace } from '../session/state.ts'
import type { Connection } from './connection.ts'
import type { KeptStanding } from './kept-standing.ts'
import type { SenderBook } from './sender-book.ts'
import { maySend, namedIn, takenLines, type WaitingLine, withOneBegin } from './taken-lines.ts'
import { type LogLine, logsOf, unsentFiles, unsentLines } from './waiting.ts'

export interface MapHost {
  readonly project: string
  readonly connection: Connection
  standing(): KeptStanding
  /** Remembers what the server has. */
  noted(change: (standing: KeptStanding) => KeptStanding): void
  saved(at: number): void
  refused(why: string): void
  readonly mayWrite: () => boolean
  /** Whether the own role allows to draw in this map. */
  readonly mayShare: (map: string) => boolean
  readonly senders: SenderBook
  /** One item of a stream again; null where there is none. @throws {Error} with a sentence */
  readonly itemAt: (stream: string, seq: number) => Promise<StreamItem | null>
  /** The device of this browser. */
  readonly device: () => string
  readonly nameOf: (person: string) => string
}

/** Lines that are drawn within this time go as one item. */
const gathered = 25
/** Most lines and characters of one item. */
const mostLines = 500
const mostText = 900_000
/** Items of one map that are asked for again after a reload, because lines of them wait for others. */
const mostItemsAside = 100
/** Milliseconds before the server is asked again that did not answer. */
const retryPause = 2000

export class MapStreams {
  readonly #host: MapHost
  /** Maps of which an item is under way: the next goes when it is answered, so that the server never has a change without the ones before. */
  readonly #underWay = new Set<string>()
  readonly #refused = new Set<string>()
  /** Devices of somebody else of which lines wait here, named once. */
  readonly #named = new Set<string>()
  /** Maps of which something that came could not be drawn: nothing after it counts as taken. */
  readonly #broken = new Set<string>()
  /** Lines of each map whose number skips others. */
  readonly #aside = new Map<string, Aside>()
  #received: Promise<unknown> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOver = false
  readonly #stop: () => void

  constructor(host: MapHost) {
    this.#host = host
    this.#stop = useWorkspace.subscribe((now, before) => {
      if (now.project?.other !== before.project?.other || now.project?.workflows !== before.project?.workflows) this.look()
    })
    this.look()
  }

  close(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#stop()
  }

  /** Sends again what was refused. */
  tryAgain(): void {
    this.#refused.clear()
    this.#named.clear()
    this.look()
  }

  /** Follows maps that are new here, and sends what is new in the others. */
  look(): void {
    const project = this.#project()
    if (!project) return
    for (const { id } of project.workflows) this.#follow(id)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#send()
    }, gathered)
  }

  /** The project of this server, as long as it is the open one and may be written. */
  #project(): Project | null {
    const { project } = workspace()
    return !this.#isOver && project?.manifest.id === this.#host.project && project.readOnly === null ? project : null
  }

  #follow(id: string): void {
    const { connection } = this.#host
    const stream = `map/${id}`
    if (connection.follows(stream)) return
    connection.follow(stream, this.#host.standing().seqs[stream] ?? 0, {
      items: (items) => this.#take(id, items),
      current: (last) => {
        if (last === 0) void this.#share(id)
      },
    })
  }

  /** Nobody has drawn it together so far: whoever brings a map to the server begins its log. */
  async #share(id: string): Promise<void> {
    const project = this.#project()
    if (!project || !this.#host.mayShare(id) || !workspace().workflows.has(id) || project.other.has(editLogPath(id))) return
    const { shareMap } = await import('../routes/workflow/acts/shared-drawing.ts')
    if (this.#project()) await shareMap(id)
  }

  #send(): void {
    const project = this.#project()
    if (!project || !this.#host.mayWrite()) return
    for (const [id, log] of logsOf(project)) {
      if (this.#underWay.has(id) || this.#refused.has(id)) continue
      const lines = this.#ownOf(id, unsentLines(id, log, this.#host.standing().edits[id]))
      if (lines.length > 0) void this.#append(id, firstPart(lines))
    }
  }

  /** Others take no line under a name or for a device of somebody else, so none is sent: each such device waits, and the others go. */
  #ownOf(id: string, lines: readonly LogLine[]): readonly LogLine[] {
    const { known } = this.#host.senders
    const foreign = new Map<string, string>()
    for (const line of lines)
      if (!maySend(line, { person: known.you, at: Number.POSITIVE_INFINITY }, known))
        foreign.set(line.device, line.by ?? line.device)
    for (const [device, whose] of foreign) {
      const key = `${id}\n${device}`
      if (this.#named.has(key)) continue
      this.#named.add(key)
      this.#say(id, `It holds a change of ${whose}, who works on this server. Ask ${whose} to open that copy here.`)
    }
    return foreign.size === 0 ? lines : lines.filter(({ device }) => !foreign.has(device))
  }

  async #append(id: string, lines: readonly LogLine[]): Promise<void> {
    this.#underWay.add(id)
    const outcome = await this.#host.connection.append(`map/${id}`, utf8(lines.map(({ text }) => text).join('')))
    this.#underWay.delete(id)
    if (this.#isOver) return
    if (outcome.ok) {
      this.#stored(id, lines)
      this.#host.saved(outcome.at)
      this.look()
      return
    }
    this.#refuse(id, outcome.refusal.why)
  }

  #refuse(id: string, why: string): void {
    this.#refused.add(id)
    this.#say(id, why)
  }

  #say(id: string, why: string): void {
    this.#host.refused(`Your change of the map ${id} was not taken: ${why} It stays in this browser; press Try now.`)
  }

  /** What the server answered to, line by line. */
  #stored(id: string, lines: readonly LogLine[]): void {
    this.#host.noted((standing) => {
      const known: Record<string, number> = { ...standing.edits[id] }
      for (const { kind, device, to } of lines) if (kind !== 'begin') known[device] = Math.max(known[device] ?? 0, to)
      return { ...standing, edits: { ...standing.edits, [id]: known } }
    })
  }

  /** Lines that waited when this project was left: the items that brought them are asked for again. */
  async #keptAside(id: string): Promise<Aside> {
    const seqs = this.#host.standing().aside?.[id] ?? []
    const items: StreamItem[] = []
    for (const seq of seqs) {
      const item = await this.#itemAt(`map/${id}`, seq)
      if (item) items.push(item)
    }
    return { items, lines: [] }
  }

  /** Waits for the answer of the server: nothing is taken by half. */
  async #itemAt(stream: string, seq: number): Promise<StreamItem | null> {
    for (;;) {
      try {
        return await this.#host.itemAt(stream, seq)
      } catch {
        if (this.#isOver) return null
        await new Promise((done) => setTimeout(done, retryPause))
      }
    }
  }

  #take(id: string, items: readonly StreamItem[]): void {
    this.#received = this.#received
      .then(async () => {
        const { senders, device, nameOf } = this.#host
        const aside = this.#aside.get(id) ?? (await this.#keptAside(id))
        const known = await senders.knowing(namedIn([...aside.items, ...items]))
        const { receiveShared } = await import('../routes/workflow/acts/receive-shared.ts')
        const project = this.#project()
        if (!project || this.#broken.has(id)) return
        const unsent = unsentFiles(project, this.#host.standing())
        const isUntouched = ![...unsent.keys()].some((path) => path.startsWith(`workflows/${id}/`))
        const counts = this.#host.standing().edits[id] ?? {}
        const taken = takenLines([...aside.items, ...items], counts, known, device(), aside.lines)
        this.#aside.set(id, { items: [], lines: taken.aside })
        const isStart = items[0]?.seq === 1 || !project.other.has(editLogPath(id))
        const lines = withOneBegin(taken.lines, isStart)
        receiveShared(id, lines.map(({ text }) => text).join(''), isUntouched)
        const seqs = { [`map/${id}`]: items.at(-1)?.seq ?? 0 }
        const waiting = [...new Set(taken.aside.map(({ seq }) => seq))].slice(0, mostItemsAside)
        this.#host.noted((standing) => ({
          ...standing,
          seqs: { ...standing.seqs, ...seqs },
          edits: { ...standing.edits, [id]: taken.known },
          aside: { ...standing.aside, [id]: waiting },
        }))
        for (const person of taken.leftOutOf)
          setWorkspace({
            problem: `${nameOf(person)} sent changes of the map ${id} under the name of somebody else, or with numbers that nobody can count on. They were left out: tell an administrator of the project.`,
          })
      })
      .catch((error: unknown) => {
        if (this.#isOver) return
        this.#broken.add(id)
        setWorkspace({ problem: `What others drew in ${id} can not be shown: ${errorWords(error)} Reload the page.` })
      })
  }
}

/** Lines of a map that wait for others, and items that hold such lines and were not looked at in this visit. */
interface Aside {
  readonly items: readonly StreamItem[]
  readonly lines: readonly WaitingLine[]
}

function firstPart(lines: readonly LogLine[]): readonly LogLine[] {
  let size = 0
  const end = lines.findIndex(({ text }, index) => {
    size += text.length
    return index === mostLines || (index > 0 && size > mostText)
  })
  return end < 0 ? lines : lines.slice(0, end)
}
