// A Chromium without a window, driven through its DevTools protocol over a pipe: no port, no library.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CALL_MILLIS_MAX = 30_000

/** Pages need nothing from anywhere else. */
function isFrom(origin, address) {
  return address.startsWith(`${origin}/`) || address.startsWith('data:')
}

export class Browser {
  #process
  #profile = mkdtempSync(join(tmpdir(), 'site-browser-'))
  #calls = new Map()
  #lastCall = 0
  #unread = ''
  #session
  #listeners = []

  static async launch() {
    const browser = new Browser()
    await browser.#start()
    return browser
  }

  async #start() {
    // Its sandbox wants privileges that containers and root do not have; the pages are our own.
    this.#process = spawn(
      'chromium',
      [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--no-first-run',
        '--remote-debugging-pipe',
        `--user-data-dir=${this.#profile}`,
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    )
    this.#process.on('error', (error) => this.#fail(error))
    this.#process.on('exit', (code) => this.#fail(new Error(`chromium ended with ${code}`)))
    this.#process.stdio[4].on('data', (data) => this.#read(data.toString()))
    const { targetInfos } = await this.call('Target.getTargets')
    const { targetId } = targetInfos.find(({ type }) => type === 'page')
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true })
    this.#session = sessionId
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) {
      await this.call(`${domain}.enable`)
    }
  }

  #fail(error) {
    this.#calls.forEach(({ reject }) => reject(error))
    this.#calls.clear()
  }

  #read(text) {
    const parts = (this.#unread + text).split('\0')
    this.#unread = parts.pop()
    for (const message of parts.map((part) => JSON.parse(part))) {
      const call = this.#calls.get(message.id)
      this.#calls.delete(message.id)
      if (message.error) {
        call?.reject(new Error(`${call.method}: ${message.error.message}`))
      } else if (call) {
        call.resolve(message.result)
      } else {
        this.#listeners.forEach((listener) => listener(message.method, message.params))
      }
    }
  }

  /** Calls a method of the protocol; of the page, once there is one. */
  call(method, params = {}) {
    const id = ++this.#lastCall
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#calls.delete(id)
        reject(new Error(`${method}: no answer in ${CALL_MILLIS_MAX} ms`))
      }, CALL_MILLIS_MAX)
      const settle = (how) => (value) => (clearTimeout(timer), how(value))
      this.#calls.set(id, { method, resolve: settle(resolve), reject: settle(reject) })
      this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: this.#session })}\0`)
    })
  }

  /** Hears of every event until the page is left; returns what stops it. */
  listen(listener) {
    this.#listeners.push(listener)
    return () => (this.#listeners = this.#listeners.filter((each) => each !== listener))
  }

  /** Opens a page and returns what went wrong on it: errors of scripts, of the console, of requests. */
  async open(address) {
    const problems = []
    let loaded
    const load = new Promise((resolve) => (loaded = resolve))
    const stop = this.listen((method, params) => {
      // A browser's own idea, on pages that name no icon.
      if ((params.response?.url ?? params.entry?.url)?.endsWith('/favicon.ico')) {
        return
      }
      if (method === 'Page.loadEventFired') {
        loaded()
      } else if (method === 'Runtime.exceptionThrown') {
        problems.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text)
      } else if (method === 'Runtime.consoleAPICalled' && ['error', 'warning', 'assert'].includes(params.type)) {
        problems.push(params.args.map(({ value, description }) => value ?? description).join(' '))
      } else if (method === 'Log.entryAdded' && params.entry.level === 'error') {
        problems.push(`${params.entry.text} ${params.entry.url ?? ''}`)
      } else if (method === 'Network.requestWillBeSent' && !isFrom(new URL(address).origin, params.request.url)) {
        problems.push(`asks elsewhere: ${params.request.url}`)
      } else if (method === 'Network.responseReceived' && params.response.status >= 400) {
        problems.push(`${params.response.status} ${params.response.url}`)
      }
    })
    await this.call('Page.navigate', { url: address })
    await load
    return { problems, stop }
  }

  /** The value of an expression in the page; a promise is waited for, what it throws fails. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    })
    if (exceptionDetails) {
      throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`)
    }
    return result.value
  }

  /** Waits until an expression in the page is true. */
  waitFor(expression, millisMax = 15_000) {
    return this.evaluate(`new Promise((resolve, reject) => {
      const end = performance.now() + ${millisMax}
      const look = () => {
        if (${expression}) resolve(true)
        else if (performance.now() > end) reject(new Error('not in ${millisMax} ms'))
        else requestAnimationFrame(look)
      }
      look()
    })`)
  }

  /** How the page is looked at. */
  async view(width, dark, height = 900) {
    await this.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
    await this.call('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ],
    })
  }

  /** In PNG. */
  async picture() {
    const { data } = await this.call('Page.captureScreenshot', { captureBeyondViewport: true })
    return Buffer.from(data, 'base64')
  }

  async close() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.call('Browser.close').catch(() => this.#process.kill('SIGKILL'))
    await ended
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
