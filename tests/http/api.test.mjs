// The doors for programs: /api/v1 and Open311.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 300 }); });
test.after(async () => { await server?.stop(); });
const get = async (path, headers = {}) => { const r = await fetch(server.base + path, { headers }); return { status: r.status, headers: r.headers, text: await r.text() }; };
const appeal = { kind: 'message', text: 'В Семее на улице Абая две недели не горят фонари, темно.', topic: 'lighting', place: 100000000, name: 'Иван Петров', email: 'ivan@example.kz' };
const post = (body, headers = {}) => fetch(server.base + '/api/v1/appeals', { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

test('a program files an appeal and reads it with the receipt\'s code', async () => {
	const r = await post(appeal);
	assert.equal(r.status, 201);
	const { number, secret } = await r.json();
	assert.equal((await get(`/api/v1/appeals/${number}`)).status, 404, 'not for the public');
	const own = JSON.parse((await get(`/api/v1/appeals/${number}`, { 'x-receipt-secret': secret })).text);
	assert.equal(own.data.text, appeal.text);
	assert.ok(own.data.trail.length > 0);
});

test('the same Idempotency-Key files once', async () => {
	const key = { 'idempotency-key': 'a-key-of-this-test' };
	const [a, b] = [await (await post(appeal, key)).text(), await (await post(appeal, key)).text()];
	assert.equal(a, b);
	assert.notEqual(a, await (await post(appeal)).text());
});

test('what is wrong is said by field', async () => {
	for (const [change, field] of [[{ text: 'коротко' }, 'text'], [{ topic: 'nothing' }, 'topic'], [{ email: 'not an address' }, 'email'], [{ place: 1 }, 'place'], [{ name: '' }, 'name']]) {
		const r = await post({ ...appeal, ...change });
		assert.equal(r.status, 422, field);
		assert.ok((await r.json()).error.fields[field], field);
	}
	for (const body of ['', '[', '[]', '{"text":1}', '{"a":'.repeat(5000)]) {
		const r = await fetch(server.base + '/api/v1/appeals', { method: 'POST', body });
		assert.equal(r.status, 422, body.slice(0, 20));
	}
});

test('paging ends and shows each appeal once', async () => {
	const seen = new Set();
	let next = '/api/v1/appeals', pages = 0;
	while (next) {
		const page = JSON.parse((await get(next.replace(server.base, ''))).text);
		for (const a of page.data) { assert.ok(!seen.has(a.number)); seen.add(a.number); assert.ok(!('name' in a) && !('email' in a)); }
		next = page.links.next;
		assert.ok(++pages < 50);
	}
	assert.ok(seen.size > 10);
});

test('the country\'s data and its description are there', async () => {
	for (const list of ['places', 'bodies', 'topics', 'kinds', 'standard']) {
		const r = await get(`/api/v1/${list}`);
		assert.equal(r.status, 200);
		assert.ok(JSON.parse(r.text).data.length > 5, list);
		assert.equal((await get(`/api/v1/${list}`, { 'if-none-match': r.headers.get('etag') })).status, 304);
	}
	const doc = JSON.parse((await get('/api/v1/openapi.json')).text);
	assert.equal(doc.openapi, '3.1.0');
	for (const path of Object.keys(doc.paths)) if (!path.includes('{')) assert.equal((await get('/api/v1' + path)).status, 200, path);
	assert.equal((await get('/api/v1/nothing')).status, 404);
});

test('Open311: services and requests in JSON and XML', async () => {
	assert.ok(JSON.parse((await get('/open311/v2/discovery.json')).text).endpoints.length);
	const services = JSON.parse((await get('/open311/v2/services.json')).text);
	assert.ok(services.some((s) => s.service_code === 'roads'));
	assert.match((await get('/open311/v2/services.xml')).text, /<service><service_code>/);
	const requests = JSON.parse((await get('/open311/v2/requests.json')).text);
	assert.ok(requests.length > 5);
	const one = requests[0].service_request_id;
	assert.equal(JSON.parse((await get(`/open311/v2/requests/${one}.json`)).text)[0].service_request_id, one);
	assert.equal(JSON.parse((await get(`/open311/v2/tokens/${one}.json`)).text)[0].service_request_id, one);
	assert.equal(JSON.parse((await get(`/open311/v2/requests.json?service_request_id=${one}`)).text).length, 1);
	assert.equal((await get('/open311/v2/requests.json?start_date=yesterday')).status, 400);
	assert.equal((await get('/open311/v2/services/none.json')).status, 404);
	for (const r of JSON.parse((await get('/open311/v2/requests.json?status=open')).text)) assert.equal(r.status, 'open');
	const since = JSON.parse((await get('/open311/v2/requests.json?updated_after=2026-01-01T00:00:00Z')).text);
	assert.ok(since.length > 5);
});

test('Open311: filters, dates, pages and changes give each request once and none too few', async () => {
	const list = async (query) => { const r = await get(`/open311/v2/requests.json?${query}`); assert.equal(r.status, 200, query + r.text); return JSON.parse(r.text); };
	const all = async (query) => {
		const rows = [];
		for (let page = 1; ; page++) {
			const l = await list(`${query}&page_size=7&page=${page}`);
			rows.push(...l);
			if (l.length < 7) return rows;
		}
	};
	const ids = (rows) => rows.map((r) => r.service_request_id).sort();
	const year = 'start_date=2020-01-01T00:00:00Z', rows = await all('');
	assert.ok(rows.length > 14);
	assert.equal(new Set(ids(rows)).size, rows.length, 'each once');
	for (let i = 1; i < rows.length; i++) assert.ok(Date.parse(rows[i - 1].requested_datetime) >= Date.parse(rows[i].requested_datetime), 'the newest first');
	for (const status of ['open', 'closed'])
		assert.deepEqual(ids(await all(`status=${status}`)), ids(rows.filter((r) => r.status === status)), status);
	const codes = [...new Set(rows.map((r) => r.service_code))].slice(0, 2);
	assert.deepEqual(ids(await all(`service_code=${codes.join(',')}`)), ids(rows.filter((r) => codes.includes(r.service_code))), 'two services');
	assert.deepEqual(await list('service_code=nothing'), []);
	const mid = rows[Math.floor(rows.length / 2)].requested_datetime, after = rows.filter((r) => Date.parse(r.requested_datetime) >= Date.parse(mid));
	assert.deepEqual(ids(await all(`start_date=${encodeURIComponent(mid)}`)), ids(after), 'from a date on');
	assert.deepEqual(await list(year), [], 'ninety days from a date that long ago');
	// What the first jobs after a start change moves to the end of this list meanwhile, and all behind it by one: until nothing moves.
	let changed = [], before;
	do {
		before = changed;
		changed = await all('updated_after=2020-01-01T00:00:00Z');
	} while (JSON.stringify(changed) !== JSON.stringify(before));
	assert.equal(new Set(ids(changed)).size, changed.length);
	assert.ok(ids(rows).every((id) => ids(changed).includes(id)), 'every one has changed since 2020');
	assert.deepEqual(ids(await all(`updated_after=2020-01-01T00:00:00Z&service_code=${codes[0]}`)), ids(changed.filter((r) => r.service_code === codes[0])));
	for (const bad of ['status=broken', 'page=0', 'page_size=100000', 'end_date=1'])
		assert.equal((await get(`/open311/v2/requests.json?${bad}`)).status, 400, bad);
});

test('Open311: pages end where they would cost much, and say how to go on', async () => {
	const ask = (query, form = 'json') => get(`/open311/v2/requests.${form}?${query}`), last = (rows) => encodeURIComponent(rows.at(-1).requested_datetime);
	for (const query of ['page=40', 'page_size=200&page=10', 'updated_after=2020-01-01T00:00:00Z&page=40']) assert.equal((await ask(query)).status, 200, query);
	for (const query of ['page=41', 'page_size=200&page=11', 'page_size=1&page=2001', 'page=9223372036854775807', 'updated_after=2020-01-01T00:00:00Z&page=41']) {
		const refused = await ask(query);
		assert.equal(refused.status, 400, query);
		for (const way of ['updated_after', 'requested_datetime', 'end_date']) assert.ok(JSON.parse(refused.text)[0].description.includes(way), way);
	}
	assert.match((await ask('page=41', 'xml')).text, /<description>[^<]*updated_after/);
	assert.match(JSON.parse((await get('/open311/v2/discovery.json')).text).paging, /2000.*updated_after/);
	for (const lang of ['kk', 'ru', 'en']) assert.match((await get('/help/data', { 'accept-language': lang })).text, /2[ ,\u00a0]?000.*updated_after/);
	const first = JSON.parse((await ask('page_size=7')).text), next = JSON.parse((await ask(`page_size=200&end_date=${last(first)}`)).text);
	assert.ok(next.some((r) => r.service_request_id === first.at(-1).service_request_id), 'a window ends with the whole second of its date');
});

test('Open311: what describes the service is what programs expect', async () => {
	const { endpoints: [one], key_service } = JSON.parse((await get('/open311/v2/discovery.json')).text);
	assert.deepEqual(one.formats, ['text/xml', 'application/json']);
	assert.match(key_service, /^http/);
	assert.match((await get('/open311/v2/discovery.xml')).text, /<\/url>.*<formats><format>text\/xml<\/format><format>application\/json<\/format><\/formats><\/endpoint>/);
	assert.deepEqual(JSON.parse((await get('/open311/v2/services/roads.json')).text), { service_code: 'roads', attributes: [] });
	assert.match((await get('/open311/v2/services/roads.xml')).text, /<service_definition><service_code>roads<\/service_code><attributes><\/attributes><\/service_definition>/);
});

test('lists by topic and region hold what fits both, and changes are read to the end', async () => {
	const all = async (query) => {
		const rows = [];
		for (let at = `/api/v1/appeals?${query}`; at;) {
			const page = JSON.parse((await get(at)).text);
			rows.push(...page.data);
			at = page.links.next?.replace(/^https?:\/\/[^/]+/, '');
			assert.ok(rows.length < 2000, 'a page leads to itself');
		}
		return rows;
	};
	const numbers = (rows) => rows.map((a) => a.number).sort();
	const rows = await all(''), { topic, region } = rows[0];
	assert.deepEqual(numbers(await all(`topic=${topic}&region=${region}`)), numbers(rows.filter((a) => a.topic === topic && a.region === region)));
	const page = (await get(`/appeals?topic=${topic}&region=${region}`)).text;
	const shown = [...page.matchAll(/href="\/appeals\/(2[0-9]-[0-9A-Z-]+)"/g)].map(([, n]) => n);
	assert.ok(shown.length > 0);
	for (const n of shown) assert.ok(rows.some((a) => a.number === n && a.topic === topic && a.region === region), n);
	assert.match(page, new RegExp(`href="/appeals.csv\\?topic=${topic}&amp;region=${region}"`), 'the table holds what the page shows');
	const changed = await all('updated_after=2020-01-01T00:00:00Z');
	assert.deepEqual(numbers(changed), numbers(rows), 'each once');
	assert.deepEqual(numbers(await all(`updated_after=2020-01-01T00:00:00Z&topic=${topic}`)), numbers(rows.filter((a) => a.topic === topic)));
	assert.equal((await get('/api/v1/appeals?topic=nothing')).status, 422);
});

test('Open311: writing needs a key that an administrator made', async () => {
	const fields = { service_code: 'lighting', description: appeal.text, lat: '50.41', long: '80.25', first_name: 'Иван', last_name: 'Петров', email: 'ivan@example.kz' };
	const send = (more) => fetch(server.base + '/open311/v2/requests.json', { method: 'POST', body: new URLSearchParams({ ...fields, ...more }) });
	assert.equal((await send({})).status, 403);
	assert.equal((await send({ api_key: 'f'.repeat(48) })).status, 403);
	const admin = await signIn(server.base, 'admin.miicr@demo.kz');
	await admin.get('/admin/clients');
	await admin.post('/admin/clients', { name: 'iKOMEK', may_write: '1' }, '/admin/clients');
	const key = admin.html.match(/<code>([0-9a-f]{48})<\/code>/)[1];
	const r = await send({ api_key: key });
	assert.equal(r.status, 201, await r.clone().text());
	assert.match((await r.json())[0].service_request_id, /^\d\d-/);
	assert.equal((await send({ api_key: key, description: 'x' })).status, 400);
	const named = await (await send({ api_key: key, lat: '', long: '', address_string: 'Семей, Абай көшесі 12' })).json(), id = named[0].service_request_id;
	assert.equal((await get(`/open311/v2/requests/${id}.json`)).status, 404, 'not public yet');
	assert.equal((await get(`/open311/v2/requests/${id}.json?api_key=${'f'.repeat(48)}`)).status, 404);
	const [own] = JSON.parse((await get(`/open311/v2/requests/${id}.json?api_key=${key}`)).text);
	assert.deepEqual([own.status, own.service_code, own.description], ['open', 'lighting', ''], 'its program reads the state, and no words before a moderator');
	assert.match(own.address, /Семей/, 'the place is named in the address');
	const xml = await fetch(server.base + '/open311/v2/requests.xml', { method: 'POST', body: new URLSearchParams({ ...fields, api_key: key }) });
	assert.equal(xml.status, 201);
	assert.match(await xml.text(), /<service_requests><request><service_request_id>26-|27-/);
});
