/** Reads members of unknown JSON one by one, lists what is wrong with its place, and keeps what it does not know. */
import type { Json } from '../../canonical.ts'

/** Something in a file that could not be used as it stands. */
export interface ReadProblem {
  /** JSON path, e.g. `$.nodes[3].medium`. */
  readonly place: string
  readonly sentence: string
}

export type JsonObject = { readonly [name: string]: Json | undefined }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Members taken out of one object; what nobody asked for, or could not be used, is left in `rest()`. */
export class Fields {
  private readonly left: Map<string, Json>
  private readonly place: string
  private readonly problems: ReadProblem[]

  constructor(from: JsonObject, place: string, problems: ReadProblem[]) {
    this.left = new Map()
    for (const [name, value] of Object.entries(from)) if (value !== undefined) this.left.set(name, value)
    this.place = place
    this.problems = problems
  }

  text(name: string): string | null {
    return this.take(name, (value) => (typeof value === 'string' ? value : null), 'a text')
  }

  number(name: string, least = Number.NEGATIVE_INFINITY): number | null {
    const wanted = least > Number.NEGATIVE_INFINITY ? `a number from ${least} up` : 'a number'
    return this.take(name, (value) => (typeof value === 'number' && value >= least ? value : null), wanted)
  }

  flag(name: string): boolean | null {
    return this.take(name, (value) => (typeof value === 'boolean' ? value : null), 'true or false')
  }

  one<T extends string>(name: string, of: readonly T[]): T | null {
    return this.take(name, (value) => of.find((item) => item === value) ?? null, `one of ${of.join(', ')}`)
  }

  texts(name: string): readonly string[] | null {
    return this.take(
      name,
      (value) => (Array.isArray(value) && value.every((item) => typeof item === 'string') ? (value as readonly string[]) : null),
      'a list of texts',
    )
  }

  /** Reads a member with `read`, which gives null for what it can not use; `wanted` may depend on what was given. */
  whole<T>(name: string, read: (value: Json, place: string) => T | null, wanted: string | ((value: Json) => string)): T | null {
    return this.take(name, (value) => read(value, `${this.place}.${name}`), wanted)
  }

  /** A list of objects; entries that are none are reported and left out. */
  list<T>(name: string, read: (fields: Fields, place: string, index: number) => T): T[] {
    const value = this.left.get(name)
    this.left.delete(name)
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) {
      this.say(name, `is not a list`)
      return []
    }
    const found: T[] = []
    value.forEach((item, index) => {
      const place = `${this.place}.${name}[${index}]`
      if (isObject(item)) found.push(read(new Fields(item, place, this.problems), place, index))
      else this.problems.push({ place, sentence: `${place} is not an object; it was left out.` })
    })
    return found
  }

  say(name: string, what: string): void {
    this.problems.push({ place: `${this.place}.${name}`, sentence: `${this.place}.${name} ${what}.` })
  }

  rest(): Record<string, Json> {
    const rest: Record<string, Json> = Object.create(null)
    for (const [name, value] of this.left) rest[name] = value
    return rest
  }

  /** An unusable value is reported and stays in `rest()`, so that saving does not lose it. */
  private take<T>(name: string, read: (value: Json) => T | null, wanted: string | ((value: Json) => string)): T | null {
    const value = this.left.get(name)
    if (value === undefined) return null
    if (value === null) {
      this.left.delete(name)
      return null
    }
    const result = read(value)
    if (result !== null) {
      this.left.delete(name)
      return result
    }
    const takes = typeof wanted === 'string' ? wanted : wanted(value)
    this.say(name, `is ${shown(value)}; it takes ${takes}. The value is kept but not used`)
    return null
  }
}

function shown(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

/** Members that this version does not know; kept and written back unchanged. */
export type Extra = Readonly<Record<string, Json>>
