/** The pages of the documentation as the build wrote them beside the app: fetched once, when somebody opens one. */

/** A text, or an element with its facts and what is in it. */
export type Node = string | ManualElement

export interface ManualElement {
  /** Name of an element of HTML. */
  readonly is: string
  readonly in?: readonly Node[]
  readonly id?: string
  /** Numbers stand at the end of a cell. */
  readonly end?: boolean
  readonly start?: number
  /** Path of another page. */
  readonly page?: string
  /** The pages of all rules. */
  readonly rules?: boolean
  /** An address outside of Carryover, shown and not followed. */
  readonly out?: string
  /** A picture that came with the app. */
  readonly file?: `manual/${string}`
  readonly words?: string
}

export interface ManualPage {
  /** `how-to/read-tables`. */
  readonly path: string
  readonly title: string
  readonly group: string
  readonly blocks: readonly Node[]
}

let coming: Promise<readonly ManualPage[]> | null = null

/** Rejects where the host of the app offers none; the next call asks again. */
export function manualPages(): Promise<readonly ManualPage[]> {
  coming ??= fetch('manual/pages.json').then(async (answer) => {
    if (!answer.ok) throw new Error(`manual/pages.json: ${answer.status}`)
    return (await answer.json()) as readonly ManualPage[]
  })
  coming.catch(() => {
    coming = null
  })
  return coming
}

/** Pages that hold all words of a search, those that name them in their title first. */
export function foundPages(pages: readonly ManualPage[], search: string): readonly ManualPage[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return pages
  const holds = (text: string): boolean => words.every((word) => text.includes(word))
  const hits = pages.filter((page) => holds(textOf(page)))
  const isTitled = ({ title }: ManualPage): boolean => holds(title.toLowerCase())
  return [...hits.filter(isTitled), ...hits.filter((page) => !isTitled(page))]
}

const texts = new WeakMap<ManualPage, string>()

function textOf(page: ManualPage): string {
  let text = texts.get(page)
  if (text === undefined) {
    text = [page.title, ...page.blocks.map(wordsOf)].join(' ').toLowerCase()
    texts.set(page, text)
  }
  return text
}

function wordsOf(node: Node): string {
  if (typeof node === 'string') return node
  const { words = '', in: inside = [] } = node
  return [words, ...inside.map(wordsOf)].join(typeof inside[0] === 'string' ? '' : ' ')
}
