// A page for each source file that a page of the site links to or shows a part of.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { sourcePage, sourcesOf } from '../.vitepress/links.mjs'
import { pages } from '../.vitepress/pages.mjs'
import { root } from '../.vitepress/root.mjs'

const LANGUAGES = { java: 'java', kt: 'kotlin', sh: 'sh', js: 'js', html: 'html', json: 'json', properties: 'properties', xml: 'xml' }

export default {
  paths() {
    const sources = new Set([...pages.keys()].flatMap((file) => [...sourcesOf(file)]))
    return [...sources].sort().map((path) => ({ params: { path: sourcePage(path) }, content: content(path) }))
  },
}

function content(path) {
  const name = path.split('/').pop()
  const language = LANGUAGES[name.includes('.') ? name.split('.').pop() : ''] ?? 'text'
  const text = readFileSync(resolve(root, path), 'utf8')
  return `# ${name}\n\n\`${path}\`\n\n~~~~~${language}\n${text}\n~~~~~\n`
}
