/** Reads FHIR packages and loose definitions, and tries every profile in them. */
import { type LoadPackagesInput, loadPackages, type PackageFile } from '../src/core/data/fhir/packages/load-packages.ts'
import { blobSource, type Sent } from '../src/io/files/files.ts'
import { serve } from './bridge.ts'

type Files = Omit<LoadPackagesInput, 'files'> & { readonly files: readonly Sent<PackageFile>[] }

serve(({ files, ...rest }: Files, signal) =>
  loadPackages({ ...rest, files: files.map(({ file, folder }) => ({ folder, source: blobSource(file, file.name) })) }, signal),
)
