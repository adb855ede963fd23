/** Example files of a fictional clinic in a project: known by digest, shown with what they would say, and never evidence. */
import { utf8 } from '../../canonical.ts'
import type { Project } from '../../project/project.ts'

/** Digests of the example files that were taken, by kind. One that was edited since still is of the fictional clinic; only a file put whole in its place is the own one. */
export const examplesPath = 'readiness/examples.json'

export function examplesOf(project: Pick<Project, 'other'>): Readonly<Record<string, string>> {
  const bytes = project.other.get(examplesPath)
  if (bytes === undefined) return {}
  try {
    const held: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof held !== 'object' || held === null) return {}
    return Object.fromEntries(Object.entries(held).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return {}
  }
}

/** The list without this kind, as bytes; null where no kind is left. */
export function withoutExample(project: Pick<Project, 'other'>, kind: string): Uint8Array<ArrayBuffer> | null {
  const left = Object.entries(examplesOf(project)).filter(([name]) => name !== kind)
  return left.length === 0 ? null : utf8(`${JSON.stringify(Object.fromEntries(left), null, 2)}\n`)
}

export const exampleReason = 'it is an example file of a fictional clinic, not evidence'
