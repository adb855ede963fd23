/** `node scripts/icons.mjs`: the icons of the installed app as PNG, drawn of `public/icon.svg` by a browser. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findBrowser, root } from './setup.mjs'

const drawn = readFileSync(join(root, 'public', 'icon.svg'), 'utf8')
const icons = [
  { name: 'icon-192.png', size: 192, svg: drawn },
  { name: 'icon-512.png', size: 512, svg: drawn },
  // Systems cut it to a shape of their own: no corner is left empty, and the drawing keeps off the rim.
  {
    name: 'icon-512-full.png',
    size: 512,
    svg: drawn.replace(' rx="6"', '').replace('<path ', '<path transform="translate(16 16) scale(.8) translate(-16 -16)" '),
  },
]
const browser = await chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
for (const { name, size, svg } of icons) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  writeFileSync(join(root, 'public', name), await page.screenshot({ omitBackground: true }))
}
await browser.close()
