/** Small JSON files of people with the line of every value, so that a wrong one can be pointed at. */

export interface PlacedJson {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  /** Line of the name of a member, else of the value; from 1. */
  readonly line: number
  /** As it is written. */
  readonly text: string
  /** Of texts, numbers, true and false. */
  readonly value: string | number | boolean | null
  readonly members: ReadonlyMap<string, PlacedJson>
  readonly items: readonly PlacedJson[]
}

/** The value, or where it stops being JSON: "line 3: …". */
export function placedJson(text: string): PlacedJson | string {
  let at = 0
  const lineAt = (index: number): number => text.slice(0, index).split('\n').length
  const blank = (): void => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at++
  }
  class Wrong extends Error {}
  const wrong = (what: string): never => {
    throw new Wrong(`line ${lineAt(at)}: ${what}`)
  }
  const scalar = (): string | number | boolean | null => {
    const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y
    token.lastIndex = at
    const found = token.exec(text)?.[0]
    if (found === undefined)
      return wrong(at >= text.length ? 'the file ends too early' : `"${text.slice(at, at + 10).split('\n')[0]}" is no value`)
    try {
      const value: unknown = JSON.parse(found)
      at += found.length
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
    } catch {
      return wrong(`${found.slice(0, 20)} is no value`)
    }
  }
  const value = (line: number | null, depth: number): PlacedJson => {
    blank()
    const start = at
    const placed = (kind: PlacedJson['kind'], more: Partial<PlacedJson> = {}): PlacedJson => ({
      kind,
      line: line ?? lineAt(start),
      text: text.slice(start, at),
      value: null,
      members: new Map(),
      items: [],
      ...more,
    })
    if (depth > 20) return wrong('objects lie too deep inside each other')
    const open = text[at]
    if (open !== '{' && open !== '[') {
      const read = scalar()
      const kind = typeof read
      return placed(kind === 'string' || kind === 'number' || kind === 'boolean' ? kind : 'null', { value: read })
    }
    const close = open === '{' ? '}' : ']'
    const members = new Map<string, PlacedJson>()
    const items: PlacedJson[] = []
    at++
    blank()
    while (text[at] !== close) {
      if (members.size + items.length > 0) {
        if (text[at] !== ',') return wrong(`"," or "${close}" is missing`)
        at++
        blank()
      }
      if (open === '[') items.push(value(null, depth + 1))
      else {
        const at0 = lineAt(at)
        const name = text[at] === '"' ? scalar() : wrong('a name in quotes is missing')
        blank()
        if (text[at] !== ':') return wrong('":" is missing')
        at++
        if (members.has(String(name))) return wrong(`"${String(name)}" stands twice`)
        members.set(String(name), value(at0, depth + 1))
      }
      blank()
    }
    at++
    return placed(open === '{' ? 'object' : 'array', { members, items })
  }
  try {
    const read = value(null, 0)
    blank()
    return at < text.length ? wrong('something follows the end') : read
  } catch (error) {
    if (error instanceof Wrong) return error.message
    throw error
  }
}
