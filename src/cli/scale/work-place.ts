/** The place that `--work` names: a folder of a disk, or of a bucket. */
import { resolve } from 'node:path'
import { isStoreAddress } from '../../io/s3/s3-names.ts'
import { type BucketFolder, bucketFolder } from '../../scale/bucket-folder.ts'
import { diskFolder } from '../../scale/disk-folder.ts'
import type { WorkFolder } from '../../scale/work-folder.ts'

/** As every process is given it: an address, or a path from the root. */
export function placeOfWork(work: string): string {
  // The slashes of an address without a bucket stay, so that it is refused as one.
  return isStoreAddress(work) ? work.replace(/(?<!:\/?)\/+$/, '') : resolve(work)
}

/** @param place as `placeOfWork` gives it */
export function workFolder(place: string): WorkFolder | BucketFolder {
  return isStoreAddress(place) ? bucketFolder(place) : diskFolder(place)
}

/** Throws where the store of a bucket can not hold a run. */
export async function checkPlace(folder: WorkFolder | BucketFolder): Promise<void> {
  if ('check' in folder) await folder.check()
}
