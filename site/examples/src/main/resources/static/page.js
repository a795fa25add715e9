// The page's half of the application. No library: fetch, streams and EventSource are the browser's.
const at = id => document.getElementById(id);

/** What the server says is wrong, in a line: a problem detail (RFC 9457), or the status. */
async function problem(response) {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) return `${response.status} ${response.statusText}`;
  const { title, detail } = await response.json();
  return `${response.status} ${title}: ${detail}`;
}

async function json(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(await problem(response));
  return response.status === 204 ? null : response.json();
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// --- notes ---

async function showNotes() {
  const notes = await json('notes');
  at('notes').replaceChildren(...notes.map(note => element('li', {},
    element('div', {}, element('strong', { textContent: note.title }), element('p', { textContent: note.text })),
    element('button', {
      type: 'button', className: 'plain', textContent: '✕', title: `Delete ${note.title}`,
      onclick: () => json(`notes/${note.id}`, { method: 'DELETE' }).then(showNotes),
    }))));
}

at('note-form').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target;
  try {
    await json('notes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(new FormData(form))),
    });
    at('note-problem').textContent = '';
    form.reset();
    await showNotes();
  } catch (error) {
    at('note-problem').textContent = error.message;
  }
});

// --- ticks ---

let ticks = null;
let tickCount = 0;

function startTicks() {
  ticks = new EventSource('feed/ticks');
  ticks.addEventListener('tick', event => {
    const tick = JSON.parse(event.data);
    at('tick-count').textContent = ++tickCount;
    at('tick-last').textContent = `${new Date(tick.time).toLocaleTimeString()}, ${tick.notes} notes`;
  });
  ticks.onerror = () => { at('tick-last').textContent = 'the connection is gone; the browser tries again'; };
}

at('tick-toggle').addEventListener('click', event => {
  if (ticks) {
    ticks.close();
    ticks = null;
  } else {
    startTicks();
  }
  event.target.textContent = ticks ? 'Stop' : 'Start';
});

// --- squares ---

let squares = null;

/** Lines of a response as they come. */
async function* lines(response) {
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split('\n');
    rest = parts.pop();
    yield parts;
  }
}

at('squares-start').addEventListener('click', async () => {
  const progress = at('squares-progress');
  squares = new AbortController();
  at('squares-start').disabled = true;
  at('squares-stop').disabled = false;
  let count = 0;
  try {
    const response = await fetch(`feed/squares?count=${progress.max}`, { signal: squares.signal });
    for await (const some of lines(response)) {
      if (some.length === 0) continue;
      count += some.length;
      progress.value = count;
      const last = JSON.parse(some.at(-1));
      at('squares-last').textContent = `${last.number}² = ${last.square}`;
    }
  } catch (error) {
    at('squares-last').textContent = error.name === 'AbortError' ? `stopped after ${count} lines` : error.message;
  }
  at('squares-start').disabled = false;
  at('squares-stop').disabled = true;
});

at('squares-stop').addEventListener('click', () => squares?.abort());

// --- files ---

async function showFiles() {
  const names = await json('files');
  at('files').replaceChildren(...names.map(name => element('li', {},
    element('a', { href: `files/${encodeURIComponent(name)}`, textContent: name }),
    element('button', {
      type: 'button', className: 'plain', textContent: 'first 16 bytes', title: `A range of ${name}`,
      onclick: () => showRange(name),
    }))));
}

async function showRange(name) {
  const response = await fetch(`files/${encodeURIComponent(name)}`, { headers: { range: 'bytes=0-15' } });
  const bytes = response.ok ? new Uint8Array(await response.arrayBuffer()) : [];
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' ');
  at('file-result').textContent = response.ok
    ? `${response.status}, ${response.headers.get('content-range')}: ${hex}`
    : await problem(response);
}

at('file-form').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target;
  const file = form.elements.file.files[0];
  at('file-result').textContent = 'uploading …';
  try {
    const stored = event.submitter?.value === 'raw'
      ? [await json(`files/${encodeURIComponent(file.name)}`, { method: 'PUT', body: file })]
      : await json('files', { method: 'POST', body: new FormData(form) });
    at('file-result').textContent = stored.map(one => `${one.name}: ${one.bytes} bytes, SHA-256 ${one.sha256}`).join('\n');
    await showFiles();
  } catch (error) {
    at('file-result').textContent = error.message;
  }
});

// --- the server ---

/** Null where there is no such endpoint. */
const actuator = path => json(`actuator/${path}`).catch(() => null);

async function showServer() {
  const [health, requests, uring] = await Promise.all(
    [actuator('health'), actuator('metrics/http.server.requests'), actuator('uring')]);
  at('health').textContent = health?.status ?? 'unknown';
  at('requests').textContent = requests?.measurements.find(one => one.statistic === 'COUNT').value ?? 0;
  at('server').textContent = uring ? 'uring' : 'reactor-netty';
  at('server').title = uring ? JSON.stringify(uring, null, 2) : '';
}

startTicks();
await Promise.allSettled([showNotes(), showFiles(), showServer()]);
setInterval(showServer, 5000);
