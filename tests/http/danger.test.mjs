// Danger right now: whoever tells of it sees whom to call before going on, by the data of the country.
import test from 'node:test';
import assert from 'node:assert/strict';
import path from 'node:path';
import { startServer, Client, root } from '../lib/server.mjs';

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
