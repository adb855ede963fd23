/** Reads the resource of a finding's place again from its file: from its byte in NDJSON, by its path in a document. */
import { type ByteSource, stopIfAborted } from '../../operation.ts'
import type { ReadingChoices, SourceFormat } from '../model/source.ts'
import { openContent } from '../read/containers/content.ts'
import { type JsonNode, type JsonSteps, readJsonTree } from '../read/json/json-tree.ts'
import { existing } from './json-lines.ts'

export interface OpenedResource {
  /** Null where the text is no JSON; `text` is then all there is. */
  readonly node: JsonNode | null
  /** Beginning of the text, for what can not be read as JSON. */
  readonly text: string
  /** From the resource down to the element of the finding, as far as it exists. */
  readonly element: JsonSteps
  /** Path below `element` of what is missing; empty where nothing is. */
  readonly missing: JsonSteps
}

/** A longer line is not opened: nobody reads it on a screen. */
const longestLine = 64 << 20
const longestText = 20_000

/**
 * @param at byte of the line or document, and the path of the element in it
 * @returns null where the file can not be unpacked any more; a sentence where it is too long
 */
export async function openResource(
  source: ByteSource,
  reading: ReadingChoices,
  format: SourceFormat | null,
  at: { readonly byte: number; readonly path: string | null },
  signal: AbortSignal,
): Promise<OpenedResource | string | null> {
  const opened = await openContent(source, reading, signal)
  if (opened.kind === 'other') return null
  const bytes = await lineAt(opened.content.source, at.byte, format === 'ndjson', signal)
  if (bytes === null)
    return `This record is longer than ${longestLine >> 20} MiB and is not shown; its place in the file is above.`
  const text = new TextDecoder().decode(bytes)
  const [root, inside] = shownPart(stepsOf(at.path ?? ''))
  const node = readJsonTree(text, root)
  const element = node === null ? [] : existing(node, inside)
  return { node, text: node === null ? text.slice(0, longestText) : '', element, missing: inside.slice(element.length) }
}

async function lineAt(source: ByteSource, byte: number, isLine: boolean, signal: AbortSignal): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of source.stream(byte)) {
    stopIfAborted(signal)
    const end = isLine ? chunk.indexOf(10) : -1
    const part = end < 0 ? chunk : chunk.subarray(0, end)
    parts.push(part.slice())
    size += part.length
    if (size > longestLine) return null
    if (end >= 0) break
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** `Patient.name[0].given` as steps, without the type it begins with. */
export function stepsOf(path: string): JsonSteps {
  return path
    .split('.')
    .slice(1)
    .flatMap((part) => {
      const [name = '', ...indexes] = part.split(/[[\]]+/)
      return [...(name === '' ? [] : [name]), ...indexes.filter((index) => /^\d+$/.test(index)).map(Number)]
    })
}

/** An entry of a Bundle is shown by itself: its resource, or all of it where the finding is about its frame. */
function shownPart(steps: JsonSteps): readonly [root: JsonSteps, inside: JsonSteps] {
  const [first, index, third] = steps
  if (first !== 'entry' || typeof index !== 'number') return [[], steps]
  const cut = third === 'resource' ? 3 : 2
  return [steps.slice(0, cut), steps.slice(cut)]
}
