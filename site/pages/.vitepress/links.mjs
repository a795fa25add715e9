// Links in Markdown name files of the repository, so that they work wherever they are read. Here they
// become addresses of the site: of a page, of a class's Javadoc, or of a source file shown as a page.
// A link that leads nowhere fails the build.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { javadoc } from './javadoc.mjs'
import { address, pages } from './pages.mjs'
import { root } from './root.mjs'

const HOME = new Set(['README.md', 'site/pages/index.md'])

/** The address for `href`, as it stands in `file` of the repository; null leaves it as it is. */
export function resolveLink(href, file) {
  if (href.startsWith('javadoc:')) {
    return { href: javadoc(href.slice('javadoc:'.length), file), target: '_self' }
  }
  if (/^[a-z]+:|^\/|^#/i.test(href)) {
    return null
  }
  const [, path, hash] = /^([^#]*)(#.*)?$/.exec(href)
  const target = relative(root, resolve(root, dirname(file), decodeURI(path)))
  const page = pageOf(target)
  if (page) {
    return { href: address(page) + (hash ?? '') }
  }
  requireSource(target, file)
  return { href: sourceAddress(target) + (hash ?? ''), source: target }
}

function pageOf(target) {
  return HOME.has(target) || target === '' ? 'index.md' : (pages.get(target) ?? pages.get(join(target, 'README.md')))
}

function requireSource(target, file) {
  const path = resolve(root, target)
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new Error(`${file}: no page and no file: ${target}`)
  }
  if (target.endsWith('.md')) {
    throw new Error(`${file}: ${target} is no page: add it to pages.mjs`)
  }
}

export function sourceAddress(target) {
  return `/source/${sourcePage(target)}.html`
}

/** VitePress would take index.html.html for an index. */
export function sourcePage(target) {
  return target.replace(/\.html$/, '-html')
}

/** Links and snippets of a page, without its code: the files that must be shown as pages. */
export function sourcesOf(file) {
  const text = readFileSync(resolve(root, file), 'utf8')
  const prose = text.replace(/^(```|~~~)[^]*?^\1/gm, '').replace(/`[^`\n]*`/g, '')
  const found = new Set()
  for (const [, href] of prose.matchAll(/\]\(<?([^)\s>]+)>?[^)]*\)/g)) {
    const link = resolveLink(href, file)
    if (link?.source) {
      found.add(link.source)
    }
  }
  for (const [, path] of prose.matchAll(/^<<< @\/([^#{\s]+)/gm)) {
    found.add(path)
  }
  return found
}

/** For markdown-it: the links of every page, and a note below each snippet that says where it is from. */
export function links(md) {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    if (!env.path) {
      return // a title by itself
    }
    const file = relative(root, env.realPath ?? env.path)
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const link = resolveLink(token.attrGet('href'), file)
          if (link) {
            token.attrSet('href', link.href)
          }
          if (link?.target) {
            token.attrSet('target', link.target)
          }
        }
      }
    }
  })
  const fence = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const [path, region] = tokens[index].src ?? []
    if (!path) {
      return fence(tokens, index, options, env, self)
    }
    requireRegion(path, region)
    const file = relative(root, path)
    const note = md.renderInline(`[${file.split('/').pop()}](${sourceAddress(file)})`, { ...env, links: [] })
    const code = fence(tokens, index, options, env, self)
    return `<div class="snippet">${code}<div class="snippet-source">${note}</div></div>`
  }
}

/** VitePress would take the whole file for a region that there is not. */
function requireRegion(path, region) {
  const begin = new RegExp(`^\\s*(?://|<!--) #region ${region}\\b`, 'm')
  if (region && !begin.test(readFileSync(path, 'utf8'))) {
    throw new Error(`${relative(root, path)} has no region ${region}`)
  }
}
