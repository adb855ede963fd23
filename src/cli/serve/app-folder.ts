/** Where the built app lies beside the command line. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../shell/usage-error.ts'

export function appFolder(): string {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'app')
  if (!existsSync(join(folder, 'index.html')))
    throw new UsageError(`The app is not built: ${folder} has no index.html. Run npm start, or npm run build first.`)
  return folder
}
