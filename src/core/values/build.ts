/** What the last step of a build wrote about it (`dist/app/about/build.json`). */
import { isMembers, parseJson } from './json.ts'

export interface Build {
  readonly version: string
  /** Null where the sources came without their history. */
  readonly commit: string | null
  /** Files differed from the commit. */
  readonly changed: boolean
  /** How many packages the build holds code of. */
  readonly packages: number
  /** SHA-256 in hexadecimal by path in `dist`. */
  readonly files: Readonly<Record<string, string>>
}

/** Null where the text is no such document. */
export function readBuild(text: string): Build | null {
  const read = parseJson(text)
  if (!read.ok || !isMembers(read.value)) return null
  const { version, commit, changed, packages, files } = read.value
  if (typeof version !== 'string' || typeof packages !== 'number' || !isMembers(files)) return null
  const digests = Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return {
    version,
    commit: typeof commit === 'string' ? commit : null,
    changed: changed === true,
    packages,
    files: Object.fromEntries(digests),
  }
}

export function sourceWords({ commit, changed }: Build): string {
  if (commit === null) return 'built from sources without a commit'
  return `built from commit ${commit.slice(0, 12)}${changed ? ' with changes' : ''}`
}
