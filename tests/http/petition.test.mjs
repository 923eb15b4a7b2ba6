// A petition from the author to the open list: identity once, the link for supporters, counts a second behind, JSON for trackers.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, until } from '../lib/server.mjs';
import { citizen as enter, json, words } from '../lib/petition.mjs';
import { rows } from '../lib/signing.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 20, settings: ['--petition-mail-from', '0', '--petition-mail-to', '0'] }); });
test.after(async () => { await server?.stop(); });
const citizen = () => enter(server.base);


test('from the author over the moderator and supporters to the public list', async () => {
	const author = await citizen();
	await author.get('/petitions/new');
	const body = author.html.match(/<option value="(\d+)"[^>]*>Акимат области Абай: нужно ([\d\s\u00a0]+) подписей/);
	assert.ok(body, 'the threshold stands beside the addressee');
	await author.post('/petitions/new', { ...words, body: body[1], read_excluded: '' }, '/petitions/new');
	assert.equal(author.status, 422);
	assert.match(author.html, /дети идут в школу по льду/, 'nothing typed is lost');
	await author.post('/petitions/new', { ...words, body: body[1] }, '/petitions/new');
	assert.match(author.url, /^\/petitions\/\d+\?link=/, author.text().slice(0, 400));
	const id = author.url.match(/\d+/)[0], link = author.url.split('link=')[1];

	const anyone = new Client(server.base);
	await anyone.get(`/petitions/${id}`);
	assert.equal(anyone.status, 404, 'not public before moderation');
	const moderator = await signIn(server.base, 'all.mki@demo.kz');
	await moderator.get('/desk/petitions');
	assert.match(moderator.html, /Построить мост через реку/);
	await moderator.get(`/desk/petitions/${id}`);
	await moderator.post(`/desk/petitions/${id}/moderate`, { ground: '', words: '', original: '' }, `/desk/petitions/${id}/moderate`);
	assert.equal(moderator.status, 200, moderator.text().slice(0, 300));

	for (let i = 0; i < 50; i++) {
		const c = await citizen();
		await c.get(`/petitions/${id}/sign?link=${link}`);
		if (i === 1) { // a nervous finger: the same request twice has the same answer
			const body = new URLSearchParams([...c.hidden(`/petitions/${id}/sign`), ['region', '100000000']]);
			const send = () => fetch(`${server.base}/petitions/${id}/sign`, { method: 'POST', body, redirect: 'manual',
				headers: { cookie: [...c.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
			const answers = [await send(), await send()].map((r) => [r.status, r.headers.get('location'), r.headers.getSetCookie()]);
			assert.deepEqual(answers[0], answers[1]);
			assert.equal(answers[0][0], 303);
			continue;
		}
		await c.post(`/petitions/${id}/sign`, { region: '100000000', district: '' }, `/petitions/${id}/sign`);
		assert.equal(c.status, 200, c.text().slice(0, 300));
		if (i === 0) { // twice is once
			await c.get(`/petitions/${id}/sign?link=${link}`);
			await c.post(`/petitions/${id}/sign`, { region: '100000000', district: '' }, `/petitions/${id}/sign`);
			assert.match(c.text(), /Вы подписали/);
		}
	}
	const { data, links } = await until('fifty supporters', () => json(server.base, `/petitions/${id}.json`));
	assert.equal(data.type, 'petition');
	assert.equal(data.attributes.state, 'open');
	assert.equal(data.attributes.signature_count, 50);
	assert.deepEqual(data.attributes.signatures_by_region.map((r) => r.signature_count), [50]);
	assert.match(links.self, new RegExp(`/petitions/${id}\\.json$`));
	const list = await (await fetch(`${server.base}/petitions.json?state=open`)).json();
	assert.ok(list.data.some((p) => p.id === id) && list.data.every((p) => p.attributes.state === 'open'));
	assert.ok((await (await fetch(`${server.base}/petitions.json?q=мосты построить`)).json()).data.some((p) => p.id === id), 'found by the stem');
	assert.equal((await (await fetch(`${server.base}/petitions.json?state=rejected`)).json()).data.some((p) => p.id === id), false);
	const count = await fetch(`${server.base}/petitions/${id}/count.json`);
	assert.match(count.headers.get('cache-control'), /public, max-age=1, stale-while-revalidate/);
	assert.equal((await fetch(`${server.base}/petitions/${id}/count.json`, { headers: { 'if-none-match': count.headers.get('etag') } })).status, 304);
	await anyone.get(`/petitions/${id}`);
	assert.match(anyone.text(), /Айгүл С\./);
	assert.ok(!anyone.html.includes('Серікова,'), 'no surname of a signer');
	await author.get('/petitions/new'); // a similar one is shown first
	await author.post('/petitions/new', { ...words, body: body[1] }, '/petitions/new');
	assert.equal(author.status, 422);
	assert.match(author.html, new RegExp(`href="/petitions/${id}"`));
});

test('two clients of one identity at the same moment make one signature', async () => {
	const author = await citizen();
	await author.get('/petitions/new');
	const body = author.html.match(/<option value="(\d+)"[^>]*>Акимат области Абай/)[1];
	await author.post('/petitions/new', { ...words, title: 'Открыть библиотеку в ауле', text: 'Библиотеки нет, до ближайшей сорок километров. Предлагаем открыть её в старой школе.', topic: 'culture_sport', body }, '/petitions/new');
	const [, id, link] = author.url.match(/(\d+)\?link=(.+)/);
	const moderator = await signIn(server.base, 'all.mki@demo.kz', 1);
	await moderator.get(`/desk/petitions/${id}`);
	await moderator.post(`/desk/petitions/${id}/moderate`, { ground: '', words: '', original: '' }, `/desk/petitions/${id}/moderate`);
	await author.get(`/petitions/${id}/sign?link=${link}`);
	const fields = author.hidden(`/petitions/${id}/sign`).filter(([k]) => k !== '_key');
	const cookie = [...author.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
	for (let round = 0; round < 20; round++)
		await Promise.all([1, 2, 3, 4].map(() => fetch(`${server.base}/petitions/${id}/sign`, { method: 'POST', redirect: 'manual', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams([...fields, ['region', '100000000']]) }).then((r) => r.arrayBuffer())));
	assert.equal(rows(server.database, id), 1);
	await until('the one is counted', async () => /\b1 из /.test((await author.get(`/petitions/${id}?link=${link}`)).text()));
});

test('what is not there, or not a number, is a clear 404', async () => {
	for (const p of ['/petitions/abc', '/petitions/-1', '/petitions/99999999999999999999', '/petitions/1.json', '/petitions/x.json', '/petitions/1/count.json']) {
		const r = await fetch(server.base + p);
		assert.equal(r.status, 404, p);
	}
});

test('a moderator gives up a taking out before it begins, a mailing that has not left, and stops a petition with its ground', async () => {
	const moderator = await signIn(server.base, 'moderator.mki@demo.kz');
	const { data } = await (await fetch(`${server.base}/petitions.json?state=open`)).json(), id = data[0].id, desk = `/desk/petitions/${id}`, page = `${desk}/signatures`;
	const made = async (action, fields) => {
		await moderator.get(page);
		await moderator.post(action, fields, action);
		assert.equal(moderator.status, 200, moderator.text().slice(0, 400));
	};
	const cancelOf = (action) => [...moderator.html.matchAll(/action="([^"]+\/cancel)"/g)].map((m) => m[1]).find((a) => a.startsWith(`${action}/`));
	await made(`${desk}/invalidate`, { why: 'Проверка одной сети', cidr: '203.0.113.0/24' });
	let out;
	for (let i = 0; i < 100 && !out; i++) { await moderator.get(page); out = cancelOf(`${desk}/invalidate`); if (!out) await new Promise((r) => setTimeout(r, 200)); }
	assert.ok(out, 'counted, and may be given up');
	await made(out, {});
	assert.match(moderator.text(), /остановлено[^]*Проверка одной сети/);
	await made(`${desk}/mail`, { kind: 'news', text: 'Письмо, которое ещё не ушло никому.' }); // letters leave in no hour here
	const letter = cancelOf(`${desk}/mail`);
	await made(letter, {});
	assert.equal(cancelOf(`${desk}/mail`), undefined);
	await moderator.get(desk);
	await moderator.post(`${desk}/stop`, { ground: 'petition_court', words: '' }, `${desk}/stop`);
	assert.equal(moderator.status, 422, 'everybody reads why');
	await moderator.get(desk);
	await moderator.post(`${desk}/stop`, { ground: 'petition_court', words: 'Решение суда вступило в силу.' }, `${desk}/stop`);
	assert.equal(moderator.status, 200, moderator.text().slice(0, 400));
	const anyone = await new Client(server.base).get(`/petitions/${id}`);
	assert.match(anyone.text(), /По решению суда[^]*Решение суда вступило в силу/);
	assert.ok(!anyone.html.includes(`/petitions/${id}/sign"`), 'nobody signs it any more');
});
