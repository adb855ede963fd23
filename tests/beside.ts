/** Test data of other projects: beside the project (`../shared/data`), else fetched by `npm run suites`. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const beside = new URL('../../shared/data/', import.meta.url)
const fetched = new URL('../.cache/suites/', import.meta.url)

/** A file or folder of a suite; the suite is the first two names of the path, as in `fhir/us-core/examples`. Where the suite is in neither place, the place beside the project, which is absent. */
export function dataFolder(path: string): URL {
  const suite = suiteOf(path)
  const isFetched = !existsSync(new URL(suite, beside)) && existsSync(new URL(suite, fetched))
  return new URL(path, isFetched ? fetched : beside)
}

/** Whether every one of these suites is there. */
export function hasData(...paths: readonly string[]): boolean {
  return paths.every((path) => existsSync(dataFolder(path)))
}

/** The same place as a path of this system. */
export function dataPath(path: string): string {
  return fileURLToPath(dataFolder(path))
}

function suiteOf(path: string): string {
  const [wing = '', name = ''] = path.split('/')
  return wing === 'pair-12' ? wing : `${wing}/${name}`
}
