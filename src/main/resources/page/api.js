// The public API as the page uses it. Addresses are relative, so a path prefix needs no setting.

const TOKEN = 'sonde.token';

export const base = new URL('.', document.baseURI);

export const token = () => sessionStorage.getItem(TOKEN);

export const keepToken = text => text ? sessionStorage.setItem(TOKEN, text) : sessionStorage.removeItem(TOKEN);

export class Problem extends Error {
  constructor(status, body) {
    super(body?.errors?.[0]?.message ?? body?.detail ?? body?.title ?? `The service answered ${status}.`);
    this.status = status;
    this.body = body;
  }
}

const askers = new Set();

// Registers what to do when the API answers 401. It returns a promise of another token.
export const onUnauthorized = ask => askers.add(ask);

function headers(more) {
  const all = new Headers(more);
  if (token()) all.set('Authorization', `Bearer ${token()}`);
  return all;
}

// A request that is refused waits for another token, which is asked for once however many wait.
export async function request(path, options = {}) {
  const used = token();
  const response = await fetch(new URL(path, base), { ...options, headers: headers(options.headers) });
  if (response.status === 401) {
    if (used === token()) for (const ask of askers) await ask(used !== null);
    return request(path, options);
  }
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => undefined));
  return response;
}

export async function get(path) {
  return (await request(path, { headers: { Accept: 'application/json' } })).json();
}

// What an endpoint answers, or undefined where the service does not have it.
export async function ifThere(path) {
  try {
    return await get(path);
  } catch (problem) {
    if (problem.status === 404) return undefined;
    throw problem;
  }
}

// The public status for a reader without a token, or undefined where a token is needed or none at all.
export async function publicStatus() {
  const caller = await fetch(new URL('api/v1/caller', base));
  return caller.status === 401 ? readStatus() : undefined;
}

// The public status again; undefined where it is refused.
export async function readStatus() {
  const response = await fetch(new URL('api/v1/status', base), { headers: { Accept: 'application/json' } });
  return response.ok ? response.json() : undefined;
}

export async function send(method, path, body, type = 'application/json') {
  const response = await request(path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': type },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.status === 204 ? undefined : response.json().catch(() => undefined);
}

// Hands out the pages of a list, one after the other.
export async function* pages(path) {
  let cursor;
  do {
    const url = new URL(path, base);
    url.searchParams.set('limit', '1000');
    if (cursor) url.searchParams.set('cursor', cursor);
    const page = await get(url);
    yield page.items;
    cursor = page.next;
  } while (cursor);
}

export async function all(path) {
  const items = [];
  for await (const page of pages(path)) items.push(...page);
  return items;
}

// A drawing as an address that an image can show. It is fetched, so that the token travels in a header.
export async function drawing(path, width) {
  const response = await request(`${path}?width=${Math.max(320, Math.min(1_030, Math.floor(width)))}`, { headers: { Accept: 'image/svg+xml' } });
  return URL.createObjectURL(new Blob([await response.text()], { type: 'image/svg+xml' }));
}

// Hands out the lines of an NDJSON answer as they come.
// began: called with the answer's headers before its first line
export async function* lines(path, body, signal, began) {
  const response = await request(path, {
    method: 'POST',
    signal,
    headers: { 'Content-Type': 'application/json', Accept: 'application/x-ndjson' },
    body: JSON.stringify(body),
  });
  began(response.headers);
  let rest = '';
  for await (const text of texts(response.body)) {
    const parts = (rest + text).split('\n');
    rest = parts.pop();
    for (const part of parts) if (part) yield JSON.parse(part);
  }
  if (rest) yield JSON.parse(rest);
}

export async function* texts(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
