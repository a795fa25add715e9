import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './root.mjs'

const BUILT = new Set(['target', 'node_modules'])

/** Files below a folder of the repository whose names end so, as paths in it; nothing that was built. */
export function filesBelow(folder, ending) {
  return readdirSync(resolve(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        return BUILT.has(entry.name) || entry.name.startsWith('.') ? [] : filesBelow(path, ending)
      }
      return entry.name.endsWith(ending) ? [path] : []
    })
    .sort()
}
