// An operator writes down what a person brings on paper, says by phone or at the counter; the person leaves with a slip.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, dayAhead } from '../lib/server.mjs';

let server, operator, registrar;
test.before(async () => {
	server = await startServer({ demo: 20 });
	operator = await signIn(server.base, 'operator.r10_roads@demo.kz');
	registrar = await signIn(server.base, 'registrar.r10_roads@demo.kz');
});
test.after(async () => { await server?.stop(); });

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');
const words = { origin: 'paper', text: 'Семей қаласы, Абай көшесінде жолда үлкен шұңқыр бар. Қашан жөнделеді?', kind: 'application', topic: 'roads', region: '100000000', district: '',
	body: '10003', name: 'Айгүл Серікова', reply_by: 'counter' };

async function send(c, fields, scan) {
	await c.get('/desk/new');
	return again(c, fields, scan);
}
async function again(c, fields, scan) {
	const body = new FormData();
	for (const [k, v] of c.hidden('/desk/new')) body.append(k, v);
	for (const [k, v] of Object.entries(fields)) body.append(k, v);
	if (scan) body.append('files', new Blob([png]), 'хат.png');
	return c.request('/desk/new', { method: 'POST', body });
}
const day = (back) => dayAhead(-back);

test('a paper without an e-mail address becomes an appeal with a slip in the language of the person', async () => {
	const c = operator;
	await send(c, { ...words, received: day(3) }, true);
	assert.match(c.url, /^\/desk\/new\/[0-9A-Z-]+\/[0-9A-Z]{12}$/, c.text().slice(0, 400));
	const [, number, secret] = c.url.match(/new\/([^/]+)\/([^/]+)/);
	assert.match(c.html, /<section[^>]*lang="kk"/, 'the page is in Russian, the slip in Kazakh');
	assert.match(c.html, /Өтініш талоны/);
	assert.match(c.html, new RegExp(secret));
	assert.match(c.html, /<svg[^>]*role="img"/);
	const person = new Client(server.base, 'kk');
	await person.get(`/receipt/${number}/${secret}`);
	assert.equal(person.status, 200);
	assert.match(person.text(), /хат\.jpg/, 'the scan is in the file');
	assert.match(person.text(), /Қағаз келген күн/);
	await c.get('/desk/new');
	assert.match(c.html, new RegExp(number), 'what was written today stands below the form');
	await registrar.get(`/desk/${number}`);
	assert.equal(registrar.status, 200);
	assert.match(registrar.text(), /На бумаге/);
});

test('topic and place left empty are found in the text and looked at once more; the scan is not lost', async () => {
	const c = registrar;
	await send(c, { ...words, topic: '', region: '', body: '' }, true);
	assert.equal(c.status, 422);
	assert.match(c.html, /<option value="roads[^"]*" selected>/);
	assert.match(c.html, /<option value="100000000" selected>/);
	assert.match(c.html, /хат\.jpg/);
	const chosen = (name) => c.html.match(new RegExp(`<select[^>]*name="${name}"[\\s\\S]*?</select>`))[0].match(/value="([^"]*)"[^>]*selected/)?.[1] ?? '';
	await again(c, { ...words, topic: chosen('topic'), region: chosen('region'), district: chosen('district'), body: '' });
	assert.match(c.url, /^\/desk\/new\/[0-9A-Z-]+\/[0-9A-Z]{12}$/, c.text().slice(0, 400));
	const person = new Client(server.base);
	await person.get(c.url.replace('/desk/new', '/receipt'));
	assert.match(person.text(), /хат\.jpg/);
});

test('what cannot be is said beside the field, with everything that was typed', async () => {
	const c = operator;
	for (const [fields, field] of [[{ received: day(-2) }, 'received'], [{ name: '' }, 'name'], [{ reply_by: 'post' }, 'post_address'], [{ anonymous: '1' }, 'anonymous'],
		[{ collective: '1', people: '1' }, 'people'], [{ origin: 'web' }, 'origin'], [{ body: '7' + '0'.repeat(12) }, 'body']]) {
		await send(c, { ...words, ...fields });
		assert.equal(c.status, 422, JSON.stringify(fields));
		assert.match(c.html, new RegExp(`href="#${field}"`), JSON.stringify(fields));
		assert.match(c.html, /үлкен шұңқыр бар/);
	}
});

test('the slip opens only with its code and only for what was written down here', async () => {
	const c = operator, person = new Client(server.base);
	await person.get('/appeals/new');
	await person.post('/appeals/new', { text: words.text, kind: 'message' });
	await person.post(person.url, { topic: 'roads', region: '100000000', district: '' });
	await person.post(person.url, { body: '10003', name: 'Айгүл Серікова', email: 'aigul@example.kz' });
	await c.get(person.url.replace('/receipt', '/desk/new'));
	assert.equal(c.status, 404, 'that one was sent from home');
	await send(c, words);
	await c.get(c.url.slice(0, -2) + '22');
	assert.equal(c.status, 404);
});
