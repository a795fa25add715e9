// Which page shows which file of the repository, and where it stands in the menu. Files outside of
// this folder are shown as they are: nothing is written twice.

import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { root } from './root.mjs'

const own = 'site/pages'

function section(text, folder, entries) {
  return {
    text,
    items: entries.map(([title, file, name]) => ({
      text: title,
      file: file.startsWith('/') ? file.slice(1) : `${own}/${folder}/${file}`,
      page: `${folder}/${name ?? file.replace(/^.*\//, '')}`,
    })),
  }
}

const decisions = readdirSync(resolve(root, 'docs/adr'))
  .filter((name) => /^\d{4}-.*\.md$/.test(name))
  .sort()

export const sections = [
  section('Start', 'start', [
    ['Spring WebFlux', 'webflux.md'],
    ['Plain connections', 'net.md'],
    ['HTTP', 'http.md'],
  ]),
  section('Guide', 'guide', [
    ['Rings and schedulers', 'rings.md'],
    ['Transports', 'transports.md'],
    ['Connections', 'connections.md'],
    ['Receive: demand as credit', 'receive.md'],
    ['Send', 'send.md'],
    ['Accept and serve', 'serve.md'],
    ['Frames and text', 'frames.md'],
    ['TLS', 'tls.md'],
    ['HTTP server', 'http.md'],
    ['Spring Boot', '/docs/guides/spring-boot.md'],
    ['From reactor-netty', '/docs/guides/from-reactor-netty.md'],
    ['Testing handlers', '/docs/guides/testing-handlers.md'],
    ['Metrics and logs', 'metrics.md'],
    ['The example application', '/site/examples/README.md', 'example.md'],
  ]),
  section('Operations', 'operations', [
    ['Kernels', 'kernels.md'],
    ['Containers', 'containers.md'],
    ['Limits', 'limits.md'],
    ['Tuning', 'tuning.md'],
    ['Diagnosis', 'diagnosis.md'],
    ['Troubleshooting', 'troubleshooting.md'],
  ]),
  section('Reference', 'reference', [
    ['Options', '/docs/options.md'],
    ['What differs by transport', '/docs/transports.md'],
    ['The contract of transports', '/docs/contract.md'],
    ['Known gaps', '/docs/known-gaps.md'],
    ['Changes', '/CHANGELOG.md', 'changes.md'],
  ]),
  section('Results', 'results', [
    ['Overview', 'index.md'],
    ['Earlier measurements', '/bench/RESULTS.md', 'earlier.md'],
    ['Other kernels', '/bench/kernels/RESULTS.md', 'kernels.md'],
    ['How to run and read them', '/bench/README.md', 'running.md'],
    ['The form of results', '/bench/results/README.md', 'form.md'],
  ]),
  section('Design', 'design', [
    ['Architecture', '/ARCHITECTURE.md', 'architecture.md'],
    ['What threads share', '/docs/concurrency.md'],
    ['Pitfalls of io_uring', '/docs/pitfalls.md'],
    ['Tests', '/docs/testing.md'],
    ['Decisions', '/docs/adr/README.md', 'decisions/index.md'],
  ]),
  section('Project', 'project', [
    ['Contributing', '/CONTRIBUTING.md', 'contributing.md'],
    ['Releasing', '/docs/releasing.md'],
    ['Security', '/SECURITY.md', 'security.md'],
    ['This site', '/site/pages/README.md', 'site.md'],
  ]),
]

/** File of the repository to page of the site, both with `.md`. */
export const pages = new Map([
  [`${own}/index.md`, 'index.md'],
  ...sections.flatMap(({ items }) => items.map(({ file, page }) => [file, page])),
  ...decisions.map((name) => [`docs/adr/${name}`, `design/decisions/${name}`]),
])

/** For VitePress: one rewrite for each page, and the generated ones by folder. */
export function rewrite(file) {
  const generated = /^site\/pages\/((?:source|results)\/.*)$/.exec(file)
  return pages.get(file) ?? (generated ? generated[1] : file)
}

/** A page's address, without the site's base. */
export function address(page) {
  return '/' + page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html')
}

export function sidebar(results) {
  return sections.map(({ text, items }) => ({
    text,
    items: [
      ...items.slice(0, 1).map(entry),
      ...(text === 'Results' ? results.map(resultEntry) : []),
      ...items.slice(1).map(entry),
    ],
  }))
}

function entry({ text, page }) {
  return { text, link: address(page) }
}

function resultEntry({ name, title }) {
  return { text: title, link: `/results/${name}.html` }
}
