// A body keeps its plan: adds, moves with a reason, does with evidence; who asked is told; the board counts it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { letter } from '../lib/mail.mjs';
import { startServer, Client, signIn, dayAhead, dayFields } from '../lib/server.mjs';

const ru = { headers: { 'accept-language': 'ru' } };
let server, head;
test.before(async () => {
	server = await startServer({ demo: 20 });
	head = await signIn(server.base, 'head.r10_roads@demo.kz');
});
test.after(async () => { await server?.stop(); });

const inDays = (n, name = 'due') => ({ [name]: dayAhead(n), ...dayFields(name, n) });
const words = { lang: 'ru', title: 'На улице Абая будет свет', text: 'Двадцать четыре столба.', post: 'Отдел освещения', topic: 'roads', amount: '12000000', money_source: 'бюджет области', account: '', not_now: '' };

test('a measure from the plan to the evidence, with its moved date for everybody to see', async () => {
	await head.get('/desk/plan/new');
	await head.post('/desk/plan/new', { ...words, due: '' }, '/desk/plan/new');
	assert.equal(head.status, 422);
	assert.match(head.html, /Двадцать четыре столба/, 'what was typed is still there');
	await head.post('/desk/plan/new', { ...words, ...inDays(30) }, '/desk/plan/new');
	assert.match(head.url, /^\/desk\/plan\/\d+$/, head.text().slice(0, 400));
	const desk = head.url, id = desk.split('/').pop(), page = async () => (await fetch(`${server.base}/plans/${id}?${Math.random()}`, ru)).text();
	await head.get('/desk?queue=all');
	assert.match(head.html, new RegExp(desk), 'it is owed');

	await head.get(desk);
	await head.post(`${desk}/move`, { text: '', link: '', ...inDays(60) }, `${desk}/note`);
	assert.equal(head.status, 422, 'a date is not moved without a reason');
	await head.post(`${desk}/move`, { text: 'Столбы не привезли.', link: '', ...inDays(60) }, `${desk}/note`);
	assert.equal(head.status, 200);
	assert.match(await page(), /<del>[^<]+<\/del> <ins>[^<]+<\/ins>[\s\S]*Столбы не привезли/);
	await head.post(`${desk}/done`, { text: 'Свет горит.', link: '' }, `${desk}/note`);
	assert.equal(head.status, 422, 'nothing is done without evidence');
	await head.post(`${desk}/done`, { text: 'Свет горит.', link: 'javascript:alert(1)' }, `${desk}/note`);
	assert.equal(head.status, 422);
	await head.post(`${desk}/done`, { text: 'Свет горит.', link: 'https://example.kz/svet' }, `${desk}/note`);
	assert.equal(head.status, 200, head.text().slice(0, 400));
	const done = await page();
	assert.match(done, /сделано/);
	assert.match(done, /href="https:\/\/example.kz\/svet" rel="nofollow ugc"/);
	await head.get('/desk?queue=all');
	assert.doesNotMatch(head.html, new RegExp(`${desk}"`), 'no longer owed');

	const csv = await (await fetch(`${server.base}/plans.csv`)).text();
	assert.match(csv, /На улице Абая будет свет/);
	assert.match(await (await fetch(`${server.base}/plans.atom`)).text(), /<entry>/);
	const stranger = await signIn(server.base, 'head.r10_utilities@demo.kz');
	await stranger.get(desk);
	assert.equal(stranger.status, 404, 'another body keeps nothing here');
});

test('an appeal shows what stands in the plan because of it, in its words of today', async () => {
	const c = new Client(server.base), text = 'На остановке у школы нет навеса, дети стоят под дождём.';
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text, kind: 'message' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Иван Петров', email: 'ivan@example.kz' });
	const receipt = c.url, number = receipt.split('/')[2];
	await head.get('/desk/plan/new');
	await head.post('/desk/plan/new', { ...words, title: 'Остановка получит навес', ...inDays(30) }, '/desk/plan/new');
	const desk = head.url;
	await head.post(`${desk}/voices`, { number }, `${desk}/voices`);
	assert.equal(head.status, 200, head.text().slice(0, 400));
	await head.get(`${desk}/words`);
	await head.post(`${desk}/words`, { ...words, title: '', account: '' }, `${desk}/words`);
	assert.equal(head.status, 422);
	await head.post(`${desk}/words`, { ...words, title: 'Остановка получит тёплый павильон', account: '' }, `${desk}/words`);
	assert.equal(head.url, desk, head.text().slice(0, 400));
	assert.match(head.html, /Остановка получит навес/, 'what was promised first stays in the history');
	await c.get(receipt);
	assert.match(c.html, new RegExp(`href="/plans/${desk.split('/').pop()}"[^>]*>Остановка получит тёплый павильон`));

	await head.get(desk);
	await head.post(`${desk}/done`, { text: 'Павильон стоит.', link: 'https://example.kz/pavilion' }, `${desk}/note`);
	assert.equal(head.status, 200, head.text().slice(0, 400));
	const link = /\/plans\/letters\/appeal-\d+-[0-9A-Z]+/, [off] = (await letter(server.base, '', link)).match(link);
	assert.equal((await fetch(server.base + off.replace(/.$/, (x) => (x === '0' ? '1' : '0')))).status, 404);
	await c.get(off);
	assert.match(c.html, /<form method="post"/, 'opening the link changes nothing');
	const tap = await fetch(server.base + off, { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
	assert.equal(tap.status, 200, 'the mail reader itself, without a cookie or a token of the form');
	await c.get(off);
	assert.doesNotMatch(c.html, /<form method="post" action="\/plans/);
});

test('two officials mark one measure done at once: it is done once', async () => {
	const other = await signIn(server.base, 'executor.r10_roads@demo.kz');
	for (let round = 0; round < 20; round++) {
		await head.get('/desk/plan/new');
		await head.post('/desk/plan/new', { ...words, title: `Лавки во дворе ${round}`, ...inDays(30) }, '/desk/plan/new');
		const desk = head.url, id = desk.split('/').pop();
		await other.get(desk);
		await Promise.all([head, other].map((c, i) => c.post(`${desk}/done`, { text: `Лавки стоят, пишет ${i}.`, link: 'https://example.kz/lavki' }, `${desk}/note`)));
		const wins = [head, other].filter((c) => c.status === 200), loses = [head, other].filter((c) => [409, 422].includes(c.status));
		assert.deepEqual([wins.length, loses.length], [1, 1], `round ${round}: ${head.status}, ${other.status}`);
		const page = await (await fetch(`${server.base}/plans/${id}?${Math.random()}`, ru)).text();
		assert.equal(page.split('Лавки стоят, пишет').length, 2, 'one evidence in the history');
	}
});

test('a photo is evidence', async () => {
	await head.get('/desk/plan/new');
	await head.post('/desk/plan/new', { ...words, title: 'Во дворе 14 будет площадка', ...inDays(30) }, '/desk/plan/new');
	const desk = head.url, png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
	const form = new FormData();
	for (const [k, v] of head.hidden(`${desk}/note`)) form.append(k, v);
	form.append('text', 'Площадка стоит.');
	form.append('link', '');
	form.append('file', new Blob([png], { type: 'image/png' }), 'площадка.png');
	await head.request(`${desk}/done`, { method: 'POST', body: form });
	assert.equal(head.status, 200, head.text().slice(0, 400));
	const photo = head.html.match(/\/plans\/evidence\/\d+/)[0], r = await fetch(server.base + photo);
	assert.equal(r.status, 200);
	assert.match(r.headers.get('content-type'), /image\/jpeg/);
});

test('the board says what was kept and opens to the very rows', async () => {
	const board = await (await fetch(`${server.base}/standard/10003?period=y${dayAhead().slice(0, 4)}`, ru)).text();
	assert.match(board, /не требовалось/, 'what a body did not owe is not 0 %');
	const guest = new Client(server.base);
	await guest.get('/standard');
	const link = guest.html.match(/href="(\/standard\/\d+\/[a-z]+\?period=[a-z0-9]+)"[^>]*>(?:<b>\d+ %<\/b> )?<span class="small">(\d+) из (\d+)/);
	assert.ok(link, 'a number with its link');
	let rows = 0, kept = 0;
	for (let where = link[1]; where;) {
		await guest.get(where.replaceAll('&amp;', '&'));
		assert.equal(guest.status, 200);
		rows += (guest.html.match(/<tr><td data-label/g) ?? []).length;
		kept += (guest.html.match(/<span class="tag good">/g) ?? []).length;
		where = guest.html.match(/href="(\/standard\/\d+\/[a-z]+\?period=[^"]*after=[^"]*)"/)?.[1];
	}
	assert.deepEqual([kept, rows], [Number(link[2]), Number(link[3])]);
	// every number of a body's page opens to as many rows
	await guest.get(`/standard/10000?period=y${dayAhead().slice(0, 4)}`);
	const numbers = [...guest.html.matchAll(/href="(\/standard\/10000\/[a-z]+\?[^"]*as=[a-z]+)">(\d+)</g)].map((m) => [m[1].replaceAll('&amp;', '&'), Number(m[2])]);
	assert.ok(numbers.some(([where]) => where.includes('/plan?') && where.includes('as=moved')), 'the demonstration moved dates');
	for (const [first, n] of numbers) {
		let seen = 0;
		for (let where = first; where; where = guest.html.match(/href="(\/standard\/\d+\/[a-z]+\?period=[^"]*after=[^"]*)"/)?.[1].replaceAll('&amp;', '&')) {
			await guest.get(where);
			seen += (guest.html.match(/<tr><td data-label/g) ?? []).length;
		}
		assert.equal(seen, n, first);
	}
	for (const what of ['talk', 'waiting']) { // and what is measured: each meeting, each visit without its person
		let where;
		for (let board = `/standard?period=y${dayAhead().slice(0, 4)}`; board && !where; board = guest.html.match(/href="(\/standard\?[^"]*after=[^"]*)"/)?.[1].replaceAll('&amp;', '&')) {
			await guest.get(board);
			where = guest.html.match(new RegExp(`href="(/standard/\\d+/${what}\\?[^"]*)"`))?.[1];
		}
		assert.ok(where, what);
		await guest.get(where.replaceAll('&amp;', '&'));
		assert.ok(guest.html.match(/<li class="row spread">/g).length > 0, what);
		assert.equal(/href="\/meetings\/\d+"/.test(guest.html), what === 'talk');
	}
	assert.match(await (await fetch(`${server.base}/standard.csv`)).text(), /body_id,body,line,owed,in_time,moved,late,not_done,percent/);
});

test('a head publishes the half-year report that is owed, once; until then nobody reads it', async () => {
	const akimat = await signIn(server.base, 'all.r10_akimat@demo.kz'), guest = new Client(server.base), words_ = 'Два двора перенесены из-за поставщика.';
	await akimat.get('/desk/plan');
	const desk = akimat.html.match(/\/desk\/reports\/\d+/)[0], page = desk.replace('/desk', '');
	await guest.get(page);
	assert.equal(guest.status, 404, 'it is not public yet');
	await head.get(desk);
	assert.equal(head.status, 404, 'another body has no say in it');
	await akimat.get(desk);
	const open = akimat.hidden(desk);
	await akimat.post(desk, { words: words_ }, desk);
	assert.equal(akimat.status, 200, akimat.text().slice(0, 400));
	assert.doesNotMatch(akimat.html, /name="words"/);
	await guest.get(`${page}?fresh=1`);
	assert.match(guest.text(), new RegExp(words_));
	await akimat.request(desk, { method: 'POST', body: new URLSearchParams([...open.filter(([k]) => k !== '_key'), ['words', 'Другие слова']]) });
	assert.notEqual(akimat.status, 200, 'what was published stands');
	await guest.get(`${page}?fresh=2`);
	assert.doesNotMatch(guest.text(), /Другие слова/);
	await akimat.get('/desk?queue=all');
	assert.doesNotMatch(akimat.html, new RegExp(desk), 'it is not owed any more');
});

test('half-year reports of the demonstration are public, printable and as CSV', async () => {
	const guest = new Client(server.base);
	await guest.get('/reports');
	const [report] = guest.html.match(/\/reports\/\d+/);
	await guest.get(report);
	assert.equal(guest.status, 200);
	assert.match(guest.html, /data-print/);
	assert.match(await (await fetch(`${server.base}${report}.csv`)).text(), /first_due/);
});
