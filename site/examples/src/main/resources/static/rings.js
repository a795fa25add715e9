// Rates of the rings: each is a difference between two readings, which the server makes once a second.
const at = id => document.getElementById(id);

const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const ratio = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Of a number without an end, such as what one of no enters brought, there is nothing to tell. */
const shown = (format, number) => (Number.isFinite(number) ? format.format(number) : '–');

const now = name => ring => shown(count, ring[name]);
const perSecond = read => (ring, before, seconds) => shown(count, (read(ring) - read(before)) / seconds);
const perEnter = read => (ring, before) =>
  shown(ratio, (read(ring) - read(before)) / (ring.counters.enters - before.counters.enters));
const busy = (ring, before, seconds) => 100 * (ring.busyNanos - before.busyNanos) / (seconds * 1e9);

/** Name, what it says, and how it is had from a ring's status, the one before and the time between them. */
const columns = [
  ['Connections', 'descriptors of connections that are open', now('connections')],
  ['In flight', 'operations that the kernel has not ended', now('inFlight')],
  ['Turns/s', 'how often the thread went round', perSecond(ring => ring.turns)],
  ['Enters/s', 'calls of io_uring_enter', perSecond(ring => ring.counters.enters)],
  ['SQEs/enter', 'operations submitted by one call', perEnter(ring => ring.counters.submitted)],
  ['CQEs/enter', 'completions that one call brought', perEnter(ring => ring.counters.completions)],
  ['Busy', 'share of the time that the thread did not wait, without what the kernel does before it waits',
    (...readings) => `${shown(count, busy(...readings))} %`],
  ['Free buffers', 'provided buffers with the kernel or to be given to it', now('buffersFree')],
  ['Re-armed', 'receives and accepts that were armed again, since the start', now('rearms')],
  ['Copied', 'received buffers copied out because provided ones ran low, since the start', now('buffersCopied')],
  ['Starved', 'receives that waited for a buffer, since the start', now('buffersStarved')],
  ['Overflows', 'times that the completion queue was too small, since the start', ring => shown(count, ring.counters.overflows)],
  ['Late', 'completions for operations that were gone: 0 on a sound kernel', now('lateCompletions')],
  ['Blocked', 'turns that took too long, since the start: the log has their stacks', now('blocked')],
];

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

at('heads').append(
  element('th', { scope: 'col', textContent: 'Ring' }),
  ...columns.map(([name, meaning]) => element('th', { scope: 'col', title: meaning, textContent: name })));
at('meanings').append(...columns.flatMap(([name, meaning]) =>
  [element('dt', { textContent: name }), element('dd', { textContent: meaning })]));

function row(index, ring, before, seconds) {
  return element('tr', {},
    element('th', { scope: 'row', textContent: index }),
    ...columns.map(([, , tell]) => element('td', { textContent: tell(ring, before, seconds) })));
}

let source = null;
let last = null;

/** Only what is new: a screen reader speaks each change. */
function say(state) {
  if (at('state').textContent !== state) at('state').textContent = state;
}

function show(reading) {
  if (reading.rings.length === 0) {
    source.close();
    say('There are no rings: this server does not run on io_uring.');
    at('toggle').hidden = true;
    return;
  }
  at('rings').hidden = false;
  say(`${reading.rings.length} rings`);
  // A first reading, and one of a server that was started anew, has nothing before it.
  const before = last?.rings.length === reading.rings.length && last.nanos < reading.nanos ? last : reading;
  const seconds = (reading.nanos - before.nanos) / 1e9;
  at('rows').replaceChildren(
    ...reading.rings.map((ring, index) => row(index, ring, before.rings[index], seconds)));
  last = reading;
}

function start() {
  source = new EventSource('rings');
  source.onmessage = event => show(JSON.parse(event.data));
  source.onerror = () => say('the connection is gone; the browser tries again');
}

at('toggle').addEventListener('click', event => {
  if (source) {
    source.close();
    source = null;
    last = null;
  } else {
    start();
  }
  event.target.textContent = source ? 'Stop' : 'Start';
});

start();
