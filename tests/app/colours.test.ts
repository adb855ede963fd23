import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('../../src/app/styles/tokens.css', import.meta.url), 'utf8')

function tokens(selector: string): Map<string, string> {
  const start = css.indexOf(selector)
  const block = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start))
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}

const light = tokens(':root {')
const themes = { light, dark: new Map([...light, ...tokens(':root[data-theme="dark"] {')]) }
const severities = ['critical', 'error', 'warning', 'info', 'ok']

function channels(hex: string): [number, number, number] {
  const at = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16) / 255
  return [at(1), at(3), at(5)]
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** WCAG 2.2 relative luminance and contrast. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [r, g, b] = channels(hex).map(linear) as [number, number, number]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (hi + 0.05) / (lo + 0.05)
}

/** Full dichromacy in linear RGB (Machado, Oliveira and Fernandes 2009, severity 1.0). */
const deficiencies: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function lab(rgb: readonly number[]): [number, number, number] {
  const [r = 0, g = 0, b = 0] = rgb
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function distance(a: string, b: string, matrix: readonly (readonly [number, number, number])[]): number {
  const seen = (hex: string): [number, number, number] => {
    const rgb = channels(hex).map(linear)
    return lab(
      matrix.map((row) =>
        Math.min(
          1,
          Math.max(
            0,
            row.reduce((sum, weight, i) => sum + weight * (rgb[i] ?? 0), 0),
          ),
        ),
      ),
    )
  }
  const [l1, a1, b1] = seen(a)
  const [l2, a2, b2] = seen(b)
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2)
}

describe.each(Object.entries(themes))('%s theme', (_, theme) => {
  const colour = (name: string): string => theme.get(name) ?? '#000000'

  test('text reaches 4.5 to 1 on every ground it stands on', () => {
    const pairs: [string, string][] = [
      ...['text', 'muted', ...severities, 'accent'].flatMap((name): [string, string][] => [
        [name, 'surface'],
        [name, 'bg'],
        [name, 'sunken'],
      ]),
      ...severities.map((name): [string, string] => [name, `${name}-tint`]),
      ...severities.map((name): [string, string] => ['text', `${name}-tint`]),
      ['on-accent', 'accent'],
      ['text', 'accent-bg'],
    ]
    const low = pairs
      .map(([a, b]) => ({ pair: `${a} on ${b}`, ratio: contrast(colour(a), colour(b)) }))
      .filter(({ ratio }) => ratio < 4.5)
    expect(low).toEqual([])
  })

  test('borders of controls reach 3 to 1', () => {
    expect(contrast(colour('border-strong'), colour('surface'))).toBeGreaterThanOrEqual(3)
  })

  test.each(Object.keys(deficiencies))('severities stay apart under %s', (deficiency) => {
    const matrix = deficiencies[deficiency] ?? []
    for (const [i, a] of severities.entries())
      for (const b of severities.slice(i + 1)) expect(distance(colour(a), colour(b), matrix), `${a} and ${b}`).toBeGreaterThan(12)
  })
})
