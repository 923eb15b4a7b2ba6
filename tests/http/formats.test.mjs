// What programs read: the description of the API and answers that keep to it, feeds, calendars, tables. Read by others' readers, not by ours.
import test from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startServer, Client, root } from '../lib/server.mjs';
import { routes } from '../lib/sources.mjs';

const require = createRequire(path.join(root, 'tests/node/'));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { Validator } = await load('@seriousme/openapi-schema-validator');
const { parseAtomFeed } = await load('feedsmith');
const ICAL = (await load('ical.js')).default;
const Ajv = require('ajv/dist/2020'), addFormats = require('ajv-formats');

let server, api, shown;
test.before(async () => {
	server = await startServer({ demo: 200 });
	api = await (await fetch(server.base + '/api/v1/openapi.json')).json();
	[shown] = (await new Client(server.base).get('/appeals')).html.match(/\d\d-[0-9A-Z]{4}-[0-9A-Z]{4}/);
});
test.after(async () => { await server?.stop(); });

// Of lists without an object in their address.
const addresses = (ending) => routes.map((r) => r.route).filter((w) => w.endsWith(ending) && !w.includes(':'));

test('the description of the API is valid and names every route', async () => {
	const r = await new Validator().validate(structuredClone(api));
	assert.ok(r.valid, JSON.stringify(r.errors, null, 1));
	assert.match(api.openapi, /^3\.1/);
	const described = new Set(Object.entries(api.paths).flatMap(([p, ops]) => Object.keys(ops).filter((m) => /^(get|post)$/.test(m)).map((m) => `${m.toUpperCase()} /api/v1${p.replace(/\{[^}]+\}/g, ':x')}`)));
	const there = routes.filter((r) => r.route.startsWith('/api/v1/')).map((r) => `${r.method} ${r.route.replace(/:[a-z]+/g, ':x')}`).filter((r) => r !== 'GET /api/v1/:x');
	assert.deepEqual(there.filter((r) => !described.has(r)), [], 'not described');
	for (const d of described) {
		const m = d.split(' ')[1];
		assert.ok(there.includes(d) || /^\/api\/v1\/[a-z.]+$/.test(m), `${d} is described and not there`);
	}
});

test('answers keep to their description', async () => {
	const ajv = new Ajv({ strict: false, allErrors: true });
	addFormats(ajv);
	ajv.addSchema({ ...api, $id: 'https://api.test/openapi.json' });
	const values = { number: shown, group: 'work' };
	let checked = 0;
	for (const [where, ops] of Object.entries(api.paths)) {
		for (const [status, url, accept] of [[200, where.replace(/\{(\w+)\}/g, (_, n) => values[n] ?? '1')], ...(where.includes('{') ? [[404, where.replace(/\{\w+\}/g, 'nothing')]] : [])]) {
			const described = ops.get?.responses?.[status];
			if (!ops.get || (status === 404 && !described)) continue;
			const r = await fetch(`${server.base}/api/v1${url}`, { headers: accept ? { accept } : {} });
			assert.equal(r.status, status, url);
			const body = await r.json();
			const ref = described.$ref ? described.$ref.slice(1) : `/paths/${where.replaceAll('~', '~0').replaceAll('/', '~1')}/get/responses/${status}`;
			const at = described.$ref ? described.$ref.slice(2).split('/').reduce((o, k) => o[k], api) : described;
			if (!at.content?.['application/json']?.schema) continue;
			const check = ajv.compile({ $ref: `https://api.test/openapi.json#${ref}/content/application~1json/schema` });
			assert.ok(check(body), `${url}: ${ajv.errorsText(check.errors)}\n${JSON.stringify(body).slice(0, 300)}`);
			checked++;
		}
	}
	assert.ok(checked >= 6, `${checked} answers were checked`);
});

test('feeds are read by a feed reader, with stable ids', async () => {
	const feeds = addresses('.atom');
	assert.ok(feeds.length >= 4);
	for (const where of feeds)
		for (const lang of ['kk', 'ru']) {
			const text = await (await fetch(server.base + where, { headers: { 'accept-language': lang } })).text();
			const feed = parseAtomFeed(text);
			assert.ok(feed.id && feed.title && feed.updated && !Number.isNaN(Date.parse(feed.updated)), where);
			const ids = (feed.entries ?? []).map((e) => e.id);
			assert.equal(new Set(ids).size, ids.length, `${where}: an id stands twice`);
			for (const e of feed.entries ?? []) assert.ok(e.id && e.title && !Number.isNaN(Date.parse(e.updated)) && e.links?.[0]?.href, `${where}: ${JSON.stringify(e).slice(0, 200)}`);
			const again = parseAtomFeed(await (await fetch(server.base + where, { headers: { 'accept-language': lang } })).text());
			assert.deepEqual((again.entries ?? []).map((e) => e.id), ids, where);
		}
});

test('calendars are read by a calendar', async () => {
	const lists = addresses('.ics');
	for (const where of [`/appeals/${shown}/deadline.ics`, ...lists]) {
		const r = await fetch(server.base + where);
		assert.equal(r.status, 200, where);
		assert.match(r.headers.get('content-type'), /text\/calendar/, where);
		const text = await r.text();
		assert.ok(text.split('\r\n').every((l) => Buffer.byteLength(l) <= 75), `${where}: lines are folded`);
		const cal = new ICAL.Component(ICAL.parse(text));
		assert.equal(cal.getFirstPropertyValue('version'), '2.0');
		for (const e of cal.getAllSubcomponents('vevent').map((c) => new ICAL.Event(c))) assert.ok(e.uid && e.summary && e.startDate.toJSDate() > 0, where);
	}
});

// RFC 4180, with quotes.
function csv(text) {
	const rows = [[]];
	let cell = '', quoted = false;
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (quoted && c === '"' && text[i + 1] === '"') { cell += '"'; i++; } else if (c === '"') quoted = !quoted;
		else if (!quoted && c === ',') { rows.at(-1).push(cell); cell = ''; } else if (!quoted && c === '\n') { rows.at(-1).push(cell.replace(/\r$/, '')); rows.push([]); cell = ''; } else cell += c;
	}
	return rows.filter((r) => r.length);
}

test('tables are whole, marked as UTF-8 and hold no formula', async () => {
	const tables = addresses('.csv');
	assert.ok(tables.length >= 4);
	for (const where of tables) {
		const r = await fetch(server.base + where), text = Buffer.from(await r.arrayBuffer()).toString();
		if (r.status === 303 || r.url.includes('sign-in')) continue; // of officials
		assert.equal(r.status, 200, where);
		assert.ok(text.startsWith('\ufeff'), `${where} has the mark`);
		const [head, ...rows] = csv(text.slice(1));
		for (const row of rows) {
			assert.equal(row.length, head.length, where);
			for (const cell of row) assert.doesNotMatch(cell, /^[=+@\t]|^-(?!\d+(\.\d+)?$)/, `${where}: ${cell}`);
		}
	}
});

test('no body that a program sends makes a fault', async () => {
	const good = JSON.stringify({ kind: 'message', text: 'Во дворе вторую неделю не горит свет, сделайте.', topic: 'lighting', place: 100000000, name: 'Иван Петров', email: 'ivan@example.kz', lat: 50.1, lon: 80.2 });
	const signs = ['"', '{', '}', '[', ':', ',', '\\', '\u0000', '\ud800', '1e999', '-', 'null', 'ÿ'];
	let seed = 7;
	const chance = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
	for (let i = 0; i < 250; i++) {
		const at = chance(good.length), cut = chance(4), body = good.slice(0, at) + signs[chance(signs.length)] + good.slice(at + cut);
		for (const [where, type] of [['/api/v1/appeals', 'application/json'], ['/open311/v2/requests.json', 'application/x-www-form-urlencoded'], ['/open311/v2/requests.xml', 'application/json']]) {
			const r = await fetch(server.base + where, { method: 'POST', body: type.includes('json') ? body : body.replaceAll('":', '=').replaceAll(',"', '&'), headers: { 'content-type': type } });
			await r.arrayBuffer();
			assert.ok(r.status < 500, `${where} ${r.status}: ${body}`);
		}
	}
	assert.equal((await fetch(server.base + '/healthz')).status, 200);
});
