/** `npm run screenshots`: the README's pictures and every page for `docs/gallery`, taken from the sample clinic in a real browser; `-- readiness` takes that one alone, `-- gallery` or `-- gallery table` the gallery or a page of it. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openApp } from './browser.mjs'
import { takeGallery } from './gallery.mjs'
import { build, checkNode, findBrowser, install, root } from './setup.mjs'

checkNode()
install()
build()
const browser = findBrowser()
if (!browser) {
  console.error('No Chromium or Chrome was found. Install one or set CHROMIUM to its path.')
  process.exit(1)
}

const asked = process.argv.slice(2)
const all = [
  { name: 'readiness', route: '#/readiness', ready: 'NO-GO' },
  { name: 'compare', route: '#/workflow/refill/compare', ready: 'moved, not removed' },
  { name: 'findings', route: '#/data/findings', ready: 'A current allergy did not arrive' },
  { name: 'review', route: '#/review/records', ready: 'No known allergies' },
]
const [first, ...rest] = asked
const pictures = asked.length === 0 ? all : first === 'gallery' ? [] : all.filter(({ name }) => asked.includes(name))

const folder = join(root, 'docs')
mkdirSync(folder, { recursive: true })
const app = await openApp(browser, { width: 1280, height: 800 })
try {
  await app.openSample()
  for (const { name, route, ready } of pictures) {
    await app.page.evaluate((hash) => {
      location.hash = hash
    }, route)
    await app.page.getByText(ready).first().waitFor()
    await app.page.waitForTimeout(700)
    await app.page.screenshot({ path: join(folder, `${name}.png`) })
    console.log(`docs/${name}.png`)
  }
  if (first === undefined || first === 'gallery') await takeGallery(app, join(folder, 'gallery'), rest)
} finally {
  await app.close()
}
