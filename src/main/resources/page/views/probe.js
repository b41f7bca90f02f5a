// One probe: its state over 90 days and 24 hours, latency, incidents, results, certificate, evidence.
import { html, render } from '../lib/lit-html.js';
import uPlot from '../lib/uPlot.esm.js';
import { get, ifThere, send } from '../api.js';
import { paced } from '../paced.js';
import { at, endedBy, labels, lasted, length, micros, millis, percent, reason, since, state } from '../words.js';
import { evidence, picture, row, sentence } from './result.js';
import { strip } from './strip.js';

const DAY = 86_400_000;
const STEP = 300_000;
// A result reaches the database within a second of its end.
const STORED_MILLIS = 1_000;
const ROWS_MILLIS = 5_000;
const FIGURES_MILLIS = 60_000;
// How often the first result is asked for. A page at rest asks nothing.
const MOST_READS = 5;

export function probe(main, { estate, live, argument, may, query }) {
  const path = `api/v1/probes/${encodeURIComponent(argument)}`;
  let data = {};
  let open;
  let image;
  let message;
  let chart;
  let ended = false;
  let reads = 0;
  let isMissing = false;
  let timer;

  async function load() {
    if (await readProbe()) {
      draw();
      await Promise.all([readRows(), readFigures()]);
    }
    if (query.get('result') && !open) {
      const asked = await ifThere(`api/v1/results/${encodeURIComponent(query.get('result'))}`);
      if (asked) show(asked);
      else if (data.probe) message = 'The result of this address is no longer kept.';
      draw();
    }
  }

  async function readProbe() {
    try {
      data.probe = await get(path);
      if (isMissing) message = undefined;
      isMissing = false;
      awaitRun();
      return true;
    } catch (problem) {
      isMissing = true;
      message = [400, 404].includes(problem.status) ? `No probe is named ${argument}.` : problem.message;
      draw();
      return false;
    }
  }

  async function readRows() {
    data.results = await get(`${path}/results?limit=20`);
    draw();
    if (!data.results.items.length && data.probe.last && reads++ < MOST_READS) rows.ask();
  }

  async function readFigures() {
    const today = Math.floor(Date.now() / DAY) * DAY;
    const [stats, day, days, incidents] = await Promise.all([
      ifThere(`${path}/stats?window=24h,7d,30d`), ifThere(`${path}/series?from=-24h&step=5m`),
      ifThere(`${path}/series?from=${new Date(today - 89 * DAY).toISOString()}&step=1d`),
      ifThere(`api/v1/incidents?since=-90d&probe=${encodeURIComponent(argument)}&limit=20`)]);
    data = { ...data, stats, day, days, incidents, today };
    draw();
    drawChart();
  }

  // Has the first run read when it is over. Where this computer's clock is wrong, that is an interval later at most.
  function awaitRun() {
    clearTimeout(timer);
    const { nextRunAt, interval, last } = data.probe;
    if (!nextRunAt || last || ended || reads++ >= MOST_READS) return;
    timer = setTimeout(next, Math.min(Math.max(0, Date.parse(nextRunAt) - Date.now()), millis(interval)));
  }

  function next() {
    rows.ask();
    figures.ask();
  }

  const rows = paced(async () => { if (await readProbe()) await readRows(); }, STORED_MILLIS, ROWS_MILLIS);
  const figures = paced(readFigures, STORED_MILLIS, FIGURES_MILLIS);
  const turned = paced(async () => { if (await readProbe()) await Promise.all([readRows(), readFigures()]); }, STORED_MILLIS, ROWS_MILLIS);

  function show(result) {
    open = result;
    image = undefined;
    query.set('result', result.id);
    history.replaceState(undefined, '', `#/probe/${encodeURIComponent(argument)}?${query}`);
    draw();
    picture(result, main.clientWidth, found => { image = found; draw(); });
    main.querySelector('#result')?.scrollIntoView({ block: 'nearest' });
  }

  async function act(what) {
    message = undefined;
    try {
      await what();
    } catch (problem) {
      message = problem.message;
    }
    draw();
  }

  const run = () => act(async () => show(await send('POST', `${path}/runs`)));
  const pause = paused => act(async () => {
    await send('PATCH', path, { paused }, 'application/merge-patch+json');
    await estate.refresh(argument);
    await readProbe();
  });

  function draw() {
    if (ended) return;
    const { probe: found, stats, day, days, incidents, results, today } = data;
    if (!found) return render(html`<p class=${message ? 'problem' : 'empty'}>${message ?? 'Loading'}</p>${shown()}`, main);
    const start = Math.floor(Date.now() / STEP) * STEP - 287 * STEP;
    render(html`
      <h1>${found.name} ${state(found.state)}</h1>
      <p class="target">${found.target}, every ${found.interval}, ${labels(found.labels)}
        ${found.stateSince ? html`<span>since ${at(found.stateSince)} (${since(found.stateSince)})</span>` : ''}
        ${found.source && found.source !== 'api' ? html`<span>defined in ${found.source}</span>` : ''}</p>
      ${message ? html`<p class="problem" role="alert">${message}</p>` : ''}
      ${may.operate ? html`<p class="actions"><button @click=${run}>Run now</button>
        <button @click=${() => pause(!found.paused)}>${found.paused ? 'Resume' : 'Pause'}</button></p>` : ''}
      ${found.last ? sentence(found.last) : html`<p>No run has ended yet.</p>`}
      ${stats ? html`<div class="wide" tabindex="0" role="region" aria-label="Uptime and times"><table class="stats"><caption>Uptime is the share of the decided runs that were as expected.</caption>
        <thead><tr><th>Window</th><th>Uptime</th><th>Runs</th><th>Incidents</th><th>Down</th><th>Connect p50</th><th>p95</th><th>RTT p50</th></tr></thead>
        <tbody>${stats.items.map(item => html`<tr><th>${item.window}</th><td class="figure">${percent(item.uptime)}</td><td class="figure">${item.runs}</td>
          <td class="figure">${item.incidents}</td><td class="figure">${length(item.downSeconds ?? 0)}</td>
          <td class="figure">${micros(item.connect?.p50Micros)}</td><td class="figure">${micros(item.connect?.p95Micros)}</td><td class="figure">${micros(item.rtt?.p50Micros)}</td></tr>`)}</tbody></table></div>` : ''}
      ${days ? strip('90 days (UTC days)', today - 89 * DAY, DAY, 90, days.items) : ''}
      ${day ? strip('24 hours', start, STEP, 288, day.items) : ''}
      ${day?.items.some(item => item.p50Micros !== undefined) ? html`<figure><figcaption>Connect time of 24 hours: p50 and p95 in milliseconds</figcaption><div class="chart"></div></figure>` : ''}
      ${incidents?.items.length ? html`<h2>Incidents</h2><div class="wide"><table><thead><tr><th>From</th><th>To</th><th>Length</th><th>Reason</th><th>Detail</th></tr></thead>
        <tbody>${incidents.items.map(one => html`<tr><td>${at(one.from)}</td><td>${one.to ? html`${at(one.to)}${endedBy(one)}` : 'open'}</td><td class="figure">${lasted(one)}</td>
          <td>${reason(one.reason)}</td><td>${one.detail}</td></tr>`)}</tbody></table></div>` : ''}
      ${results ? html`<h2>Last results</h2><div class="wide"><table><thead><tr><th>Started</th><th>Outcome</th><th>Reason</th><th>Phase</th><th>Took</th><th>RTT</th><th><span class="hidden">Show</span></th></tr></thead>
        <tbody>${results.items.map(one => row(one, show))}</tbody></table></div>` : ''}
      ${shown()}
      ${found.last?.tls?.chain?.length ? html`<h2>Certificate</h2><dl class="facts">${Object.entries(found.last.tls.chain[0])
        .filter(([, value]) => typeof value !== 'object').map(([key, value]) => html`<dt>${key}</dt><dd>${String(value)}</dd>`)}</dl>` : ''}`, main);
  }

  const shown = () => open ? html`<section id="result" aria-label="Result"><h2>Result of ${at(open.startedAt)}</h2>${sentence(open)}${image ?? html`<p>Loading the drawing</p>`}${evidence(open)}</section>` : '';

  function drawChart() {
    const place = main.querySelector('.chart');
    if (!place || !data.day?.items.length) return;
    chart?.destroy();
    const items = data.day.items;
    const colour = getComputedStyle(document.body).color;
    chart = new uPlot({
      width: place.clientWidth, height: 180, tzDate: seconds => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
      scales: { x: { range: () => [(Date.now() - DAY) / 1_000, Date.now() / 1_000] } },
      axes: [{ stroke: colour }, { stroke: colour, size: 60 }],
      series: [{}, { label: 'p50 ms', stroke: '#1a7f5a', width: 2 }, { label: 'p95 ms', stroke: '#b4641e', width: 2, dash: [6, 4] }],
    }, [items.map(item => Date.parse(item.at) / 1_000), ...['p50Micros', 'p95Micros'].map(key => items.map(item => item[key] === undefined ? null : item[key] / 1_000))], place);
  }

  const quiet = live.listen((kind, event) => {
    if (kind === 'reload') load();
    if (kind === 'transition' && event.probe === argument) turned.ask();
    if (kind === 'tick') draw();
  });
  load();
  return () => {
    ended = true;
    chart?.destroy();
    quiet();
    clearTimeout(timer);
    [rows, figures, turned].forEach(each => each.end());
  };
}
