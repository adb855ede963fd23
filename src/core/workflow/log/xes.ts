/** XES (IEEE 1849) → events: nested attributes, globals, classifiers and undeclared extensions, whatever the order of attributes. */
import { textOf, XmlScanner, type XmlTag } from '../xml/xml.ts'
import { XmlFault } from '../xml/xml-fault.ts'
import { namesRoles } from './columns.ts'
import type { EventLog, LogProblem } from './event-log.ts'
import { Integers } from './growing.ts'
import { InstantReader } from './instants.ts'
import { LogBuilder } from './log-builder.ts'
import { ProblemTally } from './problem-tally.ts'
import { type Slot, type XesChoices, XesHeader } from './xes-header.ts'
import { type AbsentKey, absentKeys } from './xes-keys.ts'

export interface ReadXes {
  readonly log: EventLog
  readonly problems: readonly LogProblem[]
  readonly classifiers: readonly { readonly name: string; readonly keys: readonly string[] }[]
  /** Chosen keys that never occur. */
  readonly absent: readonly AbsentKey[]
  /** Why the file could not be read to its end; null where it could. What was read before stays. */
  readonly fault: XesFault | null
}

/** `sentence` names line and column; the counts are those of what stands whole before it. */
export interface XesFault {
  readonly sentence: string
  readonly traces: number
  readonly events: number
}

type Place = 'file' | 'log' | 'global' | 'trace' | 'event' | 'stray'
const encoder = new TextEncoder()

export class XesReader {
  private readonly builder = new LogBuilder()
  private readonly instants = new InstantReader()
  private readonly tally = new ProblemTally()
  private readonly scanner: XmlScanner
  private readonly choices: XesChoices
  private readonly slots = new Map<number, Slot>()
  private readonly header: XesHeader
  /** Values in the event at hand of the keys that a classifier joins. */
  private values: string[] = []
  private readonly path: Place[] = []
  private place: Place = 'file'
  /** Levels inside an attribute or an element that is passed over. */
  private inside = 0
  /** Case of each trace, by its number. */
  private readonly caseOf = new Integers()
  private caseCode = -1
  private readonly caseNameCode: number
  private named = 0
  private fault: XesFault | null = null
  private hasTime = false
  private hasCase = false
  /** The key of the resource names roles: they stay an attribute as well, as roles and people are judged differently. */
  private readonly byRole: boolean

  constructor(choices: XesChoices = {}) {
    this.choices = choices
    this.byRole = namesRoles(choices.resource ?? '')
    this.header = new XesHeader(choices, (key) => this.builder.eventAttributes.nameOf(key))
    this.scanner = new XmlScanner({ open: (tag) => this.open(tag), close: () => this.close() })
    const of = (key: string, slot: Slot): void => {
      this.slots.set(this.builder.eventAttributes.nameOf(key), slot)
    }
    of(choices.activity ?? 'concept:name', 'activity')
    of(choices.resource ?? 'org:resource', 'resource')
    of(choices.timestamp ?? 'time:timestamp', 'time')
    of(choices.lifecycle ?? 'lifecycle:transition', 'transition')
    of(choices.instance ?? 'concept:instance', 'instance')
    this.caseNameCode = this.builder.caseAttributes.nameOf(choices.case ?? 'concept:name')
  }

  /** False once nothing more can be read; what was read before is kept. Throws `XmlFault` for a document nothing of which may be used. */
  push(chunk: Uint8Array): boolean {
    return this.guarded(() => this.scanner.push(chunk))
  }

  finish(name: string): ReadXes {
    if (this.fault === null) this.guarded(() => this.scanner.end())
    const { tally, builder } = this
    const met = { time: this.hasTime, case: this.hasCase, classifier: this.header.parts.length > 0 }
    const absent = absentKeys(this.choices, builder, met)
    const log = builder.finish(name, this.caseOf.done())
    for (const [key, count] of [
      ['events', builder.eventAttributes],
      ['cases', builder.caseAttributes],
    ] as const)
      if (count.notKept.length > 0)
        tally.add(
          'attributes-not-kept',
          `Attributes of ${key} with too many values to filter by are not kept: ${count.notKept.slice(0, 8).join(', ')}.`,
          null,
          count.notKept.length,
        )
    return { log, problems: tally.list(), classifiers: this.header.classifiers, absent, fault: this.fault }
  }

  private guarded(work: () => void): boolean {
    try {
      work()
      return true
    } catch (error) {
      if (!(error instanceof XmlFault) || error.refused) throw error
      this.fault = { sentence: error.message, traces: this.caseOf.length, events: this.builder.events }
      // What was begun is kept.
      if (this.place === 'event') this.endEvent()
      if (this.place === 'event' || this.place === 'trace') this.endTrace()
      return false
    }
  }

  private open(tag: XmlTag): void {
    if (this.inside > 0) {
      this.inside++
      return
    }
    const { bytes, nameStart, nameEnd } = tag
    const length = nameEnd - nameStart
    const first = bytes[nameStart]
    const { place } = this
    // Attributes come far more often than anything else: string, date, int, float, boolean, id, list, container.
    const isEvent = length === 5 && first === 0x65
    const isTrace = length === 5 && first === 0x74
    if ((place === 'event' || place === 'trace') && !isEvent) {
      this.attribute(tag)
      this.inside = 1
      return
    }
    let next: Place | null = null
    if (isTrace && place === 'log') {
      next = 'trace'
      this.caseCode = -1
    } else if (isEvent && (place === 'trace' || place === 'log')) {
      next = place === 'trace' ? 'event' : 'stray'
      if (next === 'event') this.builder.clear()
      else
        this.tally.add('event-outside-case', 'Events stand outside every trace; they belong to no case and are left out.', {
          byte: tag.at,
        })
    } else if (place === 'file') {
      if (length !== 3 || first !== 0x6c)
        throw new XmlFault(
          `The file is XML, but not an event log: its first element is <${textOf(bytes, nameStart, Math.min(nameEnd, nameStart + 60), 0)}>, not <log>.`,
          null,
          true,
        )
      next = 'log'
    } else if (place === 'log') {
      const name = textOf(bytes, nameStart, nameEnd, 0)
      if (name === 'global') {
        next = 'global'
        this.header.begin(tag)
      } else if (name === 'classifier') this.header.classifier(tag)
    } else if (place === 'global') this.header.global(tag)
    if (next === null) this.inside = 1
    else {
      this.path.push(place)
      this.place = next
    }
  }

  private close(): void {
    if (this.inside > 0) {
      this.inside--
      return
    }
    if (this.place === 'event') this.endEvent()
    else if (this.place === 'trace') this.endTrace()
    this.place = this.path.pop() ?? 'file'
  }

  private endEvent(): void {
    const { builder } = this
    const { draft } = builder
    if (this.header.parts.length > 0) {
      draft.activity = builder.activities.codeOf(this.header.parts.map((_, index) => this.values[index] ?? '').join('+'))
      this.values = []
    }
    for (const [slot, text] of this.header.defaults.event) {
      if (slot === 'activity' && draft.activity < 0) draft.activity = builder.activities.codeOf(text)
      else if (slot === 'resource' && draft.resource < 0) draft.resource = builder.resources.codeOf(text)
      else if (slot === 'transition' && draft.transition < 0) draft.transition = builder.transitions.codeOf(text)
    }
    if (draft.activity >= 0) builder.add(this.caseOf.length)
    else {
      builder.eventAttributes.discard(builder.events)
      this.tally.add(
        'event-without-activity',
        `Events carry no ${this.choices.activity ?? 'concept:name'}; they are left out. Choose the key or classifier that names the activity.`,
        null,
      )
    }
  }

  private endTrace(): void {
    const { cases } = this.builder
    let code = this.caseCode
    if (code >= 0) this.hasCase = true
    else {
      code = cases.codeOf(this.header.defaults.trace.get('case') ?? `trace ${this.caseOf.length + 1}`)
      this.tally.add('case-without-name', 'Traces carry no name; they are numbered in the order of the file.', null)
    }
    if (code < this.named)
      this.tally.add('case-twice', 'Traces carry the name of an earlier one; their events were joined to one case.', null)
    this.named = cases.size
    this.caseOf.push(code)
  }

  private attribute(tag: XmlTag): void {
    const { bytes, ranges } = tag
    let key = -1
    let value = -1
    for (let i = 0; i < tag.count; i++) {
      const first = bytes[ranges[i * 4] as number]
      if (first === 0x6b) key = i * 4
      else if (first === 0x76) value = i * 4
    }
    if (key < 0 || value < 0) return
    let from = ranges[value + 2] as number
    let to = ranges[value + 3] as number
    let at = bytes
    if (tag.coded[value >> 2] !== 0) {
      at = encoder.encode(textOf(bytes, from, to, 1))
      from = 0
      to = at.length
    }
    const attributes = this.place === 'event' ? this.builder.eventAttributes : this.builder.caseAttributes
    const code =
      tag.coded[key >> 2] === 0
        ? attributes.name(bytes, ranges[key + 2] as number, ranges[key + 3] as number)
        : attributes.nameOf(textOf(bytes, ranges[key + 2] as number, ranges[key + 3] as number, 1))
    if (this.place === 'event') this.ofEvent(code, at, from, to, tag.at)
    else if (code === this.caseNameCode) this.caseCode = this.builder.cases.code(at, from, to)
    else attributes.add(this.caseOf.length, code, at, from, to)
  }

  private ofEvent(code: number, bytes: Uint8Array, from: number, to: number, byte: number): void {
    const { builder, slots } = this
    const { draft } = builder
    const part = this.header.parts.indexOf(code)
    if (part >= 0) this.values[part] = textOf(bytes, from, to, 0)
    switch (slots.get(code)) {
      case 'activity':
        draft.activity = builder.activities.code(bytes, from, to)
        break
      case 'resource':
        draft.resource = to > from ? builder.resources.code(bytes, from, to) : -1
        if (this.byRole) builder.eventAttributes.add(builder.events, code, bytes, from, to)
        break
      case 'transition':
        draft.transition = builder.transitions.code(bytes, from, to)
        break
      case 'instance':
        draft.instance = builder.instances.code(bytes, from, to)
        break
      case 'time':
        this.hasTime = true
        draft.time = this.instants.parse(bytes, from, to)
        draft.offset = this.instants.offset
        if (Number.isNaN(draft.time))
          this.tally.add(
            'time-not-read',
            'Times are not written as XES wants them (2024-03-01T08:30:00+01:00); these events count without a time.',
            { byte },
          )
        break
      default:
        if (part < 0) builder.eventAttributes.add(builder.events, code, bytes, from, to)
    }
  }
}
