/** What the canvas shows, measured in a real browser: type of fitted maps, processor time of frames on the main thread. */
import { emptyCanvas } from './person.mjs'

/** Every workflow of the sample clinic, fitted. */
export async function fitOfSamples(page, url) {
  await page.goto(url)
  await page.getByRole('navigation', { name: 'Pages' }).waitFor({ timeout: 60_000 })
  await page.waitForTimeout(3000)
  await page.evaluate(() => {
    location.hash = '#/workflow'
  })
  await page.waitForTimeout(500)
  const hrefs = await page.evaluate(() => [
    ...new Set(
      [...document.querySelectorAll('a[href*="/workflow/"]')]
        .map((link) => link.getAttribute('href'))
        .filter((href) => /\/compare$/.test(href)),
    ),
  ])
  const found = []
  for (const href of hrefs) {
    await page.evaluate((to) => {
      location.hash = to
    }, href)
    await page.getByRole('application').waitFor()
    await page.waitForTimeout(300)
    const close = page.getByRole('button', { name: 'Close the inspector' })
    if (await close.count()) await close.click()
    await page.getByRole('button', { name: 'Fit both maps' }).click()
    await page.waitForTimeout(500)
    const least = await page.evaluate(() => {
      const zoom = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a
      const labels = [...document.querySelectorAll('[data-step] span')].filter(
        (each) => each.textContent !== '' && each.offsetParent,
      )
      if (labels.length === 0) return null
      // Words on flows stand at the same size however far the map is zoomed out: their scale answers the zoom.
      const scaled = (each) => new DOMMatrix(getComputedStyle(each.parentElement).transform).a
      const words = [...document.querySelectorAll('.react-flow__edges text')].map(
        (each) => Number.parseFloat(getComputedStyle(each).fontSize) * scaled(each) * zoom,
      )
      return Math.min(...words, ...labels.map((each) => Number.parseFloat(getComputedStyle(each).fontSize) * zoom))
    })
    found.push({ name: href.split('/')[2], least })
  }
  const small = found.filter(({ least }) => least !== null && least < 11)
  return {
    ok: found.length > 0 && small.length === 0,
    figure: found.map(({ name, least }) => `${name} ${least === null ? 'blocks' : `${least.toFixed(1)} px`}`).join(', '),
  }
}

const roles = ['Patient', 'Front desk', 'Nurse', 'Physician', 'Pharmacy', 'Lab', 'Billing']

/** Milliseconds of processor time of the main thread per frame while a map of so many steps is dragged, panned and zoomed; the 95th of 100. */
export async function framesOf(page, url, steps) {
  await emptyCanvas(page, url)
  const lines = Array.from(
    { length: steps },
    (_, i) => `Do part ${i} of the work | ${roles[Math.floor(i / 6) % roles.length]} | 3`,
  )
  await page.getByRole('button', { name: 'Paste a list…' }).first().click()
  await page.getByRole('dialog').getByRole('textbox').fill(lines.join('\n'))
  await page.getByRole('button', { name: 'Add the steps' }).click()
  await page.locator('[data-step]').first().waitFor()
  await page.waitForTimeout(4000)
  await page.getByRole('application').focus()
  await page.keyboard.press('Escape')
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
  /** Each act is one frame: its work is what the main thread did until the next picture. */
  const perFrame = async (act, count = 100) => {
    const times = []
    for (let i = 0; i < count; i++) {
      const before = await busy()
      await act(i)
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      times.push(await busy().then((now) => now - before))
    }
    times.sort((a, b) => a - b)
    return Number(times[Math.floor(times.length * 0.95)].toFixed(1))
  }
  const step = await page.locator('[data-step]').nth(2).boundingBox()
  const at = { x: step.x + step.width / 2, y: step.y + step.height / 2 }
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  const drag = await perFrame((i) => page.mouse.move(at.x + 10 + (i % 40), at.y + (i % 20)))
  await page.mouse.up()
  await page.keyboard.press('Control+z')
  await page.waitForTimeout(1500)
  const pan = await perFrame((i) => page.mouse.wheel(i % 40 < 20 ? 30 : -30, 0))
  await page.keyboard.down('Control')
  const zoom = await perFrame((i) => page.mouse.wheel(0, i % 20 < 10 ? 4 : -4))
  await page.keyboard.up('Control')
  const select = await fiveTimes((i) => selection(page, 1 + (i % 3)))
  const first = await fiveTimes(() => firstPicture(page))
  return { drag, pan, zoom, select, first }
}

/** The median, and the load of the machine says how much of it was waiting for others. */
async function fiveTimes(measure) {
  const times = []
  for (let i = 0; i < 5; i++) times.push(await measure(i))
  return times.sort((a, b) => a - b)[2]
}

/** From a press on a step to the picture that shows it selected. */
async function selection(page, nth) {
  const step = page.locator('[data-step]').nth(nth)
  const box = await step.boundingBox()
  const measured = page.evaluate(
    (ref) =>
      new Promise((done) => {
        const look = (from) => {
          const shown = document.querySelector(`.react-flow__node.selected [data-step="${CSS.escape(ref)}"]`)
          if (shown) setTimeout(() => done(Math.round(performance.now() - from)), 0)
          else requestAnimationFrame(() => look(from))
        }
        const listen = (event) => requestAnimationFrame(() => look(event.timeStamp))
        addEventListener('pointerdown', listen, { once: true, capture: true })
      }),
    await step.getAttribute('data-step'),
  )
  await page.waitForTimeout(100)
  await page.mouse.click(box.x + 40, box.y + 20)
  return measured
}

/** From the address of the canvas to its first picture, the rest of the page being there. */
async function firstPicture(page) {
  await page.keyboard.press('Escape')
  const compare = await page.evaluate(() => location.hash.split('?')[0])
  await page.evaluate(() => {
    location.hash = '#/workflow'
  })
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForTimeout(500)
  return page.evaluate(
    (to) =>
      new Promise((done) => {
        const start = performance.now()
        location.hash = to
        const look = () =>
          document.querySelector('[data-step]')
            ? setTimeout(() => done(Math.round(performance.now() - start)), 0)
            : requestAnimationFrame(look)
        requestAnimationFrame(look)
      }),
    compare,
  )
}
