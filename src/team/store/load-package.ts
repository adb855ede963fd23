/** Packages of the server are optional: who never runs one need not install them. A missing one is a sentence. */
import { StorageProblem } from './database.ts'

export async function loadPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      throw new StorageProblem(
        `The server needs the package ${name}, which is not installed. Run npm ci --include=optional --ignore-scripts.`,
      )
    throw error
  }
}
