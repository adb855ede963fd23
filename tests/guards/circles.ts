/** Circles of imports: strongly connected components of more than one node, by Tarjan. */
import { codeOf, importsOf } from './source-files.ts'

/** What a file imports for its values; types alone are left out. Dynamic imports close no circle while modules are made. */
export function valueImportsOf(text: string): string[] {
  const withoutTypes = codeOf(text)
    .replace(/\bimport\s*\(/g, 'later(')
    .replace(/^(?:import|export)\s+type\s[^'"]*?from\s*['"][^'"]+['"]/gm, '')
    .replace(/^(?:import|export)\s*\{([^}]*)\}\s*from\s*['"][^'"]+['"]/gm, (whole, names: string) =>
      names.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')) ? '' : whole,
    )
  return importsOf(withoutTypes)
}

/** Each circle sorted by name, circles by their first. */
export function circlesIn(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []
  const visit = (node: string): void => {
    order.set(node, order.size)
    lowest.set(node, order.size - 1)
    stack.push(node)
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) visit(next)
      else if (!stack.includes(next)) continue
      lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(node) !== order.get(node)) return
    const circle = stack.splice(stack.indexOf(node))
    if (circle.length > 1) circles.push(circle.sort())
  }
  for (const node of edges.keys()) if (!order.has(node)) visit(node)
  return circles.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
}
