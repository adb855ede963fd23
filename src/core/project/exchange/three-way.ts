/**
 * One document that two people changed: what only one of them changed is in the joined one, member by member and line by line, and what both
 * changed to different things is a clash that a person decides.
 */
import { canonicalJson, type Json, utf8 } from '../../canonical.ts'
import { csvText, parseCsvText } from '../../values/csv-text.ts'
import { isMembers, type Members, parseJson } from '../../values/json.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A place that both sides changed to different things. */
export interface Clash {
  /** Names the place in the document: members or cells that lead to it; empty where the document clashes as a whole. */
  readonly place: string
  /** What each side says there, in words; null where it removed it. */
  readonly here: string | null
  readonly theirs: string | null
}

export interface Joined {
  readonly bytes: Bytes
  readonly clashes: readonly Clash[]
}

/** Whose word counts at a place that clashes. */
export type Choice = (place: string) => 'here' | 'theirs'

const ours: Choice = () => 'here'

/**
 * @param base the state from which both sides went on; null where nobody knows it, and then everything that differs clashes
 * @param choice what a person decided; without one what is here stays
 */
export function joinDocuments(path: string, base: Bytes | null, here: Bytes, theirs: Bytes, choice: Choice = ours): Joined {
  const texts = [base, here, theirs].map((bytes) => (bytes === null ? null : textOf(bytes)))
  const [was = null, mine = null, other = null] = texts
  const clashes: Clash[] = []
  if (mine !== null && other !== null) {
    if (mine === other) return { bytes: here, clashes }
    if (path.endsWith('.json')) {
      const [b, m, t] = [was, mine, other].map((text) => (text === null ? null : parseJson(text)))
      if (m?.ok && t?.ok) {
        const joined = joinValues(b?.ok ? b.value : undefined, m.value, t.value, [], { choice, clashes })
        return { bytes: utf8(`${JSON.stringify(joined ?? null, null, 2)}\n`), clashes }
      }
    }
    if (path.endsWith('.csv')) return { bytes: utf8(joinTables(was ?? '', mine, other, { choice, clashes })), clashes }
  }
  clashes.push({ place: '', here: sizeWords(here), theirs: sizeWords(theirs) })
  return { bytes: choice('') === 'here' ? here : theirs, clashes }
}

interface Joining {
  readonly choice: Choice
  readonly clashes: Clash[]
}

function textOf(bytes: Bytes): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function sizeWords(bytes: Bytes): string {
  return `a file of ${bytes.length} bytes`
}

type Value = Json | undefined

function same(a: Value, b: Value): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b))
}

/** Undefined stands for a member that is not there. */
function joinValues(base: Value, here: Value, theirs: Value, at: readonly string[], joining: Joining): Value {
  if (same(here, theirs) || same(base, theirs)) return here
  if (same(base, here)) return theirs
  if (isMembers(here) && isMembers(theirs)) return joinMembers(isMembers(base) ? base : {}, here, theirs, at, joining)
  const key = keyOf(base, here, theirs)
  if (key !== null && Array.isArray(here) && Array.isArray(theirs))
    return joinRecords(Array.isArray(base) ? base : [], here, theirs, key, at, joining)
  const place = at.join(' › ')
  joining.clashes.push({ place, here: valueWords(here), theirs: valueWords(theirs) })
  return joining.choice(place) === 'here' ? here : theirs
}

function joinMembers(base: Members, here: Members, theirs: Members, at: readonly string[], joining: Joining): Json {
  const joined: [string, Json][] = []
  for (const name of new Set([...Object.keys(here), ...Object.keys(theirs)])) {
    const value = joinValues(own(base, name), own(here, name), own(theirs, name), [...at, name], joining)
    if (value !== undefined) joined.push([name, value])
  }
  return Object.fromEntries(joined)
}

function own(members: Members, name: string): Value {
  return Object.hasOwn(members, name) ? members[name] : undefined
}

const keys = ['id', 'fingerprint', 'code', 'path', 'name'] as const

/** The member by which all records of these lists are told apart; null where there is none. */
function keyOf(...lists: readonly Value[]): string | null {
  const given = lists.filter((list) => list !== undefined)
  const isKey = (key: string): boolean =>
    given.every((list) => {
      if (!Array.isArray(list)) return false
      const names = list.map((each) => (isMembers(each) && typeof own(each, key) === 'string' ? own(each, key) : null))
      return !names.includes(null) && new Set(names).size === names.length
    })
  return keys.find(isKey) ?? null
}

function joinRecords(
  base: readonly Json[],
  here: readonly Json[],
  theirs: readonly Json[],
  key: string,
  at: readonly string[],
  joining: Joining,
): Json {
  const byKey = (list: readonly Json[]): ReadonlyMap<string, Json> =>
    new Map(list.map((each) => [isMembers(each) ? String(own(each, key)) : '', each]))
  const [b, h, t] = [byKey(base), byKey(here), byKey(theirs)]
  const joined: Json[] = []
  for (const name of inOrder([...h.keys()], [...t.keys()])) {
    const value = joinValues(b.get(name), h.get(name), t.get(name), [...at, name], joining)
    if (value !== undefined) joined.push(value)
  }
  return joined
}

/** The order here; what the other side added comes after what it follows there. */
function inOrder(here: readonly string[], theirs: readonly string[]): readonly string[] {
  const all = [...here]
  const known = new Set(here)
  for (const [index, name] of theirs.entries()) {
    if (known.has(name)) continue
    known.add(name)
    const before = theirs.slice(0, index).findLast((each) => known.has(each))
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, name)
  }
  return all
}

/** Cells that name a line of a table of the mapping, by the names of its columns. */
const namingColumns: readonly string[] = ['legacy_source', 'legacy_field', 'source_system', 'source_code']

interface Table {
  readonly head: readonly string[]
  readonly lines: ReadonlyMap<string, readonly string[]>
}

function tableOf(text: string): Table {
  const [head, ...records] = parseCsvText(text).map(({ cells }) => cells)
  const named = (head ?? []).flatMap((name, index) => (namingColumns.includes(name) ? [index] : []))
  const lines = new Map<string, readonly string[]>()
  for (const cells of records) {
    const name = (named.length === 0 ? [0] : named)
      .map((index) => cells[index] ?? '')
      .filter((cell) => cell !== '')
      .join(' · ')
    // One column may go to several targets: each line has its number.
    let key = name
    for (let n = 2; lines.has(key); n++) key = `${name} (${n})`
    lines.set(key, cells)
  }
  return { head: head ?? [], lines }
}

function joinTables(base: string, here: string, theirs: string, joining: Joining): string {
  const [b, h, t] = [tableOf(base), tableOf(here), tableOf(theirs)]
  const place = 'columns'
  const head = joinValues([...b.head], [...h.head], [...t.head], [place], joining)
  const isHere = same(head, [...h.head])
  // Lines under other columns can not be laid beside each other.
  if (!same([...h.head], [...t.head])) return isHere ? here : theirs
  const records: (readonly string[])[] = [h.head]
  for (const name of inOrder([...h.lines.keys()], [...t.lines.keys()])) {
    const [was, mine, other] = [b.lines.get(name), h.lines.get(name), t.lines.get(name)]
    const text = (cells: readonly string[] | undefined): string => JSON.stringify(cells ?? null)
    let cells = mine
    if (text(mine) !== text(other) && text(was) !== text(other)) {
      if (text(was) === text(mine)) cells = other
      else {
        joining.clashes.push({ place: name, here: cellWords(h.head, mine, other), theirs: cellWords(h.head, other, mine) })
        if (joining.choice(name) === 'theirs') cells = other
      }
    }
    if (cells) records.push(cells)
  }
  return csvText(records)
}

/** The cells in which a line is another than that of the other side. */
function cellWords(
  head: readonly string[],
  cells: readonly string[] | undefined,
  other: readonly string[] | undefined,
): string | null {
  if (!cells) return null
  const words = cells.flatMap((cell, index) => (cell === other?.[index] ? [] : [`${head[index] ?? ''}: ${cell || '—'}`]))
  return words.join(', ')
}

const mostWords = 300

function valueWords(value: Value): string | null {
  if (value === undefined) return null
  const words = typeof value === 'string' ? value : JSON.stringify(value)
  return words.length > mostWords ? `${words.slice(0, mostWords)}…` : words
}
