import { expect, test } from 'vitest'
import { isSeen } from '../../../../src/app/routes/review/chart/use-seen.ts'

/** A row between `top` and `bottom` on a screen of 600 pixels whose record takes those from 100 to 500. */
function seeing(top: number, bottom: number): boolean {
  const [from, to] = [Math.max(top, 100), Math.min(bottom, 500)]
  return isSeen({
    isIntersecting: to >= from,
    intersectionRatio: Math.max(0, to - from) / (bottom - top),
    intersectionRect: { bottom: to, height: Math.max(0, to - from) },
    boundingClientRect: { bottom, height: bottom - top },
    rootBounds: { height: 600 },
  })
}

test.each([
  ['whole on screen', 200, 300, true],
  ['most of it', 440, 540, true],
  ['less than most of it', 460, 560, false],
  ['high, and only begun', 150, 1150, false],
  ['high, its end with much of it', -400, 400, true],
  ['high, its end touches the top edge', -300, 100, false],
  ['high, a sliver of its end', -250, 150, false],
])('a row counts as seen: %s', (_, top, bottom, seen) => {
  expect(seeing(top, bottom)).toBe(seen)
})
