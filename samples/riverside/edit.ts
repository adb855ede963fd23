/** Setting and removing one element of a resource by path: how defects are planted. */

export type Resource = { readonly resourceType: string; id: string } & { [name: string]: unknown }

type Step = string | number

/** Sets the element; `undefined` removes it, as a conversion that forgot it would. */
export function setAt(resource: Resource, path: readonly Step[], value: unknown): void {
  const last = path.at(-1)
  let at: unknown = resource
  for (const step of path.slice(0, -1)) at = child(at, step)
  if (last === undefined || typeof at !== 'object' || at === null) throw new Error(`No element at ${path.join('.')}`)
  if (value === undefined) Reflect.deleteProperty(at, last)
  else Reflect.set(at, last, value)
}

export function valueAt(resource: Resource, path: readonly Step[]): unknown {
  let at: unknown = resource
  for (const step of path) at = child(at, step)
  return at
}

function child(at: unknown, step: Step): unknown {
  return typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined
}
