/** Names of inputs that stay the same from delivery to delivery: without the date, version or counter that the file was given. */

const date =
  /[-_. ]?(?<!\d)(?:(?:19|20)\d\d([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[T_-]?(?:[01]\d|2[0-3])[-_.:]?[0-5]\d(?:[-_.:]?[0-5]\d)?Z?)?|(?:19|20)\d\d[-_.](?:0[1-9]|1[0-2])|(?:0[1-9]|[12]\d|3[01])([-_.])(?:0[1-9]|1[0-2])\2(?:19|20)\d\d)(?!\d)/g
const version = /[-_. ]v\d{1,4}(?:[._]\d{1,4})*$/i
const counter = /(?:[-_. ]\d{1,6}| ?\(\d{1,4}\))$/

/** `patients-2026-11-01_v2.csv` is `patients.csv`; a name that would be nothing but that stays as it is. */
export function stableName(name: string): string {
  return changed(name, (stem) => {
    let shorter = stem.replace(date, '')
    for (let before = ''; before !== shorter; ) {
      before = shorter
      shorter = shorter.replace(version, '').replace(counter, '')
    }
    return shorter
  })
}

/** Names by which the inputs of one run are told apart: as stable as can be while no two files get the same one. */
export function stableNames(names: readonly string[]): string[] {
  const files = [...new Set(names.map((name) => partsOf(name).file))]
  const [short, dated] = [stableName, undated].map((form) => {
    const counts = new Map<string, number>()
    for (const file of files) counts.set(form(file), (counts.get(form(file)) ?? 0) + 1)
    return counts
  })
  return names.map((name) => {
    const { file, table } = partsOf(name)
    if (short?.get(stableName(file)) === 1) return stableName(file) + table
    return dated?.get(undated(file)) === 1 ? undated(file) + table : name
  })
}

function undated(name: string): string {
  return changed(name, (stem) => stem.replace(date, ''))
}

/** The number of a further table in the file is no counter of the file. */
function partsOf(name: string): { readonly file: string; readonly table: string } {
  const [, file = name, table = ''] = /^(.*?)(#\d+)?$/s.exec(name) ?? []
  return { file, table }
}

/** Only the last part of a path changes, and never its ending. */
function changed(name: string, change: (stem: string) => string): string {
  const { file, table } = partsOf(name)
  const [, folder = '', base = '', ending = ''] = /^(.*[/\\])?(.+?)((?:\.[A-Za-z][A-Za-z0-9]{0,9}){0,2})$/s.exec(file) ?? []
  const stem = change(base)
  return /[\p{L}\p{N}]/u.test(stem) ? folder + stem + ending + table : name
}
