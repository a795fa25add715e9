// Addresses of classes in the Javadoc: [Connection](javadoc:Connection), or with its package where
// the name alone is another class's too.

import { filesBelow } from './files.mjs'

const MODULES = [
  'uring-sys',
  'uring-reactive/core',
  'uring-reactive/http',
  'uring-reactive/webflux',
  'uring-reactive/spring-boot-starter',
  'uring-reactive/test',
  'baseline-epoll',
]

const HIDDEN = /^io\/uringreactive\/(buffer|loop|net|transport|sys\/libc)\//

let classes

/** Simple name to paths of classes, such as io/uringreactive/Connection. */
function index() {
  const found = new Map()
  for (const module of MODULES) {
    for (const file of filesBelow(`${module}/src/main/java`, '.java')) {
      const path = file.slice(`${module}/src/main/java/`.length, -'.java'.length)
      const name = path.split('/').pop()
      if (!HIDDEN.test(path) && !name.endsWith('-info')) {
        found.set(name, [...(found.get(name) ?? []), path])
      }
    }
  }
  return found
}

export function javadoc(reference, file) {
  classes ??= index()
  const [, name, member] = /^([\w.]+)(#.*)?$/.exec(reference) ?? []
  const path = name?.replaceAll('.', '/')
  const matches = (classes.get(path?.split('/').pop()) ?? []).filter(
    (each) => each === path || each.endsWith(`/${path}`),
  )
  const api = matches.filter((each) => each === path)
  const [one, ...others] = api.length === 1 ? api : matches
  if (!one || others.length > 0) {
    throw new Error(`${file}: javadoc:${reference} is ${one ? [one, ...others] : 'no class'}`)
  }
  return `/javadoc/${one}.html${member ?? ''}`
}
