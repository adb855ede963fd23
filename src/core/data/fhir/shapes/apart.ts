/** Judges one value apart from its record, by its tree judge, and gives all that came of it: so that the same bytes in the same place need no judging again. */
import type { JsonObject, JsonValue, ResourceRecord } from '../../model/record.ts'
import type { Judge } from '../elements/element-judge.ts'
import type { Counter, Coverage } from '../visit/coverage.ts'
import type { Place, Places } from '../visit/places.ts'
import { type Owner, type Trouble, Visit } from '../visit/visit.ts'
import type { Judged, Slot, Told } from './shape.ts'

/** Null for a value that says something beyond itself (a reference, an anchor), or whose judge asked for what stands around it. */
export function judgedApart(slot: Slot, value: JsonValue, judge: Judge, places: Places, coverage: Coverage): Judged | null {
  const before = new Map([...slot.place.all()].map((place) => [place, place.count] as const))
  const counted = new Map([...coverage.counters()].map((counter) => [counter, counter.values] as const))
  const visit = new ApartVisit(slot, value, places)
  let isWhole = true
  for (const [index, item] of (slot.repeats && Array.isArray(value) ? value : [value]).entries()) {
    if (item === null || Array.isArray(item)) isWhole = false
    else {
      if (slot.repeats) {
        slot.place.count++
        visit.path.push(index)
      }
      judge(item, slot.place, visit)
      visit.path.length = 2
    }
  }
  if (slot.repeats && (!Array.isArray(value) || value.length === 0 || value.length > slot.most)) isWhole = false
  const judged = { places: [] as Place[], counters: [] as Counter[], told: visit.told }
  for (const place of slot.place.all()) {
    const more = place.count - (before.get(place) ?? 0)
    for (let i = 0; i < more; i++) judged.places.push(place)
    place.count -= more
  }
  for (const counter of coverage.counters()) {
    const more = counter.values - (counted.get(counter) ?? 0)
    for (let i = 0; i < more; i++) judged.counters.push(counter)
    counter.values -= more
  }
  const isAlone = visit.references.length + visit.links.length + visit.locals.size === 0 && !visit.looksAround
  return isWhole && isAlone ? judged : null
}

class ApartVisit extends Visit {
  readonly told: Told[] = []
  readonly locals = new Set<string>()
  looksAround = false

  constructor(slot: Slot, value: JsonValue, places: Places) {
    const { resourceType } = slot
    super(recordOf(slot, value), 0, places, ownerOf(resourceType))
    this.owner = { ...this.owner, locals: this.locals }
    this.path.push(resourceType, slot.name)
    const around = new Proxy<JsonObject>(
      { resourceType },
      {
        get: (target, name) => this.seen(name) && Reflect.get(target, name),
        has: (target, name) => this.seen(name) && Reflect.has(target, name),
        ownKeys: (target) => {
          this.looksAround = true
          return Reflect.ownKeys(target)
        },
      },
    )
    this.nearest = around
    this.outermost = around
  }

  override report(place: Place, trouble: Trouble): void {
    this.told.push({ place, trouble, path: this.path.slice(2) })
  }

  private seen(name: string | symbol): true {
    if (name !== 'resourceType') this.looksAround = true
    return true
  }
}

function recordOf({ resourceType, name }: Slot, value: JsonValue): ResourceRecord {
  const within = { [name]: value }
  return { kind: 'resource', record: 0, line: 0, byte: 0, length: 0, type: resourceType, id: null, value: within, within: null }
}

function ownerOf(type: string): Owner {
  return { type, id: null, fullUrl: null, contained: new Map(), locals: null, patient: null, bundle: null }
}
