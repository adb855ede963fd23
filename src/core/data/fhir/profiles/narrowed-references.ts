/** References whose targets a profile narrows: noted while walking, judged with the others. */
import { isMembers } from '../../../values/json.ts'
import type { TypeUse } from '../../schema/structure-definition.ts'
import type { Definitions } from '../definitions/packs.ts'
import type { Node } from '../fhirpath/nodes/node.ts'
import type { Place } from '../visit/places.ts'
import type { Visit } from '../visit/visit.ts'
import type { ProfileElement } from './profile-element.ts'

/** Resource types that a profile leaves of those of the base definition. */
interface NarrowedTargets {
  readonly left: readonly string[]
  readonly base: readonly string[]
}

const none: readonly string[] = []

export class NarrowedReferences {
  private readonly known = new WeakMap<ProfileElement, NarrowedTargets | null>()
  private readonly definitions: Definitions
  private readonly typeOf: (profile: string) => string | undefined

  /** `typeOf` gives the type that a loaded profile constrains. */
  constructor(definitions: Definitions, typeOf: (profile: string) => string | undefined) {
    this.definitions = definitions
    this.typeOf = typeOf
  }

  /** Notes a reference whose targets the profile narrows; it is judged with the others, when the whole record is known. */
  note(element: ProfileElement, use: TypeUse, node: Node, profile: string, place: Place, visit: Visit): void {
    let targets = this.known.get(element)
    if (targets === undefined) {
      targets = this.narrowerTargets(element, use)
      this.known.set(element, targets)
    }
    if (targets === null || !isMembers(node.value) || typeof node.value.reference !== 'string') return
    const text = node.value.reference
    const narrowed = { code: 'Reference', profiles: none, targets: targets.left }
    visit.references.push({
      text,
      type: null,
      use: narrowed,
      path: visit.pathAt(place),
      place,
      owner: visit.owner,
      narrowed: { profile, base: targets.base },
    })
  }

  /** Resource types the profile leaves; null where it leaves all of the base, or one of its targets is not loaded. */
  private narrowerTargets(element: ProfileElement, use: TypeUse): NarrowedTargets | null {
    const types = use.targets.map((url) => (url.includes(':') ? this.typeOf(url) : url))
    if (types.length === 0 || types.some((type) => type === undefined || type === 'Resource')) return null
    const left = new Set(types.filter((type) => type !== undefined))
    const [resource = ''] = element.path.split('.')
    const base = this.definitions.type(resource)?.byId.get(element.path)
    const before = base?.types.find(({ code }) => code === 'Reference')?.targets ?? none
    return before.length > 0 && before.every((type) => left.has(type)) ? null : { left: [...left], base: before }
  }
}
