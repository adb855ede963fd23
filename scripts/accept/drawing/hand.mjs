/** A scripted hand: moves a real pointer and presses real keys in a page, and counts what that costs a person. */

/** Seconds per operator: keystroke of an average typist, pointing, button press or release, hand between keyboard and mouse, and mental act before a chunk. Card, Moran, Newell 1980. */
const klm = { key: 0.28, point: 1.1, button: 0.1, home: 0.4, think: 1.2 }

export class Hand {
  keys = 0
  clicks = 0
  moves = 0
  drags = 0
  travel = 0
  seconds = 0
  #at = null
  #on = 'mouse'

  constructor(page) {
    this.page = page
  }

  #home(device) {
    if (this.#on !== device) this.seconds += klm.home
    this.#on = device
  }

  /** One decision of the person, before each chunk of acts. */
  think() {
    this.seconds += klm.think
  }

  async move(x, y) {
    this.#home('mouse')
    if (this.#at) this.travel += Math.hypot(x - this.#at.x, y - this.#at.y)
    this.#at = { x, y }
    this.moves++
    this.seconds += klm.point
    // Pointing takes longer than anything on the screen needs to close.
    await this.page.waitForTimeout(200)
    await this.page.mouse.move(x, y, { steps: 4 })
  }

  async click(x, y) {
    await this.move(x, y)
    this.clicks++
    this.seconds += 2 * klm.button
    await this.page.mouse.down()
    await this.page.mouse.up()
    await this.settle()
  }

  async doubleClick(x, y) {
    await this.move(x, y)
    this.clicks += 2
    this.seconds += 4 * klm.button
    await this.page.mouse.dblclick(x, y)
    await this.settle()
  }

  async drag(from, to) {
    await this.move(from.x, from.y)
    await this.page.mouse.down()
    await this.move(to.x, to.y)
    await this.page.mouse.move(to.x + 1, to.y)
    await this.page.mouse.move(to.x, to.y)
    await this.page.mouse.up()
    this.drags++
    this.seconds += 2 * klm.button
    await this.settle()
  }

  async press(...combos) {
    this.#home('keys')
    for (const combo of combos) {
      const count = combo.split('+').length
      this.keys += count
      this.seconds += count * klm.key
      await this.page.keyboard.press(combo)
      await this.settle()
    }
  }

  async type(text) {
    this.#home('keys')
    // Capitals take Shift as well.
    const count = text.length + (text.match(/[A-Z?]/g)?.length ?? 0)
    this.keys += count
    this.seconds += count * klm.key
    await this.page.keyboard.type(text)
  }

  settle() {
    return this.page.waitForTimeout(60)
  }

  report() {
    const { keys, clicks, drags, moves, seconds } = this
    return { keys, clicks, drags, moves, travel: Math.round(this.travel), seconds: Math.round(seconds) }
  }
}

/** The middle of what a locator finds. */
export async function middle(locator) {
  // A map that glides to a new step has come to rest when a person aims.
  await locator.page().waitForTimeout(250)
  const box = await locator.boundingBox()
  if (!box) throw new Error(`Nothing to point at: ${locator}`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
