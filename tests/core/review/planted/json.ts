/** Resources as JSON, changed at a path. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type Resource = { [name: string]: Json } & { resourceType: string; id: string }

/** A copy with another value at the path (`reaction.0.severity`); `undefined` takes the member away. */
export function withAt(resource: Resource, path: string, to: Json | undefined): Resource {
  const copy = structuredClone(resource)
  const steps = path.split('.')
  let at: Record<string, Json> = copy
  for (const step of steps.slice(0, -1)) at = at[step] as Record<string, Json>
  const last = steps.at(-1) ?? ''
  if (to === undefined) delete at[last]
  else at[last] = to
  return copy
}

export function valueAt(resource: Resource, path: string): Json | undefined {
  let at: Json | undefined = resource as Json
  for (const step of path.split('.')) {
    if (at === null || at === undefined || typeof at !== 'object') return undefined
    at = (at as Record<string, Json>)[step]
  }
  return at
}

export const hasAt = (resource: Resource, path: string): boolean => valueAt(resource, path) !== undefined
export const numberAt = (resource: Resource, path: string): number => Number(valueAt(resource, path))
export const textAt = (resource: Resource, path: string): string => String(valueAt(resource, path) ?? '')
