/** Narrative XHTML as a tree that can only hold what a reader needs: an allow-list of tags and attributes, no address, no style. */
import { SaxesParser } from 'saxes'

export type NarrativeNode = { readonly kind: 'text'; readonly text: string } | NarrativeElement

export interface NarrativeElement {
  readonly kind: 'element'
  /** One of the allowed tags, in lower case. */
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly NarrativeNode[]
}

export type Narrative =
  /** `left` counts what was left out, by tag: a reader is told that an image or a form is missing. */
  | { readonly kind: 'tree'; readonly nodes: readonly NarrativeNode[]; readonly left: ReadonlyMap<string, number> }
  /** Not well-formed XHTML: to be shown as the text it is. */
  | { readonly kind: 'text'; readonly text: string }

const xhtml = 'http://www.w3.org/1999/xhtml'

const tags = new Set(
  `abbr b big blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre q s samp
  small span strong sub sup table tbody td tfoot th thead tr tt u ul var`.split(/\s+/),
)

const attributes = new Map<string, RegExp>([
  ['colspan', /^\d{1,3}$/],
  ['rowspan', /^\d{1,3}$/],
  ['span', /^\d{1,3}$/],
  ['scope', /^(row|col|rowgroup|colgroup)$/],
  ['lang', /^[A-Za-z0-9-]{1,35}$/],
  ['dir', /^(ltr|rtl|auto)$/],
])

/** Their text is no text for a reader. */
const withContent = new Set(
  'applet audio canvas embed frame frameset head iframe math noembed noframes noscript object script select style svg template textarea title video'.split(
    ' ',
  ),
)

/** Deeper ones are shown as text: a narrative has tens of levels, and the parser looks for namespaces level by level. */
const deepest = 256

/** Entities of HTML that narratives carry although XML does not know them. */
const entities: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  deg: '\u00b0',
  micro: '\u00b5',
  plusmn: '\u00b1',
  ndash: '\u2013',
  mdash: '\u2014',
  hellip: '\u2026',
  le: '\u2264',
  ge: '\u2265',
  copy: '\u00a9',
  reg: '\u00ae',
}

interface Open {
  readonly node: { readonly kind: 'element'; tag: string; attributes: Record<string, string>; children: NarrativeNode[] }
  /** False for a tag that is left out while its text stays. */
  readonly shown: boolean
}

/**
 * Reads the text of a narrative with a strict XML parser, so that no parser of a browser ever sees it and nothing is repaired into
 * something else. Tags outside the list go, their text stays; what is no text (scripts, styles, frames, drawings) goes whole.
 * Source: FHIR R4 §2.4.0 Narrative.
 */
export function readNarrative(text: string): Narrative {
  const left = new Map<string, number>()
  const nodes: NarrativeNode[] = []
  const open: Open[] = []
  let silent = 0
  let depth = 0
  let broken = false
  const parser = new SaxesParser({ xmlns: true, fragment: true })
  Object.assign(parser.ENTITIES, entities)
  const into = (): NarrativeNode[] => open.findLast(({ shown }) => shown)?.node.children ?? nodes
  const leave = (tag: string): void => {
    left.set(tag, (left.get(tag) ?? 0) + 1)
  }
  parser.on('error', () => {
    broken = true
  })
  parser.on('doctype', () => {
    broken = true
  })
  parser.on('opentag', ({ local, uri, attributes: given }) => {
    if (++depth > deepest) throw new Error('nested too deeply')
    const tag = local.toLowerCase()
    const isHtml = uri === '' || uri === xhtml
    if (silent > 0 || !isHtml || withContent.has(tag)) {
      if (silent === 0) leave(isHtml ? tag : 'foreign')
      silent++
      return
    }
    const shown = tags.has(tag)
    if (!shown) leave(tag)
    open.push({ node: { kind: 'element', tag, attributes: allowed(given), children: [] }, shown })
  })
  parser.on('closetag', () => {
    depth--
    if (silent > 0) {
      silent--
      return
    }
    const closed = open.pop()
    if (closed?.shown) into().push(closed.node)
  })
  const say = (words: string): void => {
    if (silent === 0) into().push({ kind: 'text', text: words })
  }
  parser.on('text', say)
  parser.on('cdata', say)
  try {
    parser.write(text).close()
  } catch {
    broken = true
  }
  return broken || open.length > 0 || nodes.every(({ kind }) => kind === 'text')
    ? { kind: 'text', text }
    : { kind: 'tree', nodes, left }
}

/** Names that are on the list, with values of the form they have. */
function allowed(given: Readonly<Record<string, { readonly local: string; readonly value: string; readonly uri: string }>>) {
  const kept: Record<string, string> = {}
  for (const { local, value, uri } of Object.values(given)) {
    const name =
      uri === 'http://www.w3.org/XML/1998/namespace' && local === 'lang' ? 'lang' : uri === '' ? local.toLowerCase() : ''
    if (attributes.get(name)?.test(value) === true) kept[name] = value
  }
  return kept
}
