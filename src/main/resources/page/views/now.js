// Now: what is down, since when and why.
import { html, render } from '../lib/lit-html.js';
import { count, labels, missed, owner, reason, since, state } from '../words.js';

const ROW = 56;
const STATES = ['down', 'degraded', 'pending', 'up', 'paused'];

export function now(main, { estate, live, query }) {
  const filters = () => Object.fromEntries(['state', 'reason', 'label', 'text'].map(name => [name, query.get(name) ?? '']));

  function set(name, value) {
    if (value) query.set(name, value);
    else query.delete(name);
    history.replaceState(undefined, '', `#/${query.size ? `?${query}` : ''}`);
    draw();
  }

  const row = (probe, index) => html`
    <li class="row ${probe.state}" aria-posinset=${index + 1} data-probe=${probe.name}>
      <a class="name" href="#/probe/${encodeURIComponent(probe.name)}">${probe.name}</a>
      ${probe.inMaintenance || probe.maintenance ? state('maintenance') : state(probe.state)}
      <span class="since">${since(probe.stateSince)}</span>
      ${why(probe)}
      <span class="target">${probe.target}</span>
      <span class="owner">${owner(probe.labels) || labels(probe.labels)}</span>
    </li>`;

  function why({ last, state: word }) {
    const condition = missed(last);
    const detail = [condition, last?.detail].filter(text => text).join('; ');
    return html`<span class="why">${last && word !== 'up' && !condition ? html`<b>${reason(last.reason)}</b> ${last.phase ? html`in ${last.phase}` : ''}` : ''}
        <span class="detail" title=${detail}>${detail}</span></span>`;
  }

  function visible(items) {
    const list = main.querySelector('.rows');
    const top = list ? Math.max(0, -list.getBoundingClientRect().top) : 0;
    const first = Math.max(0, Math.floor(top / ROW) - 5);
    return { first, rows: items.slice(first, first + Math.ceil(window.innerHeight / ROW) + 12) };
  }

  function draw() {
    if (!estate.loaded && estate.counts().down === undefined && estate.list({}).length === 0) return;
    const chosen = filters();
    const items = estate.list(chosen);
    const counts = estate.counts();
    const { first, rows } = visible(items);
    render(html`
      <h1 class="hidden">Now</h1>
      <div class="counts" role="group" aria-label="Filter by state">
        <button aria-pressed=${chosen.state === ''} @click=${() => set('state', '')}>${count(Object.values(counts).reduce((a, b) => a + b, 0), 'probe')}</button>
        ${STATES.filter(word => counts[word]).map(word => html`
          <button aria-pressed=${chosen.state === word} @click=${() => set('state', chosen.state === word ? '' : word)}>${counts[word]} ${state(word)}</button>`)}
      </div>
      <form class="filters" @submit=${event => event.preventDefault()}>
        <label>Text <input type="search" .value=${chosen.text} @input=${event => set('text', event.target.value)}></label>
        <label>Reason <select @change=${event => set('reason', event.target.value)}>
          <option value="">any</option>${estate.reasons().map(word => html`<option value=${word} ?selected=${word === chosen.reason}>${reason(word)}</option>`)}</select></label>
        <label>Label <input placeholder="team=payments" .value=${chosen.label} @change=${event => set('label', event.target.value.trim())}></label>
      </form>
      ${items.length === 0 ? html`<p class="empty">${estate.loaded ? emptyText(counts, chosen) : 'Loading'}</p>` : ''}
      ${items.length === 0 ? '' : html`<div class="row head" aria-hidden="true"><span>Probe</span><span>State</span><span class="since">For</span>
        <span class="why">Reason</span><span class="target">Target</span><span class="owner">Owner</span></div>`}
      <ul class="rows" role="list" aria-label="Probes">${rows.map((probe, index) => row(probe, first + index))}</ul>`, main);
    const list = main.querySelector('.rows');
    list.style.height = `${items.length * ROW}px`;
    list.style.paddingTop = `${first * ROW}px`;
  }

  let asked = false;
  function later() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; draw(); });
  }

  window.addEventListener('scroll', later, { passive: true });
  window.addEventListener('resize', later);
  const quiet = [estate.onChange(later), live.listen(kind => { if (kind === 'tick') later(); })];
  draw();
  if (estate.loaded) later();
  return () => {
    window.removeEventListener('scroll', later);
    window.removeEventListener('resize', later);
    quiet.forEach(stop => stop());
  };
}

const emptyText = (counts, chosen) => Object.keys(counts).length === 0
  ? html`No probe is defined. <a href="#/check">Check a target</a>, or define one with the <a href="swagger-ui.html">API</a>.`
  : `No probe matches${chosen.text ? ` "${chosen.text}"` : ''}.`;
