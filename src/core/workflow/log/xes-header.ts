/** What stands before the traces of a XES file: defaults of missing attributes, and classifiers that name the activity. */
import { textOf, type XmlTag } from '../xml/xml.ts'

export interface XesChoices {
  /** Key or classifier that names the activity; `concept:name` when left out. */
  readonly activity?: string
  readonly resource?: string
  readonly timestamp?: string
  readonly lifecycle?: string
  readonly instance?: string
  readonly case?: string
}

export type Slot = 'activity' | 'resource' | 'time' | 'transition' | 'instance' | 'case'

export class XesHeader {
  readonly classifiers: { name: string; keys: string[] }[] = []
  /** Codes of the keys that the chosen classifier joins. */
  parts: readonly number[] = []
  readonly defaults = { event: new Map<Slot, string>(), trace: new Map<Slot, string>() }
  private scope: 'event' | 'trace' = 'event'
  private readonly choices: XesChoices
  private readonly codeOf: (key: string) => number

  constructor(choices: XesChoices, codeOf: (key: string) => number) {
    this.choices = choices
    this.codeOf = codeOf
  }

  /** A `global` element begins. */
  begin(tag: XmlTag): void {
    this.scope = attributeOf(tag, 'scope') === 'trace' ? 'trace' : 'event'
  }

  global(tag: XmlTag): void {
    const key = attributeOf(tag, 'key')
    const value = attributeOf(tag, 'value')
    // A value of the kind "__INVALID__" stands for none in files of several tools.
    if (key === null || value === null || value === '' || /^__.*__$/.test(value)) return
    const wanted = this.choices.activity ?? 'concept:name'
    if (this.scope === 'trace') {
      if (key === (this.choices.case ?? 'concept:name')) this.defaults.trace.set('case', value)
    } else if (key === wanted) this.defaults.event.set('activity', value)
    else if (key === (this.choices.resource ?? 'org:resource')) this.defaults.event.set('resource', value)
    else if (key === (this.choices.lifecycle ?? 'lifecycle:transition')) this.defaults.event.set('transition', value)
  }

  classifier(tag: XmlTag): void {
    const name = attributeOf(tag, 'name')
    const keys = attributeOf(tag, 'keys')
    if (name === null || keys === null) return
    const list = keysOf(keys)
    this.classifiers.push({ name, keys: list })
    if (name !== this.choices.activity || this.parts.length > 0) return
    this.parts = list.map(this.codeOf)
  }
}

/** `Activity 'end of work'` → two keys. */
function keysOf(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
}

function attributeOf(tag: XmlTag, name: string): string | null {
  const { bytes, ranges } = tag
  for (let i = 0; i < tag.count; i++)
    if (textOf(bytes, ranges[i * 4] as number, ranges[i * 4 + 1] as number, 0) === name)
      return textOf(bytes, ranges[i * 4 + 2] as number, ranges[i * 4 + 3] as number, tag.coded[i] ?? 0)
  return null
}
