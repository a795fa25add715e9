import { resolve } from 'node:path'

/** The repository's. */
export const root = resolve(import.meta.dirname, '../../..')
