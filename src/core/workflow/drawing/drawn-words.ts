/** Words on a drawing and the room they take up: names outside of shapes, answers and shares at flows. */
import type { Edge, Node } from '../map/workflow.ts'

/** Mean width of a letter at 12 px. */
const letter = 6.6
const boldLetter = 7
const lineHeight = 17
const widestName = 150

/** What is written at a flow: its answer and its share. */
export function flowWords({ label, probability }: Edge): string {
  return [label, probability !== null && probability < 1 ? `${Math.round(probability * 100)} %` : '']
    .filter((word) => word !== '')
    .join(', ')
}

export function wordsWidth(words: string): number {
  return words === '' ? 0 : words.length * letter + 4
}

/** Gateways and waits are too small for their name: it stands above them. */
export function nameAbove({ type, label }: Node): { readonly width: number; readonly height: number } | null {
  const outside = type === 'decision' || type === 'wait' || type === 'parallel' || type === 'inclusive'
  if (!outside || label === '') return null
  const length = label.length * boldLetter + 8
  const lines = Math.min(3, Math.ceil(length / widestName))
  return { width: Math.min(widestName, length), height: lines * lineHeight + 2 }
}
