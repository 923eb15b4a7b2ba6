// One search: bodies, help, appeals in one list, in either alphabet, and nothing that the public may not see.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, until } from '../lib/server.mjs';
import { execFileSync } from 'node:child_process';

let server;
test.before(async () => { server = await startServer({ demo: 40 }); });
test.after(async () => { await server?.stop(); });

const found = async (c, q, more = '') => { await c.get(`/search?q=${encodeURIComponent(q)}${more}`); return [...c.html.matchAll(/<h2 class="h3"><a href="([^"]*)"/g)].map((m) => m[1].replaceAll('&amp;', '&')); };
// The pack's part is put in by a job right after the start.
const ready = () => until('the pack is in the search', async () => (await found(new Client(server.base, 'ru'), 'министерство', '&kind=body')).length);

test('a body is found in any language and either alphabet, marked, from every page', async () => {
	await ready();
	for (const [lang, q] of [['kk', 'Абай облысы жолдар басқармасы'], ['ru', 'управление дорог область Абай'], ['kk', 'Abai oblysy joldar basqarmasy']]) {
		const c = new Client(server.base, lang);
		assert.ok((await found(c, q, '&kind=body')).includes('/bodies/10003'), `${lang} ${q}: ${c.text().slice(0, 600)}`);
		assert.match(c.html, /<mark>/);
	}
	const c = new Client(server.base, 'ru');
	for (const where of ['/', '/help', '/appeals', '/nothing']) {
		await c.get(where);
		assert.match(c.html, /<form class="seek" action="\/search"/, where);
	}
});

test('an appeal is found once a moderator has cleared it, by its masked words, and no more when it is hidden', async () => {
	const c = new Client(server.base, 'ru');
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'Возле дома Зиновьевой сломан гидрант, вода залила подвал. Просим починить.', kind: 'message' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Зинаида Зиновьева', email: 'zina@example.kz', agreed_public: '1' });
	const number = c.url.split('/')[2], anyone = new Client(server.base, 'ru'), moderator = await signIn(server.base, 'moderator.r10_roads@demo.kz');
	assert.deepEqual(await found(anyone, 'гидрант'), [], 'not cleared');
	await moderator.get(`/desk/${number}`);
	await moderator.post(`/desk/${number}/publish`, { title: 'Сломан гидрант', text: 'Возле дома сломан гидрант, вода залила подвал.' }, `/desk/${number}/publish`);
	assert.deepEqual(await found(anyone, 'гидранты в подвале'), [`/appeals/${number}`]);
	assert.match(anyone.html, /<mark>гидрант<\/mark>/);
	assert.deepEqual(await found(anyone, 'гидрант', '&region=110000000'), [], 'of another region');
	assert.deepEqual(await found(anyone, 'гидрант', '&kind=body'), []);
	assert.deepEqual((await found(anyone, 'Зиновьева')).filter((x) => x.startsWith('/appeals/2')), [], 'the name is in no index');
});

test('what holds only some of the words is shown as such, and nothing is an honest empty page', async () => {
	const c = new Client(server.base, 'ru');
	await found(c, 'гидрант вертолётоносец');
	assert.match(c.text(), /есть некоторые из них/);
	await found(c, 'вертолётоносец');
	assert.match(c.text(), /Ничего не нашлось/);
	await c.get('/search');
	assert.equal(c.status, 200);
});

test('hostile questions are only words', async () => {
	const c = new Client(server.base, 'ru');
	for (const q of ['"', "' OR 1=1 --", 'title:*', 'NEAR(a b, 3)', ')(', '\\', '<script>alert(1)</script>', '%00', 'a'.repeat(1500), '🙂', '& | ! <->', '{tags}:"ωown"']) {
		await c.get(`/search?q=${encodeURIComponent(q)}&after=9-x&region=abc&kind=nothing`);
		assert.equal(c.status, 200, q);
		assert.doesNotMatch(c.html, /<script>alert/);
	}
});

test('everything can be put in anew', { skip: process.env.JAUAP_ENGINE === 'postgres' && 'the address of the database is the server\'s own' }, async () => {
	const c = new Client(server.base, 'ru'), before = await found(c, 'гидрант');
	const said = execFileSync(process.env.JAUAP ?? 'build/jauap', ['search', 'rebuild', '--data', server.dir], { cwd: new URL('../..', import.meta.url).pathname, encoding: 'utf8' });
	assert.match(said, /^\d{4,} can be found/);
	assert.deepEqual(await found(c, 'гидрант'), before);
	assert.ok((await found(c, 'министерство', '&kind=body')).length);
});
