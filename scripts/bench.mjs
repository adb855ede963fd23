/** `npm run bench -- <topic> [part…]`: this program beside its peers, same file, same rules, same findings, in one run. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { installPeers } from './bench-peers.mjs'
import { checkNode, install, root } from './setup.mjs'

checkNode()
install()
const folder = join(root, 'tests', 'bench')
const topics = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.mjs')))
const [topic, ...wanted] = process.argv.slice(2)
if (!topics.includes(topic)) {
  console.error(
    `${topic === undefined ? 'Name a topic' : `There is no topic "${topic}"`}: ${topics.join(', ')}. Example: npm run bench -- data node`,
  )
  process.exit(2)
}
installPeers('bench')
const { parts } = await import(join(folder, topic, 'index.mjs'))
let failed = 0
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`${name}: ${part.title}`)
  try {
    const { table, ratios } = await part.measure()
    for (const row of table) console.log(`  ${row}`)
    for (const { what, value, goal, ok } of ratios) {
      if (!ok) failed++
      console.log(`  ${ok ? 'met  ' : 'SHORT'}  ${what}: ${value} (goal ${goal})`)
    }
  } catch (error) {
    failed++
    console.log(`  SHORT  could not be measured: ${error instanceof Error ? error.message : String(error)}`)
  }
}
process.exit(failed > 0 ? 1 : 0)
