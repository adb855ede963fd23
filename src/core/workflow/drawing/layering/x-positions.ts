/** How far right everything stands: never over another, behind what leads to it, and as far left as that allows. */

/** A step with the room that it and its name take up. */
export interface Standing {
  readonly layer: number
  /** Of its shape. */
  readonly centre: number
  readonly top: number
  readonly bottom: number
  /** Room to both sides of its middle. */
  readonly half: number
  /** A name stands above its shape: nothing leaves there. */
  readonly named: boolean
}

export interface Leading {
  readonly from: number
  readonly to: number
  /** Width of the words on the flow. */
  readonly words: number
}

interface Rectangle {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const gap = { level: 28, turned: 28, channel: 10, words: 16, parting: 16, side: 10 }

/** Middles from `first` on; a hand-off may turn down in the middle of a step, where the way is free, instead of behind it. */
export function columnsOf(steps: readonly Standing[], leads: readonly Leading[], first: number): readonly number[] {
  const into: Leading[][] = steps.map(() => [])
  const turned = new Int32Array(steps.length)
  const isLevel = (a: Standing, b: Standing): boolean => Math.abs(a.centre - b.centre) < 1
  for (const lead of leads) {
    into[lead.to]?.push(lead)
    const [a, b] = [steps[lead.from], steps[lead.to]]
    if (a && b && !isLevel(a, b)) turned[lead.from] = (turned[lead.from] ?? 0) + 1
  }
  const middle = new Array<number>(steps.length).fill(first)
  const taken: Rectangle[] = []
  const order = steps.map((_, at) => at).sort((a, b) => (steps[a]?.layer ?? 0) - (steps[b]?.layer ?? 0) || a - b)
  for (const at of order) {
    const step = steps[at]
    if (!step) continue
    const passages: Rectangle[] = []
    let left = first
    for (const { left: _, right, top, bottom } of taken)
      if (top < step.bottom + gap.side && bottom > step.top - gap.side) left = Math.max(left, right + gap.level)
    const legs = (into[at] ?? []).filter(({ from }) => !isLevel(steps[from] ?? step, step)).length
    for (const { from, words } of into[at] ?? []) {
      const before = steps[from]
      if (!before) continue
      const x = middle[from] ?? 0
      const channel = gap.channel * Math.max(0, Math.max(legs, turned[from] ?? 0) - 1)
      const beside = before.top < step.bottom && step.top < before.bottom
      const passage = beside ? null : passageOf(before, step, x)
      if (passage && !(before.named && step.bottom < before.top) && taken.every((other) => isFree(passage, other, x, before))) {
        left = Math.max(left, x + gap.turned)
        passages.push(passage)
      } else {
        const parts = (turned[from] ?? 0) > (isLevel(before, step) ? 0 : 1) || !isLevel(before, step) ? gap.parting : 0
        const room = Math.max(gap.level + (isLevel(before, step) ? 0 : channel), words === 0 ? 0 : words + gap.words + parts)
        left = Math.max(left, x + before.half + room)
      }
    }
    const centre = Math.ceil((left + step.half) / 8) * 8
    middle[at] = centre
    taken.push({ left: centre - step.half, right: centre + step.half, top: step.top, bottom: step.bottom }, ...passages)
  }
  return middle
}

/** The line from a step up or down to the level of the next one. */
function passageOf(from: Standing, to: Standing, x: number): Rectangle {
  const [top, bottom] = from.bottom <= to.top ? [from.bottom, to.centre] : [to.centre, from.top]
  return { left: x - gap.side, right: x + gap.side - gap.level / 2, top, bottom }
}

function isFree(passage: Rectangle, other: Rectangle, x: number, from: Standing): boolean {
  const own = other.top === from.top && other.bottom === from.bottom && other.left < x && x < other.right
  return (
    own || !(other.left < x + gap.side && other.right > x - gap.side && other.top < passage.bottom && other.bottom > passage.top)
  )
}
