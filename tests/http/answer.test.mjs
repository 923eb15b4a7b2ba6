// An answer that says nothing cannot leave; the person marks what is unclear; somebody else reads a second time; the public sees the quality.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn } from '../lib/server.mjs';

let server, all, writer; // all: one person with every post of the body
test.before(async () => {
	server = await startServer({ demo: 60 });
	all = await signIn(server.base, 'all.r10_roads@demo.kz');
	writer = await signIn(server.base, 'executor.r10_roads@demo.kz');
});
test.after(async () => { await server?.stop(); });

const question = 'Яма на улице Абая у дома 15, машины бьют колёса.\nКогда её засыплют?';
const good = 'Яму на улице Абая засыпят до 12 декабря. Работу сделает подрядчик, примет её отдел дорог. Если яма останется, позвоните нам.';

// Filed, registered, given to the executor.
async function inWork(text = question) {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text, kind: 'message' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Иван Петров', email: 'ivan@example.kz' });
	const number = c.url.split('/')[2], desk = `/desk/${number}`, receipt = c.url;
	await all.get(desk);
	await all.post(`${desk}/register`, { kind: 'message', topic: 'roads', points: 'Когда засыплют яму?' }, `${desk}/register`);
	const executor = all.html.match(/<select[^>]*name="executor"[^>]*><option value="(\d+)"/)[1];
	await all.post(`${desk}/resolve`, { executor, text: 'Ответьте' }, `${desk}/resolve`);
	await writer.get(desk);
	return { c, desk, number, receipt };
}

test('a brush-off is named, does not leave, and nothing typed is lost', async () => {
	const { desk } = await inWork();
	const hollow = 'Ваше обращение рассматривается. По данному вопросу принимаются меры.';
	await writer.post(`${desk}/check`, { decision: 'granted', text: hollow, options: 'мой вариант' }, `${desk}/save`);
	assert.equal(writer.status, 200);
	assert.match(writer.html, /<mark[^>]*>рассматривается<\/mark>/);
	assert.match(writer.html, /принимаются меры/);
	assert.match(writer.html, /мой вариант/);
	await writer.post(`${desk}/submit`, { decision: 'granted', text: hollow, options: 'мой вариант' }, `${desk}/save`);
	assert.equal(writer.status, 422);
	assert.match(writer.html, /не прошёл проверку/);
	assert.match(writer.html, /мой вариант/);
});

test('one tap puts the plain word in the place of the other', async () => {
	const { desk } = await inWork();
	await writer.post(`${desk}/check`, { decision: 'granted', text: 'В целях ремонта мы приедем 12 декабря.' }, `${desk}/save`);
	const swap = writer.html.match(/name="swap" value="([^"]+)"/)[1];
	await writer.post(`${desk}/check`, { decision: 'granted', text: 'В целях ремонта мы приедем 12 декабря.', swap }, `${desk}/save`);
	assert.match(writer.html, /<textarea[^>]*name="text"[^>]*>Чтобы ремонта мы приедем 12 декабря\.<\/textarea>/);
});

test('a template is offered, and cannot be sent bare', async () => {
	const { desk } = await inWork();
	const use = writer.html.match(/name="use" value="(\d+)"/)[1];
	await writer.post(`${desk}/check`, { use, text: '' }, `${desk}/save`);
	assert.match(writer.html, /<textarea[^>]*name="text"[^>]*>Вы писали о том, что \[/);
	await writer.post(`${desk}/submit`, { decision: 'granted', text: writer.html.match(/<textarea[^>]*name="text"[^>]*>([^<]*)</)[1] }, `${desk}/save`);
	assert.equal(writer.status, 422);
	assert.match(writer.html, /Шаблон не заполнен/);
});

test('a controller lets a finding pass in writing, and the public reads why', async () => {
	const { desk } = await inWork();
	await writer.post(`${desk}/save`, { decision: 'explained', text: 'Согласно статье 4 Закона «Об автомобильных дорогах» дворы относятся к благоустройству территории города.' }, `${desk}/save`);
	await all.get(desk);
	await all.post(`${desk}/let-pass`, { ground: 'law_bare', text: '' }, `${desk}/let-pass`);
	assert.equal(all.status, 422, 'not without a reason');
	await all.get(desk);
	await all.post(`${desk}/let-pass`, { ground: 'law_bare', text: 'Юрист просил дословно' }, `${desk}/let-pass`);
	assert.equal(all.status, 200);
	await writer.get(desk);
	await writer.post(`${desk}/submit`, { decision: 'explained', text: 'Согласно статье 4 Закона «Об автомобильных дорогах» дворы относятся к благоустройству территории города.' }, `${desk}/save`);
	assert.equal(writer.status, 200, writer.text().slice(0, 500));
	const anyone = new Client(server.base);
	await anyone.get('/quality/10003');
	assert.match(anyone.html, /Юрист просил дословно/);
});

test('not clear names the sentence, which goes back to the writer marked', async () => {
	const { c, desk, number, receipt } = await inWork();
	await writer.post(`${desk}/submit`, { decision: 'granted', text: good }, `${desk}/save`);
	assert.equal(writer.status, 200, writer.text().slice(0, 600));
	await all.get(desk);
	await all.post(`${desk}/approve`, {}, `${desk}/approve`);
	await all.post(`${desk}/sign`, {}, `${desk}/sign`);
	await c.get(receipt);
	assert.match(c.html, /name="sentence"/);
	await c.post(`/appeals/${number}/rate/not_clear`, { sentence: '2' }, `/appeals/${number}/rate/not_clear`);
	assert.equal(c.status, 200);
	await writer.get(desk);
	assert.match(writer.html, /<mark>Работу сделает подрядчик, примет её отдел дорог\.<\/mark>/);
});

test('the quality of answers is public and counts only enough of them', async () => {
	const c = new Client(server.base);
	for (const where of ['/quality', '/quality/10003']) { await c.get(where); assert.equal(c.status, 200); }
	const r = await fetch(server.base + '/quality.csv');
	assert.equal(r.status, 200);
	assert.match(await r.text(), /body_id,body,answers/);
	await c.get('/quality/1234567');
	assert.equal(c.status, 404);
});

test('editors add plain words that the check then finds; executors only read them', async () => {
	const { desk } = await inWork();
	await writer.get('/desk/words');
	assert.ok(!writer.html.includes('name="pattern"'));
	await all.get('/desk/words');
	await all.post('/desk/words', { lang: 'ru', pattern: '*ямочность', instead: 'ямы' }, '/desk/words');
	assert.equal(all.status, 422);
	await all.post('/desk/words', { lang: 'ru', pattern: 'Ямочность', instead: 'ямы' }, '/desk/words');
	assert.equal(all.status, 200);
	await writer.get(desk);
	await writer.post(`${desk}/check`, { decision: 'granted', text: 'Ямочность на улице Абая уберём до 12 декабря.' }, `${desk}/save`);
	assert.match(writer.html, /<mark[^>]*>Ямочность<\/mark>/);
	await all.get('/desk/words');
	const end = all.html.match(/ямочность[\s\S]*?action="(\/desk\/words\/\d+\/end)"/i)[1];
	await writer.get(desk);
	await writer.post(end, {}, `${desk}/save`);
	assert.equal(writer.status, 403, 'an executor does not take words off');
	await all.post(end, {}, end);
	assert.equal(all.url, '/desk/words');
	assert.doesNotMatch(all.html, /ямочность/i);
	await writer.get(desk);
	await writer.post(`${desk}/check`, { decision: 'granted', text: 'Ямочность на улице Абая уберём до 12 декабря.' }, `${desk}/save`);
	assert.doesNotMatch(writer.html, /<mark[^>]*>Ямочность<\/mark>/);
});

test('a megabyte of text gets a clear message at once', async () => {
	const { desk } = await inWork();
	const from = Date.now();
	await writer.post(`${desk}/check`, { text: 'слово '.repeat(8000) }, `${desk}/save`);
	assert.equal(writer.status, 422, 'longer than an answer may be');
	// the rest of a body that is too long is not read: a client that goes on sending sees a closed connection instead of the 413
	const big = await fetch(`${server.base}${desk}/check`, { method: 'POST', body: 'text=' + 'a'.repeat(1 << 20), headers: { 'content-type': 'application/x-www-form-urlencoded' } }).catch(() => null);
	assert.ok(!big || big.status === 413);
	await writer.get(desk);
	assert.equal(writer.status, 200, 'and nobody else notices');
	assert.ok(Date.now() - from < 20000);
});
