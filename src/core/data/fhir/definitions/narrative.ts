/** Narrative XHTML (FHIR R4 §2.4.0 Narrative, txt-1 and txt-2): one linear pass over tags, no tree, nothing rendered. */

export interface NarrativeTrouble {
  readonly code: 'data/fhir-narrative'
  readonly expected: string
}

const elements = new Set(
  `a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre q samp
  small span strong sub sup table tbody td tfoot th thead tr tt ul var`.split(/\s+/),
)

/** Attributes of §2.4.0: no events, no base, no target; `style` without external resources. */
const attributes = new Set(
  `abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff charset cite class colspan
  compact coords dir frame headers height href hreflang hspace id lang longdesc name nowrap rel rev rowspan rules scope shape span src
  start style summary tabindex title type valign value vspace width xml:lang xml:space xmlns`.split(/\s+/),
)

const tag = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

/** Null when the text is one well-formed, harmless and non-empty `div`. */
export function narrativeTrouble(text: string): NarrativeTrouble | null {
  const open: string[] = []
  let content = false
  let at = 0
  while (at < text.length) {
    const next = text.indexOf('<', at)
    if (hasText(text, at, next < 0 ? text.length : next)) {
      if (open.length === 0) return trouble('one div element and nothing around it')
      content = true
    }
    if (next < 0) break
    if (text.startsWith('<!--', next)) {
      const end = text.indexOf('-->', next + 4)
      if (end < 0) return trouble('comments that end')
      at = end + 3
      continue
    }
    if (text.startsWith('<?', next) && text.indexOf('?>', next) > 0) {
      at = text.indexOf('?>', next) + 2
      continue
    }
    tag.lastIndex = next
    const found = tag.exec(text)
    if (found === null) return trouble('well-formed tags with quoted attributes')
    const [whole, closing, name = '', written = '', selfClosing] = found
    if (closing === '/') {
      if (open.pop() !== name) return trouble('tags that are closed in the order they were opened')
    } else {
      if (open.length === 0 && (at !== next || at > 0) && content) return trouble('one div element and nothing around it')
      const wrong = openingTrouble(name, written, open.length === 0)
      if (wrong !== null) return wrong
      if (name === 'img') content = true
      if (selfClosing !== '/') open.push(name)
    }
    at = next + whole.length
  }
  if (open.length > 0) return trouble('a closing tag for every opening tag')
  return content ? null : trouble('some text or an image, not only white space')
}

function openingTrouble(name: string, written: string, outermost: boolean): NarrativeTrouble | null {
  if (!elements.has(name)) return trouble('only the tags FHIR allows: no script, form, frame, style or link')
  let namespace: string | null = null
  for (const [, key = '', double, single] of written.matchAll(attribute)) {
    const value = double ?? single ?? ''
    if (key === 'xmlns') namespace = value
    if (!attributes.has(key) && !key.startsWith('xmlns:')) return trouble('only the attributes FHIR allows: no event handlers')
    if (/^\s*(?:javascript|vbscript)\s*:/i.test(value)) return trouble('links that are addresses, not scripts')
  }
  if (outermost && name !== 'div') return trouble('a <div> as outermost tag')
  if (outermost && namespace !== 'http://www.w3.org/1999/xhtml')
    return trouble('xmlns="http://www.w3.org/1999/xhtml" on the outermost <div>')
  return null
}

function hasText(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) > 32) return true
  return false
}

function trouble(expected: string): NarrativeTrouble {
  return { code: 'data/fhir-narrative', expected }
}
