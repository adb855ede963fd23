/** Element paths without indexes, as a tree that counts how many values each path had: the denominators of findings. */

/** Number of the parent (-1 for a type), name, values, and codes with the number of the place they are counted against. */
export type PlaceTotals = readonly [
  parent: number,
  name: string,
  count: number,
  sighted: readonly (readonly [code: string, against: number])[],
]

/** Children of one place that have a node of their own; further names share their parent's, so that foreign names can not fill the memory. */
const widest = 256
const deepest = 24

export class Place {
  /** Values seen here. */
  count = 0
  /** Codes sighted here, with what they are counted against. */
  readonly sighted = new Map<string, Place>()
  /** The last path with indexes that was written out here, and its text: the same few come again and again. */
  lastPath: readonly (string | number)[] = []
  lastText = ''
  readonly path: string
  readonly parent: Place | null
  private readonly depth: number
  private readonly children = new Map<string, Place>()
  private readonly slots: ({ readonly name: string; readonly place: Place } | undefined)[] = []

  constructor(path: string, parent: Place | null) {
    this.path = path
    this.parent = parent
    this.depth = parent === null ? 0 : parent.depth + 1
  }

  child(name: string): Place {
    const known = this.children.get(name)
    if (known) return known
    if (this.children.size >= widest || this.depth >= deepest) return this
    const made = new Place(`${this.path}.${name}`, this)
    this.children.set(name, made)
    return made
  }

  /** The same, remembered by a small number; different types may stand at one place (contained), hence the comparison. */
  childAt(slot: number, name: string): Place {
    const known = this.slots[slot]
    if (known !== undefined && known.name === name) return known.place
    const place = this.child(name)
    this.slots[slot] = { name, place }
    return place
  }

  *all(): Iterable<Place> {
    yield this
    for (const child of this.children.values()) yield* child.all()
  }
}

/** The places of one input, by resource type. */
export class Places {
  private readonly roots = new Map<string, Place>()
  private readonly paths = new Map<string, Place>()

  root(type: string): Place {
    const known = this.roots.get(type)
    if (known) return known
    const made = new Place(type, null)
    this.roots.set(type, made)
    return made
  }

  *all(): Iterable<Place> {
    for (const root of this.roots.values()) yield* root.all()
  }

  /** Every place with its parent, parents first. */
  totals(): PlaceTotals[] {
    const numbers = new Map<Place, number>()
    const all = [...this.all()]
    for (const place of all) numbers.set(place, numbers.size)
    return all.map((place) => {
      const parent = place.parent === null ? -1 : (numbers.get(place.parent) ?? -1)
      const name = place.parent === null ? place.path : place.path.slice(place.parent.path.length + 1)
      return [parent, name, place.count, [...place.sighted].map(([code, against]) => [code, numbers.get(against) ?? 0] as const)]
    })
  }

  /** Adds what was counted elsewhere. */
  add(counted: readonly PlaceTotals[]): void {
    const places: Place[] = []
    for (const [parent, name, count] of counted) {
      const place = places[parent]?.child(name) ?? this.root(name)
      place.count += count
      places.push(place)
    }
    for (const [index, [, , , sighted]] of counted.entries())
      for (const [code, number] of sighted) {
        const [place, against] = [places[index], places[number]]
        if (place && against) place.sighted.set(code, against)
      }
  }

  /** The place of a path without indexes, such as `Patient.name.given`. */
  at(path: string): Place {
    const known = this.paths.get(path)
    if (known) return known
    const [type = '', ...names] = path.split('.')
    let place = this.root(type)
    for (const name of names) place = place.child(name)
    this.paths.set(path, place)
    return place
  }
}
