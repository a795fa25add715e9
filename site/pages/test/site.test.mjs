// The built site in a Chromium: every page, every link within it, every chart against its data.
// SITE_PICTURES=FOLDER leaves pictures there, in light and dark, wide and narrow.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { Browser } from './browser.mjs'
import { serve } from './server.mjs'

const dist = resolve(import.meta.dirname, '..', process.env.SITE_OUT ?? 'target/site')
const results = process.env.SITE_RESULTS ?? resolve(import.meta.dirname, '../../../bench/results')

const short = process.env.SITE_SHORT === 'true'

let browser
let server

before(async () => {
  assert.ok(existsSync(join(dist, 'index.html')), `no site in ${dist}: ./uring site build`)
  server = await serve(dist)
  browser = await Browser.launch()
  await browser.view(1280, false)
})

after(async () => {
  await browser?.close()
  server?.close()
})

/** What a page links to, and the ids on it. */
const LOOK = `(() => ({
  title: document.title,
  heading: document.querySelector('h1')?.textContent ?? '',
  ids: [...document.querySelectorAll('[id]')].map((each) => each.id),
  links: [...document.querySelectorAll('a[href]')].map((each) => each.href),
  // Its own, not those that VitePress draws.
  unnamed: [...document.querySelectorAll('.vp-doc button')].filter((each) => !each.textContent.trim() && !each.title).length,
  charts: document.querySelectorAll('.chart').length,
}))()`

const looked = new Map()

async function look(path) {
  const { problems, stop } = await browser.open(server.origin + path)
  await browser.waitFor('document.querySelector("#app")?.__vue_app__')
  await browser.waitFor(`[...document.querySelectorAll('.chart')].every((each) => each.querySelector('svg'))`)
  const page = await browser.evaluate(LOOK)
  stop()
  looked.set(path, page)
  return { ...page, problems }
}

test('every page opens without a problem, and every link within the site leads somewhere', { timeout: 240_000 }, async () => {
  const failures = []
  const waiting = ['/']
  const known = new Set(waiting)
  const files = new Map()
  while (waiting.length) {
    const path = waiting.shift()
    const page = await look(path)
    page.problems.forEach((problem) => failures.push(`${path}: ${problem}`))
    if (!page.heading || page.unnamed) {
      failures.push(`${path}: no heading, or a button without a name`)
    }
    for (const link of page.links.map((href) => new URL(href)).filter(({ origin }) => origin === server.origin)) {
      const target = decodeURI(link.pathname)
      if (isOpened(target) && !known.has(target)) {
        known.add(target)
        waiting.push(target)
      }
      files.set(target + decodeURIComponent(link.hash), path)
    }
  }
  for (const [link, from] of files) {
    const [target, anchor] = link.split('#')
    const file = join(dist, target.endsWith('/') ? `${target}index.html` : target)
    if (!existsSync(file)) {
      failures.push(`${from}: no such page: ${link}`)
    } else if (anchor && !anchors(target, file).has(anchor)) {
      failures.push(`${from}: no such place on its page: ${link}`)
    }
  }
  console.log(`${looked.size} pages, ${files.size} links`)
  assert.ok(looked.size > (short ? 50 : 100), `only ${looked.size} pages were found`)
  assert.deepEqual(failures, [])
})

/** Javadoc is not ours to look at; pages that show a source file are all made alike. */
function isOpened(target) {
  return /(\/|\.html)$/.test(target) && !target.startsWith('/javadoc/') && !(short && target.startsWith('/source/'))
}

/** The places of a page: as the browser saw it, or of Javadoc as it is written. */
function anchors(target, file) {
  const page = looked.get(target)
  return new Set(page ? page.ids : [...readFileSync(file, 'utf8').matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))
}

test('a page is found by a word of it', async () => {
  await look('/')
  await browser.evaluate(`document.querySelector('#local-search button').click()`)
  await browser.waitFor(`document.querySelector('#localsearch-input')`)
  await browser.evaluate(`(() => {
    const input = document.querySelector('#localsearch-input')
    input.value = 'io_uring_disabled'
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })()`)
  await browser.waitFor(`[...document.querySelectorAll('.VPLocalSearchBox .result')].some((each) => each.href.includes('/operations/'))`)
  const found = await browser.evaluate(`[...document.querySelectorAll('.VPLocalSearchBox .result')].map((each) => each.href)`)
  assert.ok(found.every((href) => !href.includes('/source/')), found.join('\n'))
})

/**
 * The lengths in pixels that each drawing of a metric's chart shows: heights of dots above the axis, or
 * widths of bars, of which each point has a drawing.
 */
function lengths(chart) {
  return browser.evaluate(`(() => {
    const widths = (svg) => [...svg.querySelectorAll('g[aria-label="bar"] rect')].map((each) => Number(each.getAttribute('width')))
    const floor = (svg) => Math.max(...[...svg.querySelectorAll('g[aria-label="y-grid"] line')].map((each) => Number(each.getAttribute('y1'))))
    const heights = (svg) => [...svg.querySelectorAll('g[aria-label="dot"] path')]
      .map((each) => floor(svg) - Number(/,([-\\d.]+)\\)/.exec(each.getAttribute('transform'))[1]))
    const drawings = [...document.querySelectorAll('.chart[data-chart="${chart}"] svg')]
    const bars = drawings.some((svg) => widths(svg).length > 0)
    return { bars, drawn: drawings.map(bars ? widths : heights) }
  })()`)
}

/** What they must show: medians, by contestant and point, or by point and contestant for bars. */
function medians({ contestants, points, summaries }, metric, bars) {
  const figure = (contestant, point) =>
    summaries.find((each) => each.contestant === contestant.name && each.point === point.name)?.figures[metric.name]
  const present = contestants.filter(({ absent }) => !absent)
  const median = (contestant, point) => figure(contestant, point)?.median ?? []
  const groups = bars
    ? points.map((point) => present.flatMap((contestant) => median(contestant, point)))
    : [present.flatMap((contestant) => points.flatMap((point) => median(contestant, point)))]
  return groups.filter(({ length }) => length)
}

test('the Javadoc opens, and finds a class by its name', async () => {
  for (const page of ['index', 'io/uringreactive/Connection', 'search']) {
    const { problems, stop } = await browser.open(`${server.origin}/javadoc/${page}.html?q=RingScheduler`)
    assert.ok((await browser.evaluate('document.title')).includes('uring-reactive'), page)
    stop()
    assert.deepEqual(problems, [], page)
  }
  await browser.waitFor(`[...document.querySelectorAll('a')].some((each) => each.href.includes('RingScheduler.html'))`)
})

/** Those that the site shows; the example is one of them here, see ../site. */
const published = readdirSync(results)
  .filter((name) => name.endsWith('.json') && name !== 'schema.json')
  .map((name) => name.slice(0, -'.json'.length))

for (const name of published) {
  test(`the charts of ${name} show what its file says`, { timeout: 60_000 }, async () => {
    const result = JSON.parse(readFileSync(join(results, `${name}.json`), 'utf8'))
    const { problems } = await look(`/results/${name}.html`)
    for (const metric of result.metrics) {
      await browser.evaluate(`document.querySelector('input[name="metric"][value="${metric.name}"]').click()`)
      await browser.waitFor(`document.querySelector('.chart[data-chart="${metric.name}"] svg')`)
      const { drawn, bars } = await lengths(metric.name)
      const expected = medians(result, metric, bars)
      const sizes = (groups) => groups.map(({ length }) => length)
      assert.deepEqual(sizes(drawn), sizes(expected), `${metric.name}: marks and figures`)
      expected.forEach((group, g) => {
        const scale = Math.max(...drawn[g]) / Math.max(...group)
        group.forEach((median, i) =>
          assert.ok(
            Math.abs(drawn[g][i] - median * scale) < 1,
            `${metric.name}: ${median} is drawn ${drawn[g][i]} long, at ${scale}`,
          ),
        )
      })
    }
    const sampled = result.samples.filter(({ distribution }) => distribution?.length)
    for (const point of new Set(sampled.map((sample) => sample.point))) {
      for (const view of ['cumulative', 'tail']) {
        await browser.evaluate(`document.querySelector('input[name="point"][value="${point}"]')?.click()`)
        await browser.evaluate(`document.querySelector('input[name="view"][value="${view}"]').click()`)
        await browser.waitFor(`document.querySelector('.chart[data-chart="distribution"] svg[aria-label*="${point}"]')`)
        const lines = new Set(sampled.filter((sample) => sample.point === point).map((sample) => sample.contestant)).size
        const drawn = await browser.evaluate(
          `document.querySelectorAll('.chart[data-chart="distribution"] g[aria-label="line"] path').length`,
        )
        assert.equal(drawn, lines, `${point}, ${view}: lines`)
      }
    }
    assert.deepEqual(problems, [])
  })

  test(`${name}: what variants add is drawn where there are any`, async () => {
    const result = JSON.parse(readFileSync(join(results, `${name}.json`), 'utf8'))
    const variants = result.contestants.filter(({ kind, absent }) => kind === 'variant' && !absent)
    assert.equal(await browser.evaluate(`document.querySelectorAll('.chart[data-chart="shares"]').length`), variants.length ? 1 : 0)
    if (variants.length) {
      const {
        drawn: [drawn],
      } = await lengths('shares')
      const cpu = ({ figures }) => figures.cpuMicrosPerRequest
      const expected = result.points.flatMap((point) => {
        const timed = result.samples.filter((sample) => sample.point === point.name && cpu(sample) !== undefined)
        const own = timed.filter(({ contestant }) => contestant === result.experiment.subject)
        return variants.map(({ name: variant }) => {
          const differences = timed
            .filter(({ contestant }) => contestant === variant)
            .map((sample) => cpu(sample) - cpu(own.find(({ round }) => round === sample.round)))
            .sort((a, b) => a - b)
          const middle = (differences.length - 1) / 2
          return Math.abs((differences[Math.floor(middle)] + differences[Math.ceil(middle)]) / 2)
        })
      })
      assert.equal(drawn.length, expected.length)
      const scale = Math.max(...drawn) / Math.max(...expected)
      expected.forEach((added, i) => assert.ok(Math.abs(drawn[i] - added * scale) < 1, `${added} is drawn ${drawn[i]} long, at ${scale}`))
    }
  })

  test(`${name}: a contestant that is hidden is not drawn`, async () => {
    const before = await browser.evaluate(`Number(document.querySelector('.chart').dataset.marks)`)
    await browser.evaluate(`document.querySelector('.legend button').click()`)
    await browser.waitFor(`Number(document.querySelector('.chart').dataset.marks) < ${before}`)
  })
}

test('pages fit a phone, in light and dark', { timeout: 120_000 }, async () => {
  const paths = ['/', '/reference/options.html', ...published.map((name) => `/results/${name}.html`)]
  const more = ['/start/webflux.html', '/guide/receive.html', '/operations/troubleshooting.html', '/results/', '/design/architecture.html']
  for (const path of short ? paths : [...paths, ...more]) {
    for (const width of [390, 1280]) {
      for (const dark of [false, true]) {
        await browser.view(width, dark)
        await look(path)
        const wide = await browser.evaluate('document.documentElement.scrollWidth')
        assert.ok(wide <= width, `${path} is ${wide} wide on a screen of ${width}`)
        assert.equal(await browser.evaluate(`document.documentElement.classList.contains('dark')`), dark)
        await picture(path, width, dark)
      }
    }
  }
})

async function picture(path, width, dark) {
  const folder = process.env.SITE_PICTURES
  if (folder) {
    const height = await browser.evaluate('document.documentElement.scrollHeight')
    await browser.view(width, dark, Math.min(height, 6000))
    await browser.evaluate('new Promise((resolve) => setTimeout(resolve, 300))')
    const name = path.replace(/\.html$/, '').replaceAll('/', '-').replace(/^-/, '') || 'home'
    writeFileSync(join(folder, `${name}-${width}-${dark ? 'dark' : 'light'}.png`), await browser.picture())
  }
}
