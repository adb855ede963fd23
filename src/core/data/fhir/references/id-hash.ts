/** The hash of ids and references; patients of tables are numbered by the same one. */
export { type Hash64, hash64 } from '../../../hash64.ts'
