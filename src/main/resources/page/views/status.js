// The public status: what a reader without a token may see. It is read again every 30 seconds while it is seen.
import { html, render } from '../lib/lit-html.js';
import { at, count, percent, since, state } from '../words.js';

const EVERY = 30_000;
const ORDER = ['down', 'degraded', 'maintenance', 'unknown', 'pending', 'up', 'paused'];

const rank = item => ORDER.indexOf(item.state);

export function status(main, { read, first, signIn }) {
  let shown = first;
  let stale = false;
  let readAt = Date.now();

  const outage = one => html`<li>${at(one.from)} – ${one.to ? at(one.to) : 'now'}</li>`;

  const row = item => html`
    <tr data-probe=${item.name}>
      <th scope="row">${item.name}</th>
      <td>${state(item.state)}</td>
      <td>${since(item.since)}</td>
      <td>${percent(item.uptime24h)}</td>
      <td>${percent(item.uptime30d)}</td>
      <td>${item.target ?? ''}</td>
      <td>${item.incidents.length ? html`<details><summary>${count(item.incidents.length, 'incident')}</summary>
        <ul>${item.incidents.map(outage)}</ul></details>` : 'none'}</td>
    </tr>`;

  function draw() {
    document.body.classList.toggle('stale', stale);
    const items = shown.items.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
    const down = items.filter(item => item.state === 'down').length;
    document.title = down ? `(${down}) Status` : 'Status';
    const hasTargets = items.some(item => item.target);
    render(html`
      <h1>Status</h1>
      <p role="status">${stale ? 'No connection. ' : ''}As of ${at(shown.asOf)}
        <button @click=${signIn}>Sign in</button></p>
      <table class=${hasTargets ? 'status' : 'status without-targets'}>
        <thead><tr><th>Probe</th><th>State</th><th>Since</th><th>Uptime of 24 h (decided runs)</th><th>Uptime of 30 d</th><th>Target</th><th>Last 7 d</th></tr></thead>
        <tbody>${items.map(row)}</tbody>
      </table>
      ${items.length ? '' : html`<p class="empty">No probe is defined.</p>`}`, main);
  }

  async function again() {
    if (document.hidden) return;
    // After a sleep nothing is shown as it was until it is read.
    if (Date.now() - readAt > 2 * EVERY) {
      stale = true;
      draw();
    }
    try {
      shown = await read() ?? shown;
      readAt = Date.now();
      stale = false;
    } catch {
      stale = true;
    }
    draw();
  }

  function seen() {
    if (Date.now() - readAt > EVERY) again();
  }

  draw();
  const timer = setInterval(again, EVERY);
  document.addEventListener('visibilitychange', seen);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
  };
}
