/** Which sources of the project these files are: by digest first, then by name among those that are not here yet; the folder says the side. */
import type { Side, SourceEntry } from '../../../../core/data/model/source.ts'

export type Match =
  /** The same bytes, under the name the project knows or found back. */
  | { readonly kind: 'same'; readonly source: SourceEntry }
  /** Other bytes under a name whose file is not in this session. */
  | { readonly kind: 'newer'; readonly source: SourceEntry }
  /** Other bytes under the name of a file that is in this session: a newer extract, or the file of the other side. */
  | { readonly kind: 'ask'; readonly source: SourceEntry; readonly otherSide: Side | null }
  | { readonly kind: 'new' }

/** A file as far as it is known before it is read. */
export interface Candidate {
  readonly name: string
  readonly sha256: string | null
  /** Side that its folder names; null where it names none. */
  readonly side: Side | null
}

/**
 * Each source is found at most once, whatever the order of the files.
 * @param here ids of the sources whose bytes are in this session
 */
export function matchFiles(
  files: readonly Candidate[],
  sources: readonly SourceEntry[],
  here: ReadonlySet<string>,
): readonly Match[] {
  const found = new Map<Candidate, Match>()
  const taken = new Set<string>()
  const take = (file: Candidate, kind: 'same' | 'newer', source: SourceEntry | undefined): void => {
    if (!source || found.has(file)) return
    found.set(file, { kind, source })
    taken.add(source.id)
  }
  const left = (file: Candidate): readonly SourceEntry[] => onItsSide(sources, file).filter(({ id }) => !taken.has(id))
  const bytesAre = (source: SourceEntry, { sha256 }: Candidate): boolean => source.sha256 !== null && source.sha256 === sha256
  // What is certain goes first, so that no other file takes its place.
  for (const file of files) {
    const same = left(file).filter((source) => source.name === file.name && bytesAre(source, file))
    take(file, 'same', same.find(({ id }) => !here.has(id)) ?? same[0])
  }
  for (const file of files)
    take(
      file,
      'same',
      left(file).find((source) => !here.has(source.id) && bytesAre(source, file)),
    )
  for (const file of files)
    take(
      file,
      'newer',
      left(file).find((source) => source.name === file.name && !here.has(source.id)),
    )
  return files.map((file) => found.get(file) ?? beside(file, sources))
}

/** Sources of the side that the folder names come first. */
function onItsSide(sources: readonly SourceEntry[], { side }: Candidate): readonly SourceEntry[] {
  return side === null ? sources : [...sources.filter((one) => one.side === side), ...sources.filter((one) => one.side !== side)]
}

/** A file beside others of its name: new where its folder says that it is of the other side, else a person has to say. */
export function beside({ name, side }: Pick<Candidate, 'name' | 'side'>, sources: readonly SourceEntry[]): Match {
  const named = sources.filter((source) => source.name === name)
  const [first] = named
  if (!first) return { kind: 'new' }
  const taken = new Set(named.map((source) => source.side))
  if (side !== null && !taken.has(side)) return { kind: 'new' }
  const otherSide = side === null ? ((['legacy', 'target'] as const).find((one) => !taken.has(one)) ?? null) : null
  return { kind: 'ask', source: named.find((source) => source.side === side) ?? first, otherSide }
}

/** Words that name a side in folders, as teams call them in English and German. */
const folderWords: Readonly<Record<Side, readonly string[]>> = {
  legacy: 'legacy old source src from before alt altsystem altdaten quelle quellsystem vorher bisher'.split(' '),
  target: 'target new destination dest dst to after neu neusystem neudaten ziel zielsystem nachher'.split(' '),
}

/** Those that name a side at the beginning or end of a file's name, too: others are part of what tables are called, `cdm_source`. */
const fileWords: Readonly<Record<Side, readonly string[]>> = {
  legacy: 'legacy old before alt altsystem quelle quellsystem vorher'.split(' '),
  target: 'target new after neu neusystem ziel zielsystem nachher'.split(' '),
}

/** The side that a path names: its folders, the innermost first, then the file itself; null where nothing does. `systems` are the names of the two systems. */
export function sideOfPath(path: string, systems: Readonly<Record<Side, string>>): Side | null {
  const [file = '', ...folders] = path.split('/').reverse()
  for (const folder of folders) {
    const side =
      onlySide((one) => plain(folder) === plain(systems[one]) && plain(folder) !== '') ?? sideIn(wordsOf(folder), folderWords)
    if (side !== null) return side
  }
  const words = wordsOf(file.replace(/(\.[a-z\d]{2,7}){1,2}$/i, ''))
  // A name that is nothing but the word may as well be a table of its own.
  return words.length < 2 ? null : sideIn([words[0] ?? '', words.at(-1) ?? ''], fileWords)
}

function sideIn(words: readonly string[], known: Readonly<Record<Side, readonly string[]>>): Side | null {
  return onlySide((side) => words.some((word) => known[side].includes(word)))
}

/** The side that this holds for; null where it holds for both or none. */
function onlySide(holds: (side: Side) => boolean): Side | null {
  const found = (['legacy', 'target'] as const).filter(holds)
  return found.length === 1 ? (found[0] ?? null) : null
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
