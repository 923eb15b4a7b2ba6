// Danger right now: whoever tells of it sees whom to call before going on, by the data of the country.
import test from 'node:test';
import assert from 'node:assert/strict';
import path from 'node:path';
import { startServer, until, signIn, Client, root } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer(); });
test.after(async () => { await server?.stop(); });

async function write(base, text, fields = {}, lang = 'ru') {
	const c = new Client(base, lang);
	await c.get('/appeals/new');
	return c.post('/appeals/new', { text, kind: 'message', ...fields }, '/appeals/new');
}
const numbers = (c) => [...c.html.matchAll(/href="tel:(\d+)"/g)].map((m) => m[1]);

test('words of danger stop the form at the numbers, and one goes on from there', async () => {
	const c = await write(server.base, 'Со вчерашнего дня в подъезде сильно пахнет газом, никто не едет.');
	assert.match(c.url, /\/danger$/, c.text().slice(0, 300));
	assert.deepEqual(numbers(c), ['104', '112']);
	await c.get(c.url.replace(/danger$/, 'where'));
	assert.equal(c.status, 200);
	assert.match(c.html, /name="topic/);
	await c.get(c.url.replace(/where$/, 'what'));
	assert.match(c.html, /пахнет газом/, 'nothing typed is lost');
	await c.post(c.url, { text: 'В подъезде третью неделю не горит свет, почините.', kind: 'message' });
	assert.match(c.url, /\/where$/, 'without danger there is no stop');
});

test('the ticked box stops as well, in the language of the page', async () => {
	const c = await write(server.base, 'Ауламыздағы ойын алаңының темірі сынып тұр, балаларға қауіпті.', { danger: '1' }, 'kk');
	assert.match(c.url, /\/danger$/, c.text().slice(0, 300));
	assert.deepEqual(numbers(c), ['112']);
	assert.match(c.text(), /бірыңғай/);
});

test('a draft that is not there has no such page', async () => {
	const c = await new Client(server.base).get('/appeals/draft/00000000000000000000000000000000/danger');
	assert.notEqual(c.status, 200);
});

test('another country has its own words and numbers, also beside the box', async () => {
	const islands = await startServer({ settings: ['--country', path.join(root, 'country/test')] });
	try {
		const c = new Client(islands.base);
		await c.get('/appeals/new');
		assert.match(c.text(), /звоните 90\./);
		assert.doesNotMatch(c.text(), /112/);
		await c.post('/appeals/new', { text: 'У северного причала лодка тонет, в ней люди, спасите.', kind: 'plea' }, '/appeals/new');
		assert.match(c.url, /\/danger$/);
		assert.deepEqual(numbers(c), ['77', '90']);
	} finally { await islands.stop(); }
});

// The same words through the other doors: the numbers come back, the record is registered without waiting, its registrars are told.
const GAS = 'Со вчерашнего дня в подъезде сильно пахнет газом, никто не едет.';
const CALM = 'В подъезде третью неделю не горит свет, почините, пожалуйста.';
const filed = { kind: 'message', topic: 'roads', place: 100000000, body: 10003, name: 'Айгүл Серікова', email: 'gas@example.kz' };

test('every door knows the words: the counter, the interface for programs, Open311', async () => {
	const country = await startServer({ demo: 20 });
	try {
		const operator = await signIn(country.base, 'operator.r10_roads@demo.kz'), registrar = await signIn(country.base, 'registrar.r10_roads@demo.kz');
		const counter = async (text, more = {}) => {
			await operator.get('/desk/new');
			const body = new FormData();
			for (const [k, v] of operator.hidden('/desk/new')) body.append(k, v);
			for (const [k, v] of Object.entries({ origin: 'phone', text, kind: 'message', topic: 'roads', region: '100000000', district: '', body: '10003', name: 'Айгүл Серікова', reply_by: 'counter', ...more })) body.append(k, v);
			return operator.request('/desk/new', { method: 'POST', body });
		};
		await counter(GAS, { name: '' });
		assert.equal(operator.status, 422);
		assert.deepEqual(numbers(operator), ['104', '112'], 'whom to call stands there before the rest is right');
		await counter(GAS);
		assert.match(operator.url, /^\/desk\/new\/[0-9A-Z-]+\//, operator.text().slice(0, 300));
		assert.deepEqual(numbers(operator), ['104', '112']);
		const byPhone = operator.url.split('/')[3];
		await registrar.get(`/desk/${byPhone}`);
		assert.match(registrar.text(), /Опасность/);
		await counter(CALM);
		assert.deepEqual(numbers(operator), [], 'without danger no numbers');
		await counter(GAS, { name: '', anonymous: '1' });
		assert.match(operator.url, /^\/desk\/new\/[0-9A-Z-]+\//, 'danger is taken without a name too');

		const api = async (more) => (await fetch(country.base + '/api/v1/appeals', { method: 'POST', headers: { 'accept-language': 'ru' }, body: JSON.stringify({ ...filed, ...more }) })).json();
		const told = await api({ text: GAS });
		assert.equal(told.danger, true);
		assert.deepEqual(told.call.map((c) => c.number), ['104', '112']);
		const calm = await api({ text: CALM });
		assert.deepEqual([calm.danger, calm.call], [false, []]);
		assert.equal((await api({ text: CALM, danger: true })).danger, true, 'the sender may say so');

		const admin = await signIn(country.base, 'admin.miicr@demo.kz');
		await admin.get('/admin/clients');
		await admin.post('/admin/clients', { name: 'Қала қосымшасы', may_write: '1' }, '/admin/clients');
		const key = admin.html.match(/<code>([0-9a-f]{48})<\/code>/)[1];
		const [open311] = await (await fetch(country.base + '/open311/v2/requests.json', { method: 'POST', headers: { 'accept-language': 'ru' },
			body: new URLSearchParams({ api_key: key, service_code: 'roads', description: GAS, first_name: 'Айгүл', email: 'gas@example.kz', lat: '50.41', long: '80.25' }) })).json();
		assert.match(open311.service_notice, /сначала позвоните 104 \(.+\), 112 \(.+\)\. .*\d{4}/);

		const told_of = async (who) => (await new Client(country.base).get('/demo/mail')).html.split('<li>').some((l) => l.includes(`${who}.r10_roads@demo.kz`) && l.includes(`Қауіп! Өтініш ${byPhone}`));
		await until('the registrar is told', () => told_of('registrar'));
		assert.equal(await told_of('executor'), false);
	} finally { await country.stop(); }
});

test('words of danger count as the box does: a citizen may stay unnamed', async () => {
	const c = await write(server.base, GAS);
	const where = c.url.replace(/danger$/, 'where');
	await c.get(where);
	await c.post(where, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: c.html.match(/name="body"[^>]*value="(\d+)"|<option value="(\d+)"[^>]*selected/)?.slice(1).find(Boolean) ?? '10003', name: '', anonymous: '1' });
	assert.match(c.url, /^\/receipt\//, c.text().slice(0, 400));
});
