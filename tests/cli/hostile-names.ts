/** Names that would rule a terminal, put into every place of a file where a name can stand. */

const esc = '\u001b'
const bell = '\u0007'
/** Colour, a link (OSC 8), a title (OSC 0), a report of the cursor, C1, turned writing, an overwritten line, BEL, backspace, DEL. */
export const hostile = `N${esc}[31m${esc}]8;;x:y${bell}${esc}]0;t${bell}${esc}[6n\u009b2J\u009d0;t\u009c\u202ea\u2066b\u2069\rOK\b${bell}\u007fZ`

/** What of a text would reach a terminal as more than a sign: controls but tab and the end of a line, and what turns writing round. */
export function escapesIn(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const controls = /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g
  return [...text.matchAll(controls)].map(({ 0: control, index }) =>
    JSON.stringify(`${control} at ${text.slice(Math.max(0, index - 60), index)}`),
  )
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** Names of the members of a document that hold texts. */
export function textMembers(document: Json): string[] {
  const found = new Set<string>()
  walk(document, (name, value) => {
    found.add(name)
    return value
  })
  return [...found].sort()
}

/** The document with the hostile name behind every text of the members of one name; `names` puts it into the names themselves. */
export function withHostile(document: Json, member: string): Json {
  return walk(document, (name, value) => (name === member ? `${value}${hostile}` : value))
}

/** The document with a further member of a hostile name in each object. */
export function withHostileMembers(document: Json): Json {
  if (Array.isArray(document)) return document.map(withHostileMembers)
  if (typeof document !== 'object' || document === null) return document
  const members = Object.entries(document).map(([name, value]) => [name, withHostileMembers(value)] as const)
  return { ...Object.fromEntries(members), [hostile]: hostile }
}

function walk(value: Json, change: (name: string, value: string) => string, name = ''): Json {
  if (typeof value === 'string') return change(name, value)
  if (Array.isArray(value)) return value.map((each) => walk(each, change, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, change, key)]))
}

/** A CSV file with the hostile name in its header, and one with it in every cell. Cells are quoted: a carriage return ends no record. */
export function hostileTables(text: string): readonly [header: string, cells: string] {
  const [head = '', ...rows] = text.trimEnd().split(/\r?\n/)
  const bad = (line: string): string =>
    line
      .split(',')
      .map((cell) => (cell.includes('"') ? cell : `"${cell}${hostile}"`))
      .join(',')
  return [[bad(head), ...rows, ''].join('\n'), [head, ...rows.map(bad), ''].join('\n')]
}
