// The main job, without a browser: a person asks, the right body answers in time, everyone can see it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, until, dayAhead } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 40 }); });
test.after(async () => { await server?.stop(); });

const text = 'Абай көшесінде жолда үлкен шұңқыр бар, көліктер тротуармен жүреді.\nҚашан жөнделеді?';

async function file(c, extra = {}) {
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text, kind: 'message' });
	assert.match(c.url, /\/appeals\/draft\/[0-9a-f]{32}\/where/);
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	assert.match(c.url, /\/who$/);
	await c.post(c.url, { body: '10003', name: 'Айгүл Серікова', email: 'aigul@example.kz', agreed_public: '1', ...extra });
	return c;
}

test('a person files an appeal in three pages and holds a receipt', async () => {
	const c = await file(new Client(server.base, 'kk'));
	assert.match(c.url, /^\/receipt\/[0-9A-Z-]+\/[0-9A-Z]{12}$/);
	assert.equal(c.status, 200);
	assert.match(c.html, /<svg[^>]*role="img"/, 'the receipt carries a QR code');
});

test('what was typed comes back when something is missing', async () => {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'коротко', kind: 'message' });
	assert.equal(c.status, 422);
	assert.match(c.html, /коротко/);
	assert.match(c.html, /aria-invalid="true"/);
});

test('a receipt opens only with its code', async () => {
	const c = await file(new Client(server.base));
	const [, number, secret] = c.url.match(/\/receipt\/([^/]+)\/([^/]+)/);
	const other = new Client(server.base);
	await other.get(`/receipt/${number}/${secret.split('').reverse().join('')}`);
	assert.equal(other.status, 404);
	await other.get(`/appeals/${number}`);
	assert.equal(other.status, 404, 'not public before a moderator has cleared it');
	await other.get('/track');
	await other.post('/track', { number, secret });
	assert.equal(other.status, 200);
});

test('the same form sent twice makes one appeal', async () => {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text, kind: 'message' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	const where = c.url, page = c.html, fields = { body: '10003', name: 'Ерлан Беков', email: 'erlan@example.kz' };
	await c.post(where, fields);
	const first = c.url;
	c.html = page;
	await c.post(where, fields);
	assert.equal(c.url, first);
});

test('a form without its token is refused', async () => {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	const r = await fetch(server.base + '/appeals/new', { method: 'POST', body: new URLSearchParams({ text, kind: 'message' }), redirect: 'manual' });
	assert.equal(r.status, 403);
});

test('officials register, assign, answer, approve and sign; the person rates', async () => {
	const c = await file(new Client(server.base, 'kk'));
	const receipt = c.url, number = receipt.split('/')[2], desk = `/desk/${number}`;

	const registrar = await signIn(server.base, 'registrar.r10_roads@demo.kz');
	await registrar.get(desk);
	assert.equal(registrar.status, 200);
	await registrar.post(`${desk}/register`, { kind: 'message', topic: 'roads', points: 'Қашан жөнделеді?\nТротуарды кім тазалайды?' }, `${desk}/register`);
	assert.equal(registrar.status, 200, registrar.text().slice(0, 400));

	const head = await signIn(server.base, 'head.r10_roads@demo.kz');
	await head.get(desk);
	const executor = head.html.match(/<select[^>]*name="executor"[^>]*><option value="(\d+)"/)[1];
	await head.post(`${desk}/resolve`, { executor, text: 'Тексеріп, жауап беріңіз' }, `${desk}/resolve`);
	assert.equal(head.status, 200, head.text().slice(0, 400));

	const writer = await signIn(server.base, 'executor.r10_roads@demo.kz');
	await writer.get(desk);
	// no reply to the point yet: it must not leave the desk
	await writer.post(`${desk}/submit`, { decision: 'granted', text: 'Жөндейміз.' }, `${desk}/save`);
	assert.equal(writer.status, 422, 'an answer with an open point cannot be submitted: ' + writer.url + writer.text().slice(0, 900));
	await writer.post(`${desk}/submit`, { decision: 'granted', text: 'Шұңқырды тексердік, оны мердігер жөндейді.', part_1: 'Жөндеу 10 желтоқсанда басталады.', part_2: 'Тротуарды мердігер тазалайды.',
		steps: `${dayAhead(50)} Жолды жөндеп бітіру` }, `${desk}/save`);
	assert.equal(writer.status, 200, writer.text().slice(0, 600));

	const approver = await signIn(server.base, 'approver.r10_roads@demo.kz');
	await approver.get(desk);
	await approver.post(`${desk}/approve`, {}, `${desk}/approve`);
	assert.equal(approver.status, 200, approver.text().slice(0, 400));

	const signer = await signIn(server.base, 'signer.r10_roads@demo.kz');
	await signer.get(desk);
	await signer.post(`${desk}/sign`, {}, `${desk}/sign`);
	assert.equal(signer.status, 200, signer.text().slice(0, 400));

	await c.get(receipt);
	assert.match(c.html, /10 желтоқсанда/);
	// from the letter, without a sign-in: scanners of mail open the link, only the button says something
	const rate = await until('the letter with the rating', async () => {
		const inbox = await new Client(server.base).get('/demo/mail');
		for (const [, id] of inbox.html.matchAll(new RegExp(`href="/demo/mail/(\\d+)">[^<]*${number}`, 'g'))) {
			const found = (await inbox.get(`/demo/mail/${id}`)).html.match(new RegExp(`/rate/${number}/[0-9A-Za-z-]+`));
			if (found) return found[0];
		}
	});
	const reader = new Client(server.base);
	for (let i = 0; i < 2; i++) await reader.get(rate);
	assert.equal(reader.status, 200);
	assert.match(reader.html, new RegExp(`action="/appeals/${number}/rate/clear"`), 'opening it said nothing');
	await reader.get(rate.slice(0, -3) + 'WWW');
	assert.equal(reader.status, 404);
	await reader.get(rate);
	await reader.post(`/appeals/${number}/rate/clear`, {}, `/appeals/${number}/rate/clear`);
	assert.equal(reader.status, 200, reader.text().slice(0, 300));
	await c.get(receipt);
	assert.match(c.text(), /Ответ понятен|Жауап түсінікті/, 'it stands in the trail');

	const moderator = await signIn(server.base, 'moderator.r10_roads@demo.kz');
	await moderator.get(desk);
	await moderator.post(`${desk}/publish`, { title: 'Абай көшесіндегі шұңқыр', text: 'Жолда шұңқыр бар.' }, `${desk}/publish`);
	assert.equal(moderator.status, 200, moderator.text().slice(0, 400));
	const anyone = new Client(server.base);
	await anyone.get(`/appeals/${number}`);
	assert.equal(anyone.status, 200);
	assert.ok(!anyone.html.includes('aigul@example.kz') && !anyone.html.includes('Айгүл Серікова'), 'personal data stays with the body');
});

test('an official of another body does not see it', async () => {
	const c = await file(new Client(server.base));
	const number = c.url.split('/')[2];
	const stranger = await signIn(server.base, 'executor.r10_utilities@demo.kz');
	await stranger.get(`/desk/${number}`);
	assert.equal(stranger.status, 404);
});

test('passing on tells who, where and why', async () => {
	const c = await file(new Client(server.base));
	const receipt = c.url, number = receipt.split('/')[2], desk = `/desk/${number}`;
	const all = await signIn(server.base, 'all.r10_roads@demo.kz');
	await all.get(desk);
	await all.post(`${desk}/register`, { kind: 'message', topic: 'roads' }, `${desk}/register`);
	await all.post(`${desk}/pass-on`, { other: '10004', ground: 'not_ours', text: 'Бұл жылу желісінің жұмысы' }, `${desk}/pass-on`);
	assert.equal(all.status, 200, all.text().slice(0, 400));
	await c.get(receipt);
	assert.match(c.text(), /жилищно-коммунального/);
});

test('the personal number is in no log and no page of the public', async () => {
	const iin = '990101400010'; // synthetic; the control digit is worked out below
	const digits = [...iin].map(Number);
	const sum = (w) => digits.slice(0, 11).reduce((s, d, i) => s + d * w[i], 0) % 11;
	let k = sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
	if (k === 10) k = sum([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]);
	const real = iin.slice(0, 11) + k;
	const c = await file(new Client(server.base), { iin: real, phone: '+77010009988' });
	assert.equal(c.status, 200, c.text().slice(0, 300));
	assert.ok(!server.log().includes(real), 'IIN in the log');
	assert.ok(!server.log().includes('77010009988'), 'phone in the log');
	assert.ok(!server.log().includes('aigul@example.kz'), 'address in the log');
	assert.ok(!server.log().includes(c.url.split('/')[3]), 'secret of the receipt in the log');
});
