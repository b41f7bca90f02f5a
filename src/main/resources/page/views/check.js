// Check: one target in one sentence, or a sweep with progress and cancel.
import { html, render } from '../lib/lit-html.js';
import { ifThere, lines } from '../api.js';
import { count, micros, reason, state } from '../words.js';
import { evidence, picture, sentence } from './result.js';

const SETTINGS = {
  plain: {}, tls: { tls: {} }, half_open: { handshake: 'half_open' }, observe: { observe: { for: '3s' } },
};
const NAMES = {
  plain: 'connect', tls: 'connect and TLS', half_open: 'half-open', observe: 'observe the program for 3 s',
};
const SHOWN = 500;

export function check(main, { query, may }) {
  let results = [];
  let summary;
  let total;
  let message;
  let running;
  let open;
  let image;
  let ended = false;
  let drawn = 0;

  async function start(target, kind) {
    running?.abort();
    running = new AbortController();
    results = [];
    [summary, total, message, open, image] = [];
    const mine = running;
    const began = headers => ifThere(`api/v1/checks/${headers.get('Content-Location').split('/').pop()}`).then(found => {
      if (mine === running) total = found?.summary?.total;
      draw();
    });
    query.set('target', target);
    query.set('kind', kind);
    query.delete('result');
    address();
    draw();
    try {
      for await (const line of lines('api/v1/checks', { targets: target.split(/[\s]+/).filter(Boolean), settings: SETTINGS[kind] ?? {} }, mine.signal, began)) {
        if (line.summary) summary = line.summary;
        else results.push(line);
        if (performance.now() - drawn > 100) draw();
      }
    } catch (problem) {
      if (mine === running) message = problem.name === 'AbortError' ? 'Cancelled.' : problem.message;
    }
    if (mine !== running) return;
    running = undefined;
    if (results.length === 1) show(results[0]);
    draw();
  }

  const address = () => history.replaceState(undefined, '', `#/check?${query}`);

  function show(result) {
    open = result;
    image = undefined;
    query.set('result', result.id);
    address();
    picture(result, main.clientWidth, found => { image = found; draw(); });
    draw();
  }

  function submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    start(form.get('target').trim(), form.get('kind'));
  }

  const outcomes = () => ['succeeded', 'failed', 'not_probed'].map(word => [word, results.filter(one => one.outcome === word).length]).filter(([, number]) => number);

  function draw() {
    if (ended) return;
    drawn = performance.now();
    const kind = query.get('kind') ?? 'plain';
    render(html`<h1>Check</h1>
      <form class="filters" @submit=${submit}>
        <label class="wide-field">Target <input name="target" required .value=${query.get('target') ?? location.host} placeholder="db.example:5432 or 10.0.0.0/28:22,80" ?disabled=${!may.operate}></label>
        <label>How <select name="kind" ?disabled=${!may.operate}>${Object.keys(SETTINGS).map(word => html`<option value=${word} ?selected=${word === kind}>${NAMES[word]}</option>`)}</select></label>
        ${running ? html`<button type="button" @click=${() => running.abort()}>Cancel</button>` : may.operate ? html`<button>Check</button>` : html`<p>Checks need the role operator.</p>`}
      </form>
      ${message ? html`<p class="problem" role="alert">${message}</p>` : ''}
      ${running ? html`<progress aria-label="Progress of the check" max=${total ?? 1} .value=${total ? results.length : 0}></progress>` : ''}
      ${results.length > 1 || running ? html`<p role="status">${count(results.length, 'result')}${summary ? html` in ${micros(summary.tookMicros)}` : total ? ` of ${total} so far` : ' so far'}: ${outcomes().map(([word, number]) => html`${number} ${state(word)} `)}</p>` : ''}
      ${open ? html`<section id="result" aria-label="Result">${sentence(open)}${image ?? html`<p>Loading the drawing</p>`}${evidence(open)}</section>` : ''}
      ${results.length > 1 ? html`<div class="wide"><table><thead><tr><th>Address</th><th>Outcome</th><th>Reason</th><th>Phase</th><th>Took</th><th>RTT</th><th>Target</th></tr></thead>
        <tbody>${results.slice(0, SHOWN).map(one => html`<tr><td>${one.remoteAddress ?? ''}</td><td>${state(one.outcome)}</td><td>${reason(one.reason)}</td><td>${one.phase ?? ''}</td>
          <td class="figure">${micros(one.tookMicros)}</td><td class="figure">${micros(one.evidence?.rttMicros)}</td><td><button @click=${() => show(one)}>${one.target}</button></td></tr>`)}</tbody></table></div>
        ${results.length > SHOWN ? html`<p>The first ${SHOWN} are shown.</p>` : ''}` : ''}`, main);
  }

  draw();
  if (query.get('result')) {
    ifThere(`api/v1/results/${encodeURIComponent(query.get('result'))}`).then(found => {
      if (found) show(found);
      else message = 'The result of this address is no longer kept.';
      draw();
    });
  } else if (query.get('target') && query.get('run')) start(query.get('target'), query.get('kind') ?? 'plain');
  return () => {
    ended = true;
    running?.abort();
  };
}
