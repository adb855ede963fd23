/** What of an example is shown: pictures of maps, lines of files with marks, and sentences. */

/** A line of a file; `number` is null for a gap. Marks are stretches of characters, from and up to. */
export interface MarkedLine {
  readonly number: number | null
  readonly text: string
  readonly marks: readonly (readonly [from: number, to: number])[]
}

export type Part =
  | { readonly kind: 'picture'; readonly title: string; readonly svg: string; readonly sketch: string }
  | { readonly kind: 'lines'; readonly title: string; readonly lines: readonly MarkedLine[] }
  | { readonly kind: 'words'; readonly text: string }

const longest = 160
const around = 2
const shortFile = 16

/** The lines of a file: all of a short one, of a long one its head and what stands around its marks. @param most characters of a line */
export function shownLines(
  text: string,
  marks: ReadonlyMap<number, readonly (readonly [number, number])[]>,
  most = longest,
): readonly MarkedLine[] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const first = [...marks.keys()].sort((a, b) => a - b).slice(0, 4)
  const isShown = (at: number): boolean =>
    lines.length <= shortFile ||
    at < 3 ||
    first.some((mark) => Math.abs(mark - 1 - at) <= around) ||
    (first.length === 0 && at < 8)
  const shown: MarkedLine[] = []
  let left = 0
  const gap = (): void => {
    if (left > 0) shown.push({ number: null, text: `… ${left} ${left === 1 ? 'line' : 'lines'} …`, marks: [] })
    left = 0
  }
  for (const [at, line] of lines.entries()) {
    if (!isShown(at)) {
      left++
      continue
    }
    gap()
    shown.push(cut({ number: at + 1, text: line, marks: marks.get(at + 1) ?? [] }, most))
  }
  gap()
  return shown
}

/** A long line: the stretch around its first mark. */
function cut(line: MarkedLine, most: number): MarkedLine {
  if (line.text.length <= most) return line
  const from = Math.max(0, Math.min((line.marks[0]?.[0] ?? 0) - most / 4, line.text.length - most))
  const [head, tail] = [from > 0 ? '… ' : '', from + most < line.text.length ? ' …' : '']
  const shift = head.length - from
  return {
    number: line.number,
    text: `${head}${line.text.slice(from, from + most)}${tail}`,
    marks: line.marks
      .filter(([start]) => start >= from && start < from + most)
      .map(([start, end]) => [start + shift, Math.min(end, from + most) + shift]),
  }
}
