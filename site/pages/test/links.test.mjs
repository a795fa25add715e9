import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveLink, sourcesOf } from '../.vitepress/links.mjs'

const link = (href, file = 'docs/options.md') => resolveLink(href, file)?.href

test('a document of the repository is its page', () => {
  assert.equal(link('pitfalls.md#simulation'), '/design/pitfalls.html#simulation')
  assert.equal(link('../ARCHITECTURE.md'), '/design/architecture.html')
  assert.equal(link('adr/README.md'), '/design/decisions/')
  assert.equal(link('adr'), '/design/decisions/')
  assert.equal(link('../README.md'), '/')
})

test('a source file is shown as a page', () => {
  assert.equal(link('../bench/jcstress.sh'), '/source/bench/jcstress.sh.html')
  assert.ok(sourcesOf('docs/concurrency.md').has('bench/jcstress.sh'))
})

test('a class is its Javadoc', () => {
  assert.deepEqual(resolveLink('javadoc:Connection', 'x.md'), {
    href: '/javadoc/io/uringreactive/Connection.html',
    target: '_self',
  })
  assert.throws(() => link('javadoc:Conection'), /no class/)
  assert.throws(() => link('javadoc:RingLoop'), /no class/)
})

test('what lies elsewhere stays as it is', () => {
  assert.equal(resolveLink('https://example.org/a.md', 'docs/options.md'), null)
  assert.equal(resolveLink('#here', 'docs/options.md'), null)
})

test('a link that leads nowhere fails', () => {
  assert.throws(() => link('nowhere.md'), /no page and no file: docs\/nowhere.md/)
})
