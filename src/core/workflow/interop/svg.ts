/** A map as an SVG drawing made from the model: true vector, light colours, text as text; safe to open anywhere. */

import { drawingOf } from '../drawing/drawing.ts'
import { type Box, laneHeader } from '../drawing/layout.ts'
import { arrowOf, type Point, pathOf } from '../drawing/routing.ts'
import { meanOf } from '../map/distribution.ts'
import type { Colour, Graph, Node } from '../map/workflow.ts'
import { plainText } from '../xml/xml-text.ts'
import type { Written } from './loss/facts-not-written.ts'

const ink = '#16242b'
const line = '#768892'
const muted = '#4c5f69'
const font = 'Inter, system-ui, sans-serif'
const margin = 16

/** What a reader of the drawing can see. */
export const shownInSvg: Written = {
  format: 'a drawing',
  nodes: new Set(['label', 'lane', 'service']),
  edges: new Set(['label', 'probability', 'exception']),
  lanes: new Set(['label']),
}

export function writeSvg(graph: Graph): string {
  const { frame } = drawingOf(graph)
  const [x, y, width, height] = [frame.x - margin, frame.y - margin, frame.width + 2 * margin, frame.height + 2 * margin]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" font-family="${font}" role="img"><title>${plainText(graph.label)}</title>\n<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#f6f8f8" />\n${drawnParts(graph).join('\n')}\n</svg>\n`
}

/** Bands, flows and steps, the lower ones first; in the pixels of the map. */
export function drawnParts(graph: Graph): readonly string[] {
  const { bands, boxes, flows, messages, right } = drawingOf(graph)
  const parts: string[] = []
  for (const { lane, y, height } of bands) {
    parts.push(`<rect x="0" y="${y}" width="${right}" height="${height}" fill="#ffffff" stroke="#d3dadd" />`)
    parts.push(
      `<g transform="translate(${laneHeader / 2} ${y + height / 2}) rotate(-90)">${named(lane.label, 0, 0, Math.max(8, Math.floor(height / 7)), 'middle')}</g>`,
    )
  }
  for (const { edge, way, words, at, handoff } of flows) {
    const dashed = edge.exception || edge.timeout !== null ? ' stroke-dasharray="5 4"' : ''
    parts.push(`<path d="${pathOf(way, 7)}" fill="none" stroke="${line}" stroke-width="${handoff ? 2 : 1.5}"${dashed} />`)
    const anchor = [edge.from, edge.to].some((id) => graph.nodes.get(id)?.type === 'note')
    // What ties a note to its step shows no way that work goes.
    if (!anchor) parts.push(`<path d="${arrowOf(way)}" fill="${line}" />`)
    if (words !== '') parts.push(lineOf(words, at))
  }
  for (const { way, words, at } of messages) {
    parts.push(`<path d="${pathOf(way, 7)}" fill="none" stroke="${line}" stroke-width="1.25" stroke-dasharray="2 4" />`)
    parts.push(`<path d="${arrowOf(way)}" fill="#ffffff" stroke="${line}" />`)
    if (words !== '') parts.push(lineOf(words, at))
  }
  for (const box of boxes.values()) {
    const node = graph.nodes.get(box.id)
    if (node) parts.push(drawn(node, box))
  }
  return parts
}

function lineOf(words: string, at: Point): string {
  return `<text x="${at.x}" y="${at.y - 5}" text-anchor="middle" font-size="12" fill="${muted}">${plainText(words)}</text>`
}

/** As on the canvas by day. */
const tints: Readonly<Record<Colour, string>> = {
  blue: '#e2edfb',
  green: '#e1f3e5',
  amber: '#fcf0d4',
  red: '#fbe4e2',
  violet: '#eee6fa',
  grey: '#e9edef',
}

function drawn(node: Node, { x, y, width: w, height: h }: Box): string {
  const style = `fill="${node.colour ? tints[node.colour] : '#ffffff'}" stroke="${line}" stroke-width="1.25"`
  const diamond = `<path d="M${x + w / 2} ${y}L${x + w} ${y + h / 2}L${x + w / 2} ${y + h}L${x} ${y + h / 2}Z" ${style} />`
  const above = (): string => named(node.label, x + w / 2, y - 8, 18, 'bottom')
  switch (node.type) {
    case 'start':
    case 'end':
      return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${h / 2}" ${style.replace('1.25', node.type === 'end' ? '2.5' : '1.25')} />${named(node.label, x + w / 2, y + h / 2, Math.floor(w / 8), 'middle')}`
    case 'decision':
      return `${diamond}${above()}`
    case 'parallel':
      return `${diamond}<path d="M${x + w / 2} ${y + h / 2 - 9}v18M${x + w / 2 - 9} ${y + h / 2}h18" stroke="${line}" stroke-width="2" />${above()}`
    case 'inclusive':
      return `${diamond}<circle cx="${x + w / 2}" cy="${y + h / 2}" r="8" fill="none" stroke="${line}" stroke-width="2" />${above()}`
    case 'wait':
      return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" ${style} /><path d="M${x + w / 2} ${y + 8}L${x + w - 8} ${y + h - 9}H${x + 8}Z" fill="none" stroke="${line}" />${above()}`
    case 'note':
      return `<path d="M${x + 12} ${y}H${x}v${h}h12" fill="none" stroke="${line}" />${named(node.label, x + w / 2, y + h / 2, 22, 'middle')}`
    case 'document':
    case 'subworkflow':
    case 'step': {
      const dash = node.type === 'document' || node.medium === 'paper' ? ' stroke-dasharray="4 3"' : ''
      const detail = node.service === null ? '' : timeText(meanOf(node.service))
      const text = named(node.label, x + w / 2, y + h / 2 - (detail === '' ? 0 : 8), 21, 'middle')
      const below =
        detail === ''
          ? ''
          : `<text x="${x + w / 2}" y="${y + h - 9}" text-anchor="middle" font-size="12" fill="${muted}">${detail}</text>`
      return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" ${style.replace('1.25', node.type === 'subworkflow' ? '2.5' : '1.25')}${dash} />${text}${below}`
    }
  }
}

function timeText(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

/** At most two lines of about `most` characters, broken between words. */
function named(label: string, x: number, y: number, most: number, at: 'middle' | 'bottom'): string {
  const lines: string[] = []
  for (const word of label.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const shown = lines.slice(0, 2)
  if (lines.length > 2) shown[1] = `${shown[1]}…`
  const first = at === 'bottom' ? y - (shown.length - 1) * 15 : y + 4 - ((shown.length - 1) * 15) / 2
  return shown
    .map(
      (text, index) =>
        `<text x="${x}" y="${first + index * 15}" text-anchor="middle" font-size="12" font-weight="600" fill="${ink}">${plainText(text)}</text>`,
    )
    .join('')
}
