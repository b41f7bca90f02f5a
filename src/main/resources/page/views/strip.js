// A strip of states over time. Each part has a height beside its colour; time that nobody watched is grey.
import { html, svg } from '../lib/lit-html.js';

const HEIGHT = 28;

function kind(bucket) {
  const decided = bucket ? (bucket.runs ?? 0) - (bucket.notProbed ?? 0) : 0;
  if (decided <= 0) return 'unwatched';
  if (!bucket.failed) return 'up';
  return bucket.failed >= decided ? 'down' : 'partly';
}

const TALL = { up: 28, partly: 20, down: 12, unwatched: 4 };
const WORDS = { up: 'no failed run', partly: 'some failed runs', down: 'every run failed', unwatched: 'not watched' };

// steps: how many parts; buckets: as the series has them, with their begin in `at`.
export function strip(title, from, stepMillis, steps, buckets) {
  const byStart = new Map(buckets.map(bucket => [Math.floor((Date.parse(bucket.at) - from) / stepMillis), bucket]));
  const parts = Array.from({ length: steps }, (_, index) => ({ index, bucket: byStart.get(index) }));
  const failed = parts.filter(({ bucket }) => ['down', 'partly'].includes(kind(bucket))).length;
  return html`
    <figure class="strip"><figcaption>${title}</figcaption>
      <svg viewBox="0 0 ${steps} ${HEIGHT}" preserveAspectRatio="none" role="img"
        aria-label="${title}: ${failed} of ${steps} parts with failed runs">${parts.map(({ index, bucket }) => svg`
        <rect class=${kind(bucket)} x=${index} y=${HEIGHT - TALL[kind(bucket)]} width="0.85" height=${TALL[kind(bucket)]}><title>${new Date(from + index * stepMillis).toISOString().slice(0, 16).replace('T', ' ')} UTC: ${WORDS[kind(bucket)]}${bucket?.worst ? ` (${bucket.worst})` : ''}</title></rect>`)}</svg>
      <p class="legend">${Object.entries(WORDS).map(([word, text]) => html`<span><svg viewBox="0 0 8 28" aria-hidden="true">${svg`<rect class=${word} x="0" y=${HEIGHT - TALL[word]} width="8" height=${TALL[word]}></rect>`}</svg> ${text}</span>`)}</p>
    </figure>`;
}
