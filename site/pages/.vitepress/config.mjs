import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vitepress'
import { filesBelow } from './files.mjs'
import { links } from './links.mjs'
import { pages, rewrite, sidebar } from './pages.mjs'
import { results } from './results.mjs'
import { root } from './root.mjs'

const own = resolve(import.meta.dirname, '..')
const javadoc = resolve(root, 'target/reports/apidocs')

// Where the site is served from: /, or the path that a host gives it.
const base = process.env.SITE_BASE ?? '/'

// Pages lie outside of this folder, where no package is installed; what is built from them does not.
const vueForAllPages = {
  name: 'vue-for-all-pages',
  enforce: 'pre',
  resolveId: (id, _importer, { ssr }) => (ssr && /^vue(\/server-renderer)?$/.test(id) ? { id, external: true } : null),
}

export default defineConfig({
  title: 'uring-reactive',
  description: 'Reactive-streams I/O for the JVM on Linux io_uring, in pure Java',
  lang: 'en',
  base,
  srcDir: root,
  // Only what pages.mjs names, and what is generated, is a page.
  srcExclude: ['**/target/**', '.*/**', ...unlisted()],
  rewrites: rewrite,
  outDir: resolve(own, process.env.SITE_OUT ?? 'target/site'),
  cacheDir: resolve(own, 'target/cache'),
  metaChunk: true,
  lastUpdated: false,
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }],
    ['meta', { name: 'theme-color', content: '#1f6feb' }],
  ],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark' },
    anchor: { slugify: githubSlug },
    config: links,
  },
  ignoreDeadLinks: [/^\/javadoc\//, /^http:\/\/localhost/],
  themeConfig: {
    logo: '/icon.svg',
    search: { provider: 'local', options: { _render: searchable, detailedView: false } },
    nav: [
      { text: 'Start', link: '/start/webflux.html', activeMatch: '/start/' },
      { text: 'Guide', link: '/guide/rings.html', activeMatch: '/guide/' },
      { text: 'Operations', link: '/operations/kernels.html', activeMatch: '/operations/' },
      { text: 'Results', link: '/results/', activeMatch: '/results/' },
      { text: 'Javadoc', link: '/javadoc/index.html', target: '_self' },
    ],
    sidebar: sidebar(results()),
    outline: { level: [2, 3] },
    docFooter: { prev: 'Before', next: 'Next' },
    footer: { message: 'Apache License 2.0' },
    externalLinkIcon: true,
  },
  vite: {
    publicDir: resolve(own, 'public'),
    plugins: [vueForAllPages],
    build: { chunkSizeWarningLimit: 800 },
    server: { watch: { ignored: ['**/target/**'] } },
  },
  buildEnd({ outDir }) {
    if (!existsSync(javadoc)) {
      throw new Error(`no Javadoc in ${javadoc}: ./uring site build makes it`)
    }
    const target = resolve(outDir, 'javadoc')
    cpSync(javadoc, target, { recursive: true })
    // Some JDKs come without Javadoc's fonts, but with a style sheet that asks for them.
    const style = resolve(target, 'resource-files/stylesheet.css')
    if (!existsSync(resolve(target, 'resource-files/fonts'))) {
      writeFileSync(style, readFileSync(style, 'utf8').replace(/^@import url\('fonts\/.*$/m, ''))
    }
  },
})

/** As the repository's host names headings, so that links to them hold there and here. */
function githubSlug(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

/** What the local search finds: not source files, and not pages that say so. */
function searchable(src, env, md) {
  const html = md.render(src, env)
  return env.frontmatter?.search === false ? '' : html
}

function unlisted() {
  const generated = /^site\/pages\/(source|results)\/\[/
  return filesBelow('', '.md').filter((file) => !pages.has(file) && !generated.test(file))
}
